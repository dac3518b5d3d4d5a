package io.anju.arrears;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a household in hardship asks for (缓缴、分期).
 *
 * @param tenantFrom the first day of the tenant whose arrears they are
 * @param reason kept sealed
 * @param until last day of a deferral; null for a plan
 * @param instalments how many; null for a deferral
 */
record HardshipRequest(
        UUID id,
        UUID leaseId,
        LocalDate tenantFrom,
        String cityCode,
        UUID residentId,
        Kind kind,
        String reason,
        @Nullable LocalDate until,
        @Nullable Integer instalments,
        State state,
        LocalDate askedOn,
        @Nullable LocalDate decidedOn,
        @Nullable String decision) {
    enum Kind {
        DEFERRAL,
        INSTALMENT_PLAN
    }

    /** Where a request stands, and the one table of legal moves. */
    enum State {
        ASKED,
        WITHDRAWN,
        GRANTED,
        DECLINED;

        private static final Map<State, Set<State>> LEGAL_MOVES =
                Map.of(ASKED, EnumSet.of(WITHDRAWN, GRANTED, DECLINED));

        boolean mayMoveTo(State next) {
            return LEGAL_MOVES.getOrDefault(this, Set.of()).contains(next);
        }
    }

    @Override
    public String toString() {
        return "a request of " + residentId;
    }

    /** One part of a debt. */
    record Instalment(int number, LocalDate dueOn, long fen, long paidFen) {}

    /** What was due on a bill when the plan began. */
    record PlannedBill(UUID billId, long dueFen) {}

    enum PlanState {
        RUNNING,
        KEPT,
        BREACHED
    }

    /**
     * A debt that is paid by instalments. What is paid counts for the oldest one.
     *
     * @param tenantFrom the first day of the tenant who pays it
     * @param instalments as they were granted, without what was paid
     * @param paidFen since it was granted
     */
    record Plan(
            UUID id,
            UUID leaseId,
            LocalDate tenantFrom,
            long debtFen,
            PlanState state,
            @Nullable LocalDate endedOn,
            List<PlannedBill> bills,
            List<Instalment> instalments,
            long paidFen) {
        Plan {
            bills = List.copyOf(bills);
            instalments = List.copyOf(instalments);
        }
    }
}
