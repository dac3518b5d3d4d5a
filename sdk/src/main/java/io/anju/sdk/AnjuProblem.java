package io.anju.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server refused or failed: its problem document (RFC 9457) as an exception. */
public final class AnjuProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 200;

    private final int status;
    private final String code;
    private final @Nullable String traceId;
    private final transient List<FieldProblem> errors;

    private AnjuProblem(int status, String code, String message, @Nullable String traceId, List<FieldProblem> errors) {
        super(message);
        this.status = status;
        this.code = code;
        this.traceId = traceId;
        this.errors = List.copyOf(errors);
    }

    /** Reads the answer; one that is no problem document (a proxy's page, say) keeps its status and says so. */
    static AnjuProblem read(int status, byte[] body, ObjectMapper json) {
        try {
            var document = json.readTree(body);
            if (document != null && document.path("code").isTextual()) {
                return fromDocument(status, document, json);
            }
        } catch (IOException notJson) {
            return unreadable(status, body);
        }
        return unreadable(status, body);
    }

    private static AnjuProblem fromDocument(int status, JsonNode document, ObjectMapper json) throws IOException {
        var errors = new ArrayList<FieldProblem>();
        for (JsonNode error : document.path("errors")) {
            errors.add(json.treeToValue(error, FieldProblem.class));
        }
        var code = document.path("code").asText();
        var message = status + " " + code + ": "
                + document.path("detail").asText(document.path("title").asText());
        return new AnjuProblem(
                status,
                code,
                message,
                document.hasNonNull("traceId") ? document.path("traceId").asText() : null,
                errors);
    }

    private static AnjuProblem unreadable(int status, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        var shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return new AnjuProblem(
                status, "unreadable-answer", status + " without a problem document: " + shown, null, List.of());
    }

    public int status() {
        return status;
    }

    /** Stable identifier from the published catalogue: decide by this, not by the message. */
    public String code() {
        return code;
    }

    /** What was wrong field by field; empty where the problem is with the request as a whole. */
    public List<FieldProblem> errors() {
        return errors;
    }

    /** Quote this to the authority's operators. */
    public @Nullable String traceId() {
        return traceId;
    }
}
