package io.anju.platform.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.config.Settings;
import io.anju.platform.json.PlainJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A key management service that speaks the HTTP API of the transit engine of HashiCorp Vault and of OpenBao: {@code POST
 * /v1/<mount>/encrypt/<key>} and {@code /decrypt/<key>} with a token. The key never leaves the service, and its own
 * versions are in the text that it gives, so that the service can replace it without us.
 */
final class TransitClient implements KeyEncryption {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final long TIMEOUT_MILLIS = 10_000;

    private final WebClient client;
    private final Settings.Kms service;

    TransitClient(Vertx vertx, Settings.Kms service) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setFollowRedirects(false));
        this.service = service;
    }

    @Override
    public String name() {
        return "kms:" + service.mount() + "/" + service.key();
    }

    @Override
    public Future<byte[]> seal(byte[] key, byte[] context) {
        return call("encrypt", Map.of("plaintext", base64(key), "associated_data", base64(context)), "ciphertext")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Future<byte[]> open(byte[] sealed, byte[] context) {
        var text = new String(sealed, StandardCharsets.UTF_8);
        return call("decrypt", Map.of("ciphertext", text, "associated_data", base64(context)), "plaintext")
                .map(Base64.getDecoder()::decode);
    }

    private Future<String> call(String act, Map<String, String> body, String wanted) {
        var address = service.url() + "/v1/" + service.mount() + "/" + act + "/" + service.key();
        return client.postAbs(address)
                .timeout(TIMEOUT_MILLIS)
                .putHeader("X-Vault-Token", service.token())
                .putHeader("Content-Type", "application/json")
                .sendBuffer(json(body))
                .compose(response -> response.statusCode() == 200
                        ? Future.succeededFuture(data(response.body(), wanted))
                        : Future.failedFuture(refused(act, response.statusCode())));
    }

    /** Never what the service says: it might quote what was sent. */
    private IllegalStateException refused(String act, int status) {
        return new IllegalStateException(
                "the key management service answered " + status + " to " + act + " with the key " + service.key());
    }

    private static Buffer json(Map<String, String> body) {
        return Buffer.buffer(PlainJson.writeBytes(body));
    }

    private static String data(Buffer answer, String wanted) {
        try {
            JsonNode value =
                    PlainJson.mapper().readTree(answer.getBytes()).path("data").path(wanted);
            if (!value.isTextual()) {
                throw new IllegalStateException("the key management service answered without " + wanted);
            }
            return value.asText();
        } catch (IOException e) {
            throw new IllegalStateException("the key management service did not answer in JSON");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
