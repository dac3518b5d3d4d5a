package io.anju.platform.audit;

import io.anju.platform.crypto.Tree;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Jobs;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Seals audit rows in batches: a tree over the rows, each batch chained to the one before. Writers of audit rows wait
 * for nobody; only sealing is one at a time. Whoever alters, adds or removes a sealed row must rewrite every later
 * batch, and cannot rewrite a copy of a later batch's hash that somebody else has kept.
 */
public final class AuditSeal {
    public static final String KIND = "platform.audit-seal";
    public static final Duration PERIOD = Duration.ofMinutes(1);

    private static final int MAX_ROWS = 5_000;
    /**
     * Transactions that still run may commit rows with smaller ids than the last sealed one. This is how many ids back
     * every run looks; whatever is later still is reported by {@link AuditCheck} as unsealed.
     */
    private static final long LOOK_BACK_IDS = 100_000;

    private AuditSeal() {}

    /** Seals once a minute. */
    public static void schedule(Jobs jobs, Db db) {
        jobs.every(PERIOD, KIND, job -> run(db, job.now()).mapEmpty());
    }

    /** Seals all rows that are not sealed yet; gives how many. */
    public static Future<Integer> run(Db db, Instant now) {
        return sealNext(db, now)
                .compose(count -> count < MAX_ROWS
                        ? Future.succeededFuture(count)
                        : run(db, now).map(more -> count + more));
    }

    private static Future<Integer> sealNext(Db db, Instant now) {
        return db.inTransaction(tx -> AuditStore.lock(tx)
                .compose(locked -> AuditStore.lastBatch(tx))
                .compose(last -> AuditStore.unsealed(tx, last.lastId() - LOOK_BACK_IDS, MAX_ROWS)
                        .compose(rows -> seal(tx, last, rows, now))));
    }

    private static Future<Integer> seal(Tx tx, AuditBatch last, List<AuditRow> rows, Instant now) {
        if (rows.isEmpty()) {
            return Future.succeededFuture(0);
        }
        var root = Tree.root(rows.stream().map(AuditRow::hash).toList());
        var lastId = Math.max(last.lastId(), rows.get(rows.size() - 1).id());
        var batch = AuditBatch.after(last, rows.size(), lastId, root, now);
        return AuditStore.insertBatch(tx, batch)
                .compose(done -> AuditStore.insertLeaves(tx, batch, rows))
                .map(rows.size());
    }
}
