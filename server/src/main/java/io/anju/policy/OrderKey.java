package io.anju.policy;

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
}
