package io.anju.cli;

import io.anju.platform.audit.AuditCheck;
import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Recomputes the audit's hash chain; needs no server, only the database or a copy of it. */
@Command(
        name = "verify-audit",
        description = "Recompute the audit's hash chain and name every row that was altered, added or removed.",
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {
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
                return print(AuditCheck.run(db).await(LIMIT_HOURS, TimeUnit.HOURS));
            } finally {
                db.close().eventually(vertx::close).await(LIMIT_HOURS, TimeUnit.HOURS);
            }
        }
    }

    private static int print(AuditCheck.Report report) {
        report.findings().forEach(System.out::println);
        System.out.println(report.batches() + " batches with " + report.rows() + " rows; " + report.unsealed()
                + " rows wait for the next batch");
        System.out.println("head " + report.head());
        System.out.println(report.holds() ? "The chain holds." : "The chain does NOT hold.");
        return report.holds() ? 0 : 1;
    }
}
