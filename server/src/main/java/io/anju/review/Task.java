package io.anju.review;

import io.anju.policy.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One step of one application as the work of one office. What a list shows is copied here, masked, so that a work list
 * is one statement and opens nobody's file.
 *
 * @param areaCode the household's area, cut to the office's level
 * @param claimedBy who works on it, or did when it was decided
 * @param firstDecider re-review: who decided the refusal and may not decide it again (四眼原则)
 * @param firstReasons re-review: why the application was refused
 * @param dueOn the last day to decide
 */
public record Task(
        UUID id,
        UUID applicationId,
        Kind kind,
        String cityCode,
        String programme,
        int stepIndex,
        String stepId,
        Text stepName,
        String officeLevel,
        String areaCode,
        String policyDigest,
        String receiptNumber,
        String maskedName,
        int householdSize,
        String category,
        State state,
        @Nullable UUID claimedBy,
        @Nullable Instant claimedAt,
        @Nullable UUID firstDecider,
        List<String> firstReasons,
        Instant openedAt,
        LocalDate dueOn,
        long version) {

    public enum Kind {
        /** A step of the pipeline. */
        REVIEW,
        /** A refusal that the household asked to be looked at again. */
        RE_REVIEW;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public enum State {
        OPEN,
        CLAIMED,
        DECIDED,
        /** The application went elsewhere before a decision. */
        CLOSED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    boolean isUndecided() {
        return state == State.OPEN || state == State.CLAIMED;
    }

    boolean isOverdue(LocalDate today) {
        return isUndecided() && dueOn.isBefore(today);
    }
}
