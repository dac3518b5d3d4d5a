package io.anju.identity;

import io.anju.platform.problem.Code;

/** What can be wrong with a citizen identification number (公民身份号码). */
public enum NationalIdProblem implements Code {
    /** Not 17 digits and a digit or X. */
    NATIONAL_ID_FORM,
    /** The first digits name no province. */
    NATIONAL_ID_REGION,
    /** The date of birth does not exist, lies in the future or more than 150 years back. */
    NATIONAL_ID_BIRTH_DATE,
    /** The last character does not follow from the others. */
    NATIONAL_ID_CHECK_DIGIT;

    @Override
    public int status() {
        return 422;
    }
}
