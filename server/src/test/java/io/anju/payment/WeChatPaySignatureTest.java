package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures against the JDK's own, over the lines that WeChat Pay's documentation gives. */
class WeChatPaySignatureTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_772_586_000);
    private static final byte[] API_V3_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = "{\"id\":\"一\"}".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair MERCHANT = pair();
    private static final KeyPair PLATFORM = pair();

    private final WeChatPaySignature signature = new WeChatPaySignature(
            new WeChatPayKeys(MERCHANT.getPrivate(), API_V3_KEY, Map.of("PUB_KEY_ID_01", PLATFORM.getPublic())));

    @Test
    void signs_a_request_over_five_lines() throws GeneralSecurityException {
        var header = signature.authorization(
                "1900000001", "5157F09EFDC096DE", "POST", "/v3/pay?a=b", "{\"a\":1}", "NONCE", NOW);
        assertThat(header)
                .startsWith("WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"NONCE\",signature=\"")
                .endsWith("\",timestamp=\"1772586000\",serial_no=\"5157F09EFDC096DE\"");
        var given = header.replaceAll(".*signature=\"([^\"]+)\".*", "$1");
        assertThat(verify(MERCHANT, "POST\n/v3/pay?a=b\n1772586000\nNONCE\n{\"a\":1}\n", given))
                .isTrue();
    }

    @Test
    void signs_an_empty_body_as_an_empty_line() throws GeneralSecurityException {
        assertThat(verify(MERCHANT, "GET\n/v3\n1\nN\n\n", signature.sign("GET", "/v3", "1", "N", "")))
                .isTrue();
    }

    @Test
    void believes_the_platform_within_five_minutes() {
        for (var skew : new long[] {-300, 0, 300}) {
            var timestamp = Long.toString(NOW.getEpochSecond() + skew);
            assertThatCode(() -> signature.require("PUB_KEY_ID_01", timestamp, "N", sign(timestamp, BODY), BODY, NOW))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "301, stale",
        "-301, stale",
        "-100000000, stale",
    })
    void believes_nothing_older_or_newer(long skew, String reason) {
        var timestamp = Long.toString(NOW.getEpochSecond() + skew);
        refuses(reason, "PUB_KEY_ID_01", timestamp, sign(timestamp, BODY), BODY);
    }

    @Test
    void believes_nothing_that_was_touched() {
        var timestamp = Long.toString(NOW.getEpochSecond());
        var good = sign(timestamp, BODY);
        refuses("forged", "PUB_KEY_ID_01", timestamp, good, "{}".getBytes(StandardCharsets.UTF_8));
        refuses("forged", "PUB_KEY_ID_02", timestamp, good, BODY);
        refuses("forged", "PUB_KEY_ID_01", timestamp, "no base64!", BODY);
        refuses("forged", "PUB_KEY_ID_01", timestamp, good.substring(4), BODY);
        refuses("probe", "PUB_KEY_ID_01", timestamp, "WECHATPAY/SIGNTEST/" + good, BODY);
        refuses("stale", "PUB_KEY_ID_01", "yesterday", good, BODY);
        assertThatThrownBy(() -> signature.require(null, timestamp, "N", good, BODY, NOW))
                .isInstanceOfSatisfying(
                        UntrustedNotice.class,
                        refused -> assertThat(refused.reason()).isEqualTo("unsigned"));
    }

    @Test
    void opens_what_the_platform_sealed_with_and_without_associated_data() throws GeneralSecurityException {
        for (var associated : new String[] {"transaction", ""}) {
            var sealedText = seal("支付成功", "nonce-12byte", associated);
            assertThat(new String(signature.open("nonce-12byte", associated, sealedText), StandardCharsets.UTF_8))
                    .isEqualTo("支付成功");
            assertThatThrownBy(() -> signature.open("nonce-12byte", associated + "x", sealedText))
                    .isInstanceOf(UntrustedNotice.class);
            assertThatThrownBy(() -> signature.open("nonce-12byte", associated, sealedText.substring(4)))
                    .isInstanceOf(UntrustedNotice.class);
        }
    }

    private void refuses(String reason, String serial, String timestamp, String given, byte[] body) {
        assertThatThrownBy(() -> signature.require(serial, timestamp, "N", given, body, NOW))
                .isInstanceOfSatisfying(
                        UntrustedNotice.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static String sign(String timestamp, byte[] body) {
        try {
            var signing = Signature.getInstance("SHA256withRSA");
            signing.initSign(PLATFORM.getPrivate());
            signing.update((timestamp + "\nN\n" + new String(body, StandardCharsets.UTF_8) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean verify(KeyPair pair, String message, String base64) throws GeneralSecurityException {
        var verifying = Signature.getInstance("SHA256withRSA");
        verifying.initVerify(pair.getPublic());
        verifying.update(message.getBytes(StandardCharsets.UTF_8));
        return verifying.verify(Base64.getDecoder().decode(base64));
    }

    private static String seal(String text, String nonce, String associated) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(API_V3_KEY, "AES"),
                new GCMParameterSpec(128, nonce.getBytes(StandardCharsets.US_ASCII)));
        cipher.updateAAD(associated.getBytes(StandardCharsets.US_ASCII));
        return Base64.getEncoder().encodeToString(cipher.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
