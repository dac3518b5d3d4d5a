package io.anju.simulation;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import io.anju.policy.SortKey;
import io.anju.policy.Standing;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that are tried on households as of a day.
 *
 * @param before gives the order of the list as it is
 * @param after the rules that are tried
 */
record Trial(PolicyDocument before, PolicyDocument after, LocalDate asOf) {

    /**
     * One household under both rules.
     *
     * @param keyBefore its place in the order, see {@link SortKey}
     * @param lostBy the rules that fail where eligibility is lost; empty elsewhere
     */
    record Outcome(
            boolean eligibleBefore,
            boolean eligibleAfter,
            BigDecimal scoreBefore,
            BigDecimal scoreAfter,
            byte[] keyBefore,
            byte[] keyAfter,
            List<String> lostBy) {}

    /**
     * Evaluates a household; null where its facts cannot be evaluated on the day.
     *
     * @param own the rules that it was registered with, which its score is of until others are in force for it
     */
    @Nullable
    Outcome of(HouseholdFacts facts, PolicyDocument own, Standing.Entry entry) {
        try {
            var eligibleBefore = own.isEligible(facts, asOf);
            var eligibleAfter = after.isEligible(facts, asOf);
            var scoreBefore = own.scoreTotal(facts, asOf);
            var scoreAfter = after.scoreTotal(facts, asOf);
            return new Outcome(
                    eligibleBefore,
                    eligibleAfter,
                    scoreBefore,
                    scoreAfter,
                    SortKey.of(before.order(), before.standing(facts, asOf, scoreBefore, entry)),
                    SortKey.of(after.order(), after.standing(facts, asOf, scoreAfter, entry)),
                    eligibleBefore && !eligibleAfter ? after.failedRules(facts, asOf) : List.of());
        } catch (IllegalArgumentException | ArithmeticException e) {
            // one household whose facts contradict the day must not keep a city from its answer
            return null;
        }
    }
}
