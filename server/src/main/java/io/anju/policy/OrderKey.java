package io.anju.policy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key of the waiting list's order; later keys decide ties of the earlier ones.
 *
 * @param dates of which the earliest counts; for {@link By#EARLIEST_OF} alone
 * @param seed published text that lots are drawn with; for {@link By#DRAW} alone
 */
public record OrderKey(
        By by,
        Direction direction,
        List<Milestone> dates,
        @Nullable String seed) {

    public enum By {
        SCORE,
        /** Instant at which the application was handed in. */
        APPLIED_AT,
        /** Instant at which the household was registered. */
        REGISTERED_AT,
        /** Unique, so that an order that ends with it is total. */
        RECEIPT_NUMBER,
        /** Classes of households that come before the rest. */
        PRIORITY,
        /** The earliest of several days. */
        EARLIEST_OF,
        /** A lot that anyone can draw again; the receipt number ends what it leaves open. */
        DRAW
    }

    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    public OrderKey {
        dates = List.copyOf(dates);
    }

    /** Who comes first; total, because no two households share a receipt number. */
    static Comparator<Standing> comparator(List<OrderKey> keys) {
        return keys.stream()
                .map(OrderKey::comparator)
                .reduce(Comparator::thenComparing)
                .orElseThrow()
                .thenComparing(Standing::receiptNumber);
    }

    LocalDate earliest(HouseholdView household) {
        return Milestone.earliest(dates.stream(), household);
    }

    Draw draw(String receiptNumber) {
        return seed == null ? Draw.NONE : Draw.of(seed, receiptNumber);
    }

    private Comparator<Standing> comparator() {
        Comparator<Standing> ascending =
                switch (by) {
                    case PRIORITY -> Comparator.comparingInt(Standing::priority);
                    case SCORE -> Comparator.comparing(Standing::score);
                    case APPLIED_AT -> Comparator.comparing(Standing::appliedAt);
                    case REGISTERED_AT -> Comparator.comparing(Standing::registeredAt);
                    case EARLIEST_OF -> Comparator.comparing(Standing::since);
                    case DRAW -> Comparator.comparing(Standing::draw);
                    case RECEIPT_NUMBER -> Comparator.comparing(Standing::receiptNumber);
                };
        return direction == Direction.ASCENDING ? ascending : ascending.reversed();
    }
}
