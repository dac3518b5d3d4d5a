package io.anju.cli;

import io.anju.RetentionKinds;
import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.anju.retention.Periods;
import io.anju.retention.Retention;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erases what was kept for its period, or only counts it; the server does the same once a day. */
@Command(
        name = "retention",
        description = "Erase what was kept for its period and print how much of each kind; the server does so daily.",
        mixinStandardHelpOptions = true)
final class RetentionCommand implements Callable<Integer> {
    private static final int LONG_STATEMENT_MILLIS = 600_000;
    private static final long LIMIT_HOURS = 24;

    @Option(names = "--dry-run", description = "Only count; erase nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var periods = Periods.load(settings.retentionFile());
        try (var home = DatabaseHome.open(settings)) {
            var vertx = Vertx.vertx();
            var db = Db.connect(vertx, new DbSettings(home.address(), 1, 1, 16, LONG_STATEMENT_MILLIS));
            try {
                print(new Retention(db, periods, RetentionKinds.all())
                        .run(Instant.now(), dryRun)
                        .await(LIMIT_HOURS, TimeUnit.HOURS));
            } finally {
                db.close().eventually(vertx::close).await(LIMIT_HOURS, TimeUnit.HOURS);
            }
        }
        return 0;
    }

    private static void print(List<Retention.Outcome> outcomes) {
        outcomes.forEach(outcome -> System.out.printf(
                "%-22s before %s  found %d  erased %d%n",
                outcome.kind(), outcome.before(), outcome.found(), outcome.erased()));
    }
}
