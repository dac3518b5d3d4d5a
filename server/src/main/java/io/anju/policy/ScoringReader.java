package io.anju.policy;

import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the section {@code scoring}. */
final class ScoringReader {
    /** Scores are published with four decimals and up to four digits before them. */
    private static final int MAX_SCALE = 4;

    private static final Rational MAX_POINTS = Rational.of(9_999);

    private final ScoreRuleReader rules;
    private final Pattern ids;

    ScoringReader(ConditionReader conditions, Pattern ids) {
        this.rules = new ScoreRuleReader(conditions);
        this.ids = ids;
    }

    private enum Rounding {
        HALF_UP,
        HALF_EVEN,
        DOWN
    }

    Scoring scoring(YamlNode node) {
        node.onlyKeys("maximum", "rounding", "groups", "items");
        var rounding = node.get("rounding");
        rounding.onlyKeys("scale", "mode");
        var maximum = node.get("maximum").number();
        if (maximum.compareTo(MAX_POINTS) > 0) {
            node.get("maximum").report("no score is above " + MAX_POINTS.display());
        }
        var seen = new HashSet<String>();
        var groups = node.listOf("groups", group -> group(group, seen));
        var items = node.get("items").list(item -> item(item, groups, seen));
        groups.forEach(group -> requireUse(node.get("groups"), group, items));
        requireSum(node.get("maximum"), items, groups, maximum);
        return new Scoring(
                items,
                groups,
                maximum,
                rounding.get("scale").integer(0, MAX_SCALE),
                RoundingMode.valueOf(rounding.get("mode").oneOf(Rounding.class).name()));
    }

    private static void requireSum(
            YamlNode node, List<Scoring.Item> items, List<Scoring.Group> groups, Rational maximum) {
        var sum = items.stream()
                .filter(item -> item.group() == null)
                .map(Scoring.Item::most)
                .reduce(Rational.ZERO, Rational::plus);
        for (var group : groups) {
            sum = sum.plus(most(group, items).min(group.maximum()));
        }
        if (sum.compareTo(maximum) > 0) {
            node.report("the items' maxima add up to " + sum.display() + ", more than " + maximum.display());
        }
    }

    private static void requireUse(YamlNode node, Scoring.Group group, List<Scoring.Item> items) {
        var most = most(group, items);
        if (most.compareTo(group.maximum()) <= 0) {
            node.report("the items of group '" + group.id() + "' add up to " + most.display()
                    + " at most, so its ceiling of " + group.maximum().display() + " can never cut anything");
        }
    }

    private static Rational most(Scoring.Group group, List<Scoring.Item> items) {
        return items.stream()
                .filter(item -> group.id().equals(item.group()))
                .map(Scoring.Item::most)
                .reduce(Rational.ZERO, Rational::plus);
    }

    private Scoring.Group group(YamlNode node, Set<String> seen) {
        node.onlyKeys("id", "name", "maximum");
        return new Scoring.Group(
                id(node, "group", seen),
                Text.read(node.get("name")),
                node.get("maximum").number());
    }

    private String id(YamlNode node, String what, Set<String> seen) {
        var id = node.get("id").text(ids, "a name like housing-area");
        if (!seen.add(id)) {
            node.report(what + " '" + id + "' is given twice");
        }
        return id;
    }

    private Scoring.Item item(YamlNode node, List<Scoring.Group> groups, Set<String> seen) {
        var id = id(node, "item", seen);
        var maximum = node.get("maximum");
        if (maximum.number().signum() < 0) {
            maximum.report("a maximum is never below 0; a deduction says how much it takes off at most");
        }
        var rule = rules.rule(node, maximum.number());
        var group = node.find("group").map(found -> groupOf(found, groups)).orElse(null);
        return new Scoring.Item(id, Text.read(node.get("name")), maximum.number(), group, rule, text(node, rule));
    }

    private static String groupOf(YamlNode node, List<Scoring.Group> groups) {
        var id = node.text();
        if (groups.stream().noneMatch(group -> group.id().equals(id))) {
            throw node.broken("unknown group '" + id + "'");
        }
        return id;
    }

    private static Text text(YamlNode node, ScoreRule rule) {
        var placeholders = new TreeSet<>(Set.of("points", "maximum", EligibilityRule.LIMIT));
        rule.eachFact(fact -> placeholders.add(fact.code()));
        return Text.read(node.get("text"), placeholders);
    }
}
