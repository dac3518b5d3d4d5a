package io.anju.application;

import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application's own row.
 *
 * @param handedIn what became fixed at submission; null for what was never handed in
 * @param refusedAt the latest refusal
 * @param registeredAt when the waiting list took the household
 */
record Application(
        UUID id,
        UUID residentId,
        String cityCode,
        String programme,
        ApplicationState state,
        long version,
        @Nullable HandedIn handedIn,
        @Nullable Instant refusedAt,
        @Nullable Instant registeredAt,
        Instant createdAt,
        Instant updatedAt) {

    /** @param furthestStep the offices of the steps up to here have handled the file */
    record HandedIn(
            int stepIndex,
            int furthestStep,
            int submissions,
            String areaCode,
            int householdSize,
            String maskedName,
            String category,
            String policyDigest,
            String receiptNumber,
            Instant submittedAt) {}

    /** Refuses with 412 where the caller read another version. */
    Application requireVersion(long expected) {
        if (version != expected) {
            throw Refusal.of(PlatformProblem.PRECONDITION_FAILED);
        }
        return this;
    }

    Application requireDraft() {
        if (state != ApplicationState.DRAFT) {
            throw Refusal.of(ApplicationProblem.NOT_A_DRAFT);
        }
        return this;
    }

    /** Refuses as if it were not there where it is somebody else's. */
    Application requireOwner(ResidentCaller caller) {
        if (!residentId.equals(caller.id())) {
            throw Refusal.of(PlatformProblem.NOT_FOUND);
        }
        return this;
    }

    HandedIn requireHandedIn() {
        return Objects.requireNonNull(handedIn, "not handed in");
    }

    /** The file as other domains see it; only for what was handed in. */
    CaseFile asCase() {
        var fixed = requireHandedIn();
        return new CaseFile(
                id,
                cityCode,
                fixed.areaCode(),
                programme,
                state,
                fixed.stepIndex(),
                fixed.submissions(),
                fixed.policyDigest(),
                residentId,
                fixed.receiptNumber(),
                fixed.submittedAt(),
                fixed.householdSize(),
                fixed.maskedName(),
                fixed.category(),
                version);
    }
}
