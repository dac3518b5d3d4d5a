package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.sandbox.Simulators;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A merchant that knows WeChat Pay's documentation and the JDK, and nothing of the simulator's code: reads its keys from
 * PEM, signs, verifies and decrypts by itself.
 */
final class Merchant {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final InstantSource clock;
    private final PrivateKey key;

    Merchant(URI base, InstantSource clock) {
        this.base = base;
        this.clock = clock;
        this.key = privateKey(PayKeys.get().merchantKeyPem());
    }

    /** What came back. */
    record Reply(HttpResponse<byte[]> http) {
        int status() {
            return http.statusCode();
        }

        String body() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        String header(String name) {
            return http.headers().firstValue(name).orElseThrow(() -> new AssertionError("no header " + name));
        }

        JsonNode json() {
            return read(body());
        }

        String code() {
            return json().path("code").asText();
        }

        boolean isSignedBy(PublicKey platform) {
            return verify(
                    platform,
                    header("Wechatpay-Timestamp") + "\n" + header("Wechatpay-Nonce") + "\n" + body() + "\n",
                    header("Wechatpay-Signature"));
        }
    }

    Reply get(String path) {
        return send("GET", path, "", authorization("GET", path, ""), null);
    }

    Reply post(String path, Object body) {
        var text = body.toString();
        return send("POST", path, text, authorization("POST", path, text), null);
    }

    Reply send(String method, String path, String body, @Nullable String authorization, @Nullable String serial) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (serial != null) {
            request.header("Wechatpay-Serial", serial);
        }
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        try {
            return new Reply(CLIENT.send(request.method(method, publisher).build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new LostAnswer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The connection ended before an answer came. */
    static final class LostAnswer extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LostAnswer(IOException cause) {
            super(cause);
        }
    }

    String authorization(String method, String path, String body) {
        return authorization(method, path, body, clock.instant(), PayKeys.get().merchantSerial());
    }

    String authorization(String method, String path, String body, Instant at, String serial) {
        var nonce = UUID.randomUUID().toString().replace("-", "");
        var timestamp = String.valueOf(at.getEpochSecond());
        var message = String.join("\n", method, path, timestamp, nonce, body) + "\n";
        return "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",signature=\"%s\",timestamp=\"%s\",serial_no=\"%s\""
                .formatted(PayKeys.MERCHANT_ID, nonce, sign(message), timestamp, serial);
    }

    String sign(String message) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The body of a prepayment. */
    static String order(String outTradeNo, long totalFen, String notifyUrl) {
        return """
                {"appid":"%s","mchid":"%s","description":"租金 2026年3月","out_trade_no":"%s","notify_url":"%s",\
                "amount":{"total":%d,"currency":"CNY"},"payer":{"openid":"oPayer"}}""".formatted(Simulators.APP_ID, PayKeys.MERCHANT_ID, outTradeNo, notifyUrl, totalFen);
    }

    static String refund(String outTradeNo, String outRefundNo, long refundFen, long totalFen, String notifyUrl) {
        return """
                {"out_trade_no":"%s","out_refund_no":"%s","notify_url":"%s",\
                "amount":{"refund":%d,"total":%d,"currency":"CNY"}}""".formatted(outTradeNo, outRefundNo, notifyUrl, refundFen, totalFen);
    }

    static boolean verify(PublicKey platform, String message, String base64) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(platform);
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** What is inside {@code resource} (or {@code encrypt_certificate}). */
    static String open(JsonNode resource) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(PayKeys.API_V3_KEY.getBytes(StandardCharsets.UTF_8), "AES"),
                    new GCMParameterSpec(128, resource.path("nonce").asText().getBytes(StandardCharsets.UTF_8)));
            cipher.updateAAD(resource.path("associated_data").asText().getBytes(StandardCharsets.UTF_8));
            return new String(
                    cipher.doFinal(Base64.getDecoder()
                            .decode(resource.path("ciphertext").asText())),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static PublicKey publicKey(String pem) {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static PrivateKey privateKey(String pem) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] der(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + json, e);
        }
    }
}
