package io.anju.policy;

/** So many days in a row on which so much was overdue. */
public record OverdueStretch(long overdueFen, int days) {
    public OverdueStretch {
        if (overdueFen < 0 || days < 0) {
            throw new IllegalArgumentException("amounts and days are never negative");
        }
    }
}
