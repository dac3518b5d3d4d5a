package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads one item of the score: what its kind asks for. */
final class ScoreRuleReader {
    private static final int MAX_PERIODS = 1_000;

    private final ConditionReader conditions;

    ScoreRuleReader(ConditionReader conditions) {
        this.conditions = conditions;
    }

    private enum Kind {
        LINEAR_DEFICIT,
        RATIO,
        BANDS,
        TABLE,
        ACCRUAL,
        FLAGS,
        RAISES,
        DEDUCTION,
        PENALTIES
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

    ScoreRule rule(YamlNode node, Rational maximum) {
        return switch (node.get("kind").oneOf(Kind.class)) {
            case LINEAR_DEFICIT -> linearDeficit(node, maximum);
            case RATIO -> ratio(node);
            case BANDS -> bands(node, maximum);
            case TABLE -> table(node, maximum);
            case ACCRUAL -> accrual(node, maximum);
            case FLAGS -> flags(node, maximum);
            case RAISES -> raises(node, maximum);
            case DEDUCTION -> deduction(node, maximum);
            case PENALTIES -> new ScoreRule.Penalties(flags(node, maximum));
        };
    }

    private static void onlyKeys(YamlNode node, String... more) {
        var keys = new HashSet<>(Set.of("id", "kind", "name", "text", "maximum", "group"));
        keys.addAll(List.of(more));
        node.onlyKeys(keys);
    }

    private ScoreRule linearDeficit(YamlNode node, Rational maximum) {
        onlyKeys(node, "fact", "atMost", "line", "points");
        return new ScoreRule.LinearDeficit(
                measure(node), divisor(node.get("line")), within(node.get("points"), maximum));
    }

    private ScoreRule ratio(YamlNode node) {
        onlyKeys(node, "fact", "atMost", "of", "points");
        return new ScoreRule.Ratio(
                measure(node), divisor(node.get("of")), node.get("points").number());
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
        var keys = node.get("keys").list(Fact::read);
        var rows = node.get("rows")
                .list(row -> new ScoreRule.Table.Row(ranges(row, keys, "points"), within(row.get("points"), maximum)));
        return covered(node.get("rows"), new ScoreRule.Table(keys, rows));
    }

    /** What a row of a table asks of its keys; a key that it leaves out takes any value. */
    Map<Fact, Range> ranges(YamlNode row, List<Fact> keys, String... besides) {
        var allowed = new HashSet<>(Set.of(besides));
        keys.forEach(key -> allowed.add(key.code()));
        row.onlyKeys(allowed);
        Map<Fact, Range> ranges = new EnumMap<>(Fact.class);
        for (var key : keys) {
            row.find(key.code()).ifPresent(range -> ranges.put(key, conditions.rangeOrNumber(range, key)));
        }
        return ranges;
    }

    /** Reports gaps, overlaps and rows that can never hold, on every day on which some figure changes. */
    ScoreRule.Table covered(YamlNode node, ScoreRule.Table table) {
        for (var day : conditions.days()) {
            Coverage.faults(table, conditions.named(), day).forEach(node::report);
        }
        return table;
    }

    private static ScoreRule accrual(YamlNode node, Rational maximum) {
        onlyKeys(node, "since", "every", "beyond", "points");
        return new ScoreRule.Accrual(
                node.get("since").oneOf(Milestone.class),
                node.get("every").oneOf(Every.class).months,
                node.find("beyond")
                        .map(beyond -> beyond.integer(0, MAX_PERIODS))
                        .orElse(0),
                within(node.get("points"), maximum));
    }

    private ScoreRule.Flags flags(YamlNode node, Rational maximum) {
        onlyKeys(node, "combine", "flags");
        var flags = node.get("flags").list(flag -> {
            flag.onlyKeys("name", "when", "points");
            return new ScoreRule.Flags.Flag(
                    Text.read(flag.get("name")),
                    conditions.reachable(flag.get("when"), conditions.condition(flag.get("when"))),
                    within(flag.get("points"), maximum));
        });
        return new ScoreRule.Flags(node.get("combine").oneOf(ScoreRule.Flags.Combine.class), flags);
    }

