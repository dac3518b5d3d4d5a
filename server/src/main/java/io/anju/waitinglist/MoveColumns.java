package io.anju.waitinglist;

import org.jspecify.annotations.Nullable;

/** How often each cause moved each place of an order. Most causes move nobody on most days: they take no memory. */
final class MoveColumns {
    private final int size;
    private final int[] @Nullable [] byCause = new int[MoveCause.COUNT][];

    MoveColumns(int size) {
        this.size = size;
    }

    /** @param cause by {@link MoveCause#ordinal} */
    void add(int cause, int index, int change) {
        if (change != 0) {
            column(cause)[index] += change;
        }
    }

    int[] column(int cause) {
        var column = byCause[cause];
        if (column == null) {
            column = new int[size];
            byCause[cause] = column;
        }
        return column;
    }

    int get(int cause, int index) {
        var column = byCause[cause];
        return column == null ? 0 : column[index];
    }

    /** Gives a cause's column, none where it moved nobody, and holds it no longer. */
    int @Nullable [] take(int cause) {
        var column = byCause[cause];
        byCause[cause] = null;
        return column;
    }

    MoveCounts counts(int index) {
        var counts = new int[MoveCause.COUNT];
        for (int cause = 0; cause < counts.length; cause++) {
            counts[cause] = get(cause, index);
        }
        return MoveCounts.of(counts);
    }
}
