package io.anju.lease;

import io.anju.platform.problem.Code;

/** What this domain refuses; texts in {@code problems/lease.yaml}. */
enum LeaseProblem implements Code {
    FAULTY_HOMES(422),
    HOME_COLUMN_UNKNOWN(422),
    HOME_COLUMN_MISSING(422),
    HOME_COLUMN_TWICE(422),
    HOME_FIELD_WRONG(422),
    HOME_TWICE_IN_FILE(422),
    HOMES_UNREADABLE(422),
    TOO_MANY_HOMES(422),
    RATE_DIFFERS(422),
    HOME_TAKEN(409),
    HOME_UNKNOWN(422),
    REGISTRATION_UNKNOWN(422),
    REGISTRATION_HAS_LEASE(409),
    TENANT_REQUIRED(422),
    HOUSEHOLD_REQUIRED(422),
    PERSON_NOT_VALID(422),
    PERSON_SIGNED_ALREADY(409),
    TERM_TOO_LONG(422),
    LEASE_DATE_OUT_OF_RANGE(422),
    PROGRAMME_SETS_NO_RENT(422),
    RENT_FACTS_MISSING(422),
    MAY_NOT_ENTER(422),
    LEASE_STATE_FORBIDS(409),
    LATER_TERMS(409),
    RECORDED_ALREADY(409),
    RENEWAL_NOT_NOW(409),
    RENEWAL_ASKED_ALREADY(409),
    NO_RENEWAL_ASKED(409),
    RENEWAL_TERM_REQUIRED(422),
    LEASE_END_SET(409),
    TERMINATION_ASKED_ALREADY(409),
    NO_TERMINATION_ASKED(409),
    REASON_NAMES_A_PERSON(422);

    private final int status;

    LeaseProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
