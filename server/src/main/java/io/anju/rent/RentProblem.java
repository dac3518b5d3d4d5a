package io.anju.rent;

import io.anju.platform.problem.Code;

/** What this domain refuses; texts in {@code problems/rent.yaml}. */
enum RentProblem implements Code {
    BILL_RUN_RUNNING(409),
    ADJUSTMENT_RUNNING(409),
    PROGRAMME_SENDS_NO_BILLS(422),
    CREDITED_ALREADY(409),
    NOTHING_DUE(409),
    WRITE_OFF_WAITS(409),
    WRITE_OFF_DECIDED(409),
    SECOND_PERSON_NEEDED(409),
    STATEMENT_DAYS(422),
    CORRECTION_NAMES_A_PERSON(422);

    private final int status;

    RentProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
