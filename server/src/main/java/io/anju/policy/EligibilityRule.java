package io.anju.policy;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One rule of who may apply (准入条件).
 *
 * @param when which households the rule concerns
 * @param require what it asks of them
 * @param text template with {@code {fact}} and {@code {limit}}
 */
record EligibilityRule(String id, Text name, Condition when, Condition require, Text text) {
    static final String LIMIT = "limit";

    RuleResult evaluate(HouseholdView household) {
        var facts = facts(household);
        var values = new LinkedHashMap<>(facts);
        values.put(LIMIT, require.limit(household));
        return new RuleResult(id, name, verdict(household), facts, require.describe(household), text.with(values));
    }

    boolean fails(HouseholdView household) {
        return verdict(household) == RuleResult.Verdict.FAILED;
    }

    private RuleResult.Verdict verdict(HouseholdView household) {
        if (!when.holds(household)) {
            return RuleResult.Verdict.NOT_APPLICABLE;
        }
        return require.holds(household) ? RuleResult.Verdict.PASSED : RuleResult.Verdict.FAILED;
    }

    private Map<String, String> facts(HouseholdView household) {
        var facts = new LinkedHashMap<String, String>();
        when.eachFact(fact -> facts.put(fact.code(), household.display(fact)));
        require.eachFact(fact -> facts.put(fact.code(), household.display(fact)));
        return facts;
    }
}
