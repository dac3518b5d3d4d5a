package io.anju.publicity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An objection (异议) to one line of a notice.
 *
 * @param answer the office's reason; null while open
 */
public record Objection(
        UUID id,
        UUID noticeId,
        UUID applicationId,
        String receiptNumber,
        Content content,
        State state,
        @Nullable String answer,
        Instant receivedAt,
        @Nullable Instant decidedAt) {

    public enum State {
        OPEN,
        /** The objection holds (成立): the application is refused. */
        UPHELD,
        /** It does not (不成立). */
        DISMISSED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** What the objector wrote, kept sealed; without a contact it is anonymous. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Content(String reason, @Nullable String contact) {}
}
