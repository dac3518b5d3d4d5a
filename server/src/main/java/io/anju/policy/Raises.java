package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Raises by tiers with a ceiling: the tier's base, and so much more for every unit over a bound. */
record Raises(Measure measure, List<Tier> tiers) implements ScoreRule {

    /** How a unit that is not full counts. */
    enum Count {
        /** Only full units. */
        FULL,
        /** A unit that has begun counts in full. */
        STARTED,
        /** By its share. */
        EXACT
    }

    /** @param step null where the tier gives its base alone */
    record Tier(Range range, Rational base, @Nullable Step step) {}

    /**
     * @param every size of a unit, greater than 0
     * @param points for each unit; below 0 they fall
     * @param limit where the rise (or fall) ends
     */
    record Step(Amount over, Rational every, Rational points, Rational limit, Count count) {
        Rational from(Rational base, Rational value, HouseholdView household) {
            var excess = value.minus(over.at(household.asOf())).max(Rational.ZERO);
            var reached = base.plus(points.times(units(excess)));
            return points.signum() >= 0 ? reached.min(limit) : reached.max(limit);
        }

        private Rational units(Rational excess) {
            var exact = excess.dividedBy(every);
            return switch (count) {
                case FULL -> Rational.of(exact.rounded(0, RoundingMode.FLOOR));
                case STARTED -> Rational.of(exact.rounded(0, RoundingMode.CEILING));
                case EXACT -> exact;
            };
        }
    }

    Raises {
        tiers = List.copyOf(tiers);
    }

    @Override
    public Rational points(HouseholdView household) {
        var value = measure.of(household);
        var tier = tier(value, household);
        return tier.step() == null ? tier.base() : tier.step().from(tier.base(), value, household);
    }

    @Override
    public void eachFact(Consumer<Fact> consumer) {
        measure.eachFact(consumer);
    }

    @Override
    public Text decided(HouseholdView household) {
        return ScoreRule.plain(tier(measure.of(household), household).range().describe(household.asOf()));
    }

    private Tier tier(Rational value, HouseholdView household) {
        return tiers.stream()
                .filter(tier -> tier.range().contains(value, household.asOf()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the loader lets no tiers with gaps pass: " + value));
    }
}
