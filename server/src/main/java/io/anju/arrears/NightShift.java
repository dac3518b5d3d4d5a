package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.NightStore.Night;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.time.Shanghai;
import io.anju.policy.MoneyRules;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.LateBill;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Follows arrears up, once for each day: some hundred leases at a time, found by what is overdue and not by looking at
 * all leases, each chunk with its steps, fees and progress in one transaction. One that died goes on behind its last
 * chunk; two at once wait for each other on the day's row.
 *
 * <p>The leases' accounts are locked first, as payments lock them: a payment that comes at the same moment is either seen,
 * or comes after the step.
 */
final class NightShift {
    static final String KIND = "arrears.follow-up";

    private static final Duration PERIOD = Duration.ofHours(4);
    private static final int CHUNK = 200;
    private static final Duration OVERLAP = Duration.ofDays(1);
    /** As the database orders them. */
    private static final Comparator<UUID> BY_ID = Comparator.comparing(UUID::toString);

    private final Db db;
    private final PolicyService policies;
    private final LeaseService leases;
    private final Debts debts;
    private final LateFees fees;
    private final Climbing climbing;
    private final Plans plans;
    private final NightStore store = new NightStore();
    private final CaseStore cases = new CaseStore();
    private final PauseStore pauses = new PauseStore();

    NightShift(
            Db db,
            PolicyService policies,
            LeaseService leases,
            Debts debts,
            LateFees fees,
            Climbing climbing,
            Plans plans) {
        this.db = db;
        this.policies = policies;
        this.leases = leases;
        this.debts = debts;
        this.fees = fees;
        this.climbing = climbing;
        this.plans = plans;
    }

    void handleJobs(Jobs jobs) {
        jobs.every(PERIOD, KIND, this::run);
    }

    Future<Void> run(Job job) {
        var today = Shanghai.date(job.now());
        return db.inTransaction(tx -> begin(tx, job, today)).compose(begun -> goOn(job, today));
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

    private Future<Void> goOn(Job job, LocalDate today) {
        return db.inTransaction(tx -> chunk(tx, job, today))
                .compose(more -> more ? goOn(job, today) : Future.succeededFuture());
    }

    private Future<Boolean> chunk(Tx tx, Job job, LocalDate today) {
        return store.lock(tx, today, job.now())
                .compose(night -> night.isFinished()
                        ? Future.succeededFuture(false)
                        : next(tx, night)
                                .compose(found -> found.isEmpty()
                                        ? finish(tx, job, today)
                                        : follow(tx, found, today, job.now())
                                                .compose(steps -> Jobs.hold(tx, job)
                                                        .compose(held -> store.advance(
                                                                tx,
                                                                today,
                                                                found.get(found.size() - 1),
                                                                found.size(),
                                                                steps)))
                                                .map(true)));
    }

    private Future<Boolean> finish(Tx tx, Job job, LocalDate today) {
        return Jobs.hold(tx, job)
                .compose(held -> store.finish(tx, today, job.now()))
                .map(false);
    }

    private Future<List<UUID>> next(Tx tx, Night night) {
        return debts.overdueLeases(tx, night.afterLease(), night.day(), CHUNK)
                .compose(
                        overdue -> store.followed(tx, night.afterLease(), CHUNK).map(followed -> {
                            var all = new TreeSet<>(BY_ID);
                            all.addAll(overdue);
                            all.addAll(followed);
                            return all.stream().limit(CHUNK).toList();
                        }));
    }

    /** Gives how many steps were taken. */
    private Future<Integer> follow(Tx tx, List<UUID> ids, LocalDate today, Instant now) {
        return debts.lock(tx, ids)
                .compose(locked -> climbing.pause(tx, ids, today, now))
                .compose(paused -> read(tx, ids, today))
                .compose(work -> fees.watch(tx, work.lateBills())
                        .compose(watched -> endPlans(tx, work, ids))
                        .compose(ended -> climb(tx, work, ids, now))
                        .compose(steps -> fees.bill(tx, ids, work::rules, work::pauses, today, now)
                                .map(steps)));
    }

    /** After a breach the ladder goes on from the next day on. */
    private Future<Void> endPlans(Tx tx, Work work, List<UUID> ids) {
        return plans.running(tx, ids).compose(running -> {
            Future<Void> done = Future.succeededFuture();
            for (var plan : running) {
                done = done.compose(before -> plans.follow(tx, plan, work.of(plan.leaseId())));
            }
            return done;
        });
    }

    private Future<Integer> climb(Tx tx, Work work, List<UUID> ids, Instant now) {
        Future<Integer> taken = Future.succeededFuture(0);
        for (var id : ids) {
            taken = taken.compose(
                    before -> climbing.follow(tx, work.of(id), now).map(isTaken -> isTaken ? before + 1 : before));
        }
        return taken;
    }

    /** Everything about the leases of a chunk, read by sets. */
    record Work(
            LocalDate today,
            Map<UUID, Lease> leases,
            Map<String, PolicyDocument> policies,
            Map<UUID, List<Debt>> overdue,
            Map<UUID, ArrearsCase> cases,
            Map<UUID, List<Step>> steps,
            Map<UUID, List<Pause>> allPauses) {
        Standing of(UUID leaseId) {
            var known = cases.get(leaseId);
            return new Standing(
                    today,
                    lease(leaseId),
                    document(leaseId),
                    overdue.getOrDefault(leaseId, List.of()),
                    known,
                    known == null ? List.of() : steps.getOrDefault(known.id(), List.of()),
                    pauses(leaseId));
        }

        private Lease lease(UUID leaseId) {
            return Objects.requireNonNull(leases.get(leaseId));
        }

        private PolicyDocument document(UUID leaseId) {
            return Objects.requireNonNull(policies.get(lease(leaseId).policyDigest()));
        }

        MoneyRules rules(UUID leaseId) {
            return document(leaseId).money();
        }

        List<Pause> pauses(UUID leaseId) {
            return allPauses.getOrDefault(leaseId, List.of());
        }

        List<LateBill> lateBills() {
            return overdue.values().stream()
                    .flatMap(Collection::stream)
                    .map(debt -> new LateBill(debt.billId(), debt.leaseId()))
                    .toList();
        }
    }

    private Future<Work> read(Tx tx, List<UUID> ids, LocalDate today) {
        return leases.ofIds(tx, ids)
                .compose(found -> policies.byDigests(
                                tx,
                                new HashSet<>(
                                        found.stream().map(Lease::policyDigest).toList()))
                        .compose(documents -> debts.overdue(tx, ids, today)
                                .compose(overdue -> cases.open(tx, ids)
                                        .compose(open -> cases.steps(
                                                        tx,
                                                        open.stream()
                                                                .map(ArrearsCase::id)
                                                                .toList())
                                                .compose(steps -> pauses.ofLeases(tx, ids)
                                                        .map(paused -> new Work(
                                                                today,
                                                                byId(found, Lease::id),
                                                                documents,
                                                                group(overdue, Debt::leaseId),
                                                                byId(open, ArrearsCase::leaseId),
                                                                group(steps, Step::caseId),
                                                                group(paused, Pause::leaseId))))))));
    }

    private static <T> Map<UUID, T> byId(List<T> all, Function<T, UUID> id) {
        return all.stream().collect(Collectors.toMap(id, Function.identity()));
    }

    private static <T> Map<UUID, List<T>> group(List<T> all, Function<T, UUID> id) {
        return all.stream().collect(Collectors.groupingBy(id));
    }
}
