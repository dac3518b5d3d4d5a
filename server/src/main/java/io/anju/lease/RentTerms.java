package io.anju.lease;

import io.anju.policy.MoneyStep;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    /** Those that still hold on some day, by their first days: a higher number takes the place of what begins later. */
    public static List<RentTerms> standing(List<RentTerms> all) {
        var standing = new ArrayList<RentTerms>();
        for (var terms : all) {
            standing.removeIf(earlier -> !earlier.from().isBefore(terms.from()));
            standing.add(terms);
        }
        return standing;
    }

    /** Whether the household and the city pay the same under both, for the same days. */
    boolean costsAs(RentTerms other) {
        return rentFen == other.rentFen && subsidyFen == other.subsidyFen && Objects.equals(knownTo, other.knownTo);
    }

    public RentTerms {
        trace = List.copyOf(trace);
        if (rentFen < 0 || subsidyFen < 0 || subsidyFen > rentFen) {
            throw new IllegalArgumentException("a subsidy is a part of the rent");
        }
    }
}
