package io.anju.waitinglist;

import io.anju.platform.problem.Code;

/** What this domain refuses; texts in {@code problems/waitinglist.yaml}. */
enum WaitingListProblem implements Code {
    RECEIPT_NUMBER_MISTYPED(422),
    ALREADY_EXITED(409),
    EXIT_DATE_OUT_OF_RANGE(422),
    PERSONAL_DATA_IN_TEXT(422),
    STANDING_GONE(400),
    FACT_DATE_OUT_OF_RANGE(422),
    ALREADY_FROZEN(409),
    NOT_FROZEN(409),
    WAIVER_RECORDED(409),
    NOTHING_CHANGED(422),
    FACTS_CONTRADICT(422),
    UNKNOWN_COMMUNITY(422),
    HOME_WITHOUT_HOUSING(422),
    RESCORING_RUNNING(409),
    RESCORING_OF_OWN_HOUSEHOLD(409),
    ONE_PART_AT_A_TIME(400),
    IMPORT_RUNNING(409),
    FILE_IMPORTED_ALREADY(409),
    IMPORT_EMPTY(422);

    private final int status;

    WaitingListProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
