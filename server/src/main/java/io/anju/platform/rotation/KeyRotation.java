package io.anju.platform.rotation;

import io.anju.platform.crypto.SealedColumns;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals every field again under a new key, while others read and write.
 *
 * <p>The new key is in the database half a minute before anybody seals with it, so every instance can open what another
 * one seals. From then on nothing new is sealed under the old key; once the transactions of before have ended, columns
 * are walked page by page, each chunk in a transaction with its progress. When nothing is left under the old key, and
 * nobody can still hold something that is, the old key is forgotten.
 */
public final class KeyRotation {
    /** Between the moment when a new key is there and the one from which it seals. */
    static final Duration KNOWN_BEFORE = Duration.ofSeconds(30);
    /** Between the moment from which a key seals and the one from which no instance seals with another. */
    static final Duration SETTLED_AFTER = Duration.ofSeconds(30);
    /** An old key stays at least this long, for requests and commands that began before. */
    static final Duration RETIRED_AFTER = Duration.ofMinutes(10);

    static final String KIND = "platform.key-rotation";

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    /** How long one run goes on: less than a job may take, so that a stopped or dead runner is soon replaced. */
    private static final Duration RUN = Duration.ofMinutes(5);

    private final Db db;
    private final Vault vault;
    private final RotationStore store = new RotationStore();
    private final ColumnReseal columns;
    private final FileReseal fileReseal;
    private final List<SealedFiles> files;

    /** @param files what domains keep sealed outside of the database */
    public KeyRotation(Vertx vertx, Db db, Vault vault, List<SealedFiles> files) {
        this.db = db;
        this.vault = vault;
        this.files = List.copyOf(files);
        this.columns = new ColumnReseal(vertx, db, vault);
        this.fileReseal = new FileReseal(db);
    }

    public void schedule(Jobs jobs) {
        jobs.every(PERIOD, KIND, this::work);
    }

    /** Carries on with the rotation that runs, if one does. */
    private Future<Void> work(Job job) {
        return store.running(db)
                .compose(running -> running.isEmpty()
                        ? Future.succeededFuture()
                        : vault.refresh(db, job.now()).compose(known -> carryOn(job, running.get())));
    }

    private Future<Void> carryOn(Job job, Rotation rotation) {
        if (vault.primaryKey().id() != rotation.keyId()
                || job.now().isBefore(rotation.primaryFrom().plus(SETTLED_AFTER))) {
            return Future.succeededFuture();
        }
        return store.settle(db, rotation.id()).compose(settled -> settled ? reseal(job, rotation) : none());
    }

    private Future<Void> reseal(Job job, Rotation rotation) {
        var end = System.nanoTime() + RUN.toNanos();
        var run = new Run(job, rotation, () -> System.nanoTime() < end);
        return each(SealedColumns.declared().columns(), column -> columns.reseal(run, column))
                .compose(done -> each(files, one -> fileReseal.reseal(run, one, Instant.EPOCH)))
                .compose(done -> run.hasTime() ? finish(run) : none())
                .recover(failure -> failure instanceof Stopped ? none() : Future.failedFuture(failure));
    }

    /** Walks again over columns in which a row has slipped past; ends the rotation when there is none. */
    private Future<Void> finish(Run run) {
        return columns.again(run.rotation()).compose(left -> {
            if (left.old() > 0) {
                LOG.info("Key rotation: {} fields are left, another pass follows", left.old());
                return none();
            }
            var mayRetire =
                    !run.job().now().isBefore(run.rotation().primaryFrom().plus(RETIRED_AFTER));
            return mayRetire ? late(run).compose(done -> end(run, left.fixed())) : none();
        });
    }

    /** Files whose upload began under the old key, and was entered after we had walked past. */
    private Future<Void> late(Run run) {
        var since = run.rotation().primaryFrom().minus(Duration.ofHours(1));
        return each(files, one -> fileReseal.late(run, one, since));
    }

    private Future<Void> end(Run run, long fixed) {
        var id = run.rotation().id();
        return db.inTransaction(tx -> Jobs.hold(tx, run.job())
                        .compose(held -> store.finish(tx, id, run.job().now()))
                        .compose(finished -> fixed > 0
                                ? Future.succeededFuture(0)
                                : store.retire(tx, id, run.job().now())))
                .onSuccess(retired -> LOG.info(
                        "Key rotation: done, {} old keys are forgotten, {} fields of the first days need theirs",
                        retired,
                        fixed))
                .mapEmpty();
    }

    /** What runs now, or ran last, with its parts. */
    public Future<Optional<Progress>> progress() {
        return store.progress(db);
    }

    private static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> work) {
        Future<Void> done = Future.succeededFuture();
        for (var one : all) {
            done = done.compose(before -> work.apply(one));
        }
        return done;
    }

    private static Future<Void> none() {
        return Future.succeededFuture();
    }

    /** One run of the job: the lease that it holds, and whether it may begin another chunk. */
    record Run(Job job, Rotation rotation, BooleanSupplier clock) {
        boolean hasTime() {
            return clock.getAsBoolean();
        }
    }

    /** Somebody has stopped the rotation, or carries it on instead of us. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the rotation was stopped or is carried on elsewhere", null, false, false);
        }
    }
}
