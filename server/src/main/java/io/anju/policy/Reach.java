package io.anju.policy;

import io.anju.policy.number.Range;
import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds conditions that no household can meet, by trying every value that makes a difference.
 *
 * <p>Facts are tried independently but for {@link Coverage#isPossible}, so a condition that is refused can truly never
 * hold; one that only a rarer dependency rules out is let pass.
 */
final class Reach {
    /** Beyond this many combinations a list of conditions is only tried one by one. */
    private static final int MAX_TRIES = 200_000;

    private final LocalDate day;
    private final Map<Fact, List<Range>> ranges = new EnumMap<>(Fact.class);
    private final Map<Fact, Integer> named = new EnumMap<>(Fact.class);
    private final TreeSet<String> groups = new TreeSet<>();

    private Reach(LocalDate day, Collection<Condition> conditions) {
        this.day = day;
        conditions.forEach(this::collect);
    }

    /** Whether some household meets the condition on the day; true as well where there are too many to try. */
    static boolean canHold(Condition condition, LocalDate day) {
        var reach = new Reach(day, List.of(condition));
        return reach.tries() > MAX_TRIES || reach.any(condition::holds);
    }

    /** Places, from 0, of those that can never be the first that holds. */
    static List<Integer> neverFirst(List<Condition> inOrder, LocalDate day) {
        var reach = new Reach(day, inOrder);
        var missed = new ArrayList<Integer>();
        for (var i = 0; i < inOrder.size(); i++) {
            var place = i;
            var reachable = reach.tries() > MAX_TRIES
                    ? canHold(inOrder.get(i), day)
                    : reach.any(source -> first(inOrder, source) == place);
            if (!reachable) {
                missed.add(i);
            }
        }
        return missed;
    }

    private static int first(List<Condition> inOrder, FactSource source) {
        for (var i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).holds(source)) {
                return i;
            }
        }
        return -1;
    }

    private void collect(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            ranges.computeIfAbsent(compare.fact(), fact -> new ArrayList<>()).add(compare.range());
        } else if (condition instanceof Condition.Is is) {
            ranges.computeIfAbsent(is.fact(), fact -> new ArrayList<>());
        } else if (condition instanceof Condition.OneOf oneOf) {
            ranges.computeIfAbsent(oneOf.fact(), fact -> new ArrayList<>());
            var highest =
                    oneOf.places().stream().mapToInt(Integer::intValue).max().orElse(0);
            named.merge(oneOf.fact(), highest, Math::max);
        } else if (condition instanceof Condition.InGroup inGroup) {
            groups.addAll(inGroup.groups());
        } else if (condition instanceof Condition.All all) {
            all.parts().forEach(this::collect);
        } else if (condition instanceof Condition.Any any) {
            any.parts().forEach(this::collect);
        } else if (condition instanceof Condition.Not not) {
            collect(not.part());
        }
    }

    private Collection<Rational> candidates(Fact fact) {
        var most = named.getOrDefault(fact, 0);
        return Coverage.candidates(fact, ranges.getOrDefault(fact, List.of()), most + 1, day);
    }

    private long tries() {
        var tries = 1L << Math.min(groups.size(), 40);
        for (var fact : ranges.keySet()) {
            tries = Math.min(tries * candidates(fact).size(), Integer.MAX_VALUE);
        }
        return tries;
    }

    private boolean any(Predicate<FactSource> wanted) {
        return any(List.copyOf(ranges.keySet()), 0, new EnumMap<>(Fact.class), wanted);
    }

    private boolean any(List<Fact> facts, int next, Map<Fact, Rational> values, Predicate<FactSource> wanted) {
        if (next == facts.size()) {
            return Coverage.isPossible(values) && anyGroups(values, wanted);
        }
        for (var candidate : candidates(facts.get(next))) {
            values.put(facts.get(next), candidate);
            if (any(facts, next + 1, values, wanted)) {
                return true;
            }
        }
        values.remove(facts.get(next));
        return false;
    }

    private boolean anyGroups(Map<Fact, Rational> values, Predicate<FactSource> wanted) {
        var all = List.copyOf(groups);
        for (var chosen = 0L; chosen < 1L << all.size(); chosen++) {
            var held = new TreeSet<String>();
            for (var i = 0; i < all.size(); i++) {
                if ((chosen & 1L << i) != 0) {
                    held.add(all.get(i));
                }
            }
            if (wanted.test(new Tried(day, values, held))) {
                return true;
            }
        }
        return false;
    }

    /** A household that is made up of the values that matter. */
    private record Tried(LocalDate asOf, Map<Fact, Rational> values, Set<String> groups) implements FactSource {
        @Override
        public Rational value(Fact fact) {
            return values.getOrDefault(fact, Rational.of(fact.least()));
        }

        @Override
        public boolean belongsToAnyOf(Collection<String> wanted) {
            return wanted.stream().anyMatch(groups::contains);
        }
    }
}
