package io.anju.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of checking every rule on every row. */
public record LedgerReport(List<Line> lines) {
    public LedgerReport {
        lines = List.copyOf(lines);
    }

    /**
     * One rule.
     *
     * @param faults how many things break it
     * @param first one of them
     */
    public record Line(
            LedgerRule rule, long faults, @Nullable String first) {}

    public boolean holds() {
        return lines.stream().allMatch(line -> line.faults() == 0);
    }

    /** The rules that are broken. */
    public List<Line> broken() {
        return lines.stream().filter(line -> line.faults() > 0).toList();
    }
}
