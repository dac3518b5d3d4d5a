package io.anju.publicity;

import io.anju.application.Actor;
import io.anju.application.ApplicationService;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Cause;
import io.anju.publicity.Notice.Outcome;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the households of a notice on when its days are over: those that nothing stands against at once, those with an
 * undecided objection when it is decided.
 *
 * <p>Every line is looked at again under its lock, so a repeat, or a second instance, finds nothing left to do.
 */
public final class NoticeClosing {
    static final String KIND = "publicity.close-notice";

    private static final Logger LOG = LoggerFactory.getLogger(NoticeClosing.class);

    /** Lines settled in one transaction. */
    private static final int CHUNK = 50;

    private final Db db;
    private final ApplicationService applications;
    private final NoticeStore notices = new NoticeStore();
    private final ObjectionStore objections;

    public NoticeClosing(Db db, Vault vault, ApplicationService applications) {
        this.db = db;
        this.applications = applications;
        this.objections = new ObjectionStore(vault);
    }

    public void start(Jobs jobs) {
        jobs.handle(KIND, this::close);
    }

    private Future<Void> close(Job job) {
        var noticeId = UUID.fromString(job.key());
        return notices.find(db, noticeId)
                .compose(found -> found.isEmpty() || found.get().isOpen(job.now())
                        ? Future.failedFuture(new IllegalStateException("notice " + noticeId + " is not over"))
                        : passChunks(noticeId, null, job.now(), 0));
    }

    /** Goes through the notice once; a line that fails is left for the job's next attempt and holds up no other. */
    private Future<Void> passChunks(UUID noticeId, @Nullable UUID after, Instant now, int failed) {
        return notices.listReadyToPass(db, noticeId, after, CHUNK).compose(ready -> {
            if (ready.isEmpty()) {
                return failed == 0
                        ? notices.settled(db, noticeId, now)
                        : Future.failedFuture(new IllegalStateException(failed + " lines could not be passed"));
            }
            return passChunk(noticeId, ready, now)
                    .compose(more -> passChunks(noticeId, ready.get(ready.size() - 1), now, failed + more));
        });
    }

    /** Gives how many lines failed. */
    private Future<Integer> passChunk(UUID noticeId, List<UUID> ready, Instant now) {
        return db.inTransaction(tx -> passAll(tx, noticeId, ready, now))
                .map(0)
                .recover(failure -> passOneByOne(noticeId, ready, now));
    }

    private Future<Void> passAll(Tx tx, UUID noticeId, List<UUID> ready, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var applicationId : ready) {
            done = done.compose(before -> pass(tx, noticeId, applicationId, now));
        }
        return done;
    }

    private Future<Integer> passOneByOne(UUID noticeId, List<UUID> ready, Instant now) {
        var failed = Future.succeededFuture(0);
        for (var applicationId : ready) {
            failed = failed.compose(count -> db.inTransaction(tx -> pass(tx, noticeId, applicationId, now))
                    .map(count)
                    .recover(failure -> {
                        LOG.error(
                                "notice {}: cannot pass application {}: {}",
                                noticeId,
                                applicationId,
                                Cause.of(failure));
                        return Future.succeededFuture(count + 1);
                    }));
        }
        return failed;
    }

    private Future<Void> pass(Tx tx, UUID noticeId, UUID applicationId, Instant now) {
        return applications
                .lockCase(tx, applicationId)
                .compose(file -> notices.lockLine(tx, noticeId, applicationId)
                        .map(line -> line.filter(found -> found.outcome() == null))
                        .compose(line -> line.isEmpty()
                                ? Future.succeededFuture()
                                : objections
                                        .hasOpen(tx, noticeId, applicationId)
                                        .compose(open -> open
                                                ? Future.succeededFuture()
                                                : notices.settleLine(tx, noticeId, applicationId, Outcome.PASSED, now)
                                                        .compose(settled -> applications.passStep(
                                                                tx, file, Actor.SYSTEM, null, now))
                                                        .mapEmpty())));
    }
}
