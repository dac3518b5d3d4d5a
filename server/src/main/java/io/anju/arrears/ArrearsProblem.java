package io.anju.arrears;

import io.anju.platform.problem.Code;

/** What this domain refuses; texts in {@code problems/arrears.yaml}. */
enum ArrearsProblem implements Code {
    ARREARS_PAUSE_TOO_LONG(422),
    ARREARS_PAUSE_OVER(409),
    ARREARS_CASE_CLOSED(409),
    DELIVERED_ALREADY(409),
    DELIVERY_NOT_BY_THIS_CHANNEL(422),
    DELIVERY_DAY(422),
    ARREARS_NOTE_NAMES_A_PERSON(422),
    ARREARS_REQUEST_WAITS(409),
    ARREARS_REQUEST_DECIDED(409),
    NOTHING_OVERDUE(409),
    RELIEF_BEYOND_RULES(422),
    ARREARS_PROPOSAL_DECIDED(409),
    ARREARS_PROPOSAL_LAPSED(409),
    ARREARS_SECOND_PERSON(409),
    ARREARS_PAUSED(409),
    NOT_A_LATE_FEE(422),
    LATE_FEE_WAIVER_WAITS(409),
    LATE_FEE_WAIVER_DECIDED(409),
    WAIVER_BEYOND_FEE(409);

    private final int status;

    ArrearsProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
