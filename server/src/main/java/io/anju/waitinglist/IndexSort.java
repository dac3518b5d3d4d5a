package io.anju.waitinglist;

import java.util.concurrent.RecursiveAction;
import java.util.function.IntBinaryOperator;

/**
 * Sorts indexes by what they stand for, without an object for each. Stable; all cores take part, and what is in order
 * already is only looked at.
 */
final class IndexSort extends RecursiveAction {
    private static final long serialVersionUID = 1;
    /** Shorter ones are sorted by inserting. */
    private static final int SHORT = 16;
    /** Shorter ones are not worth another core. */
    private static final int ALONE = 8_192;

    private final transient IntBinaryOperator compare;
    private final int[] indexes;
    private final int[] spare;
    private final int from;
    private final int to;

    private IndexSort(IntBinaryOperator compare, int[] indexes, int[] spare, int from, int to) {
        this.compare = compare;
        this.indexes = indexes;
        this.spare = spare;
        this.from = from;
        this.to = to;
    }

    /** @param compare below 0 where the first of two indexes stands before the second */
    static void sort(int[] indexes, IntBinaryOperator compare) {
        new IndexSort(compare, indexes, new int[indexes.length], 0, indexes.length).invoke();
    }

    @Override
    protected void compute() {
        if (to - from <= SHORT) {
            insert();
            return;
        }
        int middle = (from + to) >>> 1;
        var front = new IndexSort(compare, indexes, spare, from, middle);
        var back = new IndexSort(compare, indexes, spare, middle, to);
        if (to - from > ALONE) {
            invokeAll(front, back);
        } else {
            front.compute();
            back.compute();
        }
        if (compare.applyAsInt(indexes[middle - 1], indexes[middle]) > 0) {
            merge(middle);
        }
    }

    private void insert() {
        for (int i = from + 1; i < to; i++) {
            int one = indexes[i];
            int at = i;
            while (at > from && compare.applyAsInt(indexes[at - 1], one) > 0) {
                indexes[at] = indexes[at - 1];
                at--;
            }
            indexes[at] = one;
        }
    }

    private void merge(int middle) {
        System.arraycopy(indexes, from, spare, from, middle - from);
        int front = from;
        int back = middle;
        for (int at = from; front < middle; at++) {
            boolean isBack = back < to && compare.applyAsInt(spare[front], indexes[back]) > 0;
            indexes[at] = isBack ? indexes[back++] : spare[front++];
        }
    }
}
