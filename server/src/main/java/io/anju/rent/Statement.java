package io.anju.rent;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was owed, every movement, and what is owed (对账单). Below zero the lease has credit.
 *
 * @param lines in the order of the ledger
 */
public record Statement(
        UUID leaseId,
        String leaseNumber,
        LocalDate from,
        LocalDate to,
        long openingFen,
        long closingFen,
        List<Line> lines) {

    /** @param billId the bill that it is about, where it is about one */
    public record Line(
            LocalDate on,
            String kind,
            String text,
            long amountFen,
            long balanceFen,
            @Nullable UUID billId) {}

    public Statement {
        lines = List.copyOf(lines);
        var sum = openingFen;
        for (var line : lines) {
            sum += line.amountFen();
            if (line.balanceFen() != sum) {
                throw new IllegalStateException("the statement of " + leaseNumber + " does not add up at " + line);
            }
        }
        if (sum != closingFen) {
            throw new IllegalStateException(
                    "the statement of " + leaseNumber + " ends at " + sum + ", the ledger says " + closingFen);
        }
    }
}
