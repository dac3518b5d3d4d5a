package io.anju.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.platform.http.FormProblem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final ProblemDocument documents = new ProblemDocument(Catalogue.load());

    @Test
    void holds_what_rfc_9457_and_the_contract_ask_for() throws IOException {
        var document = write(Refusal.of(PlatformProblem.NOT_FOUND), false);

        assertThat(document.path("type").asText()).isEqualTo("/problems/not-found");
        assertThat(document.path("title").asText()).isEqualTo("未找到");
        assertThat(document.path("status").asInt()).isEqualTo(404);
        assertThat(document.path("code").asText()).isEqualTo("not-found");
        assertThat(document.path("traceId").asText()).isEqualTo(TRACE);
        assertThat(document.has("errors")).isFalse();
    }

    @Test
    void lists_every_finding_with_its_pointer() throws IOException {
        var refusal = Refusal.of(
                PlatformProblem.INVALID_REQUEST,
                List.of(
                        Finding.of("/household/members/0/idNumber", FormProblem.REQUIRED),
                        new Finding("/query/limit", FormProblem.TOO_LARGE, Map.of("maximum", "100"))));

        var document = write(refusal, true);

        assertThat(document.path("detail").asText()).isEqualTo("To be corrected: 2; errors lists each.");
        assertThat(document.at("/errors/0/pointer").asText()).isEqualTo("/household/members/0/idNumber");
        assertThat(document.at("/errors/0/code").asText()).isEqualTo("required");
        assertThat(document.at("/errors/1/detail").asText()).isEqualTo("Must be at most 100.");
    }

    @Test
    void fills_placeholders_in_the_callers_language() throws IOException {
        var refusal = Refusal.of(PlatformProblem.TOO_MANY_REQUESTS, Map.of(Refusal.RETRY_AFTER_SECONDS, "12"));

        assertThat(write(refusal, false).path("detail").asText()).isEqualTo("请在 12 秒后重试。");
        assertThat(write(refusal, true).path("detail").asText()).isEqualTo("Try again in 12 seconds.");
    }

    @Test
    void shows_a_dash_where_an_argument_is_missing() throws IOException {
        var document = write(Refusal.of(PlatformProblem.TOO_MANY_REQUESTS), true);

        assertThat(document.path("detail").asText()).isEqualTo("Try again in – seconds.");
    }

    private JsonNode write(Refusal refusal, boolean english) throws IOException {
        return new ObjectMapper()
                .readTree(documents.write(refusal, english, TRACE).getBytes());
    }
}
