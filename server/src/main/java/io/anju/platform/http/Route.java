package io.anju.platform.http;

import io.vertx.core.Future;

/** An operation and the generated code that reads, checks and calls it. */
public record Route(Operation operation, Handler handler) {
    /** Reads the parameters and the body, refuses with every violation at once, and calls the typed method. */
    @FunctionalInterface
    public interface Handler {
        Future<? extends Reply<?>> handle(Request request);
    }
}
