package io.anju.review;

import io.anju.application.CaseFile;
import io.anju.application.ReReviewHandler;
import io.anju.application.StepHandler;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.Step;
import io.anju.review.ReviewStore.Opening;
import io.anju.verification.VerificationService;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;

/** What review does when an application reaches or leaves one of its steps: opens and closes the office's task. */
public final class ReviewSteps implements StepHandler, ReReviewHandler {
    private final ReviewStore store = new ReviewStore();
    private final VerificationService verifications;
    private final WorkingDays workingDays;

    public ReviewSteps(VerificationService verifications, WorkingDays workingDays) {
        this.verifications = verifications;
        this.workingDays = workingDays;
    }

    @Override
    public Step.Kind kind() {
        return Step.Kind.REVIEW;
    }

    /** Opens the task of the step's office, due in the policy's working days, and asks the agencies. */
    @Override
    public Future<Void> enter(Tx tx, CaseFile file, Step step, Instant now) {
        var dueOn = step.deadline(Shanghai.date(now), workingDays).on();
        return store.insert(tx, new Opening(file, step, null, dueOn, now))
                .compose(taskId -> verifications.open(tx, taskId, file, step, now));
    }

    @Override
    public Future<Void> leave(Tx tx, CaseFile file, Instant now) {
        return close(tx, file, now);
    }

    /** Opens a task for the office whose step refused; whoever refused cannot take it. */
    @Override
    public Future<Void> enterReReview(Tx tx, CaseFile file, FirstRefusal refusal, LocalDate dueOn, Instant now) {
        return store.insert(tx, new Opening(file, refusal.at(), refusal, dueOn, now))
                .mapEmpty();
    }

    @Override
    public Future<Void> leaveReReview(Tx tx, CaseFile file, Instant now) {
        return close(tx, file, now);
    }

    private Future<Void> close(Tx tx, CaseFile file, Instant now) {
        return store.close(tx, file.id(), now).compose(closed -> {
            Future<Void> done = Future.succeededFuture();
            for (var taskId : closed) {
                done = done.compose(before -> verifications.close(tx, taskId, now));
            }
            return done;
        });
    }
}
