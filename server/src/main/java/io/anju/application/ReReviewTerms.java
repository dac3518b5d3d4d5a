package io.anju.application;

import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/** Until when re-review can be asked for. */
final class ReReviewTerms {
    private ReReviewTerms() {}

    /** The last day to ask, counted in calendar days from the day of the refusal. */
    static LocalDate possibleUntil(Application application, PolicyDocument policy) {
        Instant refusedAt = Objects.requireNonNull(application.refusedAt(), "never refused");
        return policy.reReviewAsk(Shanghai.date(refusedAt)).on();
    }
}
