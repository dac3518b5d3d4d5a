package io.anju.policy;

import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section {@code subsidy}. */
final class SubsidyReader {
    private final MoneyNodes nodes;

    SubsidyReader(MoneyNodes nodes) {
        this.nodes = nodes;
    }

    Subsidy subsidy(YamlNode node) {
        var keys = new HashSet<>(TiersReader.KEYS);
        keys.addAll(Set.of("deemedIncome", "area", "of", "caps", "rounding", "text", "changes"));
        node.onlyKeys(keys);
        var of = node.find("of").map(nodes::quantity);
        var tiers = new TiersReader(nodes).tiers(node, Set.of("rate", "share"), tier -> rate(tier, of));
        var seen = new HashSet<String>();
        return new Subsidy(
                node.find("deemedIncome").map(this::deemed).orElse(null),
                area(node.get("area")),
                tiers,
                node.listOf("caps", cap -> cap(cap, seen)),
                nodes.rounding(node),
                Text.read(node.get("text"), placeholders(tiers)),
                node.find("changes")
                        .map(new SubsidyChangesReader(nodes)::changes)
                        .orElse(SubsidyChanges.NONE));
    }

    private DeemedIncome deemed(YamlNode node) {
        node.onlyKeys("minimum", "text");
        var placeholders =
                Set.of(Wording.LIMIT, "deemedMonthlyIncomeYuan", "earnerCount", Fact.MONTHLY_INCOME_YUAN.code());
        return new DeemedIncome(
                nodes.conditions().figures().amount(node.get("minimum")), Text.read(node.get("text"), placeholders));
    }

    private SubsidyArea area(YamlNode node) {
        node.onlyKeys("standard", "limitToHome", "deductOwned", "text");
        var standard = node.find("standard").map(found -> AreaTable.read(found, nodes));
        var limitsToHome = node.find("limitToHome").map(YamlNode::yesOrNo).orElse(false);
        if (standard.isEmpty() && !limitsToHome) {
            throw node.broken("an area is missing: a standard by persons, or limitToHome: true");
        }
        var deductsOwned = node.find("deductOwned").map(YamlNode::yesOrNo).orElse(false);
        var placeholders = new TreeSet<>(Set.of("standardSqm", "areaSqm", Fact.PERSON_COUNT.code()));
        standard.ifPresent(found -> {
            placeholders.add(Wording.LIMIT);
            placeholders.addAll(found.factNames());
        });
        if (deductsOwned) {
            placeholders.add(Fact.OWNED_AREA_SQM.code());
        }
        if (limitsToHome) {
            placeholders.add(TenancyFact.HOME_AREA_SQM.code());
        }
        return new SubsidyArea(
                standard.orElse(null), limitsToHome, deductsOwned, Text.read(node.get("text"), placeholders));
    }

    private Subsidy.Rate rate(YamlNode node, Optional<Quantity> of) {
        var share = node.find("share");
        if (share.isPresent() == node.find("rate").isPresent()) {
            throw node.broken("either a rate in yuan per ㎡ or a share is expected here");
        }
        if (share.isEmpty()) {
            return new Subsidy.Rate(nodes.quantity(node.get("rate")), Rational.ONE);
        }
        var whole = of.orElseThrow(() -> node.broken("a share of what? 'of' is missing in the section"));
        return new Subsidy.Rate(whole, nodes.share(share.get()));
    }

    private Subsidy.Cap cap(YamlNode node, Set<String> seen) {
        node.onlyKeys("id", "atMost", "text");
        var atMost = nodes.quantity(node.get("atMost"));
        var placeholders = new TreeSet<>(Set.of(Wording.LIMIT, Wording.YUAN));
        atMost.eachFact(fact -> placeholders.add(fact.code()));
        return new Subsidy.Cap(nodes.newId(node, seen), atMost, Text.read(node.get("text"), placeholders));
    }

    private static Set<String> placeholders(Tiers<Subsidy.Rate> tiers) {
        return Set.of(
                Wording.LIMIT,
                Wording.YUAN,
                "rate",
                "sharePercent",
                "areaSqm",
                tiers.by().code());
    }
}
