package io.anju.policy;

import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Reads the section {@code scoring}. */
final class ScoringReader {
    private static final int MAX_SCALE = 8;

    private final ConditionReader conditions;
    private final Pattern ids;

    ScoringReader(ConditionReader conditions, Pattern ids) {
        this.conditions = conditions;
        this.ids = ids;
    }

    private enum Rounding {
        HALF_UP,
        HALF_EVEN,
        DOWN
    }

    private enum Kind {
        LINEAR_DEFICIT,
        RATIO,
        BANDS,
        TABLE,
        ACCRUAL,
        FLAGS
    }

    private enum Every {
        MONTH(1),
        SIX_MONTHS(6),
        YEAR(12);

        private final int months;

        Every(int months) {
            this.months = months;
        }
    }

    Scoring scoring(YamlNode node) {
        node.onlyKeys("maximum", "rounding", "items");
        var rounding = node.get("rounding");
        rounding.onlyKeys("scale", "mode");
        var maximum = node.get("maximum").number();
        var seen = new HashSet<String>();
        var items = node.get("items").list(item -> item(item, seen));
        requireSum(node.get("maximum"), items, maximum);
        return new Scoring(
                items,
                maximum,
                rounding.get("scale").integer(0, MAX_SCALE),
                RoundingMode.valueOf(rounding.get("mode").oneOf(Rounding.class).name()));
    }

    private static void requireSum(YamlNode node, List<Scoring.Item> items, Rational maximum) {
        var sum = items.stream().map(Scoring.Item::maximum).reduce(Rational.ZERO, Rational::plus);
        if (sum.compareTo(maximum) > 0) {
            node.report("the items' maxima add up to " + sum.display() + ", more than " + maximum.display());
        }
    }

    private Scoring.Item item(YamlNode node, Set<String> seen) {
        var id = node.get("id").text(ids, "a name like housing-area");
        if (!seen.add(id)) {
            node.report("item '" + id + "' is given twice");
        }
        var maximum = node.get("maximum").number();
        var kind = node.get("kind").oneOf(Kind.class);
        var rule =
                switch (kind) {
                    case LINEAR_DEFICIT -> linearDeficit(node);
                    case RATIO -> ratio(node);
                    case BANDS -> bands(node, maximum);
                    case TABLE -> table(node, maximum);
                    case ACCRUAL -> accrual(node);
                    case FLAGS -> flags(node, maximum);
                };
        return new Scoring.Item(id, node.get("name").texts(), maximum, rule, text(node, rule));
    }

    private static Text text(YamlNode node, ScoreRule rule) {
        var placeholders = new TreeSet<>(Set.of("points", "maximum", EligibilityRule.LIMIT));
        rule.eachFact(fact -> placeholders.add(fact.code()));
        return node.get("text").texts(placeholders);
    }

    private static void onlyKeys(YamlNode node, String... more) {
        var keys = new HashSet<>(Set.of("id", "kind", "name", "text", "maximum"));
        keys.addAll(List.of(more));
        node.onlyKeys(keys);
    }

    private ScoreRule linearDeficit(YamlNode node) {
        onlyKeys(node, "fact", "line", "points");
        return new ScoreRule.LinearDeficit(
                number(node.get("fact")),
                divisor(node.get("line")),
                within(node.get("points"), node.get("maximum").number()));
    }

    private ScoreRule ratio(YamlNode node) {
        onlyKeys(node, "fact", "of", "points");
        return new ScoreRule.Ratio(
                number(node.get("fact")),
                divisor(node.get("of")),
                node.get("points").number());
    }

    private ScoreRule bands(YamlNode node, Rational maximum) {
        onlyKeys(node, "fact", "bands");
        var fact = number(node.get("fact"));
        var rows = node.get("bands")
                .list(band -> new ScoreRule.Table.Row(
                        Map.of(fact, conditions.range(band, fact, "points")), within(band.get("points"), maximum)));
        return covered(node.get("bands"), new ScoreRule.Table(List.of(fact), rows));
    }

    private ScoreRule table(YamlNode node, Rational maximum) {
        onlyKeys(node, "keys", "rows");
        var keys = node.get("keys").list(ScoringReader::number);
        var rows = node.get("rows").list(row -> row(row, keys, maximum));
        return covered(node.get("rows"), new ScoreRule.Table(keys, rows));
    }

    private ScoreRule.Table.Row row(YamlNode node, List<Fact> keys, Rational maximum) {
        var allowed = new HashSet<>(Set.of("points"));
        keys.forEach(key -> allowed.add(key.code()));
        node.onlyKeys(allowed);
        Map<Fact, Range> ranges = new EnumMap<>(Fact.class);
        for (var key : keys) {
            node.find(key.code()).ifPresent(range -> ranges.put(key, conditions.rangeOrNumber(range, key)));
        }
        return new ScoreRule.Table.Row(ranges, within(node.get("points"), maximum));
    }

    private ScoreRule covered(YamlNode node, ScoreRule.Table table) {
        for (var day : conditions.days()) {
            Coverage.faults(table, day).forEach(node::report);
        }
        return table;
    }

    private static ScoreRule accrual(YamlNode node) {
        onlyKeys(node, "since", "every", "points");
        return new ScoreRule.Accrual(
                node.get("since").oneOf(ScoreRule.Accrual.Event.class),
                node.get("every").oneOf(Every.class).months,
                within(node.get("points"), node.get("maximum").number()));
    }

    private ScoreRule flags(YamlNode node, Rational maximum) {
        onlyKeys(node, "combine", "flags");
        var flags = node.get("flags").list(flag -> {
            flag.onlyKeys("name", "when", "points");
            return new ScoreRule.Flags.Flag(
                    flag.get("name").texts(),
                    conditions.condition(flag.get("when")),
                    within(flag.get("points"), maximum));
        });
        return new ScoreRule.Flags(node.get("combine").oneOf(ScoreRule.Flags.Combine.class), flags);
    }

    private static Rational within(YamlNode points, Rational maximum) {
        var value = points.number();
        if (value.compareTo(maximum) > 0) {
            points.report(value.display() + " points are more than the item's maximum of " + maximum.display());
        }
        return value;
    }

    private static Fact number(YamlNode node) {
        var fact = node.fact();
        if (fact.kind() == Fact.Kind.FLAG) {
            throw node.broken(fact.code() + " is a yes or no; use a flag");
        }
        return fact;
    }

    private Amount divisor(YamlNode node) {
        var amount = conditions.figures().amount(node);
        Consumer<LocalDate> check = day -> {
            if (amount.at(day).signum() <= 0) {
                throw node.broken("a value greater than 0 is expected here");
            }
        };
        conditions.days().forEach(check);
        return amount;
    }
}
