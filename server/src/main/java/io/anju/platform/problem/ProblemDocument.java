package io.anju.platform.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes refusals as RFC 9457 problem documents. */
public final class ProblemDocument {
    public static final String MEDIA_TYPE = "application/problem+json";
    /** Where the {@code type} of a problem resolves. */
    public static final String TYPE_PREFIX = "/problems/";

    private static final JsonFactory JSON = new JsonFactory();

    private final Catalogue catalogue;

    public ProblemDocument(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Gives the document in English, or else in Chinese. */
    public Buffer write(Refusal refusal, boolean english, String traceId) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            var entry = catalogue.get(refusal.code());
            out.writeStartObject();
            out.writeStringField("type", TYPE_PREFIX + entry.id());
            out.writeStringField("title", entry.title().in(english));
            out.writeNumberField("status", entry.status());
            out.writeStringField("detail", fill(entry.detail().in(english), args(refusal)));
            out.writeStringField("code", entry.id());
            if (!refusal.findings().isEmpty()) {
                out.writeArrayFieldStart("errors");
                for (Finding finding : refusal.findings()) {
                    write(out, finding, english);
                }
                out.writeEndArray();
            }
            out.writeStringField("traceId", traceId);
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** What is wrong as one text, for forms that know no more: where it is, too, where that is known. */
    public String detail(Refusal refusal, boolean english) {
        var text = fill(catalogue.get(refusal.code()).detail().in(english), args(refusal));
        return refusal.findings().isEmpty()
                ? text
                : text
                        + refusal.findings().stream()
                                .map(finding -> finding.pointer() + ": " + catalogue.detail(finding, english))
                                .collect(Collectors.joining("; ", " (", ")"));
    }

    /** The refusal's own, and {@code count} for the number of findings. */
    private static Map<String, String> args(Refusal refusal) {
        var args = new HashMap<>(refusal.args());
        args.putIfAbsent("count", Integer.toString(refusal.findings().size()));
        return args;
    }

    private void write(JsonGenerator out, Finding finding, boolean english) throws IOException {
        out.writeStartObject();
        out.writeStringField("pointer", finding.pointer());
        out.writeStringField("code", finding.code().id());
        out.writeStringField("detail", catalogue.detail(finding, english));
        out.writeEndObject();
    }

    static String fill(String text, Map<String, String> args) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        var filled = new StringBuilder(text.length() + 32);
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            filled.append(text, from, open).append(args.getOrDefault(text.substring(open + 1, close), "–"));
            from = close + 1;
        }
        return filled.append(text, from, text.length()).toString();
    }
}
