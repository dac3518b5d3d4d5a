package io.anju.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check itself can fail: one answer that is right, and one for each way to be wrong. */
class ContractCheckTest {
    private static final String PROBLEM = """
            {"type": "/problems/invalid-request", "title": "t", "status": 400, "code": "invalid-request",
             "traceId": "4bf92f3577b34da6a3ce929d0e0e4736"}
            """;
    private static final Map<String, String> PROBLEM_JSON =
            Map.of("Content-Type", "application/problem+json; charset=utf-8");

    @Test
    void accepts_what_is_declared() {
        assertThat(faults("GET", "/v1/programmes", 200, Map.of("Content-Type", "application/json"), "{\"items\": []}"))
                .isEmpty();
        assertThat(faults("GET", "/v1/programmes", 400, PROBLEM_JSON, PROBLEM)).isEmpty();
    }

    @Test
    void finds_an_undeclared_status() {
        assertThat(faults("GET", "/v1/programmes", 418, PROBLEM_JSON, PROBLEM)).containsExactly("undeclared status");
        assertThat(faults("GET", "/v1/programmes", 500, PROBLEM_JSON, PROBLEM)).containsExactly("undeclared status");
    }

    @Test
    void finds_an_undeclared_media_type() {
        assertThat(faults("GET", "/v1/programmes", 200, Map.of("Content-Type", "text/plain"), "{}"))
                .containsExactly("undeclared media type text/plain");
    }

    @Test
    void finds_a_body_that_does_not_fit() {
        var slipped = PROBLEM.replace("400", "\"400\"");
        assertThat(faults("GET", "/v1/programmes", 400, PROBLEM_JSON, slipped)).hasSize(1);
        assertThat(faults("GET", "/v1/programmes", 400, PROBLEM_JSON, "{")).containsExactly("a body that is not JSON");
    }

    @Test
    void finds_a_missing_header() {
        assertThat(faults("GET", "/v1/me", 401, PROBLEM_JSON, PROBLEM.replace("400", "401")))
                .contains("header WWW-Authenticate is missing");
    }

    @Test
    void lets_the_edge_refuse_what_no_operation_answers() {
        var notFound = PROBLEM.replace("invalid-request", "not-found").replace("400", "404");
        assertThat(faults("GET", "/v1/nothing-here", 404, PROBLEM_JSON, notFound))
                .isEmpty();
        assertThat(faults("GET", "/v1/nothing-here", 404, PROBLEM_JSON, PROBLEM))
                .isNotEmpty();
        assertThat(faults("GET", "/v1/nothing-here", 200, Map.of(), "")).containsExactly("no such operation");
        assertThat(faults("GET", "/docs", 200, Map.of(), "")).isEmpty();
    }

    @Test
    void fails_with_all_faults() {
        assertThatThrownBy(() ->
                        ContractCheck.instance().require("GET", "/v1/programmes", 418, PROBLEM_JSON::get, new byte[0]))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("GET /v1/programmes answered 418");
    }

    private static List<String> faults(
            String method, String path, int status, Map<String, String> headers, String body) {
        return ContractCheck.instance()
                .faults(method, path, status, headers::get, body.getBytes(StandardCharsets.UTF_8));
    }
}
