package io.anju.waitinglist;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.jobs.Outbox;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.SortKey;
import io.anju.policy.Standing.Entry;
import io.anju.waitinglist.HouseholdStore.Sealed;
import io.anju.waitinglist.Rescoring.Report;
import io.anju.waitinglist.Rescoring.State;
import io.anju.waitinglist.RescoringStore.Case;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The work of a re-scoring: chunk after chunk is scored outside any transaction and written together with the progress
 * in a short one that holds the job's lease. A run that dies leaves its chunks, and the next goes on behind them.
 */
final class RescoringRun {
    static final String KIND = "waitinglist.rescore";

    private static final int CHUNK = 2_000;
    /** After so many failures it is given up, so that another may begin. */
    private static final int MAX_ATTEMPTS = 5;

    private final Vertx vertx;
    private final Db db;
    private final PolicyService policies;
    private final HouseholdStore register;
    private final RescoringStore store = new RescoringStore();
    private final int chunk;

    RescoringRun(Vertx vertx, Db db, Vault vault, PolicyService policies) {
        this(vertx, db, vault, policies, CHUNK);
    }

    RescoringRun(Vertx vertx, Db db, Vault vault, PolicyService policies, int chunk) {
        this.vertx = vertx;
        this.db = db;
        this.policies = policies;
        this.register = new HouseholdStore(vault);
        this.chunk = chunk;
    }

    /** The job; its key is the re-scoring's id. */
    Future<Void> run(Job job) {
        var id = UUID.fromString(job.key());
        return store.find(db, id)
                .compose(found -> found.filter(one -> one.state() == State.RUNNING)
                        .map(rescoring -> policies.byDigest(db, rescoring.policyDigest())
                                .compose(newer -> chunks(job, newer, rescoring)))
                        .orElseGet(Future::succeededFuture))
                .recover(failure -> failure instanceof LostLease || job.attempt() < MAX_ATTEMPTS
                        ? Future.failedFuture(failure)
                        : db.inTransaction(tx -> store.finish(tx, id, State.FAILED, null, job.now())));
    }

    private Future<Void> chunks(Job job, PolicyDocument newer, Rescoring rescoring) {
        return register.waiting(db, rescoring.list(), rescoring.registerVersion(), rescoring.lastSequence(), chunk)
                .compose(page -> page.isEmpty()
                        ? db.inTransaction(tx -> finish(tx, job, rescoring))
                        : score(job, newer, rescoring, page).compose(next -> chunks(job, newer, next)));
    }

    private Future<Rescoring> score(Job job, PolicyDocument newer, Rescoring rescoring, List<Sealed> page) {
        var next = rescoring.advanced(page.get(page.size() - 1).sequence(), page.size());
        return policies.byDigests(db, page.stream().map(Sealed::policyDigest).collect(Collectors.toSet()))
                .compose(own -> vertx.executeBlocking(
                        () -> page.stream()
                                .map(one -> evaluate(
                                        one, Objects.requireNonNull(own.get(one.policyDigest())), newer, rescoring))
                                .toList(),
                        false))
                .compose(cases -> db.inTransaction(tx -> Jobs.hold(tx, job)
                        .compose(held -> store.advance(tx, rescoring, next))
                        .compose(moved -> moved
                                ? store.insertCases(tx, rescoring.id(), cases)
                                : Future.failedFuture(new LostLease(job)))))
                .map(next);
    }

    private Case evaluate(Sealed household, PolicyDocument own, PolicyDocument newer, Rescoring rescoring) {
        var entry = new Entry(household.appliedAt(), household.registeredAt(), household.receiptNumber());
        try {
            var facts = register.open(household);
            var before = own.scoreTotal(facts, rescoring.asOf());
            var after = newer.scoreTotal(facts, rescoring.asOf());
            var deferred = household.later().deferred();
            return new Case(
                    household.sequence(),
                    household.receiptNumber(),
                    household.maskedName(),
                    before,
                    after,
                    key(deferred, newer, newer.standing(facts, rescoring.asOf(), before, entry)),
                    key(deferred, newer, newer.standing(facts, rescoring.asOf(), after, entry)));
        } catch (IllegalArgumentException | ArithmeticException e) {
            // one household whose facts the newer rules cannot use must not keep the city from its report
            return new Case(
                    household.sequence(), household.receiptNumber(), household.maskedName(), null, null, null, null);
        }
    }

    private static Buffer key(long deferred, PolicyDocument rules, io.anju.policy.Standing standing) {
        return Buffer.buffer(Member.key(deferred, SortKey.of(rules.order(), standing)));
    }

    private Future<Void> finish(Tx tx, Job job, Rescoring rescoring) {
        return store.allowTime(tx)
                .compose(allowed -> store.report(tx, rescoring.id()))
                .compose(report -> Jobs.hold(tx, job).compose(held -> finish(tx, job, rescoring, report)));
    }

    private Future<Void> finish(Tx tx, Job job, Rescoring rescoring, Report report) {
        if (rescoring.dryRun()) {
            return store.finish(tx, rescoring.id(), State.DONE, report, job.now());
        }
        if (report.notEvaluated() > 0) {
            return store.finish(tx, rescoring.id(), State.FAILED, report, job.now());
        }
        var digest = rescoring.policyDigest();
        return store.finish(tx, rescoring.id(), State.DONE, report, job.now())
                .compose(finished -> store.insertRules(tx, rescoring, job.now()))
                .compose(moved ->
                        Audit.record(tx, Caller.SYSTEM, "waiting-list.rescored", "rescoring", rescoring.id(), digest))
                .compose(audited -> Outbox.append(
                        tx, "waiting-list.rescored", rescoring.id(), "{\"ranks\":" + report.ranksChanged() + "}"));
    }
}
