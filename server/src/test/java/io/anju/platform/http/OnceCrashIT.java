package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.testing.Anju;
import io.anju.testing.TestDatabases;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that dies between commit and answer: the next one gives the answer that nobody has seen yet. */
class OnceCrashIT {
    private static final int KILLED = 137;

    @Test
    void a_repeat_after_the_process_died_between_commit_and_answer_gets_the_answer(@TempDir Path folder)
            throws Exception {
        var address = TestDatabases.fresh();
        Things.createTable(address);
        var keyFile = folder.resolve("anju.key");
        KeyFile.create(keyFile);
        makeKeys(address, keyFile);
        var key = UUID.randomUUID().toString();

        int exit = runUntilDeath(address, keyFile, key, folder.resolve("child.log"));
        assertThat(exit).isEqualTo(KILLED);

        try (var server = EdgeServer.start(address, keyFile)) {
            assertThat(server.names()).containsExactly("thing");
            var answer = server.http
                    .request("POST", "/v1/things")
                    .key(key)
                    .body("{\"name\":\"thing\"}")
                    .unchecked()
                    .send()
                    .expect(201);
            assertThat(answer.json().path("name").asText()).isEqualTo("thing");
            assertThat(server.names()).containsExactly("thing");
            assertThat(server.things.effects).hasValue(0);
        }
        TestDatabases.drop(address);
    }

    private static void makeKeys(DbAddress address, Path keyFile) {
        var vertx = Vertx.vertx();
        Anju.await(Vault.load(Db.connect(vertx, DbSettings.of(address)), keyFile));
        Anju.await(vertx.close());
    }

    private static int runUntilDeath(DbAddress address, Path keyFile, String key, Path log)
            throws IOException, InterruptedException {
        var child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        address.host(),
                        Integer.toString(address.port()),
                        address.database(),
                        keyFile.toString(),
                        key))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!child.waitFor(2, TimeUnit.MINUTES)) {
            child.destroyForcibly();
            throw new AssertionError("the child lives on: " + Files.readString(log));
        }
        if (child.exitValue() != KILLED) {
            throw new AssertionError("the child died otherwise: " + Files.readString(log));
        }
        return child.exitValue();
    }

    /** A server that is dead the moment after a commit. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            var address = new DbAddress(args[0], Integer.parseInt(args[1]), args[2], "postgres", "");
            try (var server = EdgeServer.start(address, Path.of(args[3]))) {
                server.things.afterCommit = () -> Runtime.getRuntime().halt(KILLED);
                server.http
                        .request("POST", "/v1/things")
                        .key(args[4])
                        .body("{\"name\":\"thing\"}")
                        .unchecked()
                        .send();
            } catch (UncheckedIOException e) {
                throw new AssertionError("answered, or failed, before it died", e);
            }
        }
    }
}
