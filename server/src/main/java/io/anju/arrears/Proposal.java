package io.anju.arrears;

import io.anju.policy.Text;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What arrears may lead to: the rules propose it, two officials decide.
 *
 * @param tenantFrom the first day of the tenant whose arrears they are
 * @param endorsedBy the first of the two; null while nobody has
 * @param file as it stood when it was approved; null before
 * @param withdrawnOn when the debt was paid after it had been approved; null while it is not
 */
record Proposal(
        UUID id,
        UUID caseId,
        UUID leaseId,
        LocalDate tenantFrom,
        String cityCode,
        Kind kind,
        State state,
        LocalDate proposedOn,
        Text text,
        @Nullable UUID endorsedBy,
        @Nullable LocalDate decidedOn,
        @Nullable String decision,
        @Nullable String file,
        @Nullable LocalDate withdrawnOn) {

    enum Kind {
        CREDIT_RECORD,
        COURT_FILE,
        /** The subsidy of the unpaid months is void, and the whole rent of them due. */
        SUBSIDY_VOID,
        LEASE_END;

        /** Whether it is taken back once all is paid: a record or a suit about a debt that is there no more. */
        boolean endsWithDebt() {
            return this == CREDIT_RECORD || this == COURT_FILE;
        }
    }

    /** Where a proposal stands, and the one table of legal moves. */
    enum State {
        PROPOSED,
        ENDORSED,
        APPROVED,
        REFUSED,
        /** What it rested on was gone before it was decided. */
        LAPSED,
        /** The debt was paid after it had been approved. */
        WITHDRAWN;

        private static final Map<State, Set<State>> LEGAL_MOVES = Map.of(
                PROPOSED, EnumSet.of(ENDORSED, REFUSED, LAPSED),
                ENDORSED, EnumSet.of(APPROVED, REFUSED, LAPSED),
                APPROVED, EnumSet.of(WITHDRAWN));

        boolean mayMoveTo(State next) {
            return LEGAL_MOVES.getOrDefault(this, Set.of()).contains(next);
        }
    }

    /** Whether nobody has decided, and nothing was paid that would end it. */
    boolean isOpen() {
        return state == State.PROPOSED || state == State.ENDORSED;
    }

    /** Whether its kind is not proposed again in its case; months that stay unpaid after a void are a matter of their own. */
    boolean barsAnother() {
        return state != State.LAPSED && !(kind == Kind.SUBSIDY_VOID && state == State.APPROVED);
    }

    /** Whether payment of the whole debt takes it back. */
    boolean isWithdrawnByPayment() {
        return kind.endsWithDebt() && state.mayMoveTo(State.WITHDRAWN);
    }

    /** What others are told about it. */
    JsonObject payload() {
        return ArrearsEvents.about(tenantFrom).put("proposalId", id.toString()).put("kind", ArrearsCase.id(kind));
    }
}
