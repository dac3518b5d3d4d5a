package io.anju.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsIT {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final DbAddress address = TestDatabases.fresh();
    private final Db db = TestDatabases.connect(vertx, address);

    @AfterEach
    void close() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void work_is_done_once_when_due_and_queued_once_per_key() {
        var jobs = new Jobs(db);
        var ran = new ConcurrentLinkedQueue<String>();
        jobs.handle("test.work", job -> {
            ran.add(job.key() + " " + job.payload());
            return Future.succeededFuture();
        });
        enqueue("test.work", "a", NOW.plusSeconds(60));
        enqueue("test.work", "a", NOW);
        run(jobs, NOW);
        assertThat(ran).isEmpty();
        run(jobs, NOW.plusSeconds(60));
        run(jobs, NOW.plusSeconds(120));
        assertThat(ran).containsExactly("a {\"n\": 1}");
    }

    @Test
    void two_runners_never_run_one_job_twice_at_once() {
        var running = new ConcurrentHashMap<String, Integer>();
        var ran = new ConcurrentHashMap<String, Integer>();
        var clashes = new AtomicInteger();
        var runners = IntStream.range(0, 4)
                .mapToObj(n -> {
                    var jobs = new Jobs(db);
                    jobs.handle("test.work", job -> {
                        if (running.putIfAbsent(job.key(), n) != null) {
                            clashes.incrementAndGet();
                        }
                        ran.merge(job.key(), 1, Integer::sum);
                        return vertx.timer(2, TimeUnit.MILLISECONDS).map(done -> {
                            running.remove(job.key());
                            return null;
                        });
                    });
                    return jobs;
                })
                .toList();
        IntStream.range(0, 300).forEach(n -> enqueue("test.work", "job-" + n, NOW));
        await(Future.join(runners.stream().map(jobs -> jobs.runDue(NOW)).toList()));
        assertThat(clashes).hasValue(0);
        assertThat(ran)
                .hasSize(300)
                .allSatisfy((key, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void a_dead_runners_job_is_rescued_and_its_late_completion_refused() {
        var deadJobs = new Jobs(db);
        Promise<Void> neverEnding = Promise.promise();
        var held = new ConcurrentLinkedQueue<Job>();
        deadJobs.handle("test.work", job -> {
            held.add(job);
            return neverEnding.future();
        });
        enqueue("test.work", "a", NOW);
        var lateEnd = deadJobs.runDue(NOW);
        until(() -> !held.isEmpty());
        assertThat(state("a")).isEqualTo(Map.of("state", "running", "fence", 1L));

        var rescuer = new Jobs(db);
        var rescued = new ConcurrentLinkedQueue<Job>();
        rescuer.handle("test.work", job -> {
            rescued.add(job);
            return Future.succeededFuture();
        });
        run(rescuer, NOW.plusSeconds(59));
        assertThat(rescued).isEmpty();

        // the lease has run out: the rescuer holds the job in the middle of its work when the dead one wakes up
        var stalled = held.element();
        Promise<Void> rescuing = Promise.promise();
        var secondRescuer = new Jobs(db);
        secondRescuer.handle("test.work", job -> {
            rescued.add(job);
            return rescuing.future();
        });
        var rescue = secondRescuer.runDue(NOW.plusSeconds(61));
        until(() -> !rescued.isEmpty());
        assertThat(rescued.element().fence()).isEqualTo(2);

        var guarded = db.inTransaction(tx -> Jobs.hold(tx, stalled));
        until(guarded::isComplete);
        assertThat(guarded.cause()).isInstanceOf(LostLease.class);
        neverEnding.complete();
        await(lateEnd);
        assertThat(state("a")).isEqualTo(Map.of("state", "running", "fence", 2L));

        rescuing.complete();
        await(rescue);
        assertThat(state("a")).isEqualTo(Map.of("state", "done", "fence", 2L));
    }

    @Test
    void failing_work_is_tried_again_later_and_later_and_given_up_in_the_end() {
        var jobs = new Jobs(db);
        var tries = new ConcurrentLinkedQueue<Instant>();
        jobs.handle("test.work", job -> {
            tries.add(job.now());
            return Future.failedFuture(new IllegalStateException("张三 11010519491231002X"));
        });
        enqueue("test.work", "a", NOW);
        for (var hours = 0; hours < 24; hours++) {
            run(jobs, NOW.plus(Duration.ofHours(hours)));
        }
        assertThat(tries).hasSize(12);
        assertThat(state("a")).containsEntry("state", "dead");
        // what went wrong is kept without what somebody entered
        var error = await(db.find("SELECT last_error FROM platform.job WHERE key = 'a'", row -> row.getString(0)));
        assertThat(error).contains("java.lang.IllegalStateException");
    }

    @Test
    void a_job_waits_twice_as_long_after_every_failure() {
        var jobs = new Jobs(db);
        var tries = new AtomicInteger();
        jobs.handle("test.work", job -> {
            tries.incrementAndGet();
            return Future.failedFuture("no");
        });
        enqueue("test.work", "a", NOW);
        run(jobs, NOW);
        run(jobs, NOW.plusMillis(1_999));
        assertThat(tries).hasValue(1);
        run(jobs, NOW.plusMillis(2_000));
        assertThat(tries).hasValue(2);
        run(jobs, NOW.plusMillis(5_999));
        assertThat(tries).hasValue(2);
        run(jobs, NOW.plusMillis(6_000));
        assertThat(tries).hasValue(3);
    }

    @Test
    void recurring_work_comes_once_per_period_over_all_instances() {
        var runs = new ConcurrentLinkedQueue<Instant>();
        var instances = IntStream.range(0, 3)
                .mapToObj(n -> {
                    var jobs = new Jobs(db);
                    jobs.every(Duration.ofMinutes(5), "test.tick", job -> {
                        runs.add(job.now());
                        return Future.succeededFuture();
                    });
                    return jobs;
                })
                .toList();
        for (var minute = 0; minute < 15; minute++) {
            var now = NOW.plus(Duration.ofMinutes(minute));
            await(Future.join(instances.stream().map(jobs -> jobs.runDue(now)).toList()));
        }
        assertThat(runs)
                .containsExactlyInAnyOrder(NOW, NOW.plus(Duration.ofMinutes(5)), NOW.plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_started_runner_looks_by_itself_and_stops() {
        var jobs = new Jobs(db);
        var ran = new AtomicInteger();
        jobs.handle("test.work", job -> {
            ran.incrementAndGet();
            return Future.succeededFuture();
        });
        jobs.start(vertx, () -> NOW, Duration.ofMillis(20));
        enqueue("test.work", "a", NOW);
        until(() -> ran.get() == 1);
        await(jobs.stop());
    }

    @Test
    void a_long_job_does_not_hold_others_up() {
        var jobs = new Jobs(db);
        Promise<Void> longJob = Promise.promise();
        var ran = new AtomicInteger();
        jobs.handle("test.long", job -> longJob.future());
        jobs.handle("test.work", job -> {
            ran.incrementAndGet();
            return Future.succeededFuture();
        });
        enqueue("test.long", "long", NOW);
        jobs.start(vertx, () -> NOW, Duration.ofMillis(20));
        until(() -> "running".equals(state("long").get("state")));
        for (int i = 0; i < 40; i++) {
            enqueue("test.work", "short-" + i, NOW);
        }
        until(() -> ran.get() == 40);
        assertThat(state("long")).containsEntry("state", "running");
        var stopped = jobs.stop();
        assertThat(stopped.isComplete()).as("waits for what runs").isFalse();
        longJob.complete();
        await(stopped);
        assertThat(state("long")).containsEntry("state", "done");
    }

    @Test
    void done_work_is_deleted_after_a_month() {
        var jobs = new Jobs(db);
        jobs.handle("test.work", job -> Future.succeededFuture());
        enqueue("test.work", "a", NOW);
        run(jobs, NOW);
        run(jobs, NOW.plus(Duration.ofDays(29)));
        assertThat(state("a")).containsEntry("state", "done");
        run(jobs, NOW.plus(Duration.ofDays(31)));
        assertThat(state("a")).isEmpty();
    }

    private void enqueue(String kind, String key, Instant at) {
        await(db.inTransaction(tx -> Jobs.enqueue(tx, kind, key, "{\"n\":1}", at)));
    }

    private void run(Jobs jobs, Instant now) {
        await(jobs.runDue(now));
    }

    private Map<String, Object> state(String key) {
        List<Map<String, Object>> rows = await(db.list(
                "SELECT state, fence FROM platform.job WHERE key = $1",
                row -> Map.of("state", row.getString("state"), "fence", row.getLong("fence")),
                key));
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
