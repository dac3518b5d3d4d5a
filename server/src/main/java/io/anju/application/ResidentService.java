package io.anju.application;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a resident may still do with an application, and what happens when the time to do it has passed. */
final class ResidentService {
    /** The reason code of a refusal because the correction was not answered in time. */
    static final String CORRECTION_NOT_ANSWERED = "correction-not-answered";

    private static final int LAPSE_BATCH = 200;

    private final Db db;
    private final PolicyService policies;
    private final WorkingDays workingDays;
    private final ApplicationStore store;
    private final CorrectionStore corrections;
    private final ClaimStore claims = new ClaimStore();
    private final Moves moves;

    ResidentService(Db db, Vault vault, PolicyService policies, WorkingDays workingDays, Pipeline pipeline) {
        this.db = db;
        this.policies = policies;
        this.workingDays = workingDays;
        this.store = new ApplicationStore(vault);
        this.corrections = new CorrectionStore(vault);
        this.moves = new Moves(store, pipeline);
    }

    /** Takes the application back for good; whoever works on it is told to stop. */
    Future<Application> withdraw(Tx tx, ResidentCaller caller, UUID id, @Nullable String reason, Instant now) {
        var move = Move.of(Event.Kind.WITHDRAWN, ApplicationState.WITHDRAWN, Actor.of(caller), reason, now);
        return lockOwn(tx, caller, id).compose(application -> {
            Moves.requireLegal(application.state(), move.to());
            return Audit.record(tx, caller, "application.withdrawn", "application", id, null)
                    .compose(audited -> application.handedIn() == null
                            ? store.move(tx, id, application.version(), application.state(), move)
                            : withdrawFile(tx, application, move));
        });
    }

    private Future<Application> withdrawFile(Tx tx, Application application, Move move) {
        var file = application.asCase();
        return policies.byDigest(tx, file.policyDigest())
                .map(policy -> policy.pipeline().get(file.stepIndex()))
                .compose(step -> moves.leave(tx, file, step, move.at()))
                .compose(left -> moves.move(tx, file, move))
                .compose(moved -> store.find(tx, file.id()))
                .map(found -> found.orElseThrow());
    }

    /** Asks for re-review of a refusal: once, and within the policy's days. */
    Future<Application> requestReReview(Tx tx, ResidentCaller caller, UUID id, String reason, Instant now) {
        return lockOwn(tx, caller, id)
                .compose(application -> {
                    Moves.requireLegal(application.state(), ApplicationState.IN_RE_REVIEW);
                    return policies.byDigest(tx, application.requireHandedIn().policyDigest())
                            .compose(policy -> openReReview(tx, caller, application, policy, reason, now));
                })
                .compose(opened -> store.find(tx, id))
                .map(found -> found.orElseThrow());
    }

    private Future<Void> openReReview(
            Tx tx, Caller caller, Application application, PolicyDocument policy, String reason, Instant now) {
        var today = Shanghai.date(now);
        var possibleUntil = ReReviewTerms.possibleUntil(application, policy);
        if (today.isAfter(possibleUntil)) {
            return Refusal.failed(
                    ApplicationProblem.RE_REVIEW_TOO_LATE, Map.of("possibleUntil", possibleUntil.toString()));
        }
        var dueOn = policy.reReview(today, workingDays).on();
        var move =
                Move.of(Event.Kind.RE_REVIEW_REQUESTED, ApplicationState.IN_RE_REVIEW, Actor.of(caller), reason, now);
        var file = application.asCase();
        return corrections
                .insertReReview(tx, file.id(), reason, dueOn, now)
                .compose(asked -> claims.takeBack(tx, file.id()))
                .compose(taken -> moves.move(tx, file, move))
                .compose(moved -> firstRefusal(tx, moved, policy)
                        .compose(refusal -> moves.enterReReview(tx, moved, refusal, dueOn, now)))
                .compose(entered ->
                        Audit.record(tx, caller, "application.re-review-requested", "application", file.id(), null));
    }

    private Future<ReReviewHandler.FirstRefusal> firstRefusal(Tx tx, CaseFile file, PolicyDocument policy) {
        return store.latestRefusal(tx, file.id())
                .map(found -> found.orElseThrow())
                .map(refusal -> new ReReviewHandler.FirstRefusal(
                        policy.pipeline().get(file.stepIndex()), refusal.actor().id(), refusal.reasonCodes()));
    }

    private Future<Application> lockOwn(Tx tx, ResidentCaller caller, UUID id) {
        return store.lock(tx, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(application -> application.requireOwner(caller));
    }

    /**
     * Refuses applications whose correction was due before today and was not answered; gives how many. The household
     * may ask for re-review, and may apply anew.
     */
    Future<Integer> lapseCorrections(Instant now) {
        return corrections.listLapsed(db, Shanghai.date(now), LAPSE_BATCH).compose(ids -> {
            Future<Integer> lapsed = Future.succeededFuture(0);
            for (UUID id : ids) {
                lapsed = lapsed.compose(
                        count -> db.inTransaction(tx -> lapse(tx, id, now)).map(done -> done ? count + 1 : count));
            }
            return lapsed;
        });
    }

    /** The answer may have come between the list and the lock; then nothing lapses. */
    private Future<Boolean> lapse(Tx tx, UUID id, Instant now) {
        var move = Move.of(Event.Kind.CORRECTION_LAPSED, ApplicationState.REFUSED, Actor.SYSTEM, null, now)
                .because(List.of(CORRECTION_NOT_ANSWERED));
        return store.lock(tx, id).map(found -> found.orElseThrow()).compose(application -> {
            if (application.state() != ApplicationState.AWAITING_CORRECTION) {
                return Future.succeededFuture(false);
            }
            var file = application.asCase();
            return policies.byDigest(tx, file.policyDigest())
                    .map(policy -> policy.pipeline().get(file.stepIndex()))
                    .compose(step -> moves.leave(tx, file, step, now))
                    .compose(left -> moves.move(tx, file, move))
                    .map(true);
        });
    }
}
