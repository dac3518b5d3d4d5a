package io.anju.identity;

import io.anju.platform.crypto.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** Opaque secrets with 256 random bits, of which only a hash is stored: no salt and no slow hash are needed for those. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int ONE_TIME_BYTES = 12;

    private Secrets() {}

    /** A new refresh token; the prefix lets scanners find one that was published by mistake. */
    static String refreshToken() {
        return "anju-r-" + random();
    }

    /** A password to hand over: 96 bits of chance, in groups that can be read out. */
    static String oneTimePassword() {
        var bytes = new byte[ONE_TIME_BYTES];
        RANDOM.nextBytes(bytes);
        var text = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes)
                .replace('-', '8')
                .replace('_', '9');
        return String.join("-", text.substring(0, 4), text.substring(4, 8), text.substring(8, 12), text.substring(12));
    }

    /** A new secret for a partner's program. */
    static String clientSecret() {
        return "anju-s-" + random();
    }

    static byte[] hash(String secret) {
        return Sha256.of(secret);
    }

    private static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
