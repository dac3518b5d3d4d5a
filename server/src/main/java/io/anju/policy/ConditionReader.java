package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads conditions and ranges, and refuses those that nothing can meet. */
final class ConditionReader {
    private static final List<Range.Op> OPS = List.of(Range.Op.values());
    private static final Set<String> OP_KEYS = Set.of("lt", "le", "gt", "ge", "eq");

    private final Figures figures;
    private final Set<LocalDate> days;
    private final NamedFacts named;

    /** @param days days on which figures change */
    ConditionReader(Figures figures, Set<LocalDate> days) {
        this(figures, days, NamedFacts.NONE);
    }

    private ConditionReader(Figures figures, Set<LocalDate> days, NamedFacts named) {
        this.figures = figures;
        this.days = days;
        this.named = named;
    }

    /** Reads conditions that may also ask for the document's own classes. */
    ConditionReader with(NamedFacts classes) {
        return new ConditionReader(figures, days, classes);
    }

    NamedFacts named() {
        return named;
    }

    Figures figures() {
        return figures;
    }

    Set<LocalDate> days() {
        return days;
    }

    /** The condition under {@code when}; without one everyone is concerned. */
    Condition when(YamlNode owner) {
        return owner.find("when").map(node -> reachable(node, condition(node))).orElse(Condition.ALWAYS);
    }

    Condition condition(YamlNode node) {
        if (!node.isMapping()) {
            return all(node, node.list(this::condition));
        }
        if (node.find("all").isPresent()) {
            node.onlyKeys("all");
            return all(node, node.get("all").list(this::condition));
        }
        if (node.find("any").isPresent()) {
            node.onlyKeys("any");
            return new Condition.Any(atLeastOne(node, node.get("any").list(this::condition)));
        }
        if (node.find("not").isPresent()) {
            node.onlyKeys("not");
            return new Condition.Not(condition(node.get("not")));
        }
        if (node.find("groups").isPresent()) {
            node.onlyKeys("groups");
            return new Condition.InGroup(atLeastOne(node, node.get("groups").list(ConditionReader::group)));
        }
        return aboutFact(node);
    }

    private static Condition all(YamlNode node, List<Condition> parts) {
        atLeastOne(node, parts);
        return parts.size() == 1 ? parts.get(0) : new Condition.All(parts);
    }

    private Condition aboutFact(YamlNode node) {
        var fact = Fact.read(node.get("fact"));
        if (fact.kind() == Fact.Kind.FLAG) {
            node.onlyKeys("fact", "is");
            return new Condition.Is(fact, node.get("is").yesOrNo());
        }
        if (fact.kind() == Fact.Kind.NAMED) {
            node.onlyKeys("fact", "in");
            var names = node.get("in").list(YamlNode::text);
            var places = node.get("in").list(name -> place(name, fact));
            return new Condition.OneOf(fact, places, atLeastOne(node, names));
        }
        return new Condition.Compare(fact, range(node, fact, "fact"));
    }

    /** The place of a class in its section. */
    private int place(YamlNode node, Fact fact) {
        var names = named.names(fact);
        var place = names.indexOf(node.text());
        if (place < 0) {
            throw node.broken("unknown " + fact.code() + " '" + node.text() + "'; known: " + String.join(", ", names));
        }
        return place;
    }

    /** Reports a condition that no household can meet. */
    Condition reachable(YamlNode node, Condition condition) {
        if (!days.isEmpty() && days.stream().noneMatch(day -> Reach.canHold(condition, day))) {
            node.report("no household can meet this condition");
        }
        return condition;
    }

    /**
     * Reads {@code lt}, {@code le}, {@code gt}, {@code ge} and {@code eq}.
     *
     * @param besides keys of the node that are no bounds
     */
    Range range(YamlNode node, Fact fact, String... besides) {
        var keys = new HashSet<>(OP_KEYS);
        keys.addAll(List.of(besides));
        node.onlyKeys(keys);
        var bounds = new ArrayList<Range.Bound>();
        for (var op : OPS) {
            node.find(Codes.kebab(op)).ifPresent(bound -> bounds.add(new Range.Bound(op, figures.amount(bound))));
        }
        if (bounds.isEmpty()) {
            throw node.broken("a bound is missing: one or more of lt, le, gt, ge, eq");
        }
        return possible(node, fact, new Range(bounds));
    }

    /** A range for a table's key: bounds, or a single value for "exactly". */
    Range rangeOrNumber(YamlNode node, Fact fact) {
        if (fact.kind() == Fact.Kind.FLAG) {
            return exactly(Rational.of(node.yesOrNo() ? 1 : 0));
        }
        if (fact.kind() == Fact.Kind.NAMED) {
            return exactly(Rational.of(place(node, fact)));
        }
        return node.isMapping() ? range(node, fact) : possible(node, fact, exactly(node.number()));
    }

    private static Range exactly(Rational value) {
        return new Range(List.of(new Range.Bound(Range.Op.EQ, Amount.of(value))));
    }

    private Range possible(YamlNode node, Fact fact, Range range) {
        for (var day : days) {
            if (!Coverage.canHold(fact, range, day)) {
                throw node.broken("no value of " + fact.code() + " can be " + range.describe(day));
            }
        }
        return range;
    }

    private static String group(YamlNode node) {
        var code = node.text();
        if (SpecialGroup.find(code).isEmpty()) {
            throw node.broken("unknown group '" + code + "'");
        }
        return code;
    }

    private static <T> List<T> atLeastOne(YamlNode node, List<T> parts) {
        if (parts.isEmpty()) {
            throw node.broken("at least one condition is expected here");
        }
        return parts;
    }
}
