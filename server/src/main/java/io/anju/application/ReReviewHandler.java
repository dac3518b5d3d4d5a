package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What review does when a refused household asks for re-review (复核). It ends with
 * {@link ApplicationService#passStep} (the refusal is lifted, and the step counts as passed) or
 * {@link ApplicationService#refuse}.
 */
public interface ReReviewHandler {
    /**
     * Opens the re-review.
     *
     * @param refusedAt the step that the application was refused at
     * @param dueOn the last day to answer, by the policy's working days
     */
    Future<Void> enterReReview(Tx tx, CaseFile file, Step refusedAt, LocalDate dueOn, Instant now);

    /** The resident withdrew meanwhile: close the open work. */
    Future<Void> leaveReReview(Tx tx, CaseFile file, Instant now);
}
