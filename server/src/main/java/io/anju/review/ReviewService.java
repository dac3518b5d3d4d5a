package io.anju.review;

import io.anju.application.ApplicationService;
import io.anju.application.Impartiality;
import io.anju.identity.IdentityService;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.Step;
import io.anju.review.BulkDesk.BulkResult;
import io.anju.review.DecisionDesk.Order;
import io.anju.review.DecisionDesk.Outcome;
import io.anju.review.ReviewStore.After;
import io.anju.review.ReviewStore.StepCount;
import io.anju.verification.TaskAccess;
import io.anju.verification.VerificationService;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The work of the offices: who sees which task, who takes it, and what is decided.
 *
 * <p>A task of another office is not there, for every operation alike.
 */
public final class ReviewService implements TaskAccess {
    private final Db db;
    private final PolicyService policies;
    private final ReviewStore store = new ReviewStore();
    private final DecisionStore decisions;
    private final Recusals recusals;
    private final DecisionDesk desk;
    private final BulkDesk bulk;

    public ReviewService(
            Db db,
            Vault vault,
            ApplicationService applications,
            VerificationService verifications,
            PolicyService policies,
            IdentityService identities,
            WorkingDays workingDays) {
        this.db = db;
        this.policies = policies;
        this.decisions = new DecisionStore(vault);
        this.recusals = new Recusals(db, vault, identities, applications);
        this.desk = new DecisionDesk(store, decisions, applications, verifications, policies, recusals, workingDays);
        this.bulk = new BulkDesk(store, decisions, desk);
    }

    /** Which of the office's undecided tasks a list shows. */
    enum Filter {
        ALL,
        OPEN,
        MINE,
        OVERDUE
    }

    Future<List<Task>> list(
            OfficeCaller caller,
            Filter filter,
            @Nullable String stepId,
            LocalDate today,
            @Nullable After after,
            int limit) {
        var office = caller.office();
        return filter == Filter.MINE
                ? store.listOfClaimant(db, office, caller.id(), stepId, after, limit)
                : store.listOfOffice(
                        db,
                        office,
                        stepId,
                        filter == Filter.OPEN,
                        filter == Filter.OVERDUE ? today : null,
                        after,
                        limit);
    }

    /** The tasks of the caller's office that nobody holds, the nearest due day first. */
    public Future<List<Task>> listOpen(OfficeCaller caller, int limit) {
        return store.listOfOffice(db, caller.office(), null, true, null, null, limit);
    }

    Future<List<StepCount>> count(OfficeCaller caller, LocalDate today) {
        return store.count(db, caller.office(), caller.id(), today);
    }

    /** A task with what was decided before and where it may be sent back to. */
    record Detail(Task task, List<Decision.Kept> decisions, List<Step> stepsBefore) {}

    Future<Detail> get(OfficeCaller caller, UUID taskId) {
        return visible(db, caller, taskId)
                .compose(task -> Future.all(
                                decisions.list(db, task.applicationId()), policies.byDigest(db, task.policyDigest()))
                        .map(read -> new Detail(
                                task,
                                read.resultAt(0),
                                ReviewPolicy.stepsBefore(
                                        task, read.<PolicyDocument>resultAt(1).pipeline()))));
    }

    /** What the decisions on an application rest on, in their order: with each one's policy it can be asked again. */
    Future<List<DecisionStore.Rested>> bases(UUID applicationId) {
        return decisions.bases(db, applicationId);
    }

    public Future<Task> claim(Tx tx, OfficeCaller caller, UUID taskId, Instant now) {
        return locked(tx, caller, taskId).compose(task -> {
            var staff = caller.id();
            var problem = ReviewPolicy.againstClaim(task, staff);
            if (problem.isPresent()) {
                return Refusal.failed(problem.get());
            }
            return task.state() == Task.State.CLAIMED
                    ? Future.succeededFuture(task)
                    : recusals.requireNone(tx, caller, task.applicationId())
                            .compose(free -> store.claim(tx, taskId, staff, now))
                            .compose(claimed -> audit(tx, caller, "task.claimed", task))
                            .compose(recorded -> reread(tx, taskId));
        });
    }

