package io.anju.lease;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where a lease stands, and the one table of legal moves. The table {@code lease.legal_move} holds the same pairs and the
 * database refuses every other one; a test compares both.
 */
public enum LeaseState {
    /** Signed; the keys were not handed over yet. */
    SIGNED,
    ACTIVE,
    /** The contract has ended and the household is still in the home. */
    STAYING_ON,
    /** The contract has ended and the home was given back. */
    ENDED,
    /** Taken back before the hand-over. */
    WITHDRAWN;

    private static final Map<LeaseState, Set<LeaseState>> LEGAL_MOVES = Map.of(
            SIGNED, EnumSet.of(ACTIVE, WITHDRAWN),
            ACTIVE, EnumSet.of(STAYING_ON, ENDED),
            STAYING_ON, EnumSet.of(ENDED),
            ENDED, EnumSet.noneOf(LeaseState.class),
            WITHDRAWN, EnumSet.noneOf(LeaseState.class));

    public boolean mayMoveTo(LeaseState next) {
        return LEGAL_MOVES.getOrDefault(this, Set.of()).contains(next);
    }

    Set<LeaseState> nextStates() {
        return Set.copyOf(LEGAL_MOVES.getOrDefault(this, Set.of()));
    }

    /** The name in the contract and in the database, such as {@code staying_on}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static LeaseState of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
