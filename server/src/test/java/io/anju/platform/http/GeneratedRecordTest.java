package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.anju.api.model.EligibilityCheckRequest;
import io.anju.api.model.Problem;
import io.anju.platform.problem.Finding;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the generated records make of a body, with one request of the contract as the example. */
class GeneratedRecordTest {
    private static final String RIGHT = """
            {"cityCode": "370200", "programme": "public-rental", "household": {
              "members": [{"relation": "applicant", "birthDate": "1986-03-01"}],
              "ownedAreaSqm": "19.50", "monthlyIncomeFen": 270000, "assetsFen": 0, "specialGroups": []}}
            """;

    @Test
    void reads_what_the_contract_allows() {
        var violations = new Violations();
        var request = Objects.requireNonNull(read(RIGHT, violations));

        assertThat(violations.isEmpty()).isTrue();
        assertThat(request.household().monthlyIncomeFen()).isEqualTo(270_000);
        assertThat(request.household().members()).hasSize(1);
    }

    @Test
    void finds_every_fault_at_once_and_says_where() {
        var violations = new Violations();
        var wrong = RIGHT.replace("\"370200\"", "370200")
                .replace("\"applicant\"", "\"uncle\"")
                .replace("1986-03-01", "1986-02-30")
                .replace("19.50", "19.5")
                .replace("\"assetsFen\": 0,", "\"assetsFen\": -1, \"a/b~c\": {},")
                .replace("\"programme\": \"public-rental\",", "");

        assertThat(read(wrong, violations)).isNull();
        assertThat(violations.findings())
                .extracting(Finding::pointer, Finding::code)
                .containsExactlyInAnyOrder(
                        tuple("/cityCode", FormProblem.WRONG_TYPE),
                        tuple("/programme", FormProblem.REQUIRED),
                        tuple("/household/members/0/relation", FormProblem.NOT_IN_LIST),
                        tuple("/household/members/0/birthDate", FormProblem.NOT_A_DATE),
                        tuple("/household/ownedAreaSqm", FormProblem.PATTERN),
                        tuple("/household/assetsFen", FormProblem.TOO_SMALL),
                        tuple("/household/a~1b~0c", FormProblem.UNKNOWN_FIELD));
    }

    @Test
    void null_is_not_the_same_as_left_out() {
        var violations = new Violations();
        read(RIGHT.replace("\"19.50\"", "null"), violations);
        assertThat(violations.findings())
                .containsExactly(Finding.of("/household/ownedAreaSqm", FormProblem.NULL_NOT_ALLOWED));
    }

    @Test
    void lists_at_most_as_many_faults_as_the_contract_lets_it() {
        var violations = new Violations();
        var junk = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            junk.append("\"x").append(i).append("\": 1, ");
        }
        read(RIGHT.replaceFirst("\\{", "{" + junk), violations);
        assertThat(violations.findings()).hasSize(Violations.MOST);
    }

    @Test
    void a_body_that_is_no_object_is_one_fault() {
        for (String body : List.of("[]", "1", "\"x\"", "null")) {
            var violations = new Violations();
            assertThat(read(body, violations)).isNull();
            assertThat(violations.findings()).extracting(Finding::pointer).containsExactly("");
        }
    }

    @Test
    void is_written_without_what_is_absent() {
        var problem = new Problem("/problems/not-found", "未找到", 404, null, "not-found", null, "0".repeat(32));
        assertThat(Json.write(problem).toString())
                .isEqualTo("{\"type\":\"/problems/not-found\",\"title\":\"未找到\",\"status\":404,\"code\":\"not-found\","
                        + "\"traceId\":\"00000000000000000000000000000000\"}");
    }

    @Test
    void shows_no_content_in_a_log() {
        assertThat(read(RIGHT, new Violations())).hasToString("EligibilityCheckRequest");
    }

    private static @Nullable EligibilityCheckRequest read(String json, Violations violations) {
        return EligibilityCheckRequest.read(Input.root(Json.parse(Buffer.buffer(json)), violations));
    }
}
