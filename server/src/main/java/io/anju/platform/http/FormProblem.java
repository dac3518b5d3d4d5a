package io.anju.platform.http;

import io.anju.platform.problem.Code;

/** What can be wrong with the form of one field or parameter; the codes of the findings of {@code invalid-request}. */
public enum FormProblem implements Code {
    REQUIRED,
    UNKNOWN_FIELD,
    UNKNOWN_PARAMETER,
    REPEATED_PARAMETER,
    NULL_NOT_ALLOWED,
    WRONG_TYPE,
    TOO_SHORT,
    TOO_LONG,
    PATTERN,
    BAD_CHARACTER,
    TOO_SMALL,
    TOO_LARGE,
    TOO_FEW_ITEMS,
    TOO_MANY_ITEMS,
    DUPLICATE_ITEM,
    NOT_IN_LIST,
    NOT_A_DATE,
    NOT_AN_INSTANT,
    NOT_A_UUID,
    BAD_CURSOR;

    @Override
    public int status() {
        return 400;
    }
}
