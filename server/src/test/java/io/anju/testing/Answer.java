package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server answered.
 *
 * @param json the body, or a missing node where it is none or no JSON
 */
public record Answer(int status, HttpHeaders headers, byte[] body, JsonNode json) {
    /** The value of a header; fails where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElseThrow(() -> new AssertionError("no header " + name + " in " + this));
    }

    public String etag() {
        return header("ETag");
    }

    /** The code of a problem. */
    public String code() {
        return json.path("code").asText();
    }

    /** The pointers of a problem's findings, in order. */
    public List<String> pointers() {
        var pointers = new ArrayList<String>();
        json.path("errors").forEach(error -> pointers.add(error.path("pointer").asText()));
        return pointers;
    }

    /** {@code pointer code} of each finding, in order. */
    public List<String> findings() {
        var findings = new ArrayList<String>();
        json.path("errors")
                .forEach(error -> findings.add(error.path("pointer").asText() + " "
                        + error.path("code").asText()));
        return findings;
    }

    /** Gives this answer if it has the status; otherwise fails with all of it. */
    public Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected " + expected + " but got " + this);
        }
        return this;
    }

    /** As {@link #expect(int)}, for a problem with this code. */
    public Answer expect(int expected, String code) {
        expect(expected);
        if (!code().equals(code)) {
            throw new AssertionError("expected " + code + " but got " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        return status + " " + headers.map() + "\n" + new String(body, StandardCharsets.UTF_8);
    }
}
