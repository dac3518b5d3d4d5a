package io.anju.policy;

import io.anju.platform.problem.Code;

/** Refusals of this domain; texts in {@code problems/policy.yaml}. */
enum PolicyProblem implements Code {
    UNKNOWN_CITY,
    NO_POLICY_IN_FORCE,
    TAKES_NO_APPLICATIONS,
    CONTRADICTORY_FACTS,
    NOT_EXACTLY_ONE_APPLICANT,
    MORE_THAN_ONE_SPOUSE,
    DATE_AFTER_AS_OF,
    HUKOU_BEFORE_BIRTH,
    AS_OF_OUT_OF_RANGE;

    private static final int UNPROCESSABLE = 422;

    @Override
    public int status() {
        return UNPROCESSABLE;
    }
}
