package io.anju.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON in UTF-8, byte for byte as the mapper of {@link Json} would.
 *
 * <p>Answers are made of few and known types, which the generated records write one after the other; a general
 * serialiser looks each of them up again for every field, and spends on an answer a third of what the server adds to
 * its statements.
 */
public final class JsonOutput {
    private static final ThreadLocal<JsonOutput> KEPT = ThreadLocal.withInitial(JsonOutput::new);

    private final JsonBytes bytes = new JsonBytes();
    private boolean busy;

    private JsonOutput() {}

    /** The value as JSON. */
    static Buffer render(Written value) {
        var output = KEPT.get();
        if (output.busy) {
            // a value that renders another one while it is written
            output = new JsonOutput();
        }
        output.busy = true;
        try {
            value.writeTo(output);
            return output.bytes.copy();
        } finally {
            output.bytes.clear();
            output.busy = false;
        }
    }

    public void beginObject() {
        bytes.put('{');
    }

    public void endObject() {
        bytes.put('}');
    }

    public void field(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            bytes.text(value);
        }
    }

    public void field(String name, int value) {
        field(name, (long) value);
    }

    public void field(String name, long value) {
        name(name);
        bytes.ascii(Long.toString(value));
    }

    public void field(String name, boolean value) {
        name(name);
        bytes.ascii(value ? "true" : "false");
    }

    public void field(String name, @Nullable UUID value) {
        if (value != null) {
            name(name);
            bytes.quoted(value.toString());
        }
    }

    public void field(String name, @Nullable Instant value) {
        if (value != null) {
            name(name);
            bytes.instant(value);
        }
    }

    public void field(String name, @Nullable LocalDate value) {
        if (value != null) {
            name(name);
            bytes.quoted(value.toString());
        }
    }

    public void field(String name, @Nullable Written value) {
        if (value != null) {
            name(name);
            value.writeTo(this);
        }
    }

    /** Anything else that a record may hold: lists, maps, trees, boxed numbers. Nothing is written for null. */
    public void field(String name, @Nullable Object value) {
        if (value != null) {
            name(name);
            value(value);
        }
    }

    /** A text with its quotes. */
    public void text(String value) {
        bytes.text(value);
    }

    private void value(@Nullable Object value) {
        if (value instanceof Written written) {
            written.writeTo(this);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Collection<?> items) {
            items(items);
        } else if (value instanceof Map<?, ?> entries) {
            entries(entries);
        } else if (value == null || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            bytes.ascii(String.valueOf(value));
        } else if (value instanceof Instant instant) {
            bytes.instant(instant);
        } else if (value instanceof UUID || value instanceof LocalDate) {
            bytes.quoted(value.toString());
        } else {
            mapped(value);
        }
    }

    private void items(Collection<?> items) {
        char separator = '[';
        for (Object item : items) {
            bytes.put(separator);
            value(item);
            separator = ',';
        }
        if (separator == '[') {
            bytes.put('[');
        }
        bytes.put(']');
    }

    private void entries(Map<?, ?> entries) {
        bytes.put('{');
        entries.forEach((key, value) -> {
            separate();
            text(String.valueOf(key));
            bytes.put(':');
            value(value);
        });
        bytes.put('}');
    }

    /** Trees and decimals: few, and the mapper's own. */
    private void mapped(Object value) {
        try {
            bytes.append(Json.mapper().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names come from the contract and hold nothing that would need an escape. */
    private void name(String name) {
        separate();
        bytes.quoted(name);
        bytes.put(':');
    }

    private void separate() {
        if (bytes.last() != '{') {
            bytes.put(',');
        }
    }
}
