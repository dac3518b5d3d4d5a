package io.anju.policy;

import io.anju.policy.number.Rational;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The comprehensive score (综合评分) of a document.
 *
 * @param groups joint ceilings of several items
 * @param maximum the most that a household can reach; the items' maxima add up to no more
 * @param scale decimals of the total
 */
record Scoring(List<Item> items, List<Group> groups, Rational maximum, int scale, RoundingMode rounding) {

    /** A document that orders its waiting list without points. */
    static final Scoring NONE = new Scoring(List.of(), List.of(), Rational.ZERO, 0, RoundingMode.HALF_UP);

    private static final String FLOOR = "floor";
    private static final Text FLOOR_NAME = new Text("最低分", "Lowest score");
    private static final Text FLOOR_TEXT = new Text("扣分后不低于 0 分", "Deductions take no score below 0");
    private static final Text CEILING_TEXT = new Text("合计最高 {maximum} 分", "At most {maximum} points together");

    /**
     * @param maximum caps the rule's points
     * @param group whose joint ceiling the item is under; null for none
     * @param text template with {@code {fact}}, {@code {limit}}, {@code {points}} and {@code {maximum}}
     */
    record Item(
            String id,
            Text name,
            Rational maximum,
            @Nullable String group,
            ScoreRule rule,
            Text text) {
        /** Below zero where the rule takes points off. */
        Rational points(HouseholdView household) {
            var points = rule.points(household).min(maximum);
            return rule.takesOff() ? points.times(-1) : points;
        }

        /** The most that it can add. */
        Rational most() {
            return rule.takesOff() ? Rational.ZERO : maximum;
        }
    }

    /** Items that together give no more than the maximum. */
    record Group(String id, Text name, Rational maximum) {}

    Scoring {
        items = List.copyOf(items);
        groups = List.copyOf(groups);
    }

    BigDecimal total(HouseholdView household) {
        return exactTotal(household).rounded(scale, rounding);
    }

    /** The total before it is rounded. */
    Rational exactTotal(HouseholdView household) {
        var sum = Rational.ZERO;
        for (var item : items) {
            if (item.group() == null) {
                sum = sum.plus(item.points(household));
            }
        }
        for (var group : groups) {
            sum = sum.plus(ofGroup(group, household).min(group.maximum()));
        }
        return sum.max(Rational.ZERO);
    }

    /** Whether the document has such an item that takes points off for refused offers. */
    boolean punishesWaivers(String itemId) {
        return items.stream()
                .anyMatch(item -> item.id().equals(itemId)
                        && item.rule() instanceof ScoreRule.Deduction deduction
                        && deduction.fact() == Fact.WAIVER_COUNT);
    }

    /** The points that an item takes off after so many refused offers. */
    BigDecimal takenOff(String itemId, int waiverCount) {
        for (var item : items) {
            if (item.id().equals(itemId) && item.rule() instanceof ScoreRule.Deduction deduction) {
                return deduction
                        .of(Rational.of(waiverCount))
                        .min(item.maximum())
                        .rounded(scale, rounding);
            }
        }
        throw new IllegalStateException("the loader lets no waiver name a missing item: " + itemId);
    }

    private Rational ofGroup(Group group, HouseholdView household) {
        var sum = Rational.ZERO;
        for (var item : items) {
            if (group.id().equals(item.group())) {
                sum = sum.plus(item.points(household));
            }
        }
        return sum;
    }

    Score explain(HouseholdView household) {
        var shown = new ArrayList<ScoreItem>();
        var sum = Rational.ZERO;
        for (var item : items) {
            shown.add(explain(item, household));
            sum = sum.plus(item.points(household));
        }
        for (var group : groups) {
            var excess = ofGroup(group, household).minus(group.maximum());
            if (excess.signum() > 0) {
                var text = CEILING_TEXT.with(Map.of("maximum", group.maximum().display()));
                shown.add(adjusted(group.id(), group.name(), excess.times(-1), text));
                sum = sum.minus(excess);
            }
        }
        if (sum.signum() < 0) {
            shown.add(adjusted(FLOOR, FLOOR_NAME, sum.times(-1), FLOOR_TEXT));
        }
        return new Score(total(household), shown);
    }

    /** A line that makes the items add up to the total. */
    private ScoreItem adjusted(String id, Text name, Rational points, Text text) {
        var rounded = points.rounded(scale, rounding);
        return new ScoreItem(id, name, rounded, rounded.max(BigDecimal.ZERO), text);
    }

    private ScoreItem explain(Item item, HouseholdView household) {
        var points = item.points(household).rounded(scale, rounding);
        var facts = new LinkedHashMap<String, String>();
        item.rule().eachFact(fact -> facts.put(fact.code(), household.display(fact)));
        var values = new LinkedHashMap<>(facts);
        values.put("points", points.toPlainString());
        values.put("maximum", item.maximum().display());
        var decided = item.rule().decided(household);
        var most = new BigDecimal(item.most().display());
        var text = withLimit(item.text().with(values), decided);
        return new ScoreItem(item.id(), item.name(), points, most, text, facts, decided);
    }

    private static Text withLimit(Text text, Text decided) {
        var placeholder = "{" + EligibilityRule.LIMIT + "}";
        return new Text(text.zh().replace(placeholder, decided.zh()), text.en().replace(placeholder, decided.en()));
    }
}
