package io.anju.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rules that somebody wants to put in force.
 *
 * @param effectiveTo last day in force; null where the document sets none
 * @param decision null while it waits for one
 */
public record PolicyProposal(
        UUID id,
        String cityCode,
        String programme,
        String version,
        String digest,
        LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo,
        State state,
        UUID proposedBy,
        String proposerOffice,
        Instant proposedAt,
        String reason,
        @Nullable Decision decision) {

    /** Reads the rules from their canonical text. */
    PolicyDocument document(String content) {
        return DocumentReader.readStored(digest, content).until(effectiveTo);
    }

    /** What a proposal is and becomes; only {@link #PROPOSED} is ever left. */
    public enum State {
        PROPOSED,
        APPROVED,
        REJECTED,
        WITHDRAWN;

        /** The name that the database keeps. */
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** Who ended the waiting, and why. */
    public record Decision(UUID by, Instant at, String reason) {}
}
