package io.anju.waitinglist;

import io.anju.policy.OrderKey;
import io.anju.policy.PolicyDocument;
import io.anju.policy.SortKey;
import io.anju.waitinglist.ChangeStore.Changes;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts members in order and counts, cause by cause, what moved each since the generation before. */
final class Placing {
    private final PolicyDocument rules;
    private final Before before;
    private final Changes changes;
    private final boolean sameRules;
    private final Order order;
    /** Index in the generation before, -1 for who is new, by index in the order. */
    private final int[] was;

    private Placing(Order order, PolicyDocument rules, Before before, Changes changes, boolean sameRules) {
        this.order = order;
        this.rules = rules;
        this.before = before;
        this.changes = changes;
        this.sameRules = sameRules;
        this.was = new int[order.size()];
        Arrays.fill(was, -1);
    }

    /**
     * The order with what it took.
     *
     * @param moved sums of each cause since the household entered
     * @param leavers last places of those who are in it no more
     */
    record Result(Order order, MoveColumns moved, List<Leaver> leavers) {}

    /** The order alone, for members of any day. */
    static Order order(Members members, PolicyDocument rules) {
        return Order.of(members, rules.order().stream().anyMatch(key -> key.by() == OrderKey.By.PRIORITY));
    }

    /** The first order of a list. */
    static Result first(Members members, PolicyDocument rules) {
        var order = order(members, rules);
        return new Result(order, new MoveColumns(order.size()), List.of());
    }

    /**
     * The order after another.
     *
     * @param version number of the last fact that went in
     */
    static Result next(
            Members members, PolicyDocument rules, long version, Before before, Changes changes, boolean sameRules) {
        return new Placing(order(members, rules), rules, before, changes, sameRules).compare(version);
    }

    private Result compare(long version) {
        var leavers = new ArrayList<Leaver>();
        var now = placesNow(version, leavers);
        var keysBefore = keysBefore();
        var moved = Shifts.between(
                new Shifts.Orders<>(
                        now,
                        place -> Objects.requireNonNullElseGet(
                                keysBefore[place], () -> order.member(place).key()),
                        this::othersCause,
                        place -> isDeferred(place) ? MoveCause.OWN_DEFERRAL : MoveCause.OWN_POINTS),
                order.keys(),
                Arrays::compareUnsigned);
        for (int cause = 0; cause < MoveCause.COUNT; cause++) {
            addUp(moved, cause, before.moved().take(cause));
        }
        return new Result(order, moved, leavers);
    }

    private void addUp(MoveColumns moved, int cause, int @Nullable [] sofar) {
        for (int place = 0; sofar != null && place < was.length; place++) {
            if (was[place] >= 0) {
                moved.add(cause, place, sofar[was[place]]);
            }
        }
    }

    /** The key that each would have had in the order before; null for most, who still have it, and for who is new. */
    private byte[] @Nullable [] keysBefore() {
        var keys = new byte[was.length][];
        IntStream.range(0, was.length)
                .parallel()
                .filter(place -> was[place] >= 0)
                .forEach(place -> keys[place] = keyBefore(place));
        return keys;
    }

    private byte @Nullable [] keyBefore(int place) {
        var now = order.member(place).key();
        var key = now.clone();
        ByteBuffer.wrap(key).putLong(0, before.deferred(was[place]));
        overwrite(key, OrderKey.By.SCORE, before.sortPoints(was[place]));
        if (sameRules) {
            int priority = before.priority(was[place]);
            int since = before.since(was[place]);
            overwrite(key, OrderKey.By.PRIORITY, priority == Member.NO_CLASS ? Integer.MAX_VALUE : priority);
            overwrite(key, OrderKey.By.EARLIEST_OF, since == Member.NO_DATE ? LocalDate.MAX.toEpochDay() : since);
        }
        return Arrays.equals(now, key) ? null : key;
    }

    private void overwrite(byte[] key, OrderKey.By by, long number) {
        SortKey.overwrite(rules.order(), key, Long.BYTES, by, number);
    }

    private int[] placesNow(long version, List<Leaver> leavers) {
        var ranks = order.byNumber(version);
        var now = new int[before.size()];
        for (int i = 0; i < now.length; i++) {
            long number = before.number(i);
            int place = ranks.get((int) number) - 1;
            if (place < 0) {
                int rooms = before.homeRooms(i);
                leavers.add(new Leaver(number, i + 1, rooms == 0 ? null : rooms));
                now[i] = Shifts.left(MoveCause.of(changes.exit((int) number)));
            } else {
                now[i] = place;
                was[place] = i;
            }
        }
        return now;
    }

    private MoveCause othersCause(int place) {
        if (isDeferred(place)) {
            return MoveCause.DEFERRED;
        }
        return changes.isRescored((int) order.member(place).number()) ? MoveCause.RESCORED_AHEAD : MoveCause.ACCRUED;
    }

    private boolean isDeferred(int place) {
        return before.deferred(was[place]) != order.member(place).deferred();
    }
}
