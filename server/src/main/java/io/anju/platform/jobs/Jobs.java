package io.anju.platform.jobs;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Rows of work in PostgreSQL. Any instance takes them with SKIP LOCKED under a lease; work whose runner died is taken
 * again when the lease runs out, so handlers' effects are keyed and a repeat is harmless.
 *
 * <p>Polling is the truth: nothing is lost when a process dies, a message is missed or an instance is added.
 */
public final class Jobs {
    private static final String CLEAN_UP = "platform.job-clean-up";
    private static final Duration CLEAN_UP_PERIOD = Duration.ofHours(1);
    /** Long enough for anybody who asks why; the keys of younger work still stop repeats. */
    private static final Duration KEEP_DONE = Duration.ofDays(30);

    private final JobStore store;
    private final JobRunner runner;
    private final Map<String, Function<Job, Future<Void>>> handlers = new ConcurrentHashMap<>();
    private final Map<String, Long> periods = new ConcurrentHashMap<>();

    public Jobs(Db db) {
        store = new JobStore(db);
        runner = new JobRunner(store, handlers);
        every(
                CLEAN_UP_PERIOD,
                CLEAN_UP,
                job -> store.deleteDone(job.now().minus(KEEP_DONE)).mapEmpty());
    }

    /** Queues work in this transaction; the same kind and key is queued once only. */
    public static Future<Void> enqueue(Tx tx, String kind, String key, String payloadJson, Instant runAt) {
        return JobStore.insert(tx, kind, key, payloadJson, runAt);
    }

    /**
     * Makes sure, inside the effect's own transaction, that this run still holds the job. Fails where another runner has
     * taken it over, so that a run which slept through its lease does nothing.
     */
    public static Future<Void> hold(Tx tx, Job job) {
        return JobStore.hold(tx, job)
                .compose(held -> held ? Future.succeededFuture() : Future.failedFuture(new LostLease(job)));
    }

    /** Names who does work of this kind; before the runner starts. */
    public void handle(String kind, Function<Job, Future<Void>> handler) {
        if (handlers.putIfAbsent(kind, handler) != null) {
            throw new IllegalStateException("work of the kind " + kind + " has a handler already");
        }
    }

    /** Names work that comes again with this period, once per period over all instances. */
    public void every(Duration period, String kind, Function<Job, Future<Void>> handler) {
        handle(kind, handler);
        periods.put(kind, period.toMillis());
    }

    /** Runs what is due at this time, until nothing is; gives how many ran. */
    public Future<Integer> runDue(Instant now) {
        return prepare(now).compose(done -> runner.runDue(now));
    }

    /** Looks for work with this period until {@link #stop}. */
    public void start(Vertx vertx, InstantSource clock, Duration poll) {
        runner.start(vertx, clock, poll, this::prepare);
    }

    private Future<Void> prepare(Instant now) {
        return store.insertRecurring(periods, now);
    }

    /** Takes no more work and waits for what runs. */
    public Future<Void> stop() {
        return runner.stop();
    }
}
