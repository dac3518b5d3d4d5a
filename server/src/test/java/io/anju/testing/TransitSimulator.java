package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key management service as HashiCorp Vault's and OpenBao's transit engine answers: one key with versions, a token, and
 * the same paths, bodies and refusals, over real HTTP.
 */
public final class TransitSimulator implements AutoCloseable {
    public static final String TOKEN = "hvs.simulated";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 12;

    private final HttpServer server;
    private final List<SecretKeySpec> versions = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    private TransitSimulator(HttpServer server) {
        this.server = server;
    }

    public static TransitSimulator start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var simulator = new TransitSimulator(server);
            simulator.rotate();
            server.createContext("/v1/transit/", simulator::answer);
            server.start();
            return simulator;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often it was asked. */
    public int calls() {
        return calls.get();
    }

    /** A new version of the key, as {@code POST /transit/keys/anju/rotate} makes one. */
    public synchronized void rotate() {
        var key = new byte[32];
        RANDOM.nextBytes(key);
        versions.add(new SecretKeySpec(key, "AES"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
                send(exchange, 403, Map.of("errors", List.of("permission denied")));
                return;
            }
            var body = JSON.readTree(exchange.getRequestBody());
            var associated =
                    Base64.getDecoder().decode(body.path("associated_data").asText());
            switch (exchange.getRequestURI().getPath()) {
                case "/v1/transit/encrypt/anju" ->
                    send(exchange, 200, Map.of("data", Map.of("ciphertext", encrypt(body, associated))));
                case "/v1/transit/decrypt/anju" ->
                    send(exchange, 200, Map.of("data", Map.of("plaintext", decrypt(body, associated))));
                default -> send(exchange, 404, Map.of("errors", List.of()));
            }
        } catch (GeneralSecurityException e) {
            send(exchange, 400, Map.of("errors", List.of("cipher: message authentication failed")));
        }
    }

    private synchronized String encrypt(JsonNode body, byte[] associated) throws GeneralSecurityException {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var cipher = cipher(Cipher.ENCRYPT_MODE, versions.size(), nonce, associated);
        var sealed =
                cipher.doFinal(Base64.getDecoder().decode(body.path("plaintext").asText()));
        var both = Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, both, nonce.length, sealed.length);
        return "vault:v" + versions.size() + ":" + Base64.getEncoder().encodeToString(both);
    }

    private synchronized String decrypt(JsonNode body, byte[] associated) throws GeneralSecurityException {
        var parts = body.path("ciphertext").asText().split(":", 3);
        var both = Base64.getDecoder().decode(parts[2]);
        var cipher = cipher(
                Cipher.DECRYPT_MODE,
                Integer.parseInt(parts[1].substring(1)),
                Arrays.copyOf(both, NONCE_BYTES),
                associated);
        return Base64.getEncoder().encodeToString(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES));
    }

    private Cipher cipher(int mode, int version, byte[] nonce, byte[] associated) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, versions.get(version - 1), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        var bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
