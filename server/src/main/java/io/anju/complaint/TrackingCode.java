package io.anju.complaint;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code that opens a report without a name: 50 bits to look the report up by, 80 secret bits, and two characters that
 * find any slip of the pen. The secret is far beyond guessing, and of it there is a slow hash only.
 *
 * @param lookup stands in the database as it is; opens nothing
 * @param secret is never kept
 */
record TrackingCode(String lookup, String secret) {
    /** Characters that are not confused with one another when read aloud or copied by hand (Crockford). */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int BITS = 5;
    private static final int LOOKUP_CHARS = 10;
    private static final int SECRET_CHARS = 16;
    private static final int CHARS = LOOKUP_CHARS + SECRET_CHARS;
    private static final int CHECK_CHARS = 2;
    private static final int GROUP = 4;
    /** Prime, so that any one wrong character and any two swapped neighbours are found. */
    private static final BigInteger CHECK = BigInteger.valueOf(1021);

    private static final Pattern BLANKS = Pattern.compile("[\\s-]");

    /** Made from 17 bytes or more that nobody can foretell. */
    static TrackingCode of(byte[] seed) {
        var bits = new BigInteger(1, Arrays.copyOf(seed, (CHARS * BITS + Byte.SIZE - 1) / Byte.SIZE));
        var code = text(bits, CHARS);
        return new TrackingCode(code.substring(0, LOOKUP_CHARS), code.substring(LOOKUP_CHARS));
    }

    /** What somebody typed; empty where the check characters do not agree. */
    static Optional<TrackingCode> parse(String typed) {
        var plain = BLANKS.matcher(typed)
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (plain.length() != CHARS + CHECK_CHARS || plain.chars().anyMatch(one -> ALPHABET.indexOf(one) < 0)) {
            return Optional.empty();
        }
        var code = plain.substring(0, CHARS);
        return check(code).equals(plain.substring(CHARS))
                ? Optional.of(new TrackingCode(code.substring(0, LOOKUP_CHARS), code.substring(LOOKUP_CHARS)))
                : Optional.empty();
    }

    /** As it is shown, in groups of four. */
    String text() {
        var code = lookup + secret;
        var grouped = new StringBuilder(code + check(code));
        for (int at = grouped.length() - GROUP; at > 0; at -= GROUP) {
            grouped.insert(at, '-');
        }
        return grouped.toString();
    }

    /** Says nothing: whoever prints one by mistake prints no secret. */
    @Override
    public String toString() {
        return "TrackingCode";
    }

    private static String check(String code) {
        var number = BigInteger.ZERO;
        for (int i = 0; i < code.length(); i++) {
            number = number.shiftLeft(BITS).or(BigInteger.valueOf(ALPHABET.indexOf(code.charAt(i))));
        }
        return text(number.mod(CHECK), CHECK_CHARS);
    }

    /** The last characters of a number. */
    private static String text(BigInteger number, int chars) {
        var text = new StringBuilder(chars);
        for (int i = chars - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(number.shiftRight(i * BITS).intValue() & (1 << BITS) - 1));
        }
        return text.toString();
    }
}
