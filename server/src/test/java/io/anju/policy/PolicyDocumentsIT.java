package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rules as everybody may read them. */
class PolicyDocumentsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    @Test
    void anyone_lists_the_documents_of_a_city() {
        var items = items("/v1/policies?cityCode=370200&programme=public-rental&limit=100");
        assertThat(items).isNotEmpty().allSatisfy(item -> {
            assertThat(item.path("cityCode").asText()).isEqualTo("370200");
            assertThat(item.path("title").path("zh").asText()).isNotBlank();
            assertThat(item.path("title").path("en").asText()).isNotBlank();
            assertThat(item.path("source").asText()).isNotBlank();
        });
        var sample = items.stream()
                .filter(item -> item.path("version").asText().equals("2026-1"))
                .findFirst()
                .orElseThrow();
        assertThat(sample.path("digest").asText())
                .isEqualTo(Samples.qingdaoToday().digest());
        assertThat(sample.path("standing").asText()).isEqualTo("in_force");
        assertThat(items("/v1/policies?cityCode=110100")).isEmpty();
    }

    @Test
    void a_day_shows_what_is_in_force_on_it() {
        var first = Samples.qingdao().effectiveFrom();
        var path = "/v1/policies?cityCode=370200&programme=public-rental&on=";
        assertThat(digests(items(path + first)))
                .containsExactly(Samples.qingdao().digest());
        assertThat(digests(items(path + first.minusDays(1))))
                .doesNotContain(Samples.qingdao().digest());
    }

    @Test
    void pages_give_every_document_once_and_in_order() {
        var whole = digests(items("/v1/policies?limit=100"));
        var walked = new ArrayList<String>();
        var next = "";
        do {
            var page =
                    anju.http().get("/v1/policies?limit=1" + next).expect(200).json();
            page.path("items").forEach(item -> walked.add(item.path("digest").asText()));
            next = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!next.isEmpty());
        assertThat(walked).containsExactlyElementsOf(whole).doesNotHaveDuplicates();
    }

    @Test
    void a_cursor_belongs_to_its_filters() {
        var cursor = anju.http()
                .get("/v1/policies?limit=1")
                .expect(200)
                .json()
                .path("nextCursor")
                .asText();
        assertThat(anju.http()
                        .get("/v1/policies?limit=1&cityCode=370200&cursor=" + cursor)
                        .expect(400, "invalid-request")
                        .findings())
                .containsExactly("/query/cursor bad-cursor");
    }

    @Test
    void anyone_recomputes_the_digest_from_the_content() throws NoSuchAlgorithmException {
        var sample = Samples.qingdao();
        var answer = anju.http().get("/v1/policies/" + sample.digest()).expect(200);
        var content = answer.json().path("content").asText();
        var sha256 = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(sha256)).isEqualTo(sample.digest());
        assertThat(answer.json().path("policy").path("digest").asText()).isEqualTo(sample.digest());
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=60");
    }

    @Test
    void who_has_the_answer_is_told_so() {
        var path = "/v1/policies/" + Samples.qingdao().digest();
        var tag = anju.http().get(path).expect(200).etag();
        var again = anju.http()
                .request("GET", path)
                .header("If-None-Match", tag)
                .send()
                .expect(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.etag()).isEqualTo(tag);
        anju.http()
                .request("GET", path)
                .header("If-None-Match", "\"another\"")
                .send()
                .expect(200);
    }

    @Test
    void a_digest_of_nothing_is_not_there() {
        anju.http().get("/v1/policies/" + "0".repeat(64)).expect(404, "not-found");
        anju.http().get("/v1/policies/xyz").expect(400, "invalid-request");
    }

    static List<JsonNode> items(String path) {
        var items = new ArrayList<JsonNode>();
        anju.http().get(path).expect(200).json().path("items").forEach(items::add);
        return items;
    }

    private static List<String> digests(List<JsonNode> items) {
        return items.stream().map(item -> item.path("digest").asText()).toList();
    }
}
