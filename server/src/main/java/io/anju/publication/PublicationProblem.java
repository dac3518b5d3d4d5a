package io.anju.publication;

import io.anju.platform.problem.Code;

/** What this domain refuses; texts in {@code problems/publication.yaml}. */
enum PublicationProblem implements Code {
    ALREADY_PUBLISHED(409),
    PUBLICATION_UNDER_WAY(409),
    PERSONAL_DATA_IN_REASON(422);

    private final int status;

    PublicationProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
