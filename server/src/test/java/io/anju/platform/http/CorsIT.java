package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What pages of other origins may do: those that are named read answers, all others nothing. */
class CorsIT {
    private static final String NAMED = "https://housing.example";
    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

    @SuppressWarnings("NullAway.Init")
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_named_origin_reads_answers_and_their_headers() {
        var answer = get(NAMED).expect(200);
        assertThat(answer.header(ALLOW_ORIGIN)).isEqualTo(NAMED);
        assertThat(Arrays.asList(answer.header("Access-Control-Expose-Headers").split(", ")))
                .contains("ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After");
        assertThat(answer.header("Vary")).isEqualToIgnoringCase("origin");
        assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void refusals_are_read_too() {
        var refused = call("GET", "/v1/my-things", NAMED).send().expect(401);
        assertThat(refused.header(ALLOW_ORIGIN)).isEqualTo(NAMED);
    }

    @Test
    void origins_that_only_look_alike_read_nothing() {
        for (var other : new String[] {
            "https://housing.example.evil.example", "http://housing.example", "https://housing.example:8443",
            "https://HOUSING.example", "https://evil.example", "null"
        }) {
            var answer = get(other).expect(200);
            assertThat(header(answer, ALLOW_ORIGIN)).as(other).isEmpty();
            assertThat(answer.header("Vary")).isEqualToIgnoringCase("origin");
        }
    }

    @Test
    void a_preflight_names_what_may_be_sent() {
        var told = preflight("/v1/things/1", NAMED).expect(204);
        assertThat(told.header(ALLOW_ORIGIN)).isEqualTo(NAMED);
        assertThat(told.header("Access-Control-Allow-Methods")).isEqualTo("DELETE, GET, HEAD, PUT");
        assertThat(Arrays.asList(told.header("Access-Control-Allow-Headers").split(", ")))
                .contains("Authorization", "Content-Type", "Idempotency-Key", "If-Match");
        assertThat(told.header("Access-Control-Max-Age")).isEqualTo("600");
        assertThat(told.body()).isEmpty();
    }

    @Test
    void a_preflight_of_anyone_else_or_for_no_operation_is_refused() {
        assertThat(header(preflight("/v1/things/1", "https://evil.example").expect(405), ALLOW_ORIGIN))
                .isEmpty();
        preflight("/v1/nothing", NAMED).expect(404);
        call("OPTIONS", "/v1/things/1", NAMED).send().expect(405);
    }

    private static Answer get(String origin) {
        return call("GET", "/v1/things/1", origin).send();
    }

    private static Answer preflight(String path, String origin) {
        return call("OPTIONS", path, origin)
                .header("Access-Control-Request-Method", "PUT")
                .send();
    }

    private static ApiClient.Call call(String method, String path, String origin) {
        return server.http.request(method, path).withoutKey().unchecked().header("Origin", origin);
    }

    private static Optional<String> header(Answer answer, String name) {
        return answer.headers().firstValue(name);
    }
}
