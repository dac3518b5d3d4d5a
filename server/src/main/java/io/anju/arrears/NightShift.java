package io.anju.arrears;

import io.anju.arrears.NightStore.Night;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.problem.Cause;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.rent.Debts;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows arrears up, once for each day: some hundred leases at a time, found by what is overdue and not by looking at
 * all leases, each chunk with its steps, fees and progress in one transaction. What each tenant of a lease owes is followed up
 * by itself. One that died goes on behind its last chunk; two at once wait for each other on the day's row.
 *
 * <p>The leases' accounts are locked first, as payments lock them: a payment that comes at the same moment is either seen,
 * or comes after the step.
 *
 * <p>A lease that fails must not keep the city's others waiting: its chunk is tried in smaller and smaller parts, it is
 * named and left out, and the next night tries it again.
 */
final class NightShift {
    static final String KIND = "arrears.follow-up";

    private static final Logger LOG = LoggerFactory.getLogger(NightShift.class);
    private static final Duration PERIOD = Duration.ofHours(4);
    private static final int CHUNK = 256;
    private static final Duration OVERLAP = Duration.ofDays(1);
    /** As the database orders them. */
    private static final Comparator<UUID> BY_ID = Comparator.comparing(UUID::toString);

    private final Db db;
    private final Debts debts;
    private final LateFees fees;
    private final Climbing climbing;
    private final ComplaintPauses complaints;
    private final Plans plans;
    private final NightWork.Reader reader;
    private final NightStore store = new NightStore();
    private final DeedStore deeds = new DeedStore();

    NightShift(
            Db db,
            Debts debts,
            LateFees fees,
            Climbing climbing,
            ComplaintPauses complaints,
            Plans plans,
            NightWork.Reader reader) {
        this.db = db;
        this.debts = debts;
        this.fees = fees;
        this.climbing = climbing;
        this.complaints = complaints;
        this.plans = plans;
        this.reader = reader;
    }

    void handleJobs(Jobs jobs) {
        jobs.every(PERIOD, KIND, this::run);
    }

    Future<Void> run(Job job) {
        var today = Shanghai.date(job.now());
        return db.inTransaction(tx -> begin(tx, job, today)).compose(begun -> {
            Promise<Void> ended = Promise.promise();
            goOn(job, today, CHUNK, ended);
            return ended.future();
        });
    }

    /** Bills that were paid late since the last time are watched too, however short they were overdue. */
    private Future<Void> begin(Tx tx, Job job, LocalDate today) {
        return store.lock(tx, today, job.now())
                .compose(night -> night.isFinished() || night.afterLease() != null
                        ? Future.succeededFuture()
                        : store.startBefore(tx, today)
                                .map(before -> before.orElse(job.now()).minus(OVERLAP))
                                .compose(since -> debts.paidLate(tx, since))
                                .compose(
                                        late -> late.isEmpty() ? Future.succeededFuture() : fees.watchAgain(tx, late)));
    }

    /** A promise and not a chain of futures: a night of many chunks would nest as deep as it is long. */
    private void goOn(Job job, LocalDate today, int size, Promise<Void> ended) {
        db.inTransaction(tx -> store.lock(tx, today, job.now()).compose(night -> next(tx, night, size)))
                .onFailure(ended::fail)
                .onSuccess(chunk -> {
                    if (chunk.night().isFinished()) {
                        ended.complete();
                        return;
                    }
                    db.inTransaction(tx -> follow(tx, job, chunk))
                            .onSuccess(done -> goOn(job, today, Math.min(CHUNK, 2 * size), ended))
                            .onFailure(failure -> narrow(job, chunk, size, failure, ended));
                });
    }

    /** @param night as it stood when these leases were found behind its progress */
    private record Chunk(Night night, List<UUID> leases) {}

    private Future<Chunk> next(Tx tx, Night night, int size) {
        return night.isFinished()
                ? Future.succeededFuture(new Chunk(night, List.of()))
                : debts.overdueLeases(tx, night.afterLease(), night.day(), size)
                        .compose(overdue -> store.followed(tx, night.afterLease(), size)
                                .map(followed -> {
                                    var all = new TreeSet<>(BY_ID);
                                    all.addAll(overdue);
                                    all.addAll(followed);
                                    return new Chunk(
                                            night, all.stream().limit(size).toList());
                                }));
    }