    /** Declares that the caller steps back from the case of a task, and gives the task back where the caller holds it. */
    Future<Recusal> stepBack(Tx tx, OfficeCaller caller, UUID taskId, String ground, Instant now) {
        return locked(tx, caller, taskId)
                .compose(task -> recusals.declareCase(tx, caller, task.applicationId(), ground, now)
                        .compose(declared ->
                                ReviewPolicy.againstWork(task, caller.id()).isPresent()
                                        ? Future.succeededFuture(declared)
                                        : store.release(tx, taskId)
                                                .compose(released -> audit(tx, caller, "task.released", task))
                                                .map(declared)));
    }

    /**
     * Refuses a member of staff who belongs to the household or to these persons, or has declared one of them (回避).
     *
     * @param applicationId null where it is about no household
     */
    public Future<Void> requireNoConflict(Tx tx, UUID staffId, @Nullable UUID applicationId, List<byte[]> persons) {
        return recusals.requireNone(tx, staffId, applicationId, persons);
    }

    /** What keeps members of staff from cases of people close to them, for every room. */
    public Impartiality impartiality() {
        return recusals;
    }

    Recusals recusals() {
        return recusals;
    }

    Future<Task> release(Tx tx, OfficeCaller caller, UUID taskId) {
        return worked(tx, caller, taskId)
                .compose(
                        task -> store.release(tx, taskId).compose(released -> audit(tx, caller, "task.released", task)))
                .compose(recorded -> reread(tx, taskId));
    }

    Future<Outcome> decide(Tx tx, OfficeCaller caller, UUID taskId, long version, Decision decision, Instant now) {
        return desk.decide(tx, new Order(caller, taskId, version, decision, false, now));
    }

    public Future<BulkResult> decideAll(
            Tx tx, OfficeCaller caller, List<BulkDesk.Row> rows, boolean dryRun, Instant now) {
        return bulk.decide(tx, caller, rows, dryRun, now);
    }

    @Override
    public Future<Void> requireVisible(Sql sql, OfficeCaller caller, UUID taskId) {
        return visible(sql, caller, taskId).mapEmpty();
    }

    @Override
    public Future<Void> touchClaimed(Tx tx, OfficeCaller caller, UUID taskId) {
        return worked(tx, caller, taskId)
                .compose(task -> recusals.requireNone(tx, caller, task.applicationId()))
                .compose(free -> store.touch(tx, taskId));
    }

    @Override
    public Future<Boolean> touchUndecided(Tx tx, UUID taskId) {
        return store.lock(tx, taskId)
                .compose(found -> found.filter(Task::isUndecided).isPresent()
                        ? store.touch(tx, taskId).map(true)
                        : Future.succeededFuture(false));
    }

    private Future<Task> visible(Sql sql, OfficeCaller caller, UUID taskId) {
        return store.find(sql, taskId)
                .map(found -> found.filter(task -> ReviewPolicy.isOf(caller.office(), task))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    private Future<Task> locked(Tx tx, OfficeCaller caller, UUID taskId) {
        return visible(tx, caller, taskId)
                .compose(task -> store.lock(tx, taskId))
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The locked task, which the caller holds. */
    private Future<Task> worked(Tx tx, OfficeCaller caller, UUID taskId) {
        return locked(tx, caller, taskId).map(task -> {
            ReviewPolicy.againstWork(task, caller.id()).ifPresent(problem -> {
                throw Refusal.of(problem);
            });
            return task;
        });
    }

    private Future<Task> reread(Tx tx, UUID taskId) {
        return store.find(tx, taskId).map(found -> found.orElseThrow());
    }

    private static Future<Void> audit(Tx tx, Caller caller, String action, Task task) {
        return Audit.record(tx, caller, action, "application", task.applicationId(), null);
    }
}
