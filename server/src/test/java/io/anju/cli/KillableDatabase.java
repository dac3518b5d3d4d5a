package io.anju.cli;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.FolderTree;
import io.anju.platform.db.Migrations;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL that forces every commit to the disk, and that a test can kill and start again. */
final class KillableDatabase implements BeforeAllCallback, AfterAllCallback {
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
        postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** Starts it again on what is there; it recovers from its log. */
    void startAgain() {
        Objects.requireNonNull(server).close();
        start();
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
