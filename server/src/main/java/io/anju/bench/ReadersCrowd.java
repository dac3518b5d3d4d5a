package io.anju.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** So many connections that read as fast as they are answered, until they are told to stop. */
final class ReadersCrowd {
    private static final int NOT_MODIFIED = 304;

    private final Vertx vertx;
    private final int readers;
    private final int downloaders;

    ReadersCrowd(Vertx vertx, int readers, int downloaders) {
        this.vertx = vertx;
        this.readers = readers;
        this.downloaders = downloaders;
    }

    /** Begins to look up and to download. */
    Reading read(int port, ReadersShots shots) {
        var isOver = new AtomicBoolean();
        return new Reading(
                isOver,
                begin(isOver, port, readers - downloaders, ReadersCrowd::isServed, shots::lookUp),
                begin(isOver, port, downloaders, ReadersCrowd::isServed, shots::download));
    }

    /** As many begin to read from a bare handler, by turns from each of its scripts. */
    Reading readBare(int port, int scripts) {
        var isOver = new AtomicBoolean();
        var looking = begin(
                isOver,
                port,
                readers,
                // it refuses whoever has waited too long for a connection, and is no part of what is measured
                status -> true,
                number -> new Load.Shot(HttpMethod.GET, "/" + number % scripts, Map.of(), Buffer.buffer()));
        return new Reading(isOver, looking, looking);
    }

    private static boolean isServed(int status) {
        return status == 200 || status == NOT_MODIFIED;
    }

    private CompletableFuture<Load.Outcome> begin(
            AtomicBoolean isOver, int port, int connections, IntPredicate wanted, IntFunction<Load.Shot> shots) {
        return CompletableFuture.supplyAsync(() -> {
            try (var load = new Load(vertx, port, connections)) {
                return load.runPatiently(() -> !isOver.get(), wanted, shots);
            }
        });
    }

    /** A crowd at work; whoever closes it waits until the last has been answered. */
    static final class Reading implements AutoCloseable {
        private final AtomicBoolean isOver;
        private final CompletableFuture<Load.Outcome> lookedUp;
        private final CompletableFuture<Load.Outcome> downloaded;

        private Reading(
                AtomicBoolean isOver,
                CompletableFuture<Load.Outcome> lookedUp,
                CompletableFuture<Load.Outcome> downloaded) {
            this.isOver = isOver;
            this.lookedUp = lookedUp;
            this.downloaded = downloaded;
        }

        Load.Outcome lookedUp() {
            return outcome(lookedUp);
        }

        Load.Outcome downloaded() {
            return outcome(downloaded);
        }

        private static Load.Outcome outcome(CompletableFuture<Load.Outcome> reading) {
            try {
                return reading.join();
            } catch (CompletionException e) {
                throw new IllegalStateException("a reader was not served", e.getCause());
            }
        }

        @Override
        public void close() {
            isOver.set(true);
            lookedUp();
            downloaded();
        }
    }
}
