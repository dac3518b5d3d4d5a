package io.anju.rent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.lease.RentTermsDesk;
import io.anju.lease.RentTermsDesk.Among;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.policy.PolicyService;
import io.anju.rent.Adjustment.LeftOut;
import io.anju.rent.Adjustment.Order;
import io.anju.rent.Adjustment.Progress;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Works the rents of a programme's leases out again from a day on, in the background: by the rates of their estates and
 * the rules in force. Each lease is a transaction of its own with the progress in it, so one that dies goes on with the
 * next lease, and one lease whose rent cannot be set holds nobody up.
 */
final class Adjustments {
    private static final String KIND = "rent.adjustment";
    private static final int AT_ONCE = 200;
    private static final int MAX_ATTEMPTS = 5;

    private final Db db;
    private final PolicyService policies;
    private final RentTermsDesk leases;
    private final AdjustmentStore store = new AdjustmentStore();

    Adjustments(Db db, PolicyService policies, RentTermsDesk leases) {
        this.db = db;
        this.policies = policies;
        this.leases = leases;
    }

    void handleJobs(Jobs jobs) {
        jobs.handle(KIND, this::work);
    }

    /** Begins one for the caller's city. */
    Future<Adjustment> start(Tx tx, CityCaller caller, Order order, Instant now) {
        if (!Masking.isMasked(order.reason())) {
            throw Refusal.at("/reason", RentProblem.CORRECTION_NAMES_A_PERSON);
        }
        var id = Ids.next(now);
        return policies.requireKnown(tx, order.cityCode(), order.programme(), "/programme")
                .compose(known -> leases.countRunning(tx, among(order)))
                .map(count -> new Adjustment(
                        id, order, "running", new Progress(count, 0, 0, 0, 0, 0), null, caller.id(), now, null))
                .compose(begun -> store.insert(tx, begun)
                        .compose(stored -> Jobs.enqueue(tx, KIND, id.toString(), "{}", now))
                        .compose(queued -> Audit.record(
                                tx, caller, "rent.adjustment-started", "rent-adjustment", id, order.reason()))
                        .compose(audited -> RentEvent.ADJUSTMENT_STARTED.tell(tx, id, toTell(begun)))
                        .map(begun));
    }

    private static Among among(Order order) {
        return new Among(order.cityCode(), order.programme(), order.estateName(), order.from());
    }

    /** One of the caller's city. */
    Future<Adjustment> get(CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return store.find(db, id)
                .map(found -> found.filter(one -> one.order().cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    Future<List<LeftOut>> leftOut(CityCaller caller, UUID id, @Nullable UUID after, int limit) {
        return get(caller, id).compose(found -> store.exceptions(db, id, after, limit));
    }

    private Future<Void> work(Job job) {
        var id = UUID.fromString(job.key());
        return goOn(job, id)
                .recover(failure -> failure instanceof LostLease || job.attempt() < MAX_ATTEMPTS
                        ? Future.failedFuture(failure)
                        : fail(id, job.now()));
    }

    private Future<Void> fail(UUID id, Instant now) {
        return store.find(db, id)
                .compose(found -> db.inTransaction(tx -> store.finish(tx, id, "failed", now)
                        .compose(done -> RentEvent.ADJUSTMENT_FAILED.tell(tx, id, toTell(found.orElseThrow())))));
    }

    private static ObjectNode toTell(Adjustment one) {
        var done = one.done();
        return RentEvent.about()
                .put("programme", one.order().programme())
                .put("dryRun", one.order().dryRun())
                .put("leases", done.leases())
                .put("changed", done.changed())
                .put("exceptions", done.exceptions());
    }

    private Future<Void> goOn(Job job, UUID id) {
        return store.find(db, id)
                .compose(found -> found.filter(one -> one.state().equals("running"))
                        .map(one -> page(job, one))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<Void> page(Job job, Adjustment one) {
        return leases.clerk(db, one.requestedBy())
                .compose(clerk -> leases.running(db, among(one.order()), one.afterLease(), AT_ONCE)
                        .compose(page -> {
                            Future<Void> done = Future.succeededFuture();
                            for (var leaseId : page) {
                                done = done.compose(before -> revise(job, one, clerk, leaseId));
                            }
                            return done.compose(through -> page.isEmpty() ? finish(job, one) : goOn(job, one.id()));
                        }));
    }

    private Future<Void> revise(Job job, Adjustment one, CityCaller clerk, UUID leaseId) {
        var order = one.order();
        return db.inTransaction(tx -> leases.revise(
                                tx, clerk, leaseId, order.from(), order.reason(), order.dryRun(), job.now())
                        .compose(revised ->
                                Jobs.hold(tx, job).compose(held -> store.advance(tx, one.id(), leaseId, revised))))
                .recover(failure -> failure instanceof Refusal refusal
                        ? db.inTransaction(tx -> Jobs.hold(tx, job)
                                .compose(held -> store.leaveOut(
                                        tx, one.id(), leaseId, refusal.code().id())))
                        : Future.failedFuture(failure));
    }

    private Future<Void> finish(Job job, Adjustment one) {
        return db.inTransaction(tx -> Jobs.hold(tx, job)
                .compose(held -> store.finish(tx, one.id(), "done", job.now()))
                .compose(done -> RentEvent.ADJUSTMENT_DONE.tell(tx, one.id(), toTell(one))));
    }
}
