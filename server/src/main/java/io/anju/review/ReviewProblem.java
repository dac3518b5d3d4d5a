package io.anju.review;

import io.anju.platform.problem.Code;

/** What review refuses; the texts are in {@code problems/review.yaml}. */
public enum ReviewProblem implements Code {
    TASK_CLAIMED(409),
    TASK_NOT_CLAIMED(409),
    TASK_DECIDED(409),
    TASK_CLOSED(409),
    FOUR_EYES_REQUIRED(409),
    RECUSAL_REQUIRED(409),
    RECUSAL_PERSON_NOT_VALID(422),
    DECISION_NOT_WHOLE(422),
    DECISION_NOT_FOR_THIS_TASK(422),
    REASON_REQUIRED(422),
    NOTE_REQUIRED(422),
    FIELD_NOT_FOR_THIS_DECISION(422),
    STEP_REQUIRED(422),
    STEP_NOT_EARLIER(422),
    ITEMS_REQUIRED(422),
    TASK_REPEATED(422);

    private final int status;

    ReviewProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
