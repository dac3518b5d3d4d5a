package io.anju.platform.http;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The id under which one request is found again, here and in the systems before it. */
final class TraceId {
    private static final int LENGTH = 32;
    private static final int TRACEPARENT_LENGTH = 55;
    private static final String NONE = "0".repeat(LENGTH);
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private TraceId() {}

    /** Takes the trace id of a W3C {@code traceparent}; draws one where there is none or it is malformed. */
    static String of(@Nullable String traceparent) {
        return traceparent != null && isValid(traceparent) ? traceparent.substring(3, 3 + LENGTH) : draw();
    }

    private static boolean isValid(String header) {
        // a later version may append fields; "ff" is forbidden
        if (header.length() < TRACEPARENT_LENGTH
                || header.length() > TRACEPARENT_LENGTH && header.charAt(TRACEPARENT_LENGTH) != '-'
                || header.startsWith("ff")
                || header.startsWith("00") && header.length() != TRACEPARENT_LENGTH) {
            return false;
        }
        for (int i = 0; i < TRACEPARENT_LENGTH; i++) {
            char c = header.charAt(i);
            boolean dash = i == 2 || i == 35 || i == 52;
            if (dash ? c != '-' : !isHex(c)) {
                return false;
            }
        }
        return !header.startsWith(NONE, 3);
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }

    private static String draw() {
        var random = ThreadLocalRandom.current();
        var chars = new char[LENGTH];
        hex(random.nextLong(), chars, 0);
        // never all zeroes: that means "no trace"
        hex(random.nextLong() | 1, chars, LENGTH / 2);
        return new String(chars);
    }

    private static void hex(long bits, char[] to, int from) {
        for (int i = 0; i < LENGTH / 2; i++) {
            to[from + i] = HEX[(int) (bits >>> (60 - 4 * i)) & 15];
        }
    }
}
