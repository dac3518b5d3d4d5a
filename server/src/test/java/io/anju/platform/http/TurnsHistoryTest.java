package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Seeds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order, no turn is lost, none is given twice, and everybody is told something. */
class TurnsHistoryTest {
    private static final int STEPS = 20_000;
    private static final int MOST_WAITING = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong();
    private final List<Promise<Integer>> working = new ArrayList<>();
    /** Writes that are under way. */
    private final Set<Promise<Integer>> writes = new HashSet<>();

    /** Of all who ever came to wait, whether they have a turn by now or not. */
    private final List<Runnable> leaves = new ArrayList<>();

    private final List<Future<Integer>> told = new ArrayList<>();
    private final List<Integer> begun = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 16})
    void a_random_history_leaves_all_turns_free(int most) {
        long seed = Seeds.of(TurnsHistoryTest.class);
        System.out.println("turns: " + most + " at once");
        var random = new Random(seed);
        var turns = new Turns(new Turns.Limits(most, (most + 1) / 2, MOST_WAITING, PATIENCE, LONGEST), now::get);
        int recalled = 0;
        for (int step = 0; step < STEPS; step++) {
            int what = random.nextInt(100);
            if (what < 48) {
                come(turns, random.nextInt(6));
            } else if (what < 52) {
                write(turns, random.nextInt(4));
            } else if (what < 86) {
                end(random);
            } else if (what < 90) {
                leave(random);
            } else if (what < 99) {
                now.addAndGet(random.nextInt(2_000) * 1_000_000L);
            } else {
                turns.recall();
                recalled++;
            }
            assertThat(turns.underWay()).isBetween(0, most);
            assertThat(turns.waiting()).isBetween(0, MOST_WAITING);
            int given = writes.isEmpty() ? most : (most + 1) / 2;
            assertThat(turns.waiting() == 0 || turns.underWay() >= given)
                    .as("nobody waits while a turn is free")
                    .isTrue();
        }
        assertThat(recalled).isPositive();
        while (!working.isEmpty()) {
            end(random);
        }
        assertThat(turns.underWay()).isZero();
        assertThat(turns.waiting()).isZero();
        assertThat(told).allMatch(Future::isComplete);
        assertThat(begun).as("first come, first served").isSorted();
        assertThat(begun).hasSizeGreaterThan(STEPS / 10);
    }

    /** Work that is done at once, fails at once, throws, or goes on. */
    private void come(Turns turns, int kind) {
        int number = told.size();
        told.add(turns.take(
                () -> {
                    begun.add(number);
                    return switch (kind) {
                        case 0 -> Future.succeededFuture(number);
                        case 1 -> Future.failedFuture("failed");
                        case 2 -> throw new IllegalStateException("thrown");
                        default -> later();
                    };
                },
                leaves::add));
    }

    /** Whoever writes begins at once, whoever waits. */
    private void write(Turns turns, int kind) {
        var work = Promise.<Integer>promise();
        var hasBegun = new AtomicBoolean();
        told.add(turns.goBefore(() -> {
            hasBegun.set(true);
            if (kind == 0) {
                throw new IllegalStateException("thrown");
            }
            writes.add(work);
            working.add(work);
            return work.future();
        }));
        assertThat(hasBegun).isTrue();
    }

    /** One of those who came last: most others have had their turn. */
    private void leave(Random random) {
        if (!leaves.isEmpty()) {
            int ago = random.nextInt(Math.min(leaves.size(), MOST_WAITING));
            leaves.remove(leaves.size() - 1 - ago).run();
        }
    }

    private Future<Integer> later() {
        var work = Promise.<Integer>promise();
        working.add(work);
        return work.future();
    }

    private void end(Random random) {
        if (!working.isEmpty()) {
            var one = working.remove(random.nextInt(working.size()));
            writes.remove(one);
            if (random.nextBoolean()) {
                one.complete(0);
            } else {
                one.fail("failed later");
            }
        }
    }
}
