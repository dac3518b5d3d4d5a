package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Answer;
import java.nio.charset.StandardCharsets;

/** Refusals of operations that speak another standard's form: its list of errors, as JSON or XML by the path's end. */
final class Errors {
    private Errors() {}

    static void require(ContractOperation operation, Answer answer, int status) {
        var text = new String(answer.expect(status).body(), StandardCharsets.UTF_8);
        assertThat(operation.declares(status)).as(operation.id()).isTrue();
        assertThat(answer.header("Content-Type")).isIn("application/json; charset=utf-8", "text/xml; charset=utf-8");
        assertThat(text)
                .matches(
                        answer.header("Content-Type").startsWith("application/json")
                                ? "\\[\\{\"code\":" + status + ",\"description\":\"[^\"]+\"}]"
                                : "<\\?xml[^>]*>\\s*<errors><error><code>" + status
                                        + "</code><description>[^<]+</description></error></errors>\\s*");
    }
}
