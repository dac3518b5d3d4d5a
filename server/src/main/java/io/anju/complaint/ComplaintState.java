package io.anju.complaint;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a complaint stands, and the one table of legal moves.
 *
 * <p>The table {@code complaint.legal_move} holds the same pairs and the database refuses every other one; a test compares
 * both.
 */
enum ComplaintState {
    /** With the office in charge, not accepted yet. */
    RECEIVED,
    /** Accepted (受理); somebody works on it. */
    HANDLING,
    /** Answered (答复). */
    ANSWERED,
    /** Done (办结). */
    CLOSED,
    /** A petition's answer is being looked at again by the next higher office (复查、复核). */
    IN_REVIEW,
    /** Not taken on (不予受理). */
    REFUSED,
    /** Taken back by whoever filed it. */
    WITHDRAWN;

    private static final Map<ComplaintState, Set<ComplaintState>> LEGAL_MOVES = Map.of(
            RECEIVED, EnumSet.of(HANDLING, REFUSED, WITHDRAWN),
            // back to intake, when a report turns out to name the office that has it
            HANDLING, EnumSet.of(RECEIVED, ANSWERED, WITHDRAWN),
            ANSWERED, EnumSet.of(CLOSED, IN_REVIEW),
            CLOSED, EnumSet.of(HANDLING, IN_REVIEW),
            IN_REVIEW, EnumSet.of(ANSWERED),
            REFUSED, EnumSet.noneOf(ComplaintState.class),
            WITHDRAWN, EnumSet.noneOf(ComplaintState.class));

    private static final Set<ComplaintState> OPEN = EnumSet.of(RECEIVED, HANDLING, IN_REVIEW);

    Set<ComplaintState> nextStates() {
        return Set.copyOf(LEGAL_MOVES.getOrDefault(this, Set.of()));
    }

    boolean mayMoveTo(ComplaintState next) {
        return LEGAL_MOVES.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether somebody owes an answer; then and only then a clock runs. */
    boolean isOpen() {
        return OPEN.contains(this);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ComplaintState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
