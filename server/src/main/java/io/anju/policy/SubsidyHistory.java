package io.anju.policy;

import java.time.YearMonth;
import java.util.List;

/**
 * The months of a subsidy and what happened in them.
 *
 * @param monthlyFen subsidy of a month until an event changes it
 * @param events in any order
 */
public record SubsidyHistory(YearMonth from, YearMonth to, long monthlyFen, List<SubsidyEvent> events) {
    private static final int MAX_MONTHS = 1_200;

    public SubsidyHistory {
        events = List.copyOf(events);
        if (to.isBefore(from) || from.plusMonths(MAX_MONTHS).isBefore(to)) {
            throw new IllegalArgumentException("a subsidy runs from its first month to a later one");
        }
        if (monthlyFen < 0) {
            throw new IllegalArgumentException("a subsidy is never negative");
        }
    }
}
