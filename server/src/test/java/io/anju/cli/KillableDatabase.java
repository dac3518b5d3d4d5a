package io.anju.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL that forces every commit to the disk, and that a test can kill and start again. */
final class KillableDatabase implements BeforeAllCallback, AfterAllCallback {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Also where the state is not told. */
    private static final Set<String> STOPPED = Set.of("T", "");
    /** Also those that their parent has not taken note of yet, which keep their number. */
    private static final Set<String> ENDED = Set.of("Z", "X", "");

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
        // stopped, it begins no process that is missed here: a new server refuses a folder that one still works on
        stop(postmaster);
        var all = Stream.concat(postmaster.descendants(), Stream.of(postmaster)).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (var each : all) {
            await("the end of process " + each.pid(), () -> !each.isAlive() || ENDED.contains(state(each)));
        }
    }

    private static void stop(ProcessHandle process) throws Exception {
        new ProcessBuilder("sh", "-c", "kill -STOP " + process.pid()).start().waitFor();
        await("process " + process.pid() + " to stand still", () -> STOPPED.contains(state(process)));
    }

    /** As Linux names it; nothing where it is gone. Anybody may read it, also where the program may not be looked at. */
    private static String state(ProcessHandle process) {
        try {
            var line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), ISO_8859_1);
            return line.substring(line.lastIndexOf(')') + 2, line.lastIndexOf(')') + 3);
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(String what, BooleanSupplier isSo) throws InterruptedException {
        var end = System.nanoTime() + LIMIT.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
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