    private ScoreRule raises(YamlNode node, Rational maximum) {
        onlyKeys(node, "fact", "atMost", "tiers");
        var measure = measure(node);
        var tiers = node.get("tiers").list(tier -> tier(tier, measure.fact(), maximum));
        var rows = tiers.stream()
                .map(tier -> new ScoreRule.Table.Row(Map.of(measure.fact(), tier.range()), tier.base()))
                .toList();
        covered(node.get("tiers"), new ScoreRule.Table(List.of(measure.fact()), rows));
        return new Raises(measure, tiers);
    }

    private Raises.Tier tier(YamlNode node, Fact fact, Rational maximum) {
        var range = conditions.range(node, fact, "base", "step");
        var base = within(node.get("base"), maximum);
        return new Raises.Tier(
                range,
                base,
                node.find("step").map(step -> step(step, base, maximum)).orElse(null));
    }

    private Raises.Step step(YamlNode node, Rational base, Rational maximum) {
        node.onlyKeys("over", "every", "points", "ceiling", "floor", "count");
        var points = node.get("points").number();
        var rises = points.signum() > 0;
        var limit = node.get(rises ? "ceiling" : "floor");
        node.find(rises ? "floor" : "ceiling")
                .ifPresent(other -> other.report("points that " + (rises ? "rise" : "fall") + " have no such limit"));
        var end = within(limit, maximum);
        if (points.signum() == 0) {
            node.get("points").report("a step of 0 points changes nothing");
        } else if (end.compareTo(base) == 0 || end.compareTo(base) > 0 != rises) {
            limit.report("the limit " + end.display() + " lies on the wrong side of the base " + base.display());
        }
        return new Raises.Step(
                conditions.figures().amount(node.get("over")),
                positive(node.get("every")),
                points,
                end,
                node.find("count").map(count -> count.oneOf(Raises.Count.class)).orElse(Raises.Count.FULL));
    }

    private static ScoreRule deduction(YamlNode node, Rational maximum) {
        onlyKeys(node, "fact", "each", "free");
        var free = node.find("free").map(YamlNode::number).orElse(Rational.ZERO);
        var each = within(node.get("each"), maximum);
        if (each.signum() <= 0 || free.signum() < 0) {
            node.report("a deduction takes more than 0 for each unit, and leaves 0 or more units free");
        }
        return new ScoreRule.Deduction(number(node.get("fact")), free, each);
    }

    private Measure measure(YamlNode node) {
        var standard = node.find("atMost").map(this::standard).orElse(null);
        return new Measure(number(node.get("fact")), standard);
    }

    private Measure.Standard standard(YamlNode node) {
        if (!node.isMapping() || node.find("each").isEmpty()) {
            return new Measure.Standard(divisor(node), null);
        }
        node.onlyKeys("each", "amount");
        return new Measure.Standard(divisor(node.get("amount")), number(node.get("each")));
    }

    private static Rational within(YamlNode points, Rational maximum) {
        var value = points.number();
        if (value.compareTo(maximum) > 0) {
            points.report(value.display() + " points are more than the item's maximum of " + maximum.display());
        }
        return value;
    }

    private static Fact number(YamlNode node) {
        var fact = Fact.read(node);
        if (fact.kind() == Fact.Kind.FLAG) {
            throw node.broken(fact.code() + " is a yes or no; use a flag");
        }
        if (fact.kind() == Fact.Kind.NAMED) {
            throw node.broken(fact.code() + " is a class, not a number; use a table");
        }
        return fact;
    }

    private static Rational positive(YamlNode node) {
        var value = node.number();
        if (value.signum() <= 0) {
            throw node.broken("a value greater than 0 is expected here");
        }
        return value;
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
