package io.anju;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a deployment tells about itself: contract, documentation, problems, health, metrics. */
class SiteIT {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    @RegisterExtension
    static final Anju anju = Anju.server();

    @ParameterizedTest
    @CsvSource({
        "/openapi.yaml, application/yaml",
        "/openapi.json, application/json",
        "/docs, text/html; charset=utf-8",
        "/docs/docs.js, text/javascript",
        "/policy-schema/policy-document.schema.json, application/schema+json",
        "/policy-schema/city.schema.json, application/schema+json",
        "/problems, text/html; charset=utf-8",
        "/problems/not-found, text/html; charset=utf-8"
    })
    void serves_a_page_and_answers_304_to_whoever_has_it(String path, String mediaType) {
        var page = get(path).expect(200);
        assertThat(page.header("Content-Type")).isEqualTo(mediaType);
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.header("Strict-Transport-Security")).isEqualTo("max-age=31536000; includeSubDomains");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'self'");

        var again = http().request("GET", path)
                .header("If-None-Match", page.etag())
                .unchecked()
                .send()
                .expect(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void the_page_that_verifies_is_whole_in_itself_and_may_run_nothing_else() {
        var page = get("/verify").expect(200);
        var text = text(page);
        assertThat(text)
                .contains("轮候册公布核验")
                .doesNotContainPattern("(src|href)=")
                .doesNotContain("<style></style>");
        var security = page.header("Content-Security-Policy");
        assertThat(security)
                .startsWith("default-src 'none'; script-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(security).contains("connect-src 'self'").contains("frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docs", "/problems", "/problems/not-found"})
    void every_link_of_a_page_leads_to_this_server_and_is_there(String path) {
        var links = LINK.matcher(text(get(path)))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(links).isNotEmpty().allSatisfy(link -> {
            assertThat(link).startsWith("/");
            get(link).expect(200);
        });
    }

    @Test
    void the_contract_that_is_served_is_the_one_that_is_built() {
        assertThat(get("/openapi.json")
                        .json()
                        .at("/paths/~1v1~1problem-codes/get/operationId")
                        .asText())
                .isEqualTo("listProblemCodes");
    }

    @Test
    void the_type_of_a_problem_leads_to_its_page() {
        var problem = get("/v1/nothing").expect(404);

        assertThat(text(get(problem.json().path("type").asText()).expect(200)))
                .contains("未找到")
                .contains("Not found");
    }

    @Test
    void publishes_the_catalogue_of_problems() {
        var answer = http().get("/v1/problem-codes").expect(200);

        assertThat(answer.json().path("items").size()).isGreaterThan(60);
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=3600");
    }

    @Test
    void the_bare_address_leads_to_the_documentation() {
        assertThat(get("/").expect(302).header("Location")).isEqualTo("/docs");
    }

    @Test
    void answers_a_head_without_a_body() {
        var head =
                http().request("HEAD", "/docs").withoutKey().unchecked().send().expect(200);

        assertThat(head.body()).isEmpty();
        assertThat(head.header("Content-Length"))
                .isEqualTo(Integer.toString(get("/docs").body().length));
    }

    @Test
    void health_and_metrics_are_on_a_listener_of_their_own() {
        var management =
                new ApiClient(URI.create("http://127.0.0.1:" + anju.app().managementPort()));

        assertThat(management
                        .get("/health/live")
                        .expect(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("up");
        var ready = management.get("/health/ready").expect(200).json();
        assertThat(ready.at("/checks/database").asText()).isEqualTo("up");
        assertThat(ready.at("/checks/migrations").asText()).isEqualTo("up");
        http().get("/v1/problem-codes").expect(200);
        assertThat(text(management.get("/metrics").expect(200)))
                .contains("anju_http_requests_seconds_count{operation=\"listProblemCodes\",status=\"2xx\"}")
                // what never happened is not scraped
                .doesNotContain("status=\"1xx\"")
                .contains("vertx_pool")
                .contains("jvm_memory_used_bytes");

        get("/metrics").expect(404);
        get("/health/ready").expect(404);
    }

    private static Answer get(String path) {
        return http().request("GET", path).unchecked().send();
    }

    private static ApiClient http() {
        return anju.http();
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
