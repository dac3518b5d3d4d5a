package io.anju.architecture.broken.policy.number;

import io.anju.architecture.broken.policy.IncomeRule;

/** A number that knows of rules. */
public final class Fraction {
    private Fraction() {}

    public static boolean isEnough() {
        return IncomeRule.holds().result();
    }
}
