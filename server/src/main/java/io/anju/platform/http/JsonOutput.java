package io.anju.platform.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
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
    private static final int INITIAL_BYTES = 1024;
    /** A larger block is given up after use: one long list must not be held by every event loop for ever. */
    private static final int KEPT_MAX_BYTES = 64 * 1024;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final ThreadLocal<JsonOutput> KEPT = ThreadLocal.withInitial(JsonOutput::new);

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;
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
            return Buffer.buffer(output.length).appendBytes(output.bytes, 0, output.length);
        } finally {
            output.reset();
        }
    }

    private void reset() {
        busy = false;
        length = 0;
        if (bytes.length > KEPT_MAX_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    public void beginObject() {
        put('{');
    }

    public void endObject() {
        put('}');
    }

    public void field(String name, @Nullable String value) {
        if (value != null) {
            name(name);
            text(value);
        }
    }

    public void field(String name, int value) {
        field(name, (long) value);
    }

    public void field(String name, long value) {
        name(name);
        ascii(Long.toString(value));
    }

    public void field(String name, boolean value) {
        name(name);
        ascii(value ? "true" : "false");
    }

    public void field(String name, @Nullable UUID value) {
        if (value != null) {
            name(name);
            quoted(value.toString());
        }
    }

    public void field(String name, @Nullable Instant value) {
        if (value != null) {
            name(name);
            instant(value);
        }
    }

    public void field(String name, @Nullable LocalDate value) {
        if (value != null) {
            name(name);
            quoted(value.toString());
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
        ensure(value.length() + 2);
        put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
                ensure(1);
                bytes[length++] = (byte) c;
            } else {
                i += special(value, i, c);
            }
        }
        put('"');
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
            ascii(String.valueOf(value));
        } else if (value instanceof Instant instant) {
            instant(instant);
        } else if (value instanceof UUID || value instanceof LocalDate) {
            quoted(value.toString());
        } else {
            mapped(value);
        }
    }

    private void items(Collection<?> items) {
        char separator = '[';
        for (Object item : items) {
            put(separator);
            value(item);
            separator = ',';
        }
        if (separator == '[') {
            put('[');
        }
        put(']');
    }

    private void entries(Map<?, ?> entries) {
        put('{');
        entries.forEach((key, value) -> {
            separate();
            text(String.valueOf(key));
            put(':');
            value(value);
        });
        put('}');
    }

    /** Trees and decimals: few, and the mapper's own. */
    private void mapped(Object value) {
        try {
            var written = Json.mapper().writeValueAsBytes(value);
            ensure(written.length);
            System.arraycopy(written, 0, bytes, length, written.length);
            length += written.length;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names come from the contract and hold nothing that would need an escape. */
    private void name(String name) {
        separate();
        quoted(name);
        put(':');
    }

    private void separate() {
        if (bytes[length - 1] != '{') {
            put(',');
        }
    }

    private void quoted(String ascii) {
        put('"');
        ascii(ascii);
        put('"');
    }

    @SuppressWarnings("deprecation") // the only copy of ASCII that needs neither an array nor a look at each character
    private void ascii(String ascii) {
        int count = ascii.length();
        ensure(count);
        ascii.getBytes(0, count, bytes, length);
        length += count;
    }

    /** As {@link Instant#toString}: seconds always, then as many groups of three decimals as are not zero. */
    private void instant(Instant instant) {
        long seconds = instant.getEpochSecond();
        var date = LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400L));
        int nanos = instant.getNano();
        if (date.getYear() < 0 || date.getYear() > 9999) {
            quoted(instant.toString());
            return;
        }
        int second = (int) Math.floorMod(seconds, 86_400L);
        ensure(32);
        put('"');
        digits(date.getYear(), 4);
        put('-');
        digits(date.getMonthValue(), 2);
        put('-');
        digits(date.getDayOfMonth(), 2);
        put('T');
        digits(second / 3600, 2);
        put(':');
        digits(second / 60 % 60, 2);
        put(':');
        digits(second % 60, 2);
        if (nanos != 0) {
            put('.');
            fraction(nanos);
        }
        put('Z');
        put('"');
    }

    private void fraction(int nanos) {
        if (nanos % 1_000_000 == 0) {
            digits(nanos / 1_000_000, 3);
        } else if (nanos % 1000 == 0) {
            digits(nanos / 1000, 6);
        } else {
            digits(nanos, 9);
        }
    }

    private void digits(int value, int count) {
        ensure(count);
        int rest = value;
        for (int i = count - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    /** Writes a character that is not written as it is; gives how many further characters it took. */
    private int special(String text, int at, char c) {
        ensure(6);
        if (c < 0x80) {
            escape(c);
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xC0 | c >> 6);
            bytes[length++] = (byte) (0x80 | c & 0x3F);
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xE0 | c >> 12);
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
            bytes[length++] = (byte) (0x80 | c & 0x3F);
        } else {
            return pair(text, at);
        }
        return 0;
    }

    private int pair(String text, int at) {
        int point = text.codePointAt(at);
        if (!Character.isSupplementaryCodePoint(point)) {
            throw new IllegalArgumentException("half of a surrogate pair at " + at);
        }
        bytes[length++] = (byte) (0xF0 | point >> 18);
        bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
        bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | point & 0x3F);
        return 1;
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\b' -> bytes[length++] = 'b';
            case '\f' -> bytes[length++] = 'f';
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
