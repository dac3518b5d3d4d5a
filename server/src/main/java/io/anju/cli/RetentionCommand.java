package io.anju.cli;

import io.anju.RetentionKinds;
import io.anju.platform.config.Settings;
import io.anju.retention.Periods;
import io.anju.retention.Retention;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erases what was kept for its period, or only counts it; the server does the same once a day. */
@Command(
        name = "retention",
        description = "Erase what was kept for its period and print how much of each kind; the server does so daily.",
        mixinStandardHelpOptions = true)
final class RetentionCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "Only count; erase nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var periods = Periods.load(settings.retentionFile());
        print(OfflineWork.on(
                settings, db -> new Retention(db, periods, RetentionKinds.all()).run(Instant.now(), dryRun)));
        return 0;
    }

    private static void print(List<Retention.Outcome> outcomes) {
        outcomes.forEach(outcome -> System.out.printf(
                "%-22s before %s  found %d  erased %d%n",
                outcome.kind(), outcome.before(), outcome.found(), outcome.erased()));
    }
}
