package io.anju.waitinglist;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes the move of every place between two derivations apart into causes that sum up to it exactly.
 *
 * <p>The way from the old order to the new one is walked in steps: those who left are taken out, the rest is put in
 * order by today's rules with yesterday's points, each household takes its own new points, the others take theirs, and
 * those who are new are put in. Every household but the one that is looked at counts under one cause, and every step
 * ends where the next begins, so nothing is left over. It takes a sort and a few searches for each household: n log n.
 *
 * @param <K> what the order compares; no two households are equal in it
 */
final class Shifts<K> {
    private final Comparator<? super K> order;
    private final List<K> now;
    private final boolean[] hasStayed;
    private final MoveColumns shares;

    /** Places in the new order of those who were in the old one too, from the front. */
    private int[] stayed = new int[0];

    private Shifts(Comparator<? super K> order, List<K> now) {
        this.order = order;
        this.now = now;
        this.hasStayed = new boolean[now.size()];
        this.shares = new MoveColumns(now.size());
    }

    /**
     * What the two orders are.
     *
     * @param before for each place of the old order the household's place in the new one, from 0; for those who have left
     *     {@link #left why}
     * @param asBefore the key that a household of the new order has by the new rules with its old points; asked for often
     * @param othersCause under which cause others count this household's change of key
     * @param ownCause under which cause the household itself does
     */
    record Orders<K>(
            int[] before,
            IntFunction<K> asBefore,
            IntFunction<MoveCause> othersCause,
            IntFunction<MoveCause> ownCause) {}

    /** Stands for the place of a household that is in the new order no more. */
    static int left(MoveCause why) {
        return ~why.ordinal();
    }

    /** Gives for every place of the new order its household's share of each cause; nothing where it is new. */
    static <K> MoveColumns between(Orders<K> orders, List<K> now, Comparator<? super K> order) {
        var shifts = new Shifts<K>(order, now);
        shifts.walk(orders);
        return shifts.shares;
    }

    private void walk(Orders<K> orders) {
        var stayedBefore = countLeavers(orders.before());
        countNew();
        var old = view(stayed.length, i -> orders.asBefore().apply(stayed[i]));
        var byOld = countRules(stayedBefore, old);
        countOwn(orders, old, byOld);
        countOthers(orders, old);
    }

    /** A list of keys that are made when they are asked for: a million of them at once take a hundred megabytes. */
    private static <K> List<K> view(int size, IntFunction<K> key) {
        return new AbstractList<>() {
            @Override
            public K get(int index) {
                return key.apply(index);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Gives the places in the new order of those who stayed, in the old order. */
    private int[] countLeavers(int[] before) {
        var gone = new int[MoveCause.COUNT];
        var stayedBefore = new int[before.length];
        int count = 0;
        for (var place : before) {
            if (place < 0) {
                gone[~place]--;
            } else {
                for (int cause = 0; cause < gone.length; cause++) {
                    shares.add(cause, place, gone[cause]);
                }
                hasStayed[place] = true;
                stayedBefore[count++] = place;
            }
        }
        return Arrays.copyOf(stayedBefore, count);
    }

    private void countNew() {
        stayed = new int[now.size()];
        int entered = 0;
        int count = 0;
        for (int i = 0; i < now.size(); i++) {
            if (hasStayed[i]) {
                shares.add(MoveCause.ENTERED.ordinal(), i, entered);
                stayed[count++] = i;
            } else {
                entered++;
            }
        }
        stayed = Arrays.copyOf(stayed, count);
    }

    /** Gives the stayers, as indexes into {@link #stayed}, in the order of the new rules with the old points. */
    private int[] countRules(int[] stayedBefore, List<K> old) {
        var index = new int[now.size()];
        for (int i = 0; i < stayed.length; i++) {
            index[stayed[i]] = i;
        }
        // in the old order already, so that sorting it by unchanged rules only looks at it
        var byOld = new int[stayed.length];
        for (int i = 0; i < byOld.length; i++) {
            byOld[i] = index[stayedBefore[i]];
        }
        IndexSort.sort(byOld, (a, b) -> order.compare(old.get(a), old.get(b)));
        int rules = MoveCause.RULES.ordinal();
        for (int i = 0; i < stayedBefore.length; i++) {
            int is = stayed[byOld[i]];
            if (is != stayedBefore[i]) {
                shares.add(rules, stayedBefore[i], -i);
                shares.add(rules, is, i);
            }
        }
        return byOld;
    }

    private void countOwn(Orders<K> orders, List<K> old, int[] byOld) {
        var sorted = view(byOld.length, i -> old.get(byOld[i]));
        for (int was = 0; was < sorted.size(); was++) {
            int place = stayed[byOld[was]];
            var key = now.get(place);
            int direction = order.compare(sorted.get(was), key);
            if (direction != 0) {
                // one's own old key is no other household's
                int is = firstFrom(sorted, key, was) - (direction < 0 ? 1 : 0);
                shares.add(orders.ownCause().apply(place).ordinal(), place, is - was);
            }
        }
    }

    /** Who moved counts for all whose new key lies between its old key and its new one. */
    private void countOthers(Orders<K> orders, List<K> old) {
        var sorted = view(stayed.length, i -> now.get(stayed[i]));
        var steps = new int[MoveCause.COUNT][];
        for (int is = 0; is < sorted.size(); is++) {
            int direction = order.compare(sorted.get(is), old.get(is));
            if (direction == 0) {
                continue;
            }
            int was = firstFrom(sorted, old.get(is), is);
            boolean forward = direction < 0;
            var cause = directed(orders.othersCause().apply(stayed[is]), forward);
            var step = steps[cause.ordinal()];
            if (step == null) {
                step = new int[sorted.size() + 1];
                steps[cause.ordinal()] = step;
            }
            step[forward ? is + 1 : was] += forward ? 1 : -1;
            step[forward ? was : is] -= forward ? 1 : -1;
        }
        sumUp(steps);
    }

    private static MoveCause directed(MoveCause cause, boolean forward) {
        return cause == MoveCause.RESCORED_AHEAD && !forward ? MoveCause.RESCORED_BEHIND : cause;
    }

    private void sumUp(int[] @Nullable [] steps) {
        for (int cause = 0; cause < steps.length; cause++) {
            var step = steps[cause];
            if (step != null) {
                int sum = 0;
                for (int i = 0; i < stayed.length; i++) {
                    sum += step[i];
                    shares.add(cause, stayed[i], sum);
                }
            }
        }
    }

    /** How many keys lie before this one, searched for from where it probably is. */
    private int firstFrom(List<K> sorted, K key, int near) {
        int low = near;
        int high = near;
        for (int reach = 1; low > 0 && order.compare(sorted.get(low - 1), key) >= 0; reach *= 2) {
            high = low;
            low = Math.max(0, low - reach);
        }
        for (int reach = 1; high < sorted.size() && order.compare(sorted.get(high), key) < 0; reach *= 2) {
            low = high + 1;
            high = Math.min(sorted.size(), high + reach);
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (order.compare(sorted.get(middle), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
