package io.anju.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The comprehensive score (综合评分) of a document.
 *
 * @param maximum the most that a household can reach; the items' maxima add up to no more
 * @param scale decimals of the total
 */
record Scoring(List<Item> items, Rational maximum, int scale, RoundingMode rounding) {

    /** A document that orders its waiting list without points. */
    static final Scoring NONE = new Scoring(List.of(), Rational.ZERO, 0, RoundingMode.HALF_UP);

    /**
     * @param maximum caps the rule's points
     * @param text template with {@code {fact}}, {@code {limit}}, {@code {points}} and {@code {maximum}}
     */
    record Item(String id, Text name, Rational maximum, ScoreRule rule, Text text) {
        Rational points(HouseholdView household) {
            return rule.points(household).min(maximum);
        }
    }

    Scoring {
        items = List.copyOf(items);
    }

    BigDecimal total(HouseholdView household) {
        var sum = Rational.ZERO;
        for (var item : items) {
            sum = sum.plus(item.points(household));
        }
        return sum.rounded(scale, rounding);
    }

    Score explain(HouseholdView household) {
        return new Score(
                total(household),
                items.stream().map(item -> explain(item, household)).toList());
    }

    private ScoreItem explain(Item item, HouseholdView household) {
        var points = item.points(household).rounded(scale, rounding);
        var maximum = new BigDecimal(item.maximum().display());
        var values = new LinkedHashMap<String, String>();
        item.rule().eachFact(fact -> values.put(fact.code(), household.display(fact)));
        values.put("points", points.toPlainString());
        values.put("maximum", maximum.toPlainString());
        var decided = item.rule().decided(household);
        var text = item.text().with(values);
        return new ScoreItem(item.id(), item.name(), points, maximum, withLimit(text, decided));
    }

    private static Text withLimit(Text text, Text decided) {
        var placeholder = "{" + EligibilityRule.LIMIT + "}";
        return new Text(text.zh().replace(placeholder, decided.zh()), text.en().replace(placeholder, decided.en()));
    }
}
