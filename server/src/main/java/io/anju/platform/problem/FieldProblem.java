package io.anju.platform.problem;

/**
 * What can be wrong with the form of one field or parameter: codes of {@link Finding}s, never of a whole problem.
 *
 * <p>The arguments that a text needs are named beside each.
 */
public enum FieldProblem implements Code {
    REQUIRED,
    NULL_NOT_ALLOWED,
    UNKNOWN_FIELD,
    DUPLICATE_FIELD,
    /** {@code expected} */
    WRONG_TYPE,
    /** {@code minimum} */
    TOO_SHORT,
    /** {@code maximum} */
    TOO_LONG,
    /** {@code pattern} */
    BAD_PATTERN,
    /** {@code format} */
    BAD_FORMAT,
    /** {@code minimum} */
    TOO_SMALL,
    /** {@code maximum} */
    TOO_LARGE,
    /** {@code minimum} */
    TOO_FEW,
    /** {@code maximum} */
    TOO_MANY,
    NOT_UNIQUE,
    /** {@code allowed} */
    NOT_ONE_OF,
    /** {@code maximum} */
    TOO_DEEP,
    NOT_PRINTABLE,
    BAD_CURSOR;

    @Override
    public int status() {
        return 400;
    }
}
