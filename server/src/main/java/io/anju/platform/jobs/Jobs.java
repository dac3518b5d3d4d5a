package io.anju.platform.jobs;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Rows of work in PostgreSQL. Any instance takes them with SKIP LOCKED under a lease; work whose runner died is taken
 * again when the lease runs out, so handlers' effects are keyed and a repeat is harmless.
 */
public final class Jobs {
    private final Db db;

    public Jobs(Db db) {
        this.db = db;
    }

    /** Queues work in this transaction; the same kind and key is queued once only. */
    public static Future<Void> enqueue(Tx tx, String kind, String key, String payloadJson, Instant runAt) {
        throw new UnsupportedOperationException();
    }

    /** Names who does work of this kind; before the runner starts. */
    public void handle(String kind, Function<Job, Future<Void>> handler) {
        throw new UnsupportedOperationException();
    }

    /** Names work that comes again with this period, once per period over all instances. */
    public void every(Duration period, String kind, Function<Job, Future<Void>> handler) {
        throw new UnsupportedOperationException();
    }

    /** Runs what is due at this time, until nothing is; gives how many ran. */
    public Future<Integer> runDue(Instant now) {
        throw new UnsupportedOperationException(db.toString());
    }
}
