package io.anju.lease;

import io.anju.policy.MoneyStep;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rent of a lease from a day on, until newer terms begin.
 *
 * @param number counts the terms of the lease; a higher one takes the place of a lower one from its first day on
 * @param knownTo last day for which the rules' figures are known; null where they hold on
 * @param rentFen rent of a month
 * @param subsidyFen subsidy of a month, part of the rent
 * @param tier the group or band that decided
 * @param trace how the amounts came about
 */
public record RentTerms(
        int number,
        LocalDate from,
        @Nullable LocalDate knownTo,
        long rentFen,
        long subsidyFen,
        String tier,
        String policyDigest,
        List<MoneyStep> trace) {
    public RentTerms {
        trace = List.copyOf(trace);
        if (rentFen < 0 || subsidyFen < 0 || subsidyFen > rentFen) {
            throw new IllegalArgumentException("a subsidy is a part of the rent");
        }
    }
}
