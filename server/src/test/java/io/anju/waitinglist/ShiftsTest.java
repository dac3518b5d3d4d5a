package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Seeds;
import io.anju.waitinglist.Shifts.Orders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The quick count of what moved whom, beside the slow one that compares every pair. */
class ShiftsTest {
    private static final MoveCause[] LEFT = {MoveCause.LEFT_HOUSED, MoveCause.LEFT_WITHDRAWN, MoveCause.LEFT_OTHER};
    private static final MoveCause[] OTHERS = {MoveCause.ACCRUED, MoveCause.RESCORED_AHEAD, MoveCause.DEFERRED};

    private static final Comparator<Key> BY_POINTS =
            Comparator.comparingInt(Key::points).reversed().thenComparing(Key::id);
    private static final Comparator<Key> BY_POINTS_UPWARDS =
            Comparator.comparingInt(Key::points).thenComparing(Key::id);

    private record Key(UUID id, int points) {}

    private record Round(
            List<Key> before, List<Key> now, Map<UUID, MoveCause> causes, Comparator<Key> old, Comparator<Key> order) {}

    @Test
    void the_shares_are_those_of_comparing_every_pair_and_sum_up_to_the_move() {
        long seed = Seeds.of(ShiftsTest.class);
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            check(round(random), "seed " + seed + ", round " + i);
        }
    }

    @Test
    void nobody_moves_where_nothing_happened() {
        var same = List.of(new Key(new UUID(0, 1), 9), new Key(new UUID(0, 2), 5));
        var shares = shares(new Round(same, same, Map.of(), BY_POINTS, BY_POINTS));
        for (int place = 0; place < same.size(); place++) {
            for (var cause : MoveCause.values()) {
                assertThat(shares.get(cause.ordinal(), place)).isZero();
            }
        }
    }

    private static Round round(Random random) {
        var before = new ArrayList<Key>();
        var now = new ArrayList<Key>();
        var causes = new HashMap<UUID, MoveCause>();
        int size = random.nextInt(40);
        int spread = 1 + random.nextInt(30);
        for (int i = 0; i < size; i++) {
            var key = new Key(new UUID(random.nextLong(), i), random.nextInt(spread));
            int fate = random.nextInt(10);
            if (fate < 8) {
                before.add(key);
            }
            if (fate > 1) {
                now.add(random.nextBoolean() ? key : new Key(key.id(), random.nextInt(spread)));
            }
            causes.put(key.id(), (fate <= 1 ? LEFT : OTHERS)[random.nextInt(3)]);
        }
        var old = random.nextInt(4) == 0 ? BY_POINTS_UPWARDS : BY_POINTS;
        before.sort(old);
        now.sort(BY_POINTS);
        return new Round(before, now, causes, old, BY_POINTS);
    }

    private static MoveColumns shares(Round round) {
        var points = new HashMap<UUID, Key>();
        round.before().forEach(key -> points.put(key.id(), key));
        var ids = round.now().stream().map(Key::id).toList();
        var before = round.before().stream()
                .mapToInt(key -> ids.contains(key.id())
                        ? ids.indexOf(key.id())
                        : Shifts.left(Objects.requireNonNull(round.causes().get(key.id()))))
                .toArray();
        return Shifts.between(
                new Orders<>(
                        before,
                        place -> Objects.requireNonNull(points.get(ids.get(place))),
                        place -> Objects.requireNonNull(round.causes().get(ids.get(place))),
                        place -> MoveCause.OWN_POINTS),
                round.now(),
                round.order());
    }

    private static void check(Round round, String where) {
        var shares = shares(round);
        for (int is = 0; is < round.now().size(); is++) {
            var id = round.now().get(is).id();
            int was = round.before().stream().map(Key::id).toList().indexOf(id);
            if (was < 0) {
                assertThat(shares.counts(is).sum()).as(where).isZero();
                continue;
            }
            var counted = shares.counts(is);
            assertThat(counted.sum()).as(where).isEqualTo(is - was);
            var compared = compared(round, id);
            for (var cause : MoveCause.values()) {
                assertThat(counted.get(cause)).as("%s: %s", where, cause).isEqualTo(compared.getOrDefault(cause, 0));
            }
        }
    }

    /** What each cause does to one household, by the definition: one step after the other, each other household by itself. */
    private static Map<MoveCause, Integer> compared(Round round, UUID me) {
        var shares = new HashMap<MoveCause, Integer>();
        var mine = find(round.before(), me);
        var mineNow = find(round.now(), me);
        for (var other : round.before()) {
            var now = round.now().stream()
                    .filter(key -> key.id().equals(other.id()))
                    .findFirst();
            if (other.id().equals(me)) {
                continue;
            }
            var cause = Objects.requireNonNull(round.causes().get(other.id()));
            if (now.isEmpty()) {
                shares.merge(cause, -ahead(round.old(), other, mine), Integer::sum);
                continue;
            }
            int first = ahead(round.old(), other, mine);
            int byRules = ahead(round.order(), other, mine);
            int byOwn = ahead(round.order(), other, mineNow);
            int last = ahead(round.order(), now.get(), mineNow);
            shares.merge(MoveCause.RULES, byRules - first, Integer::sum);
            shares.merge(MoveCause.OWN_POINTS, byOwn - byRules, Integer::sum);
            boolean fellBack = cause == MoveCause.RESCORED_AHEAD && last < byOwn;
            shares.merge(fellBack ? MoveCause.RESCORED_BEHIND : cause, last - byOwn, Integer::sum);
        }
        for (var other : round.now()) {
            if (round.before().stream().noneMatch(key -> key.id().equals(other.id()))) {
                shares.merge(MoveCause.ENTERED, ahead(round.order(), other, mineNow), Integer::sum);
            }
        }
        return shares;
    }

    private static Key find(List<Key> keys, UUID id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
    }

    private static int ahead(Comparator<Key> order, Key other, Key mine) {
        return order.compare(other, mine) < 0 ? 1 : 0;
    }
}
