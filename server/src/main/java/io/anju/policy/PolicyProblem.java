package io.anju.policy;

import io.anju.platform.problem.Code;

/** Refusals of this domain; texts in {@code problems/policy.yaml}. */
public enum PolicyProblem implements Code {
    UNKNOWN_CITY(422),
    NO_POLICY_IN_FORCE(422),
    PROGRAMME_UNKNOWN(422),
    TAKES_NO_APPLICATIONS(422),
    CONTRADICTORY_FACTS(422),
    NOT_EXACTLY_ONE_APPLICANT(422),
    MORE_THAN_ONE_SPOUSE(422),
    DATE_AFTER_AS_OF(422),
    HUKOU_BEFORE_BIRTH(422),
    AS_OF_OUT_OF_RANGE(422),
    DATE_OUT_OF_RANGE(422),
    ENDS_BEFORE_IT_BEGINS(422),
    HOME_AREA_ZERO(422),
    MORE_PROVEN_THAN_DECLARED(422),
    FEWER_MONTHS_THAN_IN_A_ROW(422),
    EVENT_NOT_REGULATED(422),
    FAULTY_POLICY(422),
    POLICY_FAULT(422),
    POLICY_NOT_UTF8(422),
    POLICY_BEGINS_TOO_EARLY(422),
    POLICY_VERSION_TAKEN(422),
    POLICY_PERIODS_OVERLAP(422),
    POLICY_PERIODS_GAP(422),
    POLICY_KNOWN(422),
    POLICY_CANNOT_FOLLOW(409),
    PROPOSAL_WAITS_ALREADY(409),
    PROPOSAL_DECIDED(409),
    SECOND_PERSON_REQUIRED(409),
    NOT_THE_PROPOSER(409),
    POLICY_UNKNOWN(422);

    private final int status;

    PolicyProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
