package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.problem.PlatformProblem;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An unsafe request takes effect once, whatever happens to it on the way. */
class OnceIT {
    private static EdgeServer server;

    private final String key = UUID.randomUUID().toString();
    private final String name = "thing " + key;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void calm() {
        server.things.gate = null;
        server.things.fault = null;
    }

    @Test
    void a_repeat_gets_the_same_bytes_status_and_headers() {
        var first = create(key, name).expect(201);
        var second = create(key, name).expect(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.etag()).isEqualTo(first.etag()).isEqualTo("\"1\"");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(things(name)).isEqualTo(1);
    }

    @Test
    void a_repeat_of_an_answer_without_a_body_has_none_either() {
        var path = "/v1/things/" + UUID.randomUUID();
        for (int i = 0; i < 2; i++) {
            var answer = server.http
                    .request("DELETE", path)
                    .key(key)
                    .unchecked()
                    .send()
                    .expect(204);
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void another_body_under_the_same_key_is_refused() {
        create(key, name).expect(201);
        create(key, name + "!").expect(422, "idempotency-key-reused");
        assertThat(things(name + "!")).isZero();
    }

    @Test
    void another_path_or_version_under_the_same_key_is_refused() {
        var path = "/v1/things/" + UUID.randomUUID();
        rename(path, "\"1\"").expect(200);
        rename(path, "\"2\"").expect(422, "idempotency-key-reused");
        rename("/v1/things/" + UUID.randomUUID(), "\"1\"").expect(422, "idempotency-key-reused");
        rename(path, "\"1\"").expect(200);
    }

    @Test
    void callers_and_operations_have_keys_of_their_own() {
        var alice = createAs("alice").expect(201);
        var bob = createAs("bob").expect(201);
        create(key, name).expect(201);

        assertThat(alice.body()).isNotEqualTo(bob.body());
        assertThat(things(name)).isEqualTo(3);
    }

    @Test
    void a_refusal_stores_nothing_and_leaves_nothing_behind() {
        server.things.fault = Things.refusal(PlatformProblem.FORBIDDEN);
        create(key, name).expect(403);
        assertThat(things(name)).isZero();

        server.things.fault = null;
        create(key, name).expect(201);
        assertThat(things(name)).isEqualTo(1);
    }

    @Test
    void a_failure_stores_nothing_and_a_repeat_succeeds() {
        server.things.fault = new IllegalStateException("a bug");
        create(key, name).expect(500, "internal-error");

        server.things.fault = null;
        create(key, name).expect(201);
        assertThat(things(name)).isEqualTo(1);
    }

    @Test
    void a_repeat_is_refused_while_the_first_is_running() {
        var gate = Promise.<Void>promise();
        server.things.gate = gate;
        int before = server.things.effects.get();
        var first = call(key, name).sendAsync();
        await(() -> server.things.effects.get() > before);

        var second = create(key, name).expect(409, "request-in-progress");
        assertThat(second.header("Retry-After")).isEqualTo("1");

        gate.complete();
        var answer = first.join().expect(201);
        server.things.gate = null;
        assertThat(create(key, name).expect(201).body()).isEqualTo(answer.body());
    }

    @Test
    void fifty_racing_requests_take_effect_once() {
        var answers = IntStream.range(0, 50).mapToObj(i -> call(key, name).sendAsync()).toList().stream()
                .map(future -> future.join())
                .toList();

        var byStatus = answers.stream().collect(Collectors.groupingBy(Answer::status));
        assertThat(byStatus.keySet()).isSubsetOf(201, 409);
        var done = byStatus.getOrDefault(201, List.of());
        assertThat(done)
                .isNotEmpty()
                .allSatisfy(answer ->
                        assertThat(answer.body()).isEqualTo(done.get(0).body()));
        assertThat(byStatus.getOrDefault(409, List.of()))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("request-in-progress"));
        assertThat(things(name)).isEqualTo(1);
        assertThat(create(key, name).expect(201).body()).isEqualTo(done.get(0).body());
    }

    @Test
    void a_client_that_hung_up_before_the_answer_gets_it_on_asking_again() throws IOException {
        var gate = Promise.<Void>promise();
        server.things.gate = gate;
        int before = server.things.effects.get();
        try (var socket = new Socket("127.0.0.1", server.http.base().getPort())) {
            var body = "{\"name\":\"" + name + "\"}";
            socket.getOutputStream()
                    .write(("POST /v1/things HTTP/1.1\r\nHost: anju\r\nContent-Type: application/json\r\n"
                                    + "Idempotency-Key: " + key + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body)
                            .getBytes(StandardCharsets.UTF_8));
            await(() -> server.things.effects.get() > before);
        }
        gate.complete();
        server.things.gate = null;
        await(() -> things(name) == 1);

        // the commit may be seen a moment before the key is free again
        await(() -> create(key, name).status() == 201);
        assertThat(things(name)).isEqualTo(1);
        assertThat(server.things.effects.get()).isEqualTo(before + 1);
    }

    @Test
    void an_operation_that_forgets_once_fails_loudly() {
        server.http
                .request("POST", "/v1/forgetful")
                .body(Map.of())
                .unchecked()
                .send()
                .expect(500, "internal-error");
    }

    @Test
    void stored_answers_are_not_readable() {
        create(key, name).expect(201);

        var stored = Anju.await(server.db.list(
                "SELECT encode(answer, 'escape') FROM platform.idempotency WHERE key = $1",
                row -> row.getString(0),
                key));

        assertThat(stored).hasSize(1);
        assertThat(stored.get(0)).doesNotContain("secret-of").doesNotContain(name);
    }

    @Test
    void the_application_can_neither_change_nor_remove_what_was_answered() {
        create(key, name).expect(201);
        for (var statement : List.of(
                "UPDATE platform.idempotency SET answer = ''",
                "DELETE FROM platform.idempotency",
                "TRUNCATE platform.idempotency")) {
            assertThatThrownBy(() -> Anju.await(server.db.run(statement))).hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_multipart_repeat_with_another_boundary_is_the_same_request() {
        var content = "content of the file".getBytes(StandardCharsets.UTF_8);
        var answers = IntStream.range(0, 2)
                .mapToObj(i -> server.http
                        .request("POST", "/v1/files")
                        .key(key)
                        .file("a.pdf", "application/pdf", content, "kind", "hukou")
                        .unchecked()
                        .send()
                        .expect(201))
                .toList();

        assertThat(answers.get(1).body()).isEqualTo(answers.get(0).body());
        server.http
                .request("POST", "/v1/files")
                .key(key)
                .file("a.pdf", "application/pdf", content, "kind", "other")
                .unchecked()
                .send()
                .expect(422, "idempotency-key-reused");
    }

    private Answer create(String idempotencyKey, String thing) {
        return call(idempotencyKey, thing).send();
    }

    private Answer createAs(String token) {
        return server.http
                .request("POST", "/v1/my-things")
                .token(token)
                .key(key)
                .body(Map.of("name", name))
                .unchecked()
                .send();
    }

    private static ApiClient.Call call(String idempotencyKey, String thing) {
        return server.http
                .request("POST", "/v1/things")
                .key(idempotencyKey)
                .body(Map.of("name", thing))
                .unchecked();
    }

    private Answer rename(String path, String etag) {
        return server.http
                .request("PUT", path)
                .key(key)
                .header("If-Match", etag)
                .body(Map.of("name", name))
                .unchecked()
                .send();
    }

    private static long things(String name) {
        return server.names().stream().filter(name::equals).count();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        var limit = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.holds()) {
            assertThat(Instant.now()).as("waiting").isBefore(limit);
            Thread.onSpinWait();
        }
    }
}
