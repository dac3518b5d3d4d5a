package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What review does when a refused household asks for re-review (复核). It ends with
 * {@link ApplicationService#passStep} (the refusal is lifted, and the step counts as passed) or
 * {@link ApplicationService#refuse}.
 */
public interface ReReviewHandler {
    /**
     * The refusal that is looked at again.
     *
     * @param at the step that the application was refused at
     * @param by the member of staff who refused, who may not decide the re-review; null where a deadline refused
     * @param reasonCodes of the timeline's event
     */
    record FirstRefusal(Step at, @Nullable UUID by, List<String> reasonCodes) {
        public FirstRefusal {
            reasonCodes = List.copyOf(reasonCodes);
        }
    }

    /**
     * Opens the re-review.
     *
     * @param dueOn the last day to answer, by the policy's working days
     */
    Future<Void> enterReReview(Tx tx, CaseFile file, FirstRefusal refusal, LocalDate dueOn, Instant now);

    /** The resident withdrew meanwhile: close the open work. */
    Future<Void> leaveReReview(Tx tx, CaseFile file, Instant now);
}
