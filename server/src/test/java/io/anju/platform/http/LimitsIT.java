package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One client, however it behaves, leaves the server to the others. */
class LimitsIT {
    @Test
    void a_body_that_arrives_too_slowly_is_refused() throws InterruptedException {
        try (var server = EdgeServer.start(EdgeServer.settings(1_000_000, 1))) {
            var request = "POST /v1/things HTTP/1.1\r\nHost: anju\r\nContent-Type: application/json\r\n"
                    + "Idempotency-Key: " + UUID.randomUUID() + "\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000);

            var answer = RawHttp.sendSlowly(server.http.base(), request, 10);

            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("request-timeout")
                    .contains("connection: close");
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void a_session_beyond_its_allowance_waits_while_others_go_on() {
        try (var server = EdgeServer.start(EdgeServer.settings(5, 20))) {
            for (int i = 0; i < 5; i++) {
                server.http
                        .request("GET", "/v1/my-things")
                        .token("alice")
                        .unchecked()
                        .send()
                        .expect(200);
            }
            var refused = server.http
                    .request("GET", "/v1/my-things")
                    .token("alice")
                    .unchecked()
                    .send();

            refused.expect(429, "too-many-requests");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 12);
            assertThat(refused.header("RateLimit")).startsWith("\"caller\";r=0;t=");
            server.http
                    .request("GET", "/v1/my-things")
                    .token("bob")
                    .unchecked()
                    .send()
                    .expect(200);
        }
    }

    @Test
    void an_address_that_guesses_tokens_is_stopped_and_good_tokens_are_not_charged_for_it() {
        try (var server = EdgeServer.start(EdgeServer.settings(5, 20))) {
            for (int i = 0; i < 5; i++) {
                server.http
                        .request("GET", "/v1/my-things")
                        .token("guess" + i)
                        .unchecked()
                        .send()
                        .expect(401);
            }
            server.http
                    .request("GET", "/v1/my-things")
                    .token("guess5")
                    .unchecked()
                    .send()
                    .expect(429, "too-many-requests");
            server.http.request("GET", "/v1/things/1").unchecked().send().expect(429, "too-many-requests");
        }
    }

    @Test
    void a_full_queue_at_the_database_answers_503_at_once() {
        try (var server = EdgeServer.startCrowded()) {
            var gate = Promise.<Void>promise();
            server.things.gate = gate;
            var first = server.http
                    .request("POST", "/v1/things")
                    .body("{\"name\":\"a\"}")
                    .unchecked()
                    .sendAsync();
            while (server.things.effects.get() == 0) {
                Thread.onSpinWait();
            }

            var refused = server.http
                    .request("POST", "/v1/things")
                    .body("{\"name\":\"b\"}")
                    .unchecked()
                    .send();
            assertThat(refused.expect(503, "unavailable").header("Retry-After")).isEqualTo("1");

            gate.complete();
            first.join().expect(201);
            assertThat(server.names()).containsExactly("a");
        }
    }

    @Test
    void allowances_come_back_with_time() {
        try (var server = EdgeServer.start(EdgeServer.settings(120, 20))) {
            Instant limit = Instant.now().plus(Duration.ofSeconds(30));
            int status = 200;
            while (status != 429) {
                status = server.http
                        .request("GET", "/v1/things/1")
                        .unchecked()
                        .send()
                        .status();
            }
            while (status == 429) {
                assertThat(Instant.now()).isBefore(limit);
                status = server.http
                        .request("GET", "/v1/things/1")
                        .unchecked()
                        .send()
                        .status();
            }
            assertThat(status).isEqualTo(200);
        }
    }
}
