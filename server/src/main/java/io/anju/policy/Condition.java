package io.anju.policy;

import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A yes or no about a household. */
sealed interface Condition {

    /** Holds for every household. */
    Condition ALWAYS = new All(List.of());

    boolean holds(FactSource household);

    /** Names every fact that the condition looks at, in the order of the document. */
    void eachFact(Consumer<Fact> consumer);

    /** The bounds with symbols; empty for a yes or no. */
    default String describe(HouseholdView household) {
        return "";
    }

    /** The bounds for a text that says "at most" in words. */
    default String limit(HouseholdView household) {
        return describe(household);
    }

    record Compare(Fact fact, Range range) implements Condition {
        @Override
        public boolean holds(FactSource household) {
            return range.contains(household.value(fact), household.asOf());
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            consumer.accept(fact);
        }

        @Override
        public String describe(HouseholdView household) {
            return range.describe(household.asOf());
        }

        @Override
        public String limit(HouseholdView household) {
            return range.limit(household.asOf());
        }
    }

    record Is(Fact fact, boolean expected) implements Condition {
        @Override
        public boolean holds(FactSource household) {
            return (household.value(fact).signum() > 0) == expected;
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            consumer.accept(fact);
        }
    }

    /** Belongs to one of the named classes: their places in their section, and how the document calls them. */
    record OneOf(Fact fact, List<Integer> places, List<String> names) implements Condition {
        public OneOf {
            places = List.copyOf(places);
            names = List.copyOf(names);
        }

        @Override
        public boolean holds(FactSource household) {
            var value = household.value(fact);
            return places.stream().anyMatch(place -> value.equals(Rational.of(place)));
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            consumer.accept(fact);
        }

        @Override
        public String describe(HouseholdView household) {
            return String.join(" / ", names);
        }
    }

    /** Belongs to at least one of the groups. */
    record InGroup(List<String> groups) implements Condition {
        public InGroup {
            groups = List.copyOf(groups);
        }

        @Override
        public boolean holds(FactSource household) {
            return household.belongsToAnyOf(groups);
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            // groups are no fact with a value to show; the rule's text names them
        }
    }

    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(FactSource household) {
            for (var part : parts) {
                if (!part.holds(household)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            parts.forEach(part -> part.eachFact(consumer));
        }

        @Override
        public String describe(HouseholdView household) {
            return join(parts, part -> part.describe(household));
        }

        @Override
        public String limit(HouseholdView household) {
            return join(parts, part -> part.limit(household));
        }
    }

    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean holds(FactSource household) {
            return parts.stream().anyMatch(part -> part.holds(household));
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            parts.forEach(part -> part.eachFact(consumer));
        }

        @Override
        public String describe(HouseholdView household) {
            return join(parts, part -> part.describe(household));
        }

        @Override
        public String limit(HouseholdView household) {
            return join(parts, part -> part.limit(household));
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(FactSource household) {
            return !part.holds(household);
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            part.eachFact(consumer);
        }
    }

    private static String join(List<Condition> parts, Function<Condition, String> describe) {
        return parts.stream()
                .map(describe)
                .filter(text -> !Objects.equals(text, ""))
                .collect(Collectors.joining("; "));
    }
}
