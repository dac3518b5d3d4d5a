package io.anju.ledger;

import io.anju.platform.problem.Code;

/** What the ledger refuses; the texts are in {@code problems/ledger.yaml}. */
public enum LedgerProblem implements Code {
    /** An account would leave the limits of its kind: a debt below zero, a credit that is not there. */
    ACCOUNT_LIMIT(409),
    ALREADY_REVERSED(409);

    private final int status;

    LedgerProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
