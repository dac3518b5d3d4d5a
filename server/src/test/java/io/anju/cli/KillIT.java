package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.Simulators;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the server in the middle of its work. Every write that it has acknowledged must be there afterwards: the same
 * request gives the same answer, byte for byte, although WeChat would not take the code a second time.
 */
class KillIT {
    private static final int WRITERS = 4;
    private static final int WRITES_BEFORE_KILL = 25;

    private record Write(String key, String body) {}

    private record Acknowledged(Write write, byte[] answer) {}

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Queue<Acknowledged> journal = new ConcurrentLinkedQueue<>();
    private final Queue<Write> unanswered = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private Simulators simulators;

    @BeforeEach
    void startWeChat() throws Exception {
        simulators = Simulators.start(vertx, InstantSource.system(), 0).await(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stopWeChat() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void an_acknowledged_write_survives_a_kill_of_the_server_and_of_the_database() throws Exception {
        var server = start();
        writeUntilKilled(server, server::kill);
        server = start();
        checkJournal(server);
        var afterFirst = journal.size();

        var second = server;
        writeUntilKilled(second, second::killWithDatabase);
        server = start();
        checkJournal(server);
        assertThat(journal).hasSizeGreaterThanOrEqualTo(afterFirst + WRITES_BEFORE_KILL);

        // an operator's stop is no accident: the exit code says so
        assertThat(server.stop()).as(server::logText).isIn(0, 143);
        assertThat(folder.resolve("data/postgres/postmaster.pid")).doesNotExist();
    }

    private ServerProcess start() throws Exception {
        var secret = Files.writeString(folder.resolve("wechat.secret"), Simulators.APP_SECRET);
        return ServerProcess.start(
                folder.resolve("data"),
                folder.resolve("server.log"),
                Map.of(
                        "ANJU_WECHAT_URL",
                        simulators.url(),
                        "ANJU_WECHAT_APP_ID",
                        Simulators.APP_ID,
                        "ANJU_WECHAT_SECRET_FILE",
                        secret.toString(),
                        "ANJU_ADDRESS_REQUESTS_PER_MINUTE",
                        "1000000"));
    }

    private interface Kill {
        void run() throws Exception;
    }

    private void writeUntilKilled(ServerProcess server, Kill kill) throws Exception {
        var enough = new CountDownLatch(WRITES_BEFORE_KILL);
        var killed = new AtomicBoolean();
        var writers = Executors.newFixedThreadPool(WRITERS);
        for (var n = 0; n < WRITERS; n++) {
            writers.submit(() -> writeOn(server, enough, killed));
        }
        assertThat(enough.await(60, TimeUnit.SECONDS)).as("writes are answered").isTrue();
        kill.run();
        killed.set(true);
        writers.shutdown();
        assertThat(writers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    private Void writeOn(ServerProcess server, CountDownLatch enough, AtomicBoolean killed) throws Exception {
        while (!killed.get()) {
            var write = new Write("kill-" + UUID.randomUUID(), "{\"code\":\"" + weChatCode() + "\"}");
            try {
                var answer = send(server, write);
                if (answer.statusCode() == 201) {
                    journal.add(new Acknowledged(write, answer.body()));
                    enough.countDown();
                } else {
                    unanswered.add(write);
                }
            } catch (IOException cutOff) {
                unanswered.add(write);
            }
        }
        return null;
    }

    private void checkJournal(ServerProcess server) throws Exception {
        for (var entry : journal) {
            var again = send(server, entry.write());
            assertThat(again.statusCode()).isEqualTo(201);
            assertThat(again.body()).isEqualTo(entry.answer());
        }
        // whole or absent: either its answer was stored, or it is taken as new and WeChat decides about its code
        for (var write : unanswered) {
            assertThat(send(server, write).statusCode()).isIn(201, 422);
        }
        unanswered.clear();
    }

    private HttpResponse<byte[]> send(ServerProcess server, Write write) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(server.api("/v1/sessions/wechat"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", write.key())
                        .POST(BodyPublishers.ofString(write.body()))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private String weChatCode() throws IOException, InterruptedException {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(simulators.url() + "/control/wechat-codes"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"openid\":\"o-" + UUID.randomUUID() + "\"}"))
                        .build(),
                BodyHandlers.ofString());
        return answer.body().replaceAll("(?s).*\"code\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }
}
