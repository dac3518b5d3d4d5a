package io.anju.rights;

import io.anju.platform.problem.Code;

/** Why a resident's request about their own data is declined. */
enum RightsProblem implements Code {
    ACCOUNT_IN_USE(409),
    EXPORT_NOT_READY(409),
    EXPORT_UNDER_WAY(409);

    private final int status;

    RightsProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
