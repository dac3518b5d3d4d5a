package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.simulation.SimulationCases.Extent;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Rescoring.State;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.UUID;

/** Moves whole lists to the rules in force, and shows beforehand what that changes. */
public final class RescoringService {

    private final Db db;
    private final PolicyService policies;
    private final ApplicationService applications;
    private final HouseholdStore register;
    private final RescoringStore store = new RescoringStore();
    private final RescoringRun run;

    public RescoringService(Vertx vertx, Db db, Vault vault, PolicyService policies, ApplicationService applications) {
        this.db = db;
        this.policies = policies;
        this.applications = applications;
        this.register = new HouseholdStore(vault);
        this.run = new RescoringRun(vertx, db, vault, policies);
    }

    /** Names who does the work. */
    public void handleJobs(Jobs jobs) {
        jobs.handle(RescoringRun.KIND, run::run);
    }

    /**
     * Starts a re-scoring of a list of the caller's own city under the rules in force today. Whoever has a household on the
     * list that they must not work on may only try what would change.
     */
    Future<Rescoring> start(Tx tx, CityCaller caller, String programme, boolean dryRun, String reason, Instant now) {
        var list = new ListKey(caller.office().cityCode(), programme);
        var today = Shanghai.date(now);
        return register.extent(tx, list)
                .compose(extent -> extent.version() == 0
                        ? Refusal.failed(PlatformProblem.NOT_FOUND)
                        : policies.inForce(tx, list.cityCode(), programme, today)
                                .map(policy -> begun(list, policy, dryRun, extent, now)))
                .compose(rescoring -> requireFree(tx, caller, rescoring))
                .compose(rescoring -> store.insert(tx, rescoring, reason, caller.id())
                        .compose(stored -> Jobs.enqueue(
                                tx, RescoringRun.KIND, rescoring.id().toString(), "{}", now))
                        .compose(queued -> Audit.record(
                                tx,
                                caller,
                                dryRun ? "waiting-list.rescoring-tried" : "waiting-list.rescoring-asked",
                                "rescoring",
                                rescoring.id(),
                                reason))
                        .map(rescoring));
    }

    private Future<Rescoring> requireFree(Tx tx, Caller caller, Rescoring rescoring) {
        return rescoring.dryRun()
                ? Future.succeededFuture(rescoring)
                : applications
                        .tooCloseTo(tx, caller)
                        .compose(holders -> register.isWaiting(tx, rescoring.list(), holders))
                        .compose(touched -> touched
                                ? Refusal.failed(WaitingListProblem.RESCORING_OF_OWN_HOUSEHOLD)
                                : Future.succeededFuture(rescoring));
    }

    private static Rescoring begun(ListKey list, PolicyDocument policy, boolean dryRun, Extent extent, Instant now) {
        return new Rescoring(
                Ids.next(now),
                list,
                policy.digest(),
                dryRun,
                Shanghai.date(now),
                now,
                extent.version(),
                extent.households(),
                0,
                0,
                State.RUNNING,
                null,
                null);
    }

    /** A re-scoring of the caller's city. */
    Future<Rescoring> get(CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return store.find(db, id)
                .map(found -> found.filter(one -> one.list().cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }
}
