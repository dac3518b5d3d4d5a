package io.anju.policy;

import io.anju.policy.number.Amount;
import io.anju.policy.number.Figure;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The named figures of a document while it is read. */
final class Figures {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{1,59}");

    private final Map<String, Figure> byName = new TreeMap<>();

    /**
     * @param period days in force; its end is null while no end is set
     */
    static Figures read(List<YamlNode> nodes, Period period) {
        var figures = new Figures();
        for (var node : nodes) {
            var figure = figure(node, period);
            if (figures.byName.putIfAbsent(figure.name(), figure) != null) {
                node.report("figure '" + figure.name() + "' is given twice");
            }
        }
        return figures;
    }

    /**
     * When a document is in force.
     *
     * @param isOver for a document that was checked before: its last day is no longer part of its content
     */
    record Period(LocalDate effectiveFrom, @Nullable LocalDate effectiveTo, boolean isOver) {}

    private static Figure figure(YamlNode node, Period period) {
        node.onlyKeys("name", "values", "yearly", "lastHoldsOn");
        var name = node.get("name").text(NAME, "a name like incomeLineYuan");
        var values = node.get("values").list(Figures::dated);
        var effectiveFrom = period.effectiveFrom();
        if (values.isEmpty() || values.get(0).from().isAfter(effectiveFrom)) {
            throw node.broken("figure '" + name + "' has no value on " + effectiveFrom + ", the first day in force");
        }
        for (var i = 1; i < values.size(); i++) {
            if (!values.get(i - 1).from().isBefore(values.get(i).from())) {
                throw node.broken("the values of '" + name + "' are not in the order of their dates");
            }
        }
        if (isYes(node, "yearly")) {
            requireEveryYear(node, name, values, period);
        } else if (node.find("lastHoldsOn").isPresent()) {
            node.get("lastHoldsOn").report("only a yearly figure says whether its last value holds on");
        }
        return new Figure(name, values);
    }

    /** A year without a value would silently be judged by the year before. */
    private static void requireEveryYear(YamlNode node, String name, List<Figure.Dated> values, Period period) {
        for (var i = 1; i < values.size(); i++) {
            var expected = values.get(i - 1).from().plusYears(1);
            if (values.get(i).from().isAfter(expected)) {
                node.report("figure '" + name + "' is yearly, but has no value for the year from " + expected);
            }
        }
        if (period.isOver() || isYes(node, "lastHoldsOn")) {
            return;
        }
        var end = values.get(values.size() - 1).from().plusYears(1);
        var lastDay = period.effectiveTo();
        if (lastDay == null || !lastDay.isBefore(end)) {
            node.report("figure '" + name + "' is yearly, but has no value for the year from " + end
                    + "; add it, end the document before, or say lastHoldsOn: true");
        }
    }

    private static boolean isYes(YamlNode node, String key) {
        return node.find(key).map(YamlNode::yesOrNo).orElse(false);
    }

    private static Figure.Dated dated(YamlNode node) {
        node.onlyKeys("from", "value");
        var value = node.get("value").number();
        if (value.signum() <= 0) {
            throw node.get("value").broken("a figure is greater than 0");
        }
        return new Figure.Dated(node.get("from").date(), value);
    }

    /** A number, or {@code {figure: name, times: 4}}. */
    Amount amount(YamlNode node) {
        if (!node.isMapping()) {
            return Amount.of(node.number());
        }
        node.onlyKeys("figure", "times");
        var name = node.get("figure").text();
        var figure = byName.get(name);
        if (figure == null) {
            throw node.broken("unknown figure '" + name + "'; known: " + String.join(", ", byName.keySet()));
        }
        return new Amount(node.find("times").map(YamlNode::number).orElse(Rational.ONE), figure);
    }

    /** Every day on or after the first on which some figure changes: a rule is the same in between. */
    Set<LocalDate> turns(LocalDate first) {
        var days = new TreeSet<LocalDate>(Set.of(first));
        byName.values().stream()
                .map(Figure::values)
                .flatMap(Collection::stream)
                .map(Figure.Dated::from)
                .filter(day -> day.isAfter(first))
                .forEach(days::add);
        return days;
    }
}
