package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every operation gets from the edge, whoever wrote it. */
class EdgeIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

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
    void answers_with_the_headers_that_protect_a_client() {
        var answer = get("/v1/things/1").expect(200);

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(answer.body().length));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.header("RateLimit-Policy")).matches("\"address\";q=\\d+;w=60");
        assertThat(answer.header("RateLimit")).matches("\"address\";r=\\d+;t=\\d+");
    }

    @Test
    void decodes_the_parameters_of_a_path() {
        assertThat(get("/v1/things/%E5%AE%89%20%2F+").json().path("id").asText())
                .isEqualTo("安 /+");
    }

    @Test
    void carries_the_callers_trace_into_answers_and_problems() {
        var traceparent = "00-" + TRACE + "-00f067aa0ba902b7-01";
        var answer =
                call("GET", "/v1/things/1").header("traceparent", traceparent).send();
        var problem =
                call("GET", "/v1/nothing").header("traceparent", traceparent).send();

        assertThat(answer.json().path("trace").asText()).isEqualTo(TRACE);
        assertThat(problem.json().path("traceId").asText()).isEqualTo(TRACE);
    }

    @Test
    void draws_a_trace_where_the_callers_is_malformed() {
        var problem =
                call("GET", "/v1/nothing").header("traceparent", "00-zz-zz-01").send();

        assertThat(problem.json().path("traceId").asText())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(TRACE);
    }

    @ParameterizedTest
    @CsvSource({"en, en, Not found", "zh-CN, zh-CN, 未找到", "fr, zh-CN, 未找到"})
    void speaks_the_language_that_was_asked_for(String asked, String given, String title) {
        var problem =
                call("GET", "/v1/nothing").header("Accept-Language", asked).send();

        assertThat(problem.header("Content-Language")).isEqualTo(given);
        assertThat(problem.json().path("title").asText()).isEqualTo(title);
        assertThat(call("GET", "/v1/things/1")
                        .header("Accept-Language", asked)
                        .send()
                        .json()
                        .path("language")
                        .asText())
                .isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v1/thing", "/v1/things/1/2", "/v1/things/%zz", "/v1/../etc/passwd", "//"})
    void an_unknown_path_is_a_404_problem(String path) {
        var problem = RawHttp.send(
                server.http.base(), "GET " + path + " HTTP/1.1\r\nHost: anju\r\nConnection: close\r\n\r\n");

        assertThat(problem)
                .startsWith("HTTP/1.1 404")
                .contains("application/problem+json")
                .contains("\"not-found\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "OPTIONS", "BREW"})
    void another_method_is_a_405_problem_that_names_the_right_ones(String method) {
        var problem = call(method, "/v1/things/1").send().expect(405, "method-not-allowed");

        assertThat(problem.header("Allow")).isEqualTo("DELETE, GET, HEAD, PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz=1", "a=%0", "limit=%e"})
    void a_query_that_cannot_be_decoded_is_refused(String query) {
        var answer = RawHttp.send(
                server.http.base(),
                "GET /v1/things/1?" + query + " HTTP/1.1\r\nHost: anju\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"/query\"").contains("bad-character");
    }

    @Test
    void head_is_get_without_the_body() {
        var get = get("/v1/things/1").expect(200);
        var head = call("HEAD", "/v1/things/1").withoutKey().send().expect(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(get.body().length));
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(call("HEAD", "/v1/my-things").withoutKey().send().expect(401).body())
                .isEmpty();
    }

    @Test
    void a_client_that_accepts_nothing_we_give_is_told_what_there_is() {
        call("GET", "/v1/things/1").header("Accept", "application/*").send().expect(200);
        var refused = call("GET", "/v1/things/1").header("Accept", "text/html").send();

        refused.expect(406, "not-acceptable");
        assertThat(refused.json().path("detail").asText()).contains("application/json");
    }

    @Test
    void a_bug_answers_500_and_tells_nothing() {
        for (var path : new String[] {"/v1/broken", "/v1/later"}) {
            var problem = get(path).expect(500, "internal-error");
            assertThat(new String(problem.body(), StandardCharsets.UTF_8))
                    .doesNotContain("secret")
                    .doesNotContain("Exception")
                    .doesNotContain("io.anju");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "alice, 200, ''",
        "slow-alice, 200, ''",
        "clerk, 403, forbidden",
        "slow-clerk, 403, forbidden",
        "old, 401, token-expired",
        "nobody, 401, unauthenticated",
        "slow-nobody, 401, unauthenticated"
    })
    void admits_only_tokens_with_the_scope(String token, int status, String code) {
        var answer = call("GET", "/v1/my-things").token(token).send().expect(status);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic YWxpY2U6c2VjcmV0", "alice", "Bearer", "bearer "})
    void refuses_what_is_no_bearer_token(String header) {
        call("GET", "/v1/my-things").header("Authorization", header).send().expect(401, "unauthenticated");
    }

    @Test
    void takes_the_scheme_of_a_token_in_any_case() {
        call("GET", "/v1/my-things")
                .header("Authorization", "bearer alice")
                .send()
                .expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "has spaces in it, sorry",
                "0123456789012345678901234567890123456789012345678901234567890123456"
            })
    void refuses_an_idempotency_key_of_the_wrong_form(String key) {
        var problem =
                call("POST", "/v1/things").key(key).body(Map.of("name", "x")).send();

        assertThat(problem.expect(400, "invalid-request").findings())
                .containsExactly("/header/Idempotency-Key pattern");
    }

    @Test
    void refuses_an_unsafe_request_without_a_key() {
        var problem = call("POST", "/v1/things")
                .withoutKey()
                .body(Map.of("name", "x"))
                .send();

        assertThat(problem.expect(400, "invalid-request").findings())
                .containsExactly("/header/Idempotency-Key required");
    }

    @Test
    void an_edit_without_if_match_is_428_and_with_a_stale_one_412() {
        var path = "/v1/things/" + UUID.randomUUID();

        call("PUT", path).body(Map.of("name", "x")).send().expect(428, "precondition-required");
        call("PUT", path)
                .header("If-Match", "\"7\"")
                .body(Map.of("name", "x"))
                .send()
                .expect(412, "precondition-failed");
        call("PUT", path)
                .header("If-Match", "\"1\"")
                .body(Map.of("name", "x"))
                .send()
                .expect(200);
    }

    @Test
    void a_refusal_leaves_the_connection_open() {
        var body = "{\"name\":\"x\"}";
        var refused = "POST /v1/my-things HTTP/1.1\r\nHost: anju\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        var good = "GET /v1/things/1 HTTP/1.1\r\nHost: anju\r\nConnection: close\r\n\r\n";

        var answers =
                RawHttp.sendAll(server.http.base(), refused + "GET /v1/nothing HTTP/1.1\r\nHost: anju\r\n\r\n" + good);

        assertThat(answers).containsSubsequence("HTTP/1.1 401", "HTTP/1.1 404", "HTTP/1.1 200");
    }

    @Test
    void refuses_lines_and_headers_beyond_all_measure() {
        assertThat(raw("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: anju\r\n\r\n"))
                .contains(" 414 ")
                .contains("uri-too-long");
        assertThat(raw("GET / HTTP/1.1\r\nHost: anju\r\nX: " + "x".repeat(40_000) + "\r\n\r\n"))
                .contains(" 431 ")
                .contains("headers-too-large");
    }

    @Test
    void refuses_what_is_not_http() {
        var answer = raw("\u0016\u0003\u0001 hello\r\n\r\n");

        assertThat(answer).contains(" 400 ").contains("malformed-http");
    }

    @Test
    void measures_by_operation_without_any_part_of_the_address() {
        get("/v1/things/canary-7d1f");
        var metrics = server.meters.scrape();

        assertThat(metrics)
                .contains("anju_http_requests_seconds_count{operation=\"getThing\",status=\"2xx\"}")
                .doesNotContain("canary-7d1f");
    }

    private static String raw(String request) {
        return RawHttp.send(server.http.base(), request);
    }

    private static Answer get(String path) {
        return call("GET", path).send();
    }

    private static ApiClient.Call call(String method, String path) {
        return server.http.request(method, path).unchecked();
    }
}
