package io.anju.policy;

import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds gaps, overlaps and unreachable rows of a table.
 *
 * <p>Between two neighbouring bounds nothing changes, so the bounds, one value between each two, and one beyond each
 * end stand for every value there is.
 */
final class Coverage {
    private static final int MAX_FINDINGS = 10;

    private final ScoreRule.Table table;
    private final NamedFacts named;
    private final LocalDate day;
    private final List<String> faults = new ArrayList<>();
    private final TreeSet<Integer> reached = new TreeSet<>();

    private Coverage(ScoreRule.Table table, NamedFacts named, LocalDate day) {
        this.table = table;
        this.named = named;
        this.day = day;
    }

    /** For a table whose keys are no classes of the document. */
    static List<String> faults(ScoreRule.Table table, LocalDate day) {
        return faults(table, NamedFacts.NONE, day);
    }

    /** What is wrong with the table on the day; empty when every household meets exactly one row. */
    static List<String> faults(ScoreRule.Table table, NamedFacts named, LocalDate day) {
        var coverage = new Coverage(table, named, day);
        coverage.walk(0, new EnumMap<>(Fact.class));
        coverage.reportUnreached();
        return coverage.faults;
    }

    /** Whether some value that the fact can have lies in the range. */
    static boolean canHold(Fact fact, Range range, LocalDate day) {
        return candidates(fact, List.of(range), day).stream().anyMatch(value -> range.contains(value, day));
    }

    private void walk(int key, Map<Fact, Rational> values) {
        if (faults.size() >= MAX_FINDINGS) {
            return;
        }
        if (key == table.keys().size()) {
            check(values);
            return;
        }
        var fact = table.keys().get(key);
        var ranges = table.rows().stream()
                .flatMap(row -> row.ranges().entrySet().stream())
                .filter(entry -> entry.getKey() == fact)
                .map(Map.Entry::getValue)
                .toList();
        for (var candidate : candidates(fact, ranges, named.names(fact).size(), day)) {
            values.put(fact, candidate);
            walk(key + 1, values);
        }
        values.remove(fact);
    }

    private void check(Map<Fact, Rational> values) {
        if (!isPossible(values)) {
            return;
        }
        var matching = new ArrayList<Integer>();
        for (var i = 0; i < table.rows().size(); i++) {
            if (table.rows().get(i).matches(values, day)) {
                matching.add(i + 1);
            }
        }
        reached.addAll(matching);
        if (matching.isEmpty()) {
            faults.add("gap: no row holds for " + describe(values, named));
        } else if (matching.size() > 1) {
            faults.add("overlap: rows " + matching + " all hold for " + describe(values, named));
        }
    }

    private void reportUnreached() {
        for (var i = 1; i <= table.rows().size() && faults.isEmpty(); i++) {
            if (!reached.contains(i)) {
                faults.add("row " + i + " can never hold");
            }
        }
    }

    /** Nobody lives in more generations, or has more children, than there are persons for. */
    static boolean isPossible(Map<Fact, Rational> values) {
        var sexes = values.getOrDefault(Fact.CHILD_SEX_COUNT, Rational.ZERO);
        var children = values.getOrDefault(Fact.CHILD_COUNT, sexes);
        if (sexes.compareTo(Rational.of(2)) > 0 || sexes.compareTo(children) > 0) {
            return false;
        }
        var persons = values.get(Fact.PERSON_COUNT);
        if (persons == null) {
            return true;
        }
        var couple = values.getOrDefault(Fact.HAS_SPOUSE, Rational.ZERO);
        var sexesOfAll = values.getOrDefault(Fact.HAS_BOTH_SEXES, Rational.ZERO);
        var generations = values.getOrDefault(Fact.GENERATION_COUNT, Rational.ONE);
        return generations.compareTo(persons) <= 0
                && children.plus(couple).compareTo(persons) < 0
                && sexesOfAll.compareTo(persons) < 0;
    }

    /** @param classes how many values a named fact has; no other fact asks for it */
    static Collection<Rational> candidates(Fact fact, List<Range> ranges, int classes, LocalDate day) {
        return switch (fact.kind()) {
            case FLAG -> List.of(Rational.ZERO, Rational.ONE);
            case NAMED -> IntStream.range(0, classes).mapToObj(Rational::of).toList();
            case COUNT, NUMBER -> candidates(fact, ranges, day);
        };
    }

    private static Collection<Rational> candidates(Fact fact, List<Range> ranges, LocalDate day) {
        var bounds = new TreeSet<Rational>();
        bounds.add(Rational.of(fact.least()));
        for (var range : ranges) {
            range.bounds().forEach(bound -> bounds.add(bound.amount().at(day)));
        }
        var candidates = fact.kind() == Fact.Kind.COUNT ? wholeNumbersAround(bounds) : valuesAround(bounds);
        return candidates.stream()
                .filter(value -> value.compareTo(Rational.of(fact.least())) >= 0)
                .toList();
    }

    private static TreeSet<Rational> wholeNumbersAround(TreeSet<Rational> bounds) {
        var numbers = new TreeSet<Rational>();
        for (var bound : bounds) {
            var floor = bound.rounded(0, RoundingMode.FLOOR);
            for (var step = -1; step <= 2; step++) {
                numbers.add(Rational.of(floor.add(BigDecimal.valueOf(step))));
            }
        }
        return numbers;
    }

    private static TreeSet<Rational> valuesAround(TreeSet<Rational> bounds) {
        var values = new TreeSet<>(bounds);
        var before = bounds.first();
        for (var bound : bounds) {
            values.add(before.plus(bound).dividedBy(2));
            before = bound;
        }
        values.add(before.plus(Rational.ONE));
        return values;
    }

    private static String describe(Map<Fact, Rational> values, NamedFacts named) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().code() + " = " + named.display(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
