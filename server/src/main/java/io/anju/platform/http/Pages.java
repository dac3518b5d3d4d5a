package io.anju.platform.http;

import io.vertx.core.http.HttpServerRequest;

/** What the API listener serves beside the operations: the contract, its documentation, the texts of problems. */
public interface Pages {
    /** Answers the request if its path is one of these pages; otherwise gives false and leaves it alone. */
    boolean serve(HttpServerRequest http, Language language);
}
