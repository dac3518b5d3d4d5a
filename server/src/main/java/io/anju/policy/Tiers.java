package io.anju.policy;

import io.anju.policy.number.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a household gets by its groups or else by its income: the first special group that it belongs to decides, and
 * for everyone else the one band that holds its value.
 *
 * @param by the fact that the bands ask about; the bands leave no gap and do not overlap
 */
record Tiers<T>(List<Special<T>> special, Fact by, List<Band<T>> bands) {

    record Special<T>(String id, Condition when, T value) {}

    record Band<T>(String id, Range range, T value) {}

    /** The special group or band that decided. */
    record Tier<T>(String id, Map<String, String> facts, String bound, String limit, T value) {}

    Tiers {
        special = List.copyOf(special);
        bands = List.copyOf(bands);
    }

    Tier<T> of(HouseholdView household) {
        for (var group : special) {
            if (group.when().holds(household)) {
                return special(group, household);
            }
        }
        var value = household.number(by);
        for (var band : bands) {
            if (band.range().contains(value, household.asOf())) {
                return new Tier<>(
                        band.id(),
                        Map.of(by.code(), value.display()),
                        band.range().describe(household.asOf()),
                        band.range().limit(household.asOf()),
                        band.value());
            }
        }
        throw new IllegalStateException("the loader lets no bands with gaps pass: " + by + " = " + value);
    }

    private Tier<T> special(Special<T> group, HouseholdView household) {
        var facts = new LinkedHashMap<String, String>();
        // the text of the section names it, whoever decided
        facts.put(by.code(), household.display(by));
        group.when().eachFact(fact -> facts.put(fact.code(), household.display(fact)));
        return new Tier<>(
                group.id(),
                facts,
                group.when().describe(household),
                group.when().limit(household),
                group.value());
    }
}
