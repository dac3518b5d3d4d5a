package io.anju.message;

import io.anju.platform.problem.Code;

/** What this domain refuses; texts in {@code problems/message.yaml}. */
enum MessageProblem implements Code {
    UNKNOWN_MESSAGE_TEMPLATE(422),
    MESSAGE_TEMPLATE_TWICE(422);

    private final int status;

    MessageProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
