package io.anju.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all accounts of a city hold at an instant, by kind (试算平衡). Debits and credits come to the same sum.
 *
 * @param at none: now
 */
public record TrialBalance(String cityCode, @Nullable Instant at, List<Line> lines) {

    /**
     * All accounts of one kind.
     *
     * @param accounts how many there are
     * @param debitFen sum of the balances above zero
     * @param creditFen sum of the balances below zero, as a positive number
     */
    public record Line(AccountKind kind, long accounts, long debitFen, long creditFen) {}

    public long debitFen() {
        return lines.stream().mapToLong(Line::debitFen).reduce(0, Math::addExact);
    }

    public long creditFen() {
        return lines.stream().mapToLong(Line::creditFen).reduce(0, Math::addExact);
    }
}
