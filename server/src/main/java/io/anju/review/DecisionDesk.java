package io.anju.review;

import io.anju.application.Actor;
import io.anju.application.ApplicationService;
import io.anju.application.CaseFile;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Tx;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.review.Decision.Verdict;
import io.anju.verification.VerificationService;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides one task: checks everything, keeps the decision, and moves the application.
 *
 * <p>Locks the application before the task, as everyone who moves applications does.
 */
public final class DecisionDesk {
    /** Kept where a refusal that stands had no reason code of its own. */
    private static final String REFUSAL_UPHELD = "refusal-upheld";

    private final ReviewStore tasks;
    private final DecisionStore decisions;
    private final ApplicationService applications;
    private final VerificationService verifications;
    private final PolicyService policies;
    private final Recusals recusals;
    private final WorkingDays workingDays;

    DecisionDesk(
            ReviewStore tasks,
            DecisionStore decisions,
            ApplicationService applications,
            VerificationService verifications,
            PolicyService policies,
            Recusals recusals,
            WorkingDays workingDays) {
        this.tasks = tasks;
        this.decisions = decisions;
        this.applications = applications;
        this.verifications = verifications;
        this.policies = policies;
        this.recusals = recusals;
        this.workingDays = workingDays;
    }

    /**
     * A decision on its way.
     *
     * @param version of the task that was looked at; null takes any
     * @param claims takes the task as well where nobody holds it
     */
    record Order(
            OfficeCaller caller, UUID taskId, @Nullable Long version, Decision decision, boolean claims, Instant now) {}

    /** What became of it: the task as it was decided and the application where it stands now. */
    public record Outcome(Task task, Decision decision, CaseFile file, Instant decidedAt) {}

    Future<Outcome> decide(Tx tx, Order order) {
        return tasks.find(tx, order.taskId())
                .map(found -> found.filter(
                                task -> ReviewPolicy.isOf(order.caller().office(), task))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(task -> applications.lockCase(tx, task.applicationId()))
                .compose(file -> tasks.lock(tx, order.taskId())
                        .map(locked -> locked.orElseThrow())
                        .compose(task -> claimed(tx, order, task))
                        .compose(task -> policies.byDigest(tx, file.policyDigest())
                                .compose(policy -> decide(tx, order, task, file, policy))));
    }

    private Future<Task> claimed(Tx tx, Order order, Task task) {
        var staff = order.caller().id();
        var problem = order.claims() ? ReviewPolicy.againstClaim(task, staff) : ReviewPolicy.againstWork(task, staff);
        if (problem.isPresent()) {
            return Refusal.failed(problem.get());
        }
        if (order.version() != null && order.version() != task.version()) {
            return Refusal.failed(PlatformProblem.PRECONDITION_FAILED);
        }
        return recusals.requireNone(tx, order.caller(), task.applicationId())
                .compose(free -> task.state() == Task.State.OPEN
                        ? tasks.claim(tx, task.id(), staff, order.now()).map(task)
                        : Future.succeededFuture(task));
    }

    private Future<Outcome> decide(Tx tx, Order order, Task task, CaseFile file, PolicyDocument policy) {
        var decision = order.decision();
        var findings = ReviewPolicy.findings(task, decision, policy.pipeline());
        if (!findings.isEmpty()) {
            return Refusal.failed(ReviewProblem.DECISION_NOT_WHOLE, findings);
        }
        return requireVerified(tx, task, decision)
                .compose(verified -> applications.facts(tx, file.id()))
                .compose(facts -> keep(
                        tx,
                        order,
                        task,
                        FactsDigest.of(file.id(), facts),
                        RuleBasis.of(policy, facts, Shanghai.date(order.now()))))
                .compose(kept -> move(tx, order, task, file, policy))
                .map(moved -> new Outcome(task, decision, moved, order.now()));
    }

    private Future<Void> requireVerified(Tx tx, Task task, Decision decision) {
        return decision.verdict() != Verdict.APPROVE
                ? Future.succeededFuture()
                : verifications
                        .standingAgainst(tx, task.id())
                        .compose(findings -> findings.isEmpty()
                                ? Future.succeededFuture()
                                : Future.failedFuture(VerificationService.incomplete(findings)));
    }

    private Future<Void> keep(Tx tx, Order order, Task task, String factsDigest, RuleBasis rules) {
        var caller = order.caller();
        var basis = new DecisionStore.Basis(
                caller.id(), caller.office().name(), task.policyDigest(), factsDigest, rules, order.now());
        return tasks.decided(tx, task.id(), order.now())
                .compose(ended ->
                        decisions.insert(tx, task.id(), order.decision(), reasons(task, order.decision()), basis))
                .compose(kept -> verifications.close(tx, task.id(), order.now()))
                .compose(closed -> Audit.record(
                        tx,
                        caller,
                        "task.decided",
                        "application",
                        task.applicationId(),
                        order.decision().verdict().id()));
    }

    private Future<CaseFile> move(Tx tx, Order order, Task task, CaseFile file, PolicyDocument policy) {
        var decision = order.decision();
        var actor = Actor.of(order.caller());
        var now = order.now();
        return switch (decision.verdict()) {
            case APPROVE, OVERTURN -> applications.passStep(tx, file, actor, decision.note(), now);
            case REFUSE, UPHOLD -> applications.refuse(tx, file, actor, reasons(task, decision), decision.note(), now);
            case SEND_BACK ->
                applications.sendBack(
                        tx,
                        file,
                        actor,
                        Objects.requireNonNull(decision.toStep()),
                        Objects.requireNonNull(decision.note()),
                        now);
            case REQUEST_CORRECTION -> {
                var dueOn = policy.correction(Shanghai.date(now), workingDays).on();
                yield applications.requestCorrection(tx, file, actor, decision.items(), dueOn, now);
            }
        };
    }

    /** A refusal that stands keeps its reasons. */
    private static List<String> reasons(Task task, Decision decision) {
        if (decision.verdict() != Verdict.UPHOLD) {
            return decision.reasonCodes();
        }
        return task.firstReasons().isEmpty() ? List.of(REFUSAL_UPHELD) : task.firstReasons();
    }
}
