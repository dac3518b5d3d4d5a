package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals the place where a page of a list ended, so that clients neither read nor make cursors.
 *
 * <p>A cursor is bound to its list: one taken from another operation does not open.
 */
public final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TAG_BYTES = 16;
    private static final char SEPARATOR = '\u001f';

    private final SecretKeySpec key;

    /** Takes at least 32 secret bytes, equal on every instance. */
    public Cursors(byte[] secret) {
        if (secret.length < 32) {
            throw new IllegalArgumentException("a cursor key has at least 32 bytes");
        }
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Gives a cursor for the list {@code list} (usually the operation's id) that holds {@code values}. */
    public String seal(String list, Object... values) {
        var text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : SEPARATOR).append(values[i]);
        }
        byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] sealed = Arrays.copyOf(tag(list, content), TAG_BYTES + content.length);
        System.arraycopy(content, 0, sealed, TAG_BYTES, content.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** Gives the {@code count} values of a cursor of this list; refuses anything else as {@code invalid-request}. */
    public List<String> open(String list, int count, String cursor) {
        byte[] sealed = decode(cursor);
        byte[] content = Arrays.copyOfRange(sealed, Math.min(TAG_BYTES, sealed.length), sealed.length);
        byte[] expected = Arrays.copyOf(tag(list, content), TAG_BYTES);
        byte[] given = Arrays.copyOf(sealed, TAG_BYTES);
        if (sealed.length < TAG_BYTES || !MessageDigest.isEqual(expected, given)) {
            throw refusal();
        }
        var values = List.of(new String(content, StandardCharsets.UTF_8).split(String.valueOf(SEPARATOR), -1));
        if (values.size() != count) {
            throw refusal();
        }
        return values;
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private static Refusal refusal() {
        return Refusal.at("/query/cursor", PlatformProblem.INVALID_REQUEST);
    }

    private byte[] tag(String list, byte[] content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(list.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
