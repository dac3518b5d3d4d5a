package io.anju.cli;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.FolderTree;
import io.anju.platform.db.Migrations;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL that forces every commit to the disk, and that a test can kill and start again. */
final class KillableDatabase implements BeforeAllCallback, AfterAllCallback {
    private static final Duration END_LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Door door = Door.open(vertx);
    private @Nullable Path folder;
    private @Nullable EmbeddedDatabase server;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("anju-killed");
        start();
        Migrations.run(address());
    }

    private DbAddress start() {
        server = EmbeddedDatabase.start(folder());
        var address = server.database("anju");
        door.leadTo(address.port());
        return address;
    }

    /** The same address before and after a kill. */
    DbAddress address() {
        var inside = Objects.requireNonNull(server).database("anju");
        return new DbAddress("127.0.0.1", door.port(), inside.database(), inside.user(), inside.password());
    }

    /** As when the machine loses its power: nobody says good-bye, and what was not forced to the disk may be gone. */
    void kill() throws Exception {
        var pid =
                Files.readAllLines(folder().resolve("postgres/postmaster.pid")).get(0);
        var postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
        if (!ownProcesses().contains(postmaster)) {
            throw new AssertionError("the processes of this database cannot be told from others");
        }
        postmaster.destroyForcibly();
        awaitEnd(postmaster);
        // also what it had begun a moment ago: a new server refuses a folder that an old process still works on
        for (var left = ownProcesses(); !left.isEmpty(); left = ownProcesses()) {
            left.forEach(ProcessHandle::destroyForcibly);
            for (var each : left) {
                awaitEnd(each);
            }
        }
    }

    private List<ProcessHandle> ownProcesses() throws IOException {
        var programs = folder().toRealPath();
        return ProcessHandle.allProcesses()
                .filter(each -> each.info()
                        .command()
                        .filter(program -> Path.of(program).startsWith(programs))
                        .isPresent())
                .toList();
    }

    /** Asks often. What has ended and was not yet taken note of by its parent has no program any more. */
    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        var end = System.nanoTime() + END_LIMIT.toNanos();
        while (process.isAlive() && process.info().command().isPresent()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("process " + process.pid() + " does not end");
            }
            Thread.sleep(2);
        }
    }

    /** Starts it again on what is there; it recovers from its log. */
    void startAgain() throws IOException {
        // whoever finds this file waits for the end of a process that has ended
        Files.deleteIfExists(folder().resolve("postgres/postmaster.pid"));
        Objects.requireNonNull(server).close();
        try {
            start();
        } catch (UncheckedIOException e) {
            // under load a connection may be given the port between its choice and the start: once more on another
            start();
        }
    }

    private Path folder() {
        return Objects.requireNonNull(folder);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Objects.requireNonNull(server).close();
        vertx.close().await();
        FolderTree.delete(folder());
    }
}
