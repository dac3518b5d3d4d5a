package io.anju.review;

import io.anju.application.CorrectionItem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a reviewer decides.
 *
 * @param reasonCodes only with {@link Verdict#REFUSE}
 * @param toStep only with {@link Verdict#SEND_BACK}
 * @param items only with {@link Verdict#REQUEST_CORRECTION}: everything that is missing
 */
public record Decision(
        Verdict verdict,
        List<String> reasonCodes,
        @Nullable String note,
        @Nullable Integer toStep,
        List<CorrectionItem> items) {
    /** The reason that says nothing by itself. */
    static final String OTHER_REASON = "other";

    public Decision {
        reasonCodes = List.copyOf(reasonCodes);
        items = List.copyOf(items);
    }

    /** Passes the step. */
    public static Decision approve() {
        return new Decision(Verdict.APPROVE, List.of(), null, null, List.of());
    }

    /** Refuses for at least one reason, with a note where the reason says nothing by itself. */
    public static Decision refuse(List<String> reasonCodes, @Nullable String note) {
        return new Decision(Verdict.REFUSE, reasonCodes, note, null, List.of());
    }

    /** Asks, once, for everything that is missing. */
    public static Decision requestCorrection(List<CorrectionItem> items) {
        return new Decision(Verdict.REQUEST_CORRECTION, List.of(), null, null, items);
    }

    /** Ends a re-review: the refusal is lifted, or stands. */
    public static Decision reReview(boolean lifted, String note) {
        return new Decision(lifted ? Verdict.OVERTURN : Verdict.UPHOLD, List.of(), note, null, List.of());
    }

    public enum Verdict {
        APPROVE,
        REFUSE,
        SEND_BACK,
        REQUEST_CORRECTION,
        /** Re-review: the refusal stands (维持). */
        UPHOLD,
        /** Re-review: the refusal is lifted (撤销). */
        OVERTURN;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Verdict of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** A decision as it is kept. */
    record Kept(
            UUID taskId,
            String stepId,
            int stepIndex,
            Verdict verdict,
            List<String> reasonCodes,
            @Nullable String note,
            String office,
            UUID decidedBy,
            Instant decidedAt) {}
}
