package io.anju.policy;

import io.anju.policy.yaml.YamlNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code rent}. */
final class RentReader {
    private static final Set<String> SHARE_KEYS = Set.of("share", "standard", "entry", "stay");

    private final MoneyNodes nodes;

    RentReader(MoneyNodes nodes) {
        this.nodes = nodes;
    }

    Rent rent(YamlNode node) {
        var keys = new HashSet<>(TiersReader.KEYS);
        keys.addAll(Set.of("standard", "entitlement", "rounding", "text"));
        node.onlyKeys(keys);
        var tiers = tiers(node);
        return new Rent(
                nodes.quantity(node.get("standard")),
                tiers,
                node.find("entitlement").map(this::entitlement).orElse(null),
                nodes.rounding(node),
                Text.read(node.get("text"), placeholders(tiers)));
    }

    private @Nullable Tiers<Rent.Share> tiers(YamlNode node) {
        if (node.find("by").isEmpty()
                && node.find("bands").isEmpty()
                && node.find("special").isEmpty()) {
            return null;
        }
        return new TiersReader(nodes).tiers(node, SHARE_KEYS, this::share);
    }

    private Rent.Share share(YamlNode node) {
        var mayEnter = node.find("entry").map(YamlNode::yesOrNo).orElse(true);
        var mayStay = node.find("stay").map(YamlNode::yesOrNo).orElse(true);
        if (mayEnter && !mayStay) {
            node.report("whoever may not stay may not enter either: say entry: false");
        }
        return new Rent.Share(
                nodes.share(node.get("share")),
                node.find("standard").map(nodes::quantity).orElse(null),
                mayEnter,
                mayStay);
    }

    private Rent.Entitlement entitlement(YamlNode node) {
        node.onlyKeys("area", "excessRate", "text");
        var area = AreaTable.read(node.get("area"), nodes);
        var rate = nodes.quantity(node.get("excessRate"));
        var placeholders = new TreeSet<>(
                Set.of(Wording.LIMIT, Wording.YUAN, "excessSqm", "rate", TenancyFact.HOME_AREA_SQM.code()));
        placeholders.addAll(area.factNames());
        rate.eachFact(fact -> placeholders.add(fact.code()));
        return new Rent.Entitlement(area, rate, Text.read(node.get("text"), placeholders));
    }

    /** A tier's own standard is no placeholder: the text has to hold for every tier. */
    private static Set<String> placeholders(@Nullable Tiers<Rent.Share> tiers) {
        var names = new TreeSet<>(Set.of(
                Wording.LIMIT,
                Wording.YUAN,
                "standard",
                "share",
                "sharePercent",
                "chargedSqm",
                TenancyFact.HOME_AREA_SQM.code()));
        if (tiers != null) {
            names.add(tiers.by().code());
        }
        return names;
    }
}
