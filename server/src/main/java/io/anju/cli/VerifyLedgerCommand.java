package io.anju.cli;

import io.anju.Domains;
import io.anju.ledger.LedgerReport;
import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Re-adds the ledger; needs no server, only the database or a copy of it. */
@Command(
        name = "verify-ledger",
        description = "Check every rule of the ledger and of payments on every row, and name what breaks one.",
        mixinStandardHelpOptions = true)
final class VerifyLedgerCommand implements Callable<Integer> {
    private static final int LONG_STATEMENT_MILLIS = 600_000;
    private static final long LIMIT_HOURS = 24;

    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        try (var home = DatabaseHome.open(settings)) {
            var vertx = Vertx.vertx();
            var db = Db.connect(vertx, new DbSettings(home.address(), 1, 1, 16, LONG_STATEMENT_MILLIS));
            try {
                return print(Domains.ledgerAudit().run(db).await(LIMIT_HOURS, TimeUnit.HOURS));
            } finally {
                db.close().eventually(vertx::close).await(LIMIT_HOURS, TimeUnit.HOURS);
            }
        }
    }

    private static int print(LedgerReport report) {
        for (var line : report.lines()) {
            System.out.printf("%-6s %s%n", line.rule().name(), line.rule().meaning());
            if (line.faults() > 0) {
                System.out.printf("       BROKEN %d times, first by %s%n", line.faults(), line.first());
            }
        }
        System.out.println(report.holds() ? "Every rule holds." : "Rules are BROKEN.");
        return report.holds() ? 0 : 1;
    }
}
