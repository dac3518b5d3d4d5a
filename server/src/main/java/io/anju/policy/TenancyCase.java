package io.anju.policy;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenancy to try a document on; null for what is not asked.
 *
 * @param lease whose bills are asked for
 * @param monthlyRentFen the contract's rent; null for the rent that the document itself sets
 * @param arrears what is owed
 * @param endedOn first day without a lease, where the household stays on
 * @param subsidyMonths the months of a subsidy and what happened in them
 */
public record TenancyCase(
        TenancyFacts facts,
        @Nullable LeaseTerm lease,
        @Nullable Long monthlyRentFen,
        @Nullable Arrears arrears,
        @Nullable LocalDate endedOn,
        @Nullable SubsidyMonths subsidyMonths) {
    /** Nothing is known of a home. */
    public static final TenancyCase NONE = new TenancyCase(TenancyFacts.NONE, null, null, null, null, null);

    /** @param monthlyFen null for the subsidy that the document itself gives */
    public record SubsidyMonths(
            YearMonth from, YearMonth to, @Nullable Long monthlyFen, List<SubsidyEvent> events) {
        public SubsidyMonths {
            events = List.copyOf(events);
        }
    }
}
