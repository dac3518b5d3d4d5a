package io.anju.platform.jobs;

import io.anju.platform.problem.Cause;
import io.anju.platform.problem.Refusal;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes due jobs, runs them side by side, and writes down how each ended. */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private static final int BATCH = 16;
    /** A batch that feeds itself must not keep a caller for ever. */
    private static final int MAX_ROUNDS = 10_000;

    private static final int MAX_ATTEMPTS = 12;
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** A handler that takes longer hangs: its lease is no longer extended. */
    private static final Duration MAX_RUN = Duration.ofMinutes(15);

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(2);
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);
    private static final Duration BACKLOG_PERIOD = Duration.ofSeconds(30);
    private static final int MAX_ERROR_CHARS = 500;

    private final JobStore store;
    private final Map<String, Function<Job, Future<Void>>> handlers;
    private final String name = "runner-" + UUID.randomUUID();
    private volatile JobStore.Backlog backlog = new JobStore.Backlog(0, 0);
    private volatile @Nullable Vertx vertx;
    private final Map<Job, Future<Void>> running = new ConcurrentHashMap<>();
    private Future<?> look = Future.succeededFuture();
    private volatile boolean stopped;

    JobRunner(JobStore store, Map<String, Function<Job, Future<Void>>> handlers) {
        this.store = store;
        this.handlers = handlers;
    }

    /**
     * Looks for work with this period.
     *
     * @param prepare is called before each look
     */
    void start(Vertx vertx, InstantSource clock, Duration poll, Function<Instant, Future<Void>> prepare) {
        this.vertx = vertx;
        Metrics.gauge("anju.jobs.dead", this, runner -> runner.backlog.dead());
        Metrics.gauge("anju.jobs.overdue.seconds", this, runner -> runner.backlog.overdueSeconds());
        vertx.setPeriodic(poll.toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                lookForWork(clock, prepare);
            }
        });
        vertx.setPeriodic(1, BACKLOG_PERIOD.toMillis(), timer -> {
            if (stopped) {
                vertx.cancelTimer(timer);
            } else {
                store.backlog(clock.instant())
                        .onSuccess(figures -> backlog = figures)
                        .onFailure(this::reportPoll);
            }
        });
    }

    /** Fills the free places and does not wait for them: one long job must not hold the others up. */
    private synchronized void lookForWork(InstantSource clock, Function<Instant, Future<Void>> prepare) {
        int free = BATCH - running.size();
        if (stopped || free <= 0 || !look.isComplete()) {
            return;
        }
        var now = clock.instant();
        look = prepare.apply(now)
                .compose(ready -> store.take(handlers.keySet(), free, now, now.plus(LEASE), name))
                .onSuccess(jobs -> jobs.forEach(job -> launch(job, () -> lookForWork(clock, prepare))))
                .onFailure(this::reportPoll);
    }

    private void launch(Job job, Runnable next) {
        var ended = run(job);
        running.put(job, ended);
        ended.onComplete(done -> {
            running.remove(job);
            next.run();
        });
    }

    private void reportPoll(Throwable failure) {
        if (!stopped) {
            LOG.warn("Looking for background work failed; the next look follows: {}", describe(failure));
        }
    }

    synchronized Future<Void> stop() {
        stopped = true;
        return look.transform(looked -> Future.join(List.copyOf(running.values())))
                .transform(ended -> Future.succeededFuture());
    }

    Future<Integer> runDue(Instant now) {
        return runRounds(now, 0, 0);
    }

    private Future<Integer> runRounds(Instant now, int ran, int round) {
        if (stopped || round == MAX_ROUNDS) {
            return Future.succeededFuture(ran);
        }
        return store.take(handlers.keySet(), BATCH, now, now.plus(LEASE), name)
                .compose(jobs -> jobs.isEmpty()
                        ? Future.succeededFuture(ran)
                        : runAll(jobs).compose(done -> runRounds(now, ran + jobs.size(), round + 1)));
    }

    private Future<Void> runAll(List<Job> jobs) {
        return Future.join(jobs.stream().map(this::run).toList()).mapEmpty();
    }

    private Future<Void> run(Job job) {
        if (job.attempt() > MAX_ATTEMPTS && !job.comesAgain()) {
            return bury(job, "its runner died " + MAX_ATTEMPTS + " times");
        }
        var heartbeat = startHeartbeat(job);
        return call(job)
                .eventually(() -> {
                    stopHeartbeat(heartbeat);
                    return Future.succeededFuture();
                })
                .transform(ended -> ended.succeeded() ? finish(job) : retry(job, ended.cause()));
    }

    private Future<Void> call(Job job) {
        try {
            var handler = handlers.get(job.kind());
            return handler == null ? Future.failedFuture("no handler of the kind " + job.kind()) : handler.apply(job);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private long startHeartbeat(Job job) {
        var timers = vertx;
        if (timers == null) {
            return -1;
        }
        var started = System.nanoTime();
        return timers.setPeriodic(HEARTBEAT.toMillis(), timer -> {
            var ranFor = Duration.ofNanos(System.nanoTime() - started);
            if (ranFor.compareTo(MAX_RUN) > 0) {
                timers.cancelTimer(timer);
            } else {
                store.extend(job, job.now().plus(ranFor).plus(LEASE));
            }
        });
    }

    private void stopHeartbeat(long timer) {
        var timers = vertx;
        if (timers != null) {
            timers.cancelTimer(timer);
        }
    }

    private Future<Void> finish(Job job) {
        var written = job.comesAgain() ? store.queueAgain(job, nextSlot(job), 0, null) : store.finish(job, job.now());
        return written.compose(held -> count(job, held ? "done" : "lost"));
    }

    /** Slots lie on multiples of the period, so that instances with slightly different clocks agree. */
    private static Instant nextSlot(Job job) {
        var period = job.periodMillis();
        return Instant.ofEpochMilli((job.now().toEpochMilli() / period + 1) * period);
    }

    private Future<Void> retry(Job job, Throwable failure) {
        if (failure instanceof LostLease) {
            return count(job, "lost");
        }
        if (job.attempt() >= MAX_ATTEMPTS && !job.comesAgain()) {
            LOG.error("Job {} of the kind {} is given up: {}", job.id(), job.kind(), Cause.of(failure));
            return bury(job, describe(failure));
        }
        LOG.warn("Job {} of the kind {} failed, try {}: {}", job.id(), job.kind(), job.attempt(), Cause.of(failure));
        return store.queueAgain(job, job.now().plus(backoff(job)), job.attempt(), describe(failure))
                .compose(held -> count(job, held ? "failed" : "lost"));
    }

    private Future<Void> bury(Job job, String error) {
        return store.bury(job, job.now(), error).compose(held -> count(job, held ? "dead" : "lost"));
    }

    private static Duration backoff(Job job) {
        var doubled = FIRST_BACKOFF.multipliedBy(1L << Math.min(job.attempt() - 1, 20));
        var most = job.comesAgain() && job.periodMillis() < MAX_BACKOFF.toMillis()
                ? Duration.ofMillis(job.periodMillis())
                : MAX_BACKOFF;
        return doubled.compareTo(most) < 0 ? doubled : most;
    }

    /** Codes and types only: messages could quote what somebody entered. */
    private static String describe(Throwable failure) {
        var text = failure instanceof Refusal refusal
                ? refusal.code().id()
                : failure.getClass().getName();
        return text.length() <= MAX_ERROR_CHARS ? text : text.substring(0, MAX_ERROR_CHARS);
    }

    private static Future<Void> count(Job job, String outcome) {
        Metrics.counter("anju.jobs", "kind", job.kind(), "outcome", outcome).increment();
        return Future.succeededFuture();
    }
}
