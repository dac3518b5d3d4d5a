package io.anju.cli;

import io.anju.platform.audit.AuditCheck;
import io.anju.platform.config.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Recomputes the audit's hash chain; needs no server, only the database or a copy of it. */
@Command(
        name = "verify-audit",
        description = "Recompute the audit's hash chain and name every row that was altered, added or removed.",
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {
    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        return print(OfflineWork.on(settings, AuditCheck::run));
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
