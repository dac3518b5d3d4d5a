package io.anju.retention;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Retained;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Erases what was kept for its period, in small transactions: each one stands for itself, so a run that was cut off has
 * lost nothing, and the next one finds the rest.
 */
public final class Retention {
    private static final int BATCH = 1_000;

    private final Db db;
    private final Periods periods;
    private final List<Retained> kinds;
    private final RetentionStore store = new RetentionStore();

    public Retention(Db db, Periods periods, List<Retained> kinds) {
        this.db = db;
        this.periods = periods;
        this.kinds = List.copyOf(kinds);
        kinds.forEach(kind -> {
            if (!periods.of(kind.kind()).erase()) {
                throw new IllegalArgumentException(kind.kind() + " is not to be erased");
            }
        });
    }

    /** What became of one kind. */
    public record Outcome(String kind, Instant before, long found, long erased) {}

    /** Names the daily work. */
    public void handleJobs(Jobs jobs) {
        jobs.every(
                Duration.ofDays(1),
                "retention.run",
                job -> run(job.now(), false).mapEmpty());
    }

    /** Goes over every kind; a dry run only counts. Each one is on record. */
    public Future<List<Outcome>> run(Instant now, boolean dryRun) {
        Future<List<Outcome>> all = Future.succeededFuture(new ArrayList<>());
        for (var kind : kinds) {
            all = all.compose(done -> run(kind, now, dryRun).map(outcome -> {
                done.add(outcome);
                return done;
            }));
        }
        return all.map(List::copyOf);
    }

    private Future<Outcome> run(Retained kind, Instant now, boolean dryRun) {
        var before = periods.before(kind.kind(), now);
        var id = Ids.next(now);
        return kind.count()
                .before(db, before)
                .compose(found -> store.begin(db, id, kind.kind(), before, dryRun, found, now)
                        .compose(
                                begun -> dryRun || found == 0 ? Future.succeededFuture(0L) : erase(kind, id, before, 0))
                        .compose(erased -> finish(id, kind, dryRun, erased, now)
                                .map(new Outcome(kind.kind(), before, found, erased))));
    }

    private Future<Long> erase(Retained kind, UUID runId, Instant before, long already) {
        return db.inTransaction(tx -> kind.erase()
                        .before(tx, before, BATCH)
                        .compose(erased -> store.count(tx, runId, erased).map(erased)))
                .compose(erased -> erased < BATCH
                        ? Future.succeededFuture(already + erased)
                        : erase(kind, runId, before, already + erased));
    }

    private Future<Void> finish(UUID runId, Retained kind, boolean dryRun, long erased, Instant now) {
        return db.inTransaction(tx -> store.end(tx, runId, now)
                .compose(ended -> dryRun || erased == 0
                        ? Future.succeededFuture()
                        : Audit.record(
                                tx,
                                Caller.SYSTEM,
                                "retention.erased",
                                "retention-run",
                                runId,
                                kind.kind() + " " + erased)));
    }
}
