package io.anju.application;

import java.time.LocalDate;
import java.util.List;

/** What a resident may do next, so that an app shows the right buttons without knowing the rules. */
final class Actions {
    private Actions() {}

    static List<String> of(ApplicationViews.View view, LocalDate today) {
        return switch (view.application().state()) {
            case DRAFT -> List.of("updateApplication", "uploadAttachment", "submitApplication", "withdrawApplication");
            case IN_REVIEW, AWAITING_PUBLICITY, IN_PUBLICITY, IN_RE_REVIEW -> List.of("withdrawApplication");
            case AWAITING_CORRECTION ->
                view.correction().filter(asked -> !today.isAfter(asked.dueOn())).isPresent()
                        ? List.of("uploadAttachment", "answerCorrection", "withdrawApplication")
                        : List.of("withdrawApplication");
            case REFUSED -> mayAskReReview(view, today) ? List.of("requestReReview") : List.of();
            case REGISTERED, WITHDRAWN -> List.of();
        };
    }

    private static boolean mayAskReReview(ApplicationViews.View view, LocalDate today) {
        var policy = view.policy();
        return policy != null
                && view.reReview().isEmpty()
                && !today.isAfter(ReReviewTerms.possibleUntil(view.application(), policy));
    }
}
