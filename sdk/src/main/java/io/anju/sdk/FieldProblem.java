package io.anju.sdk;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/** One thing wrong with one field of a request. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class FieldProblem {
    private final String pointer;
    private final String code;
    private final String detail;

    @JsonCreator
    FieldProblem(
            @JsonProperty("pointer") String pointer,
            @JsonProperty("code") String code,
            @JsonProperty("detail") String detail) {
        this.pointer = pointer;
        this.code = code;
        this.detail = detail;
    }

    /** JSON Pointer (RFC 6901) into the request's body, or {@code /query/…}, {@code /path/…}, {@code /header/…}. */
    public String pointer() {
        return pointer;
    }

    /** Stable identifier from the published catalogue. */
    public String code() {
        return code;
    }

    /** For people, in the language asked for. */
    public String detail() {
        return detail;
    }

    @Override
    public String toString() {
        return pointer + " " + code;
    }
}
