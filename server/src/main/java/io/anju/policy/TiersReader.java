package io.anju.policy;

import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads special groups and bands, and refuses gaps, overlaps and what can never be reached. */
final class TiersReader {
    /** Keys of a section that has tiers. */
    static final Set<String> KEYS = Set.of("special", "by", "bands");

    private final MoneyNodes nodes;

    TiersReader(MoneyNodes nodes) {
        this.nodes = nodes;
    }

    /**
     * @param valueKeys keys of what a tier gives
     * @param value reads them
     */
    <T> Tiers<T> tiers(YamlNode owner, Set<String> valueKeys, Function<YamlNode, T> value) {
        var by = nodes.number(owner.get("by"));
        var seen = new HashSet<String>();
        var special = owner.listOf("special", node -> special(node, valueKeys, value, seen));
        requireReachable(owner, special);
        var bands = owner.get("bands").list(node -> band(node, by, valueKeys, value, seen));
        requireCovered(owner.get("bands"), by, bands);
        return new Tiers<>(special, by, bands);
    }

    private <T> Tiers.Special<T> special(
            YamlNode node, Set<String> valueKeys, Function<YamlNode, T> value, Set<String> seen) {
        var keys = new HashSet<>(valueKeys);
        keys.addAll(Set.of("id", "when"));
        node.onlyKeys(keys);
        return new Tiers.Special<>(
                nodes.newId(node, seen), nodes.conditions().condition(node.get("when")), value.apply(node));
    }

    private <T> Tiers.Band<T> band(
            YamlNode node, Fact by, Set<String> valueKeys, Function<YamlNode, T> value, Set<String> seen) {
        var besides = new HashSet<>(valueKeys);
        besides.add("id");
        var range = nodes.conditions().range(node, by, besides.toArray(String[]::new));
        return new Tiers.Band<>(nodes.newId(node, seen), range, value.apply(node));
    }

    /** A group whose members all met an earlier one decides for nobody. */
    private <T> void requireReachable(YamlNode owner, List<Tiers.Special<T>> special) {
        var inOrder = special.stream().map(Tiers.Special::when).toList();
        var missed = new TreeSet<Integer>();
        nodes.conditions().days().forEach(day -> missed.addAll(Reach.neverFirst(inOrder, day)));
        for (var place : missed) {
            owner.get("special")
                    .report("'" + special.get(place).id()
                            + "' can never be reached: whoever it is for meets an earlier one");
        }
    }

    private <T> void requireCovered(YamlNode node, Fact by, List<Tiers.Band<T>> bands) {
        var rows = bands.stream()
                .map(band -> new ScoreRule.Table.Row(Map.of(by, band.range()), Rational.ZERO))
                .toList();
        nodes.tables().covered(node, new ScoreRule.Table(List.of(by), rows));
    }
}
