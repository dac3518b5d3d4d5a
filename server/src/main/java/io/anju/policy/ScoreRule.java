package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** How points follow from a household's facts. Each kind is general; its numbers come from the document. */
sealed interface ScoreRule
        permits ScoreRule.LinearDeficit,
                ScoreRule.Ratio,
                ScoreRule.Table,
                ScoreRule.Accrual,
                ScoreRule.Flags,
                ScoreRule.Deduction,
                ScoreRule.Penalties,
                Raises {

    /** The exact points, before the item's cap; how many are taken off where {@link #takesOff}. */
    Rational points(HouseholdView household);

    /** Whether the points lower the score. */
    default boolean takesOff() {
        return false;
    }

    void eachFact(Consumer<Fact> consumer);

    /** What decided, for {@code {limit}} in the item's text. */
    Text decided(HouseholdView household);

    /** {@code points × (1 − fact ÷ line)}, nothing from the line on. */
    record LinearDeficit(Measure measure, Amount line, Rational full) implements ScoreRule {
        @Override
        public Rational points(HouseholdView household) {
            var share = measure.of(household).dividedBy(line.at(household.asOf()));
            return Rational.ONE.minus(share).max(Rational.ZERO).times(full);
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            measure.eachFact(consumer);
        }

        @Override
        public Text decided(HouseholdView household) {
            return plain(line.at(household.asOf()).display());
        }
    }

    /** {@code points × fact ÷ of}; the item's maximum caps it. */
    record Ratio(Measure measure, Amount of, Rational full) implements ScoreRule {
        @Override
        public Rational points(HouseholdView household) {
            return measure.of(household).dividedBy(of.at(household.asOf())).times(full);
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            measure.eachFact(consumer);
        }

        @Override
        public Text decided(HouseholdView household) {
            return plain(of.at(household.asOf()).display());
        }
    }

    /** The row whose ranges hold the household's values; bands are a table with one key. */
    record Table(List<Fact> keys, List<Row> rows) implements ScoreRule {

        /** @param ranges a key without a range takes any value */
        record Row(Map<Fact, Range> ranges, Rational points) {
            public Row {
                ranges = new EnumMap<>(ranges);
            }

            boolean matches(Map<Fact, Rational> values, LocalDate day) {
                for (var range : ranges.entrySet()) {
                    var value = values.get(range.getKey());
                    if (value == null || !range.getValue().contains(value, day)) {
                        return false;
                    }
                }
                return true;
            }
        }

        public Table {
            keys = List.copyOf(keys);
            rows = List.copyOf(rows);
        }

        @Override
        public Rational points(HouseholdView household) {
            return row(household).points();
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            keys.forEach(consumer);
        }

        @Override
        public Text decided(HouseholdView household) {
            return plain(row(household).ranges().values().stream()
                    .map(range -> range.describe(household.asOf()))
                    .collect(Collectors.joining("; ")));
        }

        private Row row(HouseholdView household) {
            var values = new EnumMap<Fact, Rational>(Fact.class);
            for (var key : keys) {
                values.put(key, household.value(key));
            }
            for (var row : rows) {
                if (row.matches(values, household.asOf())) {
                    return row;
                }
            }
            throw new IllegalStateException("the loader lets no table with gaps pass: " + values);
        }
    }

    /**
     * Points for every full period since an event.
     *
     * @param beyond full periods that give nothing yet
     */
    record Accrual(Milestone since, int periodMonths, int beyond, Rational each) implements ScoreRule {
        @Override
        public Rational points(HouseholdView household) {
            return each.times(periods(household));
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            // the number of periods is what decided; it has no bound of its own
        }

        @Override
        public Text decided(HouseholdView household) {
            return plain(String.valueOf(periods(household)));
        }

        private long periods(HouseholdView household) {
            return Math.max(0, household.periodsSince(since.of(household), periodMonths) - beyond);
        }
    }

    /** Points for each condition that holds: all added up, or only the highest. */
    record Flags(Combine combine, List<Flag> flags) implements ScoreRule {

        enum Combine {
            SUM,
            HIGHEST
        }

        record Flag(Text name, Condition when, Rational points) {}

        public Flags {
            flags = List.copyOf(flags);
        }

        @Override
        public Rational points(HouseholdView household) {
            var points = Rational.ZERO;
            for (var flag : flags) {
                if (flag.when().holds(household)) {
                    points = combine == Combine.SUM ? points.plus(flag.points()) : points.max(flag.points());
                }
            }
            return points;
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            flags.forEach(flag -> flag.when().eachFact(consumer));
        }

        @Override
        public Text decided(HouseholdView household) {
            var held =
                    flags.stream().filter(flag -> flag.when().holds(household)).toList();
            return new Text(
                    held.stream().map(flag -> flag.name().zh()).collect(Collectors.joining("、")),
                    held.stream().map(flag -> flag.name().en()).collect(Collectors.joining(", ")));
        }
    }

    /** Points off for every unit of a number. */
    record Deduction(Fact fact, Rational free, Rational each) implements ScoreRule {
        @Override
        public Rational points(HouseholdView household) {
            return of(household.number(fact));
        }

        Rational of(Rational value) {
            return value.minus(free).max(Rational.ZERO).times(each);
        }

        @Override
        public boolean takesOff() {
            return true;
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            consumer.accept(fact);
        }

        @Override
        public Text decided(HouseholdView household) {
            return plain(free.display());
        }
    }

    /** Points off for each condition that holds. */
    record Penalties(Flags flags) implements ScoreRule {
        @Override
        public Rational points(HouseholdView household) {
            return flags.points(household);
        }

        @Override
        public boolean takesOff() {
            return true;
        }

        @Override
        public void eachFact(Consumer<Fact> consumer) {
            flags.eachFact(consumer);
        }

        @Override
        public Text decided(HouseholdView household) {
            return flags.decided(household);
        }
    }

    static Text plain(String text) {
        return new Text(text, text);
    }
}
