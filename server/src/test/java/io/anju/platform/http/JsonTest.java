package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{} {}",
                "{}x",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 1, \"a\": 2}",
                "[1,]",
                "01",
                "NaN",
                "/**/{}",
                "{\"a\": {\"b\": 1, \"b\": 1}}",
                "12345678901234567890123456789012345678901",
                "\"\u0001\""
            })
    void refuses_what_is_not_one_document(String text) {
        assertMalformed(Buffer.buffer(text));
    }

    @Test
    void refuses_deep_nesting_before_building_it() {
        assertThat(Json.parse(Buffer.buffer("[".repeat(32) + "]".repeat(32))).isArray())
                .isTrue();
        assertMalformed(Buffer.buffer("[".repeat(33) + "]".repeat(33)));
        assertMalformed(Buffer.buffer("[".repeat(500_000)));
    }

    @Test
    void refuses_bytes_that_are_not_utf_8() {
        assertMalformed(Buffer.buffer(new byte[] {'"', (byte) 0xff, '"'}));
        assertMalformed(Buffer.buffer(new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'}));
        assertMalformed(Buffer.buffer("{}", "UTF-16"));
    }

    @Test
    void refuses_long_names() {
        assertMalformed(Buffer.buffer("{\"" + "n".repeat(5_000) + "\": 1}"));
    }

    @Test
    void writes_times_as_text() {
        var value = new LinkedHashMap<String, Object>();
        value.put("at", Instant.parse("2026-03-01T08:30:00Z"));
        value.put("on", LocalDate.parse("2026-03-01"));
        assertThat(Json.write(value).toString()).isEqualTo("{\"at\":\"2026-03-01T08:30:00Z\",\"on\":\"2026-03-01\"}");
    }

    private static void assertMalformed(Buffer body) {
        assertThatThrownBy(() -> Json.parse(body))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(PlatformProblem.MALFORMED_JSON));
    }
}