    private void narrow(Job job, Chunk chunk, int size, Throwable failure, Promise<Void> ended) {
        if (!isOfACase(failure) || chunk.leases().isEmpty()) {
            ended.fail(failure);
        } else if (chunk.leases().size() > 1) {
            goOn(
                    job,
                    chunk.night().day(),
                    Math.max(1, Math.min(size, chunk.leases().size()) / 2),
                    ended);
        } else {
            leaveOut(job, chunk, failure)
                    .onSuccess(left -> goOn(job, chunk.night().day(), 1, ended))
                    .onFailure(ended::fail);
        }
    }

    /** Whether it may be a lease that failed, and not the database or this run as a whole. */
    private static boolean isOfACase(Throwable failure) {
        return !(failure instanceof LostLease)
                && !(failure instanceof Refusal refusal && refusal.code() == PlatformProblem.UNAVAILABLE);
    }

    private Future<Void> leaveOut(Job job, Chunk chunk, Throwable failure) {
        var lease = chunk.leases().get(0);
        LOG.warn("Arrears of lease {} could not be followed up; the night goes on: {}", lease, Cause.of(failure));
        Metrics.counter("anju.arrears.left-out").increment();
        return db.inTransaction(tx -> onward(
                tx,
                job,
                chunk,
                () -> store.leaveOut(tx, chunk.night().day(), lease, Cause.of(failure), job.now())
                        .map(0)));
    }

    private Future<Void> follow(Tx tx, Job job, Chunk chunk) {
        var today = chunk.night().day();
        return chunk.leases().isEmpty()
                ? Jobs.hold(tx, job).compose(held -> store.finish(tx, today, job.now()))
                : onward(tx, job, chunk, () -> follow(tx, chunk.leases(), today, job.now()));
    }

    /** What is done about a chunk, unless somebody else did it meanwhile. */
    private Future<Void> onward(Tx tx, Job job, Chunk chunk, Work work) {
        var seen = chunk.night();
        var last = chunk.leases().get(chunk.leases().size() - 1);
        return store.lock(tx, seen.day(), job.now())
                .compose(night -> night.isFinished() || !Objects.equals(night.afterLease(), seen.afterLease())
                        ? Future.succeededFuture()
                        : work.run()
                                .compose(steps -> Jobs.hold(tx, job)
                                        .compose(held -> store.advance(
                                                tx,
                                                seen.day(),
                                                last,
                                                chunk.leases().size(),
                                                steps))));
    }

    /** Gives how many steps were taken. */
    @FunctionalInterface
    private interface Work {
        Future<Integer> run();
    }

    private Future<Integer> follow(Tx tx, List<UUID> ids, LocalDate today, Instant now) {
        return debts.lock(tx, ids)
                .compose(locked -> complaints.follow(tx, ids, today, now))
                .compose(paused -> reader.read(tx, ids, today))
                .compose(work -> fees.watch(tx, work.lateBills())
                        .compose(watched -> endPlans(tx, work, ids))
                        .compose(ended -> decide(tx, work, now))
                        .compose(decided -> deeds.write(tx, decided, today, now)
                                .compose(written -> fees.bill(tx, ids, work::rules, work::pauses, today, now))
                                .map(billed -> count(decided))));
    }

    /** After a breach the ladder goes on from the next day on. */
    private Future<Void> endPlans(Tx tx, NightWork work, List<UUID> ids) {
        return plans.running(tx, ids, work::tenancy).compose(running -> {
            Future<Void> done = Future.succeededFuture();
            for (var plan : running) {
                done = done.compose(before -> plans.follow(tx, plan, work.of(work.tenancy(plan))));
            }
            return done;
        });
    }

    private Future<List<Deed>> decide(Tx tx, NightWork work, Instant now) {
        var decisions = new ArrayList<Future<Optional<Deed>>>();
        for (var tenancy : work.followed()) {
            decisions.add(climbing.decide(tx, work.of(tenancy), work.proposals(tenancy), now));
        }
        return Future.all(decisions)
                .map(all ->
                        decisions.stream().flatMap(one -> one.result().stream()).toList());
    }

    private static int count(List<Deed> decided) {
        var steps = 0;
        for (var deed : decided) {
            var step = deed.step();
            if (step != null) {
                Metrics.counter("anju.arrears.steps", "action", ArrearsCase.id(step.action()))
                        .increment();
                steps++;
            }
        }
        return steps;
    }
}
