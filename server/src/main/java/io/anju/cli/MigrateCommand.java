package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.db.Migrations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Migrates the database without serving, for those who deploy in two steps. */
@Command(
        name = "migrate",
        description = "Bring the database to the shape that this version needs, and end.",
        mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
    @Option(names = "--check", description = "Change nothing; exit with 1 where something is missing.")
    private boolean check;

    @Override
    public Integer call() {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        try (var home = DatabaseHome.open(settings)) {
            if (check) {
                var pending = Migrations.pending(home.address());
                System.out.println(pending + " migrations are missing in " + home.address());
                return pending == 0 ? 0 : 1;
            }
            System.out.println(Migrations.run(home.address()) + " migrations run in " + home.address());
            return 0;
        }
    }
}
