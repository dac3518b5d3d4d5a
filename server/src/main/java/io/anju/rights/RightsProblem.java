package io.anju.rights;

import io.anju.platform.problem.Code;

/** Why a resident's request about their own data is declined. */
enum RightsProblem implements Code {
    ACCOUNT_IN_USE(409),
    EXPORT_NOT_READY(409),
    EXPORT_UNDER_WAY(409),
    CORRECTION_SUBJECT_UNKNOWN(422),
    CORRECTION_NAME_INVALID(422),
    CORRECTION_OPEN(409),
    TOO_MANY_CORRECTIONS(409),
    CORRECTION_DECIDED(409),
    CORRECTION_NEEDS_CHANGES(422),
    CORRECTION_TAKES_NO_CHANGES(422),
    CORRECTION_REASON_NAMES_A_PERSON(422),
    CORRECTION_FILE_REFUSED(415),
    CORRECTION_FILE_TOO_LARGE(413),
    TOO_MANY_CORRECTION_FILES(409),
    CONTACT_WITHOUT_CHANGE(422);

    private final int status;

    RightsProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
