package io.anju.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two servers on one database: callers reach the first, and the second takes over at once when that is killed. */
final class StandBy {
    private static final long LIMIT_SECONDS = 150;

    private final Callable<ServerProcess> start;
    private final Door door;
    private ServerProcess first;
    private CompletableFuture<ServerProcess> second;

    private StandBy(Callable<ServerProcess> start, Door door) throws Exception {
        this.start = start;
        this.door = door;
        first = start.call();
        second = startAnother();
        door.leadTo(first.port());
    }

    static StandBy start(Callable<ServerProcess> start, Door door) throws Exception {
        return new StandBy(start, door);
    }

    private CompletableFuture<ServerProcess> startAnother() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return start.call();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    /** A server that starts needs its database. */
    void awaitBoth() throws ExecutionException, InterruptedException, TimeoutException {
        second.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void killFirst() throws Exception {
        var next = second.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        first.kill();
        first = next;
        door.leadTo(next.port());
        second = startAnother();
    }

    void killBoth() throws Exception {
        first.kill();
        second.get(LIMIT_SECONDS, TimeUnit.SECONDS).kill();
    }

    /** Of both. */
    String logText() {
        return first.logText();
    }
}
