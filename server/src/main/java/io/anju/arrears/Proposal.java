package io.anju.arrears;

import io.anju.policy.Text;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What arrears may lead to: the rules propose it, officials decide.
 *
 * @param endorsedBy the first of two; null while nobody has, and where one person decides
 * @param file as it stood when it was approved; null before
 */
record Proposal(
        UUID id,
        UUID caseId,
        UUID leaseId,
        String cityCode,
        Kind kind,
        State state,
        LocalDate proposedOn,
        Text text,
        @Nullable UUID endorsedBy,
        @Nullable LocalDate decidedOn,
        @Nullable String decision,
        @Nullable String file) {

    enum Kind {
        CREDIT_RECORD,
        COURT_FILE,
        /** The subsidy of the unpaid months is void, and the whole rent of them due. */
        SUBSIDY_VOID,
        LEASE_END;

        /** Whether two people decide. */
        boolean needsTwo() {
            return this == SUBSIDY_VOID || this == LEASE_END;
        }
    }

    /** Where a proposal stands, and the one table of legal moves. */
    enum State {
        PROPOSED,
        ENDORSED,
        APPROVED,
        REFUSED,
        /** The debt was paid before anybody decided. */
        LAPSED;

        private static final Map<State, Set<State>> LEGAL_MOVES = Map.of(
                PROPOSED, EnumSet.of(ENDORSED, APPROVED, REFUSED, LAPSED),
                ENDORSED, EnumSet.of(APPROVED, REFUSED, LAPSED));

        boolean mayMoveTo(State next) {
            return LEGAL_MOVES.getOrDefault(this, Set.of()).contains(next);
        }
    }

    /** Whether nobody has decided, and nothing was paid that would end it. */
    boolean isOpen() {
        return state == State.PROPOSED || state == State.ENDORSED;
    }

    /** Whether somebody may make this decision now; the hard ones are approved only after they were endorsed. */
    boolean mayBecome(State next) {
        return state.mayMoveTo(next)
                && (next != State.ENDORSED || kind.needsTwo())
                && (next != State.APPROVED || !kind.needsTwo() || state == State.ENDORSED);
    }
}
