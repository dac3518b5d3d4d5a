package io.anju.waitinglist;

import java.util.Arrays;

/**
 * How often each cause moved a household, summed up from derivation to derivation: what moved between any two of them is
 * the difference, however long the list is.
 */
final class MoveCounts {
    static final MoveCounts NONE = new MoveCounts(new int[0]);

    /** By {@link MoveCause#ordinal}; causes that were not known when it was written are missing at the end. */
    private final int[] counts;

    private MoveCounts(int[] counts) {
        this.counts = counts;
    }

    /** @param counts by {@link MoveCause#ordinal}; kept, so not to be changed any more */
    static MoveCounts of(int[] counts) {
        return new MoveCounts(counts);
    }

    int get(MoveCause cause) {
        return cause.ordinal() < counts.length ? counts[cause.ordinal()] : 0;
    }

    int sum() {
        return Arrays.stream(counts).sum();
    }

    MoveCounts plus(MoveCounts other) {
        return combined(other, 1);
    }

    MoveCounts minus(MoveCounts earlier) {
        return combined(earlier, -1);
    }

    private MoveCounts combined(MoveCounts other, int sign) {
        var sums = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) {
            sums[i] += sign * other.counts[i];
        }
        return new MoveCounts(sums);
    }
}
