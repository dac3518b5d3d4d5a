package io.anju.cli;

import io.anju.Domains;
import io.anju.ledger.LedgerReport;
import io.anju.platform.config.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Re-adds the ledger; needs no server, only the database or a copy of it. */
@Command(
        name = "verify-ledger",
        description = "Check every rule of the ledger and of payments on every row, and name what breaks one.",
        mixinStandardHelpOptions = true)
final class VerifyLedgerCommand implements Callable<Integer> {
    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        return print(OfflineWork.on(settings, Domains.ledgerAudit()::run));
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
