package io.anju.policy;

import java.util.Comparator;
import java.util.List;

/** One key of the waiting list's order; later keys decide ties of the earlier ones. */
public record OrderKey(By by, Direction direction) {

    public enum By {
        SCORE,
        /** Instant at which the application was handed in. */
        APPLIED_AT,
        /** Instant at which the household was registered. */
        REGISTERED_AT,
        /** Unique, so that an order that ends with it is total. */
        RECEIPT_NUMBER
    }

    public enum Direction {
        ASCENDING,
        DESCENDING
    }

    /** Who comes first. */
    static Comparator<Standing> comparator(List<OrderKey> keys) {
        return keys.stream()
                .map(OrderKey::comparator)
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    private Comparator<Standing> comparator() {
        Comparator<Standing> ascending =
                switch (by) {
                    case SCORE -> Comparator.comparing(Standing::score);
                    case APPLIED_AT -> Comparator.comparing(Standing::appliedAt);
                    case REGISTERED_AT -> Comparator.comparing(Standing::registeredAt);
                    case RECEIPT_NUMBER -> Comparator.comparing(Standing::receiptNumber);
                };
        return direction == Direction.ASCENDING ? ascending : ascending.reversed();
    }
}
