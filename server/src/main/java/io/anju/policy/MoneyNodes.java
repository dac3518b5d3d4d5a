package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the sections about money have in common when they are read. */
final class MoneyNodes {
    private static final int HUNDRED = 100;
    private static final int THOUSAND = 1000;

    private final ConditionReader conditions;
    private final Pattern ids;

    MoneyNodes(ConditionReader conditions, Pattern ids) {
        this.conditions = conditions;
        this.ids = ids;
    }

    ConditionReader conditions() {
        return conditions;
    }

    String id(YamlNode node) {
        return node.get("id").text(ids, "a name like low-income");
    }

    /** The id, reported where its list has it already. */
    String newId(YamlNode node, Set<String> seen) {
        var id = id(node);
        if (!seen.add(id)) {
            node.report("'" + id + "' is given twice");
        }
        return id;
    }

    Fact number(YamlNode node) {
        var fact = Fact.read(node);
        if (fact.kind() != Fact.Kind.NUMBER && fact.kind() != Fact.Kind.COUNT) {
            throw node.broken(fact.code() + " is no number; use a special group");
        }
        return fact;
    }

    /** A number of 0 or more, {@code {figure: name, times: 4}} or {@code {fact: marketRentYuanPerSqm, times: 0.4}}. */
    Quantity quantity(YamlNode node) {
        if (!node.isMapping() || node.find("fact").isEmpty()) {
            var amount = conditions.figures().amount(node);
            requireNotNegative(node, amount.factor());
            return new Quantity(amount, null);
        }
        node.onlyKeys("fact", "times");
        var times = node.find("times").map(YamlNode::number).orElse(Rational.ONE);
        requireNotNegative(node, times);
        return new Quantity(Amount.of(times), tenancyFact(node.get("fact")));
    }

    private static TenancyFact tenancyFact(YamlNode node) {
        var code = node.text();
        return TenancyFact.find(code)
                .orElseThrow(() -> node.broken("unknown fact '" + code + "'; known: "
                        + String.join(
                                ", ",
                                List.of(TenancyFact.values()).stream()
                                        .map(TenancyFact::code)
                                        .sorted()
                                        .toList())));
    }

    private static void requireNotNegative(YamlNode node, Rational value) {
        if (value.signum() < 0) {
            throw node.broken("a value of 0 or more is expected here");
        }
    }

    /** A part of a whole: from 0 to 1. */
    Rational share(YamlNode node) {
        var share = node.number();
        if (share.signum() < 0 || share.compareTo(Rational.ONE) > 0) {
            throw node.broken("a share from 0 to 1 is expected here, not " + share.display());
        }
        return share;
    }

    /** {@code {percent: 2}} or {@code {permille: 3}}, as a fraction greater than 0. */
    Rational rate(YamlNode node) {
        node.onlyKeys("percent", "permille");
        if (node.find("percent").isPresent() == node.find("permille").isPresent()) {
            throw node.broken("either percent or permille is expected here");
        }
        var rate = node.find("percent")
                .map(percent -> percent.number().dividedBy(HUNDRED))
                .orElseGet(() -> node.get("permille").number().dividedBy(THOUSAND));
        if (rate.signum() <= 0) {
            throw node.broken("a rate greater than 0 is expected here");
        }
        return rate;
    }

    MoneyRounding rounding(YamlNode owner) {
        var node = owner.get("rounding");
        node.onlyKeys("unit", "mode");
        return new MoneyRounding(
                node.get("unit").oneOf(MoneyRounding.Unit.class),
                RoundingMode.valueOf(
                        node.get("mode").oneOf(MoneyRounding.Mode.class).name()));
    }

    /** Reads rows of tables, and refuses gaps, overlaps and rows that nothing reaches. */
    ScoreRuleReader tables() {
        return new ScoreRuleReader(conditions);
    }
}
