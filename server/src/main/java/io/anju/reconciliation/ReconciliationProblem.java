package io.anju.reconciliation;

import io.anju.platform.problem.Code;

/** What reconciliation refuses; the texts are in {@code problems/reconciliation.yaml}. */
public enum ReconciliationProblem implements Code {
    /** The day is being compared already. */
    RECONCILIATION_RUNNING(409),
    /** The channel has no bill of this day yet. */
    BILL_NOT_THERE_YET(409),
    /** The item is resolved, or waits for a second person, or does not wait for one. */
    ITEM_STATE_CONFLICT(409),
    /** Whoever proposed a booking does not approve it. */
    BOOKING_NEEDS_SECOND_PERSON(409),
    /** The item has no amount, so there is nothing to book. */
    NOTHING_TO_BOOK(409),
    /** Nobody of the city who reconciles has this user name. */
    OWNER_UNKNOWN(422);

    private final int status;

    ReconciliationProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
