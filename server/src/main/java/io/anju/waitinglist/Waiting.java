package io.anju.waitinglist;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;

/** For worker threads that read a file as it comes: they may wait for the database, event loops never. */
final class Waiting {
    private Waiting() {}

    /** Gives the future's value; throws what it failed with. */
    static <T> T on(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
