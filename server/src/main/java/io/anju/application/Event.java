package io.anju.application;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of an application, in its timeline for good.
 *
 * @param version the application's version after the change
 * @param from null for the beginning
 * @param stepIndex the step that the application is at afterwards; null for a draft
 * @param note what was written to the household
 */
record Event(
        UUID id,
        UUID applicationId,
        long version,
        Instant at,
        Kind kind,
        Actor actor,
        @Nullable ApplicationState from,
        ApplicationState to,
        @Nullable Integer stepIndex,
        List<String> reasonCodes,
        @Nullable String note) {

    Event {
        reasonCodes = List.copyOf(reasonCodes);
    }

    enum Kind {
        CREATED,
        SUBMITTED,
        STEP_PASSED,
        SENT_BACK,
        CORRECTION_REQUESTED,
        CORRECTION_ANSWERED,
        CORRECTION_LAPSED,
        PUBLICITY_OPENED,
        REFUSED,
        RE_REVIEW_REQUESTED,
        RE_REVIEW_GRANTED,
        RE_REVIEW_REFUSED,
        REGISTERED,
        WITHDRAWN
    }
}
