package io.anju.policy;

import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenancy to try a document on.
 *
 * @param subsidyMonths null where nothing is asked about a subsidy's course
 */
public record TenancyCase(TenancyFacts facts, @Nullable SubsidyMonths subsidyMonths) {
    /** Nothing is known of a home. */
    public static final TenancyCase NONE = new TenancyCase(TenancyFacts.NONE, null);

    /** @param monthlyFen null for the subsidy that the document itself gives */
    public record SubsidyMonths(
            YearMonth from, YearMonth to, @Nullable Long monthlyFen, List<SubsidyEvent> events) {
        public SubsidyMonths {
            events = List.copyOf(events);
        }
    }
}
