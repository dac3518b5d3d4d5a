package io.anju.policy;

import java.util.Map;

/**
 * How one eligibility rule answered for one household.
 *
 * @param id the rule's id in the document
 * @param facts names and values of the facts that the rule looked at, in the order of the document
 * @param bound the bound that decided, e.g. {@code ≤ 3388}; empty when the rule is a yes or no
 * @param text why, for the resident
 */
public record RuleResult(String id, Text name, Verdict verdict, Map<String, String> facts, String bound, Text text) {

    public enum Verdict {
        PASSED,
        FAILED,
        NOT_APPLICABLE
    }

    /** True unless the rule applies to the household and refuses it. */
    public boolean passed() {
        return verdict != Verdict.FAILED;
    }
}
