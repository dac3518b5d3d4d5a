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
record Decision(
        Verdict verdict,
        List<String> reasonCodes,
        @Nullable String note,
        @Nullable Integer toStep,
        List<CorrectionItem> items) {
    /** The reason that says nothing by itself. */
    static final String OTHER_REASON = "other";

    Decision {
        reasonCodes = List.copyOf(reasonCodes);
        items = List.copyOf(items);
    }

    enum Verdict {
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
