package io.anju.policy.number;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Explicit bounds, all of which hold; cities differ in whether a bound itself is in. */
public record Range(List<Bound> bounds) {

    public enum Op {
        LT("<"),
        LE("≤"),
        GT(">"),
        GE("≥"),
        EQ("=");

        private final String symbol;

        Op(String symbol) {
            this.symbol = symbol;
        }

        public boolean holds(int comparison) {
            return switch (this) {
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case EQ -> comparison == 0;
            };
        }
    }

    public record Bound(Op op, Amount amount) {}

    public Range {
        bounds = List.copyOf(bounds);
    }

    public boolean contains(Rational value, LocalDate day) {
        for (var bound : bounds) {
            if (!bound.op().holds(value.compareTo(bound.amount().at(day)))) {
                return false;
            }
        }
        return true;
    }

    /** With symbols: {@code > 1693, ≤ 2540}. */
    public String describe(LocalDate day) {
        return bounds.stream()
                .map(bound -> bound.op().symbol + " " + bound.amount().at(day).display())
                .collect(Collectors.joining(", "));
    }

    /** The number alone where there is one bound, for texts that say the rest in words. */
    public String limit(LocalDate day) {
        return bounds.size() == 1 ? bounds.get(0).amount().at(day).display() : describe(day);
    }
}
