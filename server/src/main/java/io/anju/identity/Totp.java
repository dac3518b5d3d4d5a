package io.anju.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.encoders.Base32;

/** One-time passwords by time (RFC 6238), in the one form that every authenticator app knows: SHA-1, 30 s, six digits. */
final class Totp {
    private static final int SECRET_BYTES = 20;
    private static final int STEP_SECONDS = 30;
    private static final int MODULUS = 1_000_000;
    /** The clock of a phone may be off by this many steps, and typing takes time (RFC 6238 §5.2). */
    private static final int WINDOW_STEPS = 1;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    static byte[] newSecret() {
        var secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static String text(byte[] secret) {
        return Base32.toBase32String(secret);
    }

    /** As a QR code for authenticator apps carries it. */
    static String uri(String username, byte[] secret) {
        // a user name needs no escaping: letters, digits, dots, hyphens and underscores
        return "otpauth://totp/Anju:" + username + "?secret=" + text(secret)
                + "&issuer=Anju&algorithm=SHA1&digits=6&period=" + STEP_SECONDS;
    }

    static long step(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), STEP_SECONDS);
    }

    /** The step after {@code lastStep} whose password this is; empty where it is wrong or was taken before. */
    static OptionalLong match(byte[] secret, String password, long lastStep, Instant now) {
        var current = step(now);
        var found = OptionalLong.empty();
        for (long step = current - WINDOW_STEPS; step <= current + WINDOW_STEPS; step++) {
            // each step is computed and compared, so that the time taken tells nothing
            var equal = MessageDigest.isEqual(bytes(password(secret, step)), bytes(password));
            if (equal && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** RFC 4226 §5.3. */
    static String password(byte[] secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "RAW"));
            var hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String digits) {
        return digits.getBytes(StandardCharsets.US_ASCII);
    }
}
