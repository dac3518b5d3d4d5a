package io.anju.policy;

import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.YamlNode;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads {@code changes} of the section {@code subsidy}. */
final class SubsidyChangesReader {
    private final MoneyNodes nodes;

    SubsidyChangesReader(MoneyNodes nodes) {
        this.nodes = nodes;
    }

    SubsidyChanges changes(YamlNode node) {
        var ids = new HashSet<String>();
        var events = EnumSet.noneOf(SubsidyEvent.Kind.class);
        var rules = node.list(rule -> rule(rule, ids, events));
        var stops = rules.stream()
                .filter(rule -> rule.effect() == SubsidyChanges.Effect.STOP)
                .map(SubsidyChanges.Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
        rules.stream()
                .flatMap(rule -> rule.lifts().stream())
                .filter(lifted -> !stops.contains(lifted))
                .forEach(lifted -> node.report(
                        "'" + lifted + "' is no rule that stops the subsidy; known: " + String.join(", ", stops)));
        return new SubsidyChanges(rules);
    }

    private SubsidyChanges.Rule rule(YamlNode node, Set<String> ids, Set<SubsidyEvent.Kind> events) {
        var effect = node.get("effect").oneOf(SubsidyChanges.Effect.class);
        node.onlyKeys(keys(effect));
        var event = node.get("event").oneOf(SubsidyEvent.Kind.class);
        if (!events.add(event)) {
            node.get("event").report("'" + Codes.kebab(event) + "' has a rule already");
        }
        return new SubsidyChanges.Rule(
                nodes.newId(node, ids),
                event,
                effect,
                effect == SubsidyChanges.Effect.VOID
                        ? SubsidyChanges.From.THAT_MONTH
                        : node.get("from").oneOf(SubsidyChanges.From.class),
                node.find("months").map(MonthLimit::read).orElse(null),
                node.find("recover").map(YamlNode::yesOrNo).orElse(false),
                effect == SubsidyChanges.Effect.RESUME ? lifts(node.get("lifts")) : Set.of(),
                node.find("backPay").map(YamlNode::yesOrNo).orElse(false),
                Text.read(node.get("text"), placeholders(node, effect)));
    }

    private static Set<String> keys(SubsidyChanges.Effect effect) {
        var keys = new HashSet<>(Set.of("id", "event", "effect", "text"));
        keys.addAll(
                switch (effect) {
                    case STOP -> List.of("from", "months", "recover");
                    case CHANGE -> List.of("from");
                    case RESUME -> List.of("from", "lifts", "backPay");
                    case VOID -> List.of("months");
                });
        return keys;
    }

    private static Set<String> lifts(YamlNode node) {
        var lifts = new HashSet<>(node.list(YamlNode::text));
        if (lifts.isEmpty()) {
            throw node.broken("at least one rule that stops the subsidy is expected here");
        }
        return lifts;
    }

    /** Only what every such event has. */
    private static Set<String> placeholders(YamlNode node, SubsidyChanges.Effect effect) {
        var placeholders = new TreeSet<>(Set.of("month", "on"));
        var asksSince = effect == SubsidyChanges.Effect.VOID
                || node.find("months").isPresent()
                || node.find("recover").map(YamlNode::yesOrNo).orElse(false);
        if (asksSince) {
            placeholders.add("since");
        }
        if (node.find("months").isPresent()) {
            placeholders.add(Wording.LIMIT);
        }
        if (effect == SubsidyChanges.Effect.CHANGE
                || node.find("recover").map(YamlNode::yesOrNo).orElse(false)) {
            placeholders.add(Wording.YUAN);
        }
        return placeholders;
    }
}
