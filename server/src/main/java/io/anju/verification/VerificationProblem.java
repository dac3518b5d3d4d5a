package io.anju.verification;

import io.anju.platform.problem.Code;

/** What verification refuses; the texts are in {@code problems/verification.yaml}. */
public enum VerificationProblem implements Code {
    VERIFICATION_INCOMPLETE(422),
    ANSWER_MISSING(422),
    ANSWER_CONTRADICTS(422),
    ANSWER_NOT_FOUND(422),
    ANSWER_NOT_SENSIBLE(422),
    FACT_NOT_ASKED(422),
    AS_OF_IN_FUTURE(422),
    STATED_VALUE_MISSING(422),
    STATED_VALUE_MALFORMED(422),
    STATED_VALUE_DIFFERS(422),
    STATED_VALUE_AGREES(422),
    OVERRIDE_NOT_NEEDED(422),
    VERIFICATION_CLOSED(409);

    private final int status;

    VerificationProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
