package io.anju.application;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where an application stands, and the one table of legal moves.
 *
 * <p>The table {@code application.legal_move} holds the same pairs and the database refuses every other one; a test
 * compares both. A move from a state to itself is a move to another step of the pipeline.
 */
public enum ApplicationState {
    /** Being written by the resident; nobody else sees it. */
    DRAFT,
    /** With the office of the current review step. */
    IN_REVIEW,
    /** The resident was told once, in writing, everything that is missing (补正). */
    AWAITING_CORRECTION,
    /** Passed the review before a publicity; waits for the office's next notice. */
    AWAITING_PUBLICITY,
    /** On a published notice (公示); anyone may object. */
    IN_PUBLICITY,
    /** Refused with reasons; re-review may be asked once. */
    REFUSED,
    /** The refusal is being looked at again (复核). */
    IN_RE_REVIEW,
    /** On the waiting list (登记). */
    REGISTERED,
    /** Taken back by the resident. */
    WITHDRAWN;

    private static final Map<ApplicationState, Set<ApplicationState>> LEGAL_MOVES = Map.of(
            DRAFT, EnumSet.of(IN_REVIEW, AWAITING_PUBLICITY, WITHDRAWN),
            IN_REVIEW, EnumSet.of(IN_REVIEW, AWAITING_CORRECTION, AWAITING_PUBLICITY, REFUSED, REGISTERED, WITHDRAWN),
            AWAITING_CORRECTION, EnumSet.of(IN_REVIEW, REFUSED, WITHDRAWN),
            AWAITING_PUBLICITY, EnumSet.of(IN_PUBLICITY, WITHDRAWN),
            IN_PUBLICITY, EnumSet.of(IN_REVIEW, AWAITING_PUBLICITY, REFUSED, REGISTERED, WITHDRAWN),
            REFUSED, EnumSet.of(IN_RE_REVIEW),
            IN_RE_REVIEW, EnumSet.of(REFUSED, IN_REVIEW, AWAITING_PUBLICITY, REGISTERED, WITHDRAWN),
            REGISTERED, EnumSet.noneOf(ApplicationState.class),
            WITHDRAWN, EnumSet.noneOf(ApplicationState.class));

    /** The states of a request that holds its members' place: one person is in at most one of them per city. */
    public static final Set<ApplicationState> ACTIVE =
            Set.of(IN_REVIEW, AWAITING_CORRECTION, AWAITING_PUBLICITY, IN_PUBLICITY, IN_RE_REVIEW, REGISTERED);

    public Set<ApplicationState> nextStates() {
        return Set.copyOf(LEGAL_MOVES.getOrDefault(this, Set.of()));
    }

    public boolean mayMoveTo(ApplicationState next) {
        return LEGAL_MOVES.getOrDefault(this, Set.of()).contains(next);
    }

    /** The name in the contract and in the database, such as {@code in_review}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this name; fails for a name that is none. */
    public static ApplicationState of(String id) {
        return Arrays.stream(values())
                .filter(state -> state.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no application state: " + id));
    }
}
