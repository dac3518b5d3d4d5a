package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final List<String> begun = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private Turns turns(int most, int mostWaiting) {
        return new Turns(new Turns.Limits(most, mostWaiting, PATIENCE, LONGEST), now::get);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private Supplier<Future<String>> work(String name, Promise<String> end) {
        return () -> {
            begun.add(name);
            return end.future();
        };
    }

    private static Future<String> done() {
        return Future.succeededFuture("done");
    }

    @Test
    void so_many_begin_and_the_others_in_the_order_in_which_they_came() {
        var turns = turns(2, 10);
        var ends = new ArrayList<Promise<String>>();
        var results = new ArrayList<Future<String>>();
        for (int i = 0; i < 4; i++) {
            ends.add(Promise.promise());
            results.add(turns.take(work(Integer.toString(i), ends.get(i))));
        }
        assertThat(begun).containsExactly("0", "1");
        assertThat(turns.waiting()).isEqualTo(2);
        ends.get(1).complete("one");
        assertThat(begun).containsExactly("0", "1", "2");
        ends.get(0).fail("no");
        ends.get(2).complete("two");
        ends.get(3).complete("three");
        assertThat(begun).containsExactly("0", "1", "2", "3");
        assertThat(results.get(0).failed()).isTrue();
        assertThat(results.stream().skip(1).map(Future::result)).containsExactly("one", "two", "three");
        assertThat(turns.waiting() + turns.underWay()).isZero();
    }

    @Test
    void work_that_goes_before_never_waits_and_leaves_the_others_fewer_turns_until_it_ends() {
        var turns = new Turns(new Turns.Limits(3, 1, 10, PATIENCE, LONGEST), now::get);
        var ends = new ArrayList<Promise<String>>();
        for (int i = 0; i < 5; i++) {
            ends.add(Promise.promise());
        }
        turns.take(work("read 0", ends.get(0)));
        var firstWrite = turns.goBefore(work("write 3", ends.get(3)));
        var secondWrite = turns.goBefore(work("write 4", ends.get(4)));
        var later = List.of(turns.take(work("read 1", ends.get(1))), turns.take(work("read 2", ends.get(2))));
        assertThat(begun).containsExactly("read 0", "write 3", "write 4");
        ends.get(0).complete("read");
        assertThat(begun)
                .as("reads are not kept out, only held short")
                .containsExactly("read 0", "write 3", "write 4", "read 1");
        ends.get(3).fail("a write that fails is over, too");
        assertThat(turns.waiting()).isOne();
        ends.get(4).complete("written");
        assertThat(begun).endsWith("read 1", "read 2");
        assertThat(firstWrite.failed()).isTrue();
        assertThat(secondWrite.result()).isEqualTo("written");
        ends.get(1).complete("one");
        ends.get(2).complete("two");
        assertThat(later).allMatch(Future::succeeded);
        assertThat(turns.waiting() + turns.underWay()).isZero();
    }

    @Test
    void work_that_goes_before_and_does_not_end_holds_the_others_short_for_a_while_only() {
        var turns = new Turns(new Turns.Limits(2, 1, 10, PATIENCE, LONGEST), now::get);
        turns.goBefore(() -> Promise.<String>promise().future());
        turns.take(work("first", Promise.promise()));
        turns.take(work("second", Promise.promise()));
        assertThat(begun).containsExactly("first");
        assertThat(turns.goBefore(() -> {
                            throw new IllegalStateException("thrown");
                        })
                        .failed())
                .isTrue();
        assertThat(begun).containsExactly("first");
        pass(LONGEST);
        turns.recall();
        assertThat(turns.take(TurnsTest::done).succeeded()).isTrue();
    }

    @Test
    void whoever_comes_when_all_places_to_wait_are_taken_is_asked_to_come_again_when_others_have_given_up() {
        var turns = turns(1, 1);
        var first = Promise.<String>promise();
        turns.take(work("first", first));
        var second = turns.take(TurnsTest::done);
        var third = turns.take(TurnsTest::done).cause();
        assertThat(third).isInstanceOf(Refusal.class).hasMessage("unavailable");
        assertThat(((Refusal) third).args()).containsEntry(Refusal.RETRY_AFTER_SECONDS, "5");
        first.complete("first");
        assertThat(second.result()).isEqualTo("done");
        assertThat(turns.take(TurnsTest::done).result()).isEqualTo("done");
    }

    @Test
    void who_goes_away_while_waiting_leaves_the_place_to_another_and_later_nothing() {
        var turns = turns(1, 2);
        var first = Promise.<String>promise();
        var leaves = new ArrayList<Runnable>();
        turns.take(work("first", first), leaves::add);
        assertThat(leaves).as("whoever has a turn keeps it").isEmpty();
        var away = turns.take(work("away", Promise.promise()), leaves::add);
        var second = Promise.<String>promise();
        turns.take(work("second", second), leaves::add);
        assertThat(turns.take(TurnsTest::done).failed()).isTrue();
        leaves.get(0).run();
        assertThat(away.cause()).isInstanceOf(Refusal.class);
        var inTheirPlace = turns.take(TurnsTest::done);
        assertThat(turns.waiting()).isEqualTo(2);
        first.complete("first");
        leaves.forEach(Runnable::run);
        assertThat(begun).containsExactly("first", "second");
        assertThat(turns.underWay()).isOne();
        second.complete("second");
        assertThat(inTheirPlace.result()).isEqualTo("done");
        assertThat(turns.waiting() + turns.underWay()).isZero();
    }

    @Test
    void whoever_has_waited_too_long_is_asked_to_come_again_and_the_turn_goes_on() {
        var turns = turns(1, 10);
        var first = Promise.<String>promise();
        turns.take(work("first", first));
        var late = List.of(
                turns.take(work("late", Promise.promise())), turns.take(work("late as well", Promise.promise())));
        pass(PATIENCE);
        var inTime = turns.take(TurnsTest::done);
        first.complete("first");
        assertThat(late).allMatch(one -> one.cause() instanceof Refusal);
        assertThat(begun).containsExactly("first");
        assertThat(inTime.result()).isEqualTo("done");
        assertThat(turns.waiting() + turns.underWay()).isZero();
    }

    @Test
    void work_that_throws_or_gives_nothing_gives_its_turn_back() {
        var turns = turns(1, 1);
        var bad = List.<Supplier<Future<String>>>of(
                () -> {
                    throw new IllegalStateException("thrown");
                },
                () -> {
                    throw new StackOverflowError("thrown");
                },
                TurnsTest::nothing);
        for (var work : bad) {
            assertThat(turns.take(work).cause()).isNotNull();
            var first = Promise.<String>promise();
            turns.take(first::future);
            var waited = turns.take(work);
            first.complete("first");
            assertThat(waited.cause()).isNotNull();
            assertThat(turns.underWay()).isZero();
        }
        assertThat(turns.take(TurnsTest::done).result()).isEqualTo("done");
    }

    @SuppressWarnings("NullAway")
    private static Future<String> nothing() {
        return null;
    }

    @Test
    void on_an_event_loop_whoever_waits_is_told_in_time_although_no_turn_comes() throws Exception {
        var turns = new Turns(new Turns.Limits(1, 10, Duration.ofMillis(20), Duration.ofHours(1)));
        turns.take(() -> Promise.<String>promise().future());
        var told = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            vertx.getOrCreateContext()
                    .runOnContext(here -> turns.take(TurnsTest::done).onFailure(e -> told.countDown()));
        }
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(turns.waiting()).isZero();
        assertThat(turns.underWay()).isOne();
    }

    @Test
    void work_that_does_not_end_gives_its_turn_away_and_has_none_to_give_back_when_it_does() throws Exception {
        var turns = new Turns(new Turns.Limits(1, 10, Duration.ofMillis(20), Duration.ofMillis(20)));
        var endless = Promise.<String>promise();
        var atLast = turns.take(endless::future);
        var served = new CountDownLatch(1);
        // as a client does: who is asked to come again comes again
        var client = new Object() {
            void come() {
                turns.take(TurnsTest::done)
                        .onSuccess(done -> served.countDown())
                        .onFailure(e -> come());
            }
        };
        vertx.getOrCreateContext().runOnContext(here -> client.come());
        assertThat(served.await(60, TimeUnit.SECONDS)).isTrue();
        endless.complete("after all");
        assertThat(atLast.result()).isEqualTo("after all");
        assertThat(turns.underWay()).isZero();
    }

    @Test
    void whose_event_loop_is_gone_leaves_the_turn_to_the_next() {
        var turns = turns(1, 10);
        var first = Promise.<String>promise();
        turns.take(work("first", first));
        var other = Vertx.vertx();
        Future.<Void>future(waits -> other.getOrCreateContext().runOnContext(here -> {
                    turns.take(work("gone", Promise.promise()));
                    waits.complete();
                }))
                .await();
        other.close().await();
        var next = turns.take(TurnsTest::done);
        first.complete("first");
        assertThat(next.result()).isEqualTo("done");
        assertThat(begun).containsExactly("first");
        assertThat(turns.underWay()).isZero();
    }

    @Test
    void under_many_threads_never_more_than_so_many_are_under_way_and_all_come_to_their_end() throws Exception {
        var turns = new Turns(new Turns.Limits(3, Integer.MAX_VALUE, Duration.ofMinutes(5), Duration.ofMinutes(5)));
        var underWay = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new CountDownLatch(2_000);
        for (int i = 0; i < 2_000; i++) {
            boolean isShort = i % 2 == 0;
            vertx.getOrCreateContext()
                    .runOnContext(here -> turns.take(() -> {
                                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                                return (isShort ? done() : vertx.timer(1, TimeUnit.MILLISECONDS))
                                        .onComplete(ended -> underWay.decrementAndGet())
                                        .mapEmpty();
                            })
                            .onSuccess(ended -> done.countDown()));
        }
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(turns.waiting() + turns.underWay()).isZero();
    }
}
