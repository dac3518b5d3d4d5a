package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Rational;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A number of the household as a rule counts it: the fact, or no more of it than a standard, {@code min(actual,
 * standard)}.
 */
record Measure(Fact fact, @Nullable Standard atMost) {

    /** @param each a count that multiplies the amount, for "15 ㎡ per person"; null for the amount itself */
    record Standard(Amount amount, @Nullable Fact each) {
        Rational of(HouseholdView household) {
            var value = amount.at(household.asOf());
            return each == null ? value : value.times(household.number(each));
        }
    }

    Rational of(HouseholdView household) {
        var actual = household.number(fact);
        return atMost == null ? actual : actual.min(atMost.of(household));
    }

    void eachFact(Consumer<Fact> consumer) {
        consumer.accept(fact);
        if (atMost != null && atMost.each() != null) {
            consumer.accept(atMost.each());
        }
    }
}
