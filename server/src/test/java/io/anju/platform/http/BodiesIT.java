package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.ApiClient;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations are sent: JSON, forms and files, whole and within the limits, or refused. */
class BodiesIT {
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
    void reads_a_body_that_comes_after_a_slow_verdict() {
        call("POST", "/v1/my-things")
                .token("slow-alice")
                .body(Map.of("name", "x".repeat(500_000)))
                .send()
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json-patch+json", "nonsense"})
    void refuses_another_media_type(String mediaType) {
        call("POST", "/v1/things")
                .bytes(mediaType, "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8))
                .send()
                .expect(415, "unsupported-media-type");
    }

    @Test
    void takes_a_media_type_with_a_charset_in_any_case() {
        call("POST", "/v1/things")
                .bytes("Application/JSON; charset=UTF-8", "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8))
                .send()
                .expect(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"name\":\"x\"",
                "{\"name\":\"x\"} {}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{name:'x'}",
                "nul",
                "{\"name\":NaN}",
                "{\"name\":1" + "0" + "e}",
                "\"\\ud800\"x"
            })
    void refuses_what_is_not_one_json_document(String body) {
        call("POST", "/v1/things").body(body).send().expect(400, "malformed-json");
    }

    @Test
    void refuses_nesting_and_numbers_that_no_honest_client_sends() {
        call("POST", "/v1/things").body("[".repeat(100_000)).send().expect(400, "malformed-json");
        call("POST", "/v1/things")
                .body("{\"name\":" + "9".repeat(100_000) + "}")
                .send()
                .expect(400, "malformed-json");
    }

    @Test
    void takes_a_body_up_to_the_limit_and_refuses_a_longer_one() {
        int overhead = "{\"name\":\"\"}".length();
        call("POST", "/v1/things")
                .body("{\"name\":\"" + "x".repeat((1 << 20) - overhead) + "\"}")
                .send()
                .expect(201);

        var problem = call("POST", "/v1/things")
                .body("{\"name\":\"" + "x".repeat((1 << 20) - overhead + 1) + "\"}")
                .send()
                .expect(413, "payload-too-large");
        assertThat(problem.header("Connection")).isEqualTo("close");
    }

    @Test
    void cuts_off_a_chunked_body_that_does_not_end() {
        var head = "POST /v1/things HTTP/1.1\r\nHost: anju\r\nContent-Type: application/json\r\n" + "Idempotency-Key: "
                + UUID.randomUUID() + "\r\nTransfer-Encoding: chunked\r\n\r\n";

        var answer = RawHttp.sendEndless(server.http.base(), head, "8000\r\n" + "x".repeat(0x8000) + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("payload-too-large");
    }

    @Test
    void receives_uploads_whole() {
        var content = random(3_000_000);
        var answer = server.http
                .request("POST", "/v1/files")
                .file("C:\\docs\\户口本.pdf", "application/pdf", content, "kind", "hukou-book", "note", "第一页")
                .unchecked()
                .send()
                .expect(201);

        assertThat(answer.json().path("fileName").asText()).isEqualTo("户口本.pdf");
        assertThat(answer.json().path("mediaType").asText()).isEqualTo("application/pdf");
        assertThat(answer.json().path("sizeBytes").asInt()).isEqualTo(content.length);
        assertThat(answer.json().path("crc").asLong()).isEqualTo(Things.crc(Buffer.buffer(content)));
        assertThat(answer.json().at("/fields/kind").asText()).isEqualTo("hukou-book");
        assertThat(answer.json().at("/fields/note").asText()).isEqualTo("第一页");
    }

    @Test
    void receives_a_form_whole_wherever_it_is_cut() {
        var form = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nhukou\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\ncontent\r\n--b--\r\n";
        // chunks of one byte: a cut at every place
        var chunks = form.chars().mapToObj(one -> "1\r\n" + (char) one + "\r\n").collect(Collectors.joining());
        var answer = RawHttp.send(
                server.http.base(),
                "POST /v1/files HTTP/1.1\r\nHost: anju\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n"
                        + "Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
                        + "0\r\n\r\n");

        assertThat(answer).contains(" 201 ").contains("\"kind\":\"hukou\"").contains("\"sizeBytes\":7");
    }

    @Test
    void receives_an_upload_as_raw_bytes() {
        var content = random(2_000_000);
        var answer = call("POST", "/v1/files")
                .bytes("application/octet-stream", content)
                .send()
                .expect(201);

        assertThat(answer.json().path("crc").asLong()).isEqualTo(Things.crc(Buffer.buffer(content)));
    }

    @Test
    void takes_a_file_of_ten_mebibytes_and_refuses_a_larger_one() {
        call("POST", "/v1/files")
                .file("a", "image/png", new byte[10 << 20])
                .send()
                .expect(201);
        call("POST", "/v1/files")
                .file("a", "image/png", new byte[(10 << 20) + 1])
                .send()
                .expect(413);
        call("POST", "/v1/files")
                .bytes("application/octet-stream", new byte[(10 << 20) + 1])
                .send()
                .expect(413);
        assertThat(server.edge.uploadsInFlightBytes).hasValue(0);
    }

    @Test
    void refuses_a_form_without_a_file_or_with_rubbish() {
        var form = "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nx\r\n--b--\r\n";
        var missing = call("POST", "/v1/files")
                .bytes("multipart/form-data; boundary=b", form.getBytes(StandardCharsets.UTF_8))
                .send();
        assertThat(missing.expect(400, "invalid-request").findings()).containsExactly("/file required");

        for (var type : new String[] {"multipart/form-data; boundary=b", "multipart/form-data"}) {
            call("POST", "/v1/files")
                    .bytes(type, "rubbish".getBytes(StandardCharsets.UTF_8))
                    .send()
                    .expect(400, "invalid-request");
        }
        assertThat(server.edge.uploadsInFlightBytes).hasValue(0);
    }

    private static byte[] random(int length) {
        var content = new byte[length];
        new Random(20260304).nextBytes(content);
        return Arrays.copyOf(content, length);
    }

    private static ApiClient.Call call(String method, String path) {
        return server.http.request(method, path).unchecked();
    }
}
