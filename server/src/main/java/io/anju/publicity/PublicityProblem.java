package io.anju.publicity;

import io.anju.platform.problem.Code;

/** What publicity refuses; the texts are in {@code problems/publicity.yaml}. */
public enum PublicityProblem implements Code {
    NOTHING_TO_PUBLISH(409),
    NOT_AWAITING_PUBLICITY(422),
    LINE_SHOWS_IDENTIFIER(422),
    NOTICE_CLOSED(409),
    NOT_ON_NOTICE(422),
    LINE_SETTLED(409),
    OBJECTION_DECIDED(409);

    private final int status;

    PublicityProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
