package io.anju.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference, until somebody has said what became of it.
 *
 * @param subject what differs: our number of an order or refund, or a place in the bill
 * @param cityCode null where only the channel knows the subject
 * @param ours what we hold, in few words; null for nothing
 * @param theirs what the channel lists
 * @param differenceFen what the channel has more than we, seen from the clearing account
 * @param ownerId who looks after it; null: the finance office as a whole
 * @param postingId what was booked for it
 */
record Item(
        UUID id,
        String channel,
        LocalDate billDate,
        String kind,
        String subject,
        @Nullable String cityCode,
        @Nullable String ours,
        @Nullable String theirs,
        long differenceFen,
        Instant foundAt,
        State state,
        @Nullable UUID ownerId,
        @Nullable Resolution resolution,
        @Nullable String reason,
        @Nullable UUID proposedBy,
        @Nullable UUID resolvedBy,
        @Nullable Instant resolvedAt,
        @Nullable UUID postingId) {

    enum State {
        OPEN,
        /** A booking waits for a second person. */
        PROPOSED,
        RESOLVED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    enum Resolution {
        /** Nothing has to move: the reason says why. */
        EXPLAINED,
        /** The difference was booked; two people. */
        BOOKED,
        /** A later comparison did not find it any more. */
        VANISHED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Resolution of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** Whole days since it was found, or until it was resolved. */
    long ageDays(Instant now) {
        return Duration.between(foundAt, resolvedAt == null ? now : resolvedAt).toDays();
    }

    /** What happened to it. */
    record Event(
            Instant at,
            @Nullable UUID actorId,
            String action,
            @Nullable String note) {}

    /** An item with its history, the oldest first. */
    record WithHistory(Item item, List<Event> history) {
        WithHistory {
            history = List.copyOf(history);
        }
    }
}
