package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.Test;

class TurnsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<String> begun = new ArrayList<>();

    @Test
    void so_many_begin_and_the_others_in_the_order_in_which_they_came() {
        var turns = new Turns(2, 10, PATIENCE);
        var work = List.of(
                Promise.<String>promise(),
                Promise.<String>promise(),
                Promise.<String>promise(),
                Promise.<String>promise());
        var results = new ArrayList<Future<String>>();
        for (int i = 0; i < work.size(); i++) {
            int number = i;
            results.add(turns.take(() -> begin(number, work.get(number))));
        }
        assertThat(begun).containsExactly("0", "1");
        assertThat(turns.waiting()).isEqualTo(2);
        work.get(1).complete("one");
        assertThat(begun).containsExactly("0", "1", "2");
        work.get(0).fail("no");
        work.get(2).complete("two");
        work.get(3).complete("three");
        assertThat(begun).containsExactly("0", "1", "2", "3");
        assertThat(results.get(0).failed()).isTrue();
        assertThat(results.stream().skip(1).map(Future::result)).containsExactly("one", "two", "three");
        assertThat(turns.waiting()).isZero();
    }

    private Future<String> begin(int number, Promise<String> work) {
        begun.add(Integer.toString(number));
        return work.future();
    }

    @Test
    void whoever_comes_when_all_places_to_wait_are_taken_is_asked_to_come_again() {
        var turns = new Turns(1, 1, PATIENCE);
        var first = Promise.<String>promise();
        turns.take(first::future);
        var second = turns.take(() -> Future.succeededFuture("second"));
        assertThatThrownBy(
                        () -> turns.take(() -> Future.succeededFuture("third")).await())
                .isInstanceOf(Refusal.class)
                .hasMessage("unavailable");
        first.complete("first");
        assertThat(second.result()).isEqualTo("second");
        assertThat(turns.take(() -> Future.succeededFuture("again")).result()).isEqualTo("again");
    }

    @Test
    void whoever_has_waited_too_long_is_asked_to_come_again_and_the_turn_goes_on() {
        var turns = new Turns(1, 10, Duration.ofNanos(-1));
        var first = Promise.<String>promise();
        turns.take(first::future);
        var late =
                List.of(turns.take(() -> begin(1, Promise.promise())), turns.take(() -> begin(2, Promise.promise())));
        first.complete("first");
        assertThat(late).allMatch(one -> one.cause() instanceof Refusal);
        assertThat(begun).isEmpty();
        assertThat(turns.waiting()).isZero();
        assertThat(turns.take(() -> Future.succeededFuture("next")).result()).isEqualTo("next");
    }

    @Test
    void work_that_throws_gives_its_turn_back() {
        var turns = new Turns(1, 1, PATIENCE);
        for (int i = 0; i < 3; i++) {
            assertThat(turns.<String>take(() -> {
                                throw new IllegalStateException("thrown");
                            })
                            .cause())
                    .hasMessage("thrown");
        }
        assertThat(turns.take(() -> Future.succeededFuture("goes on")).result()).isEqualTo("goes on");
    }

    @Test
    void under_many_threads_never_more_than_so_many_are_under_way_and_all_come_to_their_end() throws Exception {
        var vertx = Vertx.vertx();
        try {
            var turns = new Turns(3, Integer.MAX_VALUE, PATIENCE);
            var underWay = new AtomicInteger();
            var most = new AtomicInteger();
            var done = new CountDownLatch(2_000);
            for (int i = 0; i < 2_000; i++) {
                vertx.getOrCreateContext()
                        .runOnContext(here -> turns.take(() -> {
                                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                                    return vertx.timer(1, TimeUnit.MILLISECONDS)
                                            .onComplete(slept -> underWay.decrementAndGet());
                                })
                                .onSuccess(slept -> done.countDown()));
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isBetween(1, 3);
            assertThat(turns.waiting()).isZero();
        } finally {
            vertx.close().await();
        }
    }
}
