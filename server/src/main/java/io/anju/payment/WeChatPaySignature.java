package io.anju.payment;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What WeChat Pay v3 signs, and how: SHA-256 with RSA over lines that each end with a line feed. */
final class WeChatPaySignature {
    static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";

    /** Signatures that begin so are probes: whoever lets them pass does not verify. */
    private static final String PROBE = "WECHATPAY/SIGNTEST/";

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final String ALGORITHM = "SHA256withRSA";
    private static final int TAG_BITS = 128;
    private static final int NONCE_CHARS = 32;
    private static final String NONCE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WeChatPayKeys keys;

    WeChatPaySignature(WeChatPayKeys keys) {
        this.keys = keys;
    }

    static String nonce() {
        return RANDOM.ints(NONCE_CHARS, 0, NONCE_ALPHABET.length())
                .collect(
                        StringBuilder::new, (text, at) -> text.append(NONCE_ALPHABET.charAt(at)), StringBuilder::append)
                .toString();
    }

    /** The value of {@code Authorization} for a request of ours. */
    String authorization(
            String merchantId,
            String merchantSerial,
            String method,
            String pathAndQuery,
            String body,
            String nonce,
            Instant now) {
        var timestamp = Long.toString(now.getEpochSecond());
        var signature = sign(method, pathAndQuery, timestamp, nonce, body);
        return SCHEME + " mchid=\"" + merchantId + "\",nonce_str=\"" + nonce + "\",signature=\"" + signature
                + "\",timestamp=\"" + timestamp + "\",serial_no=\"" + merchantSerial + "\"";
    }

    /** Signs lines with the merchant's key; in Base64. */
    String sign(String... lines) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(keys.merchantKey());
            signature.update(joined(lines));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Passes where the platform signed this body within five minutes of now; otherwise throws with the reason. The nonce
     * is not remembered: what a replay could repeat has an effect once only.
     */
    void require(
            @Nullable String serial,
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String signature,
            byte[] body,
            Instant now) {
        if (serial == null || timestamp == null || nonce == null || signature == null) {
            throw new UntrustedNotice("unsigned");
        }
        if (signature.startsWith(PROBE)) {
            throw new UntrustedNotice("probe");
        }
        if (!isFresh(timestamp, now)) {
            throw new UntrustedNotice("stale");
        }
        if (!isSigned(serial, timestamp, nonce, signature, body)) {
            throw new UntrustedNotice("forged");
        }
    }

    private static boolean isFresh(String timestamp, Instant now) {
        return timestamp.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(SKEW)
                        <= 0;
    }

    private boolean isSigned(String serial, String timestamp, String nonce, String base64, byte[] body) {
        var key = keys.platformKey(serial);
        if (key == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initVerify(key);
            signature.update(joined(timestamp, nonce));
            signature.update(body);
            signature.update((byte) '\n');
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Opens AEAD_AES_256_GCM; the associated data may be empty. Throws where somebody has changed anything. */
    byte[] open(String nonce, String associatedData, String ciphertext) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(keys.apiV3Key(), "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(Base64.getDecoder().decode(ciphertext));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UntrustedNotice("unreadable");
        }
    }

    private static byte[] joined(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
