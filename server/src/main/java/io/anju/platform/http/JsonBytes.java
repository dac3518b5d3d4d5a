package io.anju.platform.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/** A growing block of UTF-8 to which JSON's texts, numbers and instants are written. */
final class JsonBytes {
    private static final int INITIAL_BYTES = 1024;
    /** A larger block is given up after use: one long list must not be held by every event loop for ever. */
    private static final int KEPT_MAX_BYTES = 64 * 1024;

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    /** A copy of what was written. */
    Buffer copy() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }

    /** Empties the block for the next value. */
    void clear() {
        length = 0;
        if (bytes.length > KEPT_MAX_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
    }

    /** The byte that was written last; there must be one. */
    byte last() {
        return bytes[length - 1];
    }

    /** Bytes that are JSON already. */
    void append(byte[] written) {
        ensure(written.length);
        System.arraycopy(written, 0, bytes, length, written.length);
        length += written.length;
    }

    /** A text with its quotes. */
    void text(String value) {
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

    void quoted(String ascii) {
        put('"');
        ascii(ascii);
        put('"');
    }

    @SuppressWarnings("deprecation") // the only copy of ASCII that needs neither an array nor a look at each character
    void ascii(String ascii) {
        int count = ascii.length();
        ensure(count);
        ascii.getBytes(0, count, bytes, length);
        length += count;
    }

    /** As {@link Instant#toString}: seconds always, then as many groups of three decimals as are not zero. */
    void instant(Instant instant) {
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
            bytes[length++] = (byte) (0xC0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
        } else if (!Character.isSurrogate(c)) {
            bytes[length++] = (byte) (0xE0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[length++] = (byte) (0x80 | (c & 0x3F));
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
        bytes[length++] = (byte) (0xF0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
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

    void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
