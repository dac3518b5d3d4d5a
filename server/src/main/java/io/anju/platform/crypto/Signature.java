package io.anju.platform.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * An Ed25519 signature.
 *
 * @param keyId names the key, eight hexadecimal digits
 * @param value the 64 bytes of RFC 8032
 */
public record Signature(String keyId, byte[] value) {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    public Signature {
        value = value.clone();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    /** {@code keyId.base64url}, the form in which it is printed and stored. */
    public String text() {
        return keyId + "." + ENCODER.encodeToString(value);
    }

    /** Reads {@link #text}. */
    public static Signature parse(String text) {
        var dot = text.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("not a signature");
        }
        return new Signature(text.substring(0, dot), Base64.getUrlDecoder().decode(text.substring(dot + 1)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && keyId.equals(that.keyId) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keyId, Arrays.hashCode(value));
    }

    @Override
    public String toString() {
        return text();
    }
}
