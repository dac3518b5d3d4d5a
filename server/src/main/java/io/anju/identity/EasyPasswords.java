package io.anju.identity;

import io.anju.platform.http.Office;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Passwords that are tried first: the commonest of those that were breached, words that belong to this service, rows of
 * keys, few characters. The lists and where they come from are in {@code resources/passwords}.
 */
final class EasyPasswords {
    static final EasyPasswords SHIPPED = new EasyPasswords(digests(), words());

    private static final int FEWEST_CHARACTERS = 5;
    /** What a password must have beside the listed words. */
    private static final int FEWEST_OWN = 8;

    private static final String ROWS = "01234567890 9876543210 abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm";
    /** Digits and signs, and below each the letter that it stands for. */
    private static final String SIGNS = "013457@$!";

    private static final String LETTERS = "oieastasi";

    private final long[] common;
    private final List<String> words;

    private EasyPasswords(long[] common, List<String> words) {
        this.common = common;
        this.words = words;
    }

    /** Whether whoever knows the account would soon guess it. */
    boolean contains(String password, String username, Office office) {
        var plain = lower(password);
        if (plain.contains(username) || isCommon(plain) || isMonotonous(plain)) {
            return true;
        }
        var own = withoutWords(plain, wordsOf(office));
        return own.length() < FEWEST_OWN || isMonotonous(own);
    }

    boolean isCommon(String plain) {
        return Arrays.binarySearch(common, digest(plain)) >= 0;
    }

    private List<String> wordsOf(Office office) {
        var all = new ArrayList<>(words);
        all.add(lower(office.name()));
        all.add(office.areaCode());
        return all;
    }

    /** What is left when each listed word is struck out, also where signs stand for its letters. */
    private static String withoutWords(String plain, List<String> words) {
        var letters = new StringBuilder(plain);
        for (int i = 0; i < plain.length(); i++) {
            int sign = SIGNS.indexOf(plain.charAt(i));
            if (sign >= 0) {
                letters.setCharAt(i, LETTERS.charAt(sign));
            }
        }
        var struck = new BitSet(plain.length());
        for (String word : words) {
            strike(plain, word, struck);
            strike(letters.toString(), word, struck);
        }
        var left = new StringBuilder();
        for (int i = struck.nextClearBit(0); i < plain.length(); i = struck.nextClearBit(i + 1)) {
            left.append(plain.charAt(i));
        }
        return left.toString();
    }

    private static void strike(String text, String word, BitSet struck) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            struck.set(at, at + word.length());
        }
    }

    private static boolean isMonotonous(String plain) {
        return plain.codePoints().distinct().count() < FEWEST_CHARACTERS || isRow(plain);
    }

    /** Whether it is a walk along a row of keys or digits and hardly anything else. */
    private static boolean isRow(String plain) {
        int inRow = 0;
        for (int i = 0; i + 3 <= plain.length(); i++) {
            if (ROWS.contains(plain.substring(i, i + 3))) {
                inRow++;
            }
        }
        return inRow * 4 >= (plain.length() - 2) * 3;
    }

    private static String lower(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static long digest(String plain) {
        return ByteBuffer.wrap(Secrets.hash(plain)).getLong();
    }

    private static long[] digests() {
        var bytes = ByteBuffer.wrap(resource("/passwords/common.sha256"));
        var digests = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(digests);
        Arrays.sort(digests);
        return digests;
    }

    private static List<String> words() {
        return new String(resource("/passwords/context-words.txt"), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static byte[] resource(String name) {
        try (InputStream in = EasyPasswords.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
