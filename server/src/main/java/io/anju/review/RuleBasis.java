package io.anju.review;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import io.anju.policy.RuleResult;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * What the rules said on the day of a decision, and everything that is needed to ask them again years later: the policy
 * version is kept beside it by its digest.
 *
 * @param refusing ids of the rules that the household did not meet, in the document's order
 * @param score total under the same rules; 0 where they score nothing
 */
record RuleBasis(HouseholdFacts facts, LocalDate asOf, List<String> refusing, BigDecimal score) {
    RuleBasis {
        refusing = List.copyOf(refusing);
    }

    static RuleBasis of(PolicyDocument policy, HouseholdFacts facts, LocalDate asOf) {
        var refusing = policy.eligibility(facts, asOf).stream()
                .filter(result -> !result.passed())
                .map(RuleResult::id)
                .toList();
        return new RuleBasis(facts, asOf, refusing, policy.scoreTotal(facts, asOf));
    }

    /** The same facts of the same day, asked anew. */
    RuleBasis replayed(PolicyDocument policy) {
        return of(policy, facts, asOf);
    }
}
