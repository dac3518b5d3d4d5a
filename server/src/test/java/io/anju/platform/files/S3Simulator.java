package io.anju.platform.files;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A store that speaks as much of S3 as we use, and answers 403 to every request whose AWS Signature Version 4 it does
 * not compute itself, from the published algorithm and not from the client's library.
 */
final class S3Simulator implements AutoCloseable {
    static final String ACCESS_KEY = "test-access-key";
    static final String SECRET_KEY = "test-secret-key";
    static final String REGION = "cn-test-1";

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, SignedHeaders=([^,]+), Signature=(\\w+)");

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicInteger failing = new AtomicInteger();

    S3Simulator() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** By path, bucket first. */
    Map<String, byte[]> objects() {
        return objects;
    }

    /** The next requests answer 503. */
    void fail(int requests) {
        failing.set(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            if (failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                answer(exchange, 503, error("SlowDown"));
            } else if (!isSigned(exchange, body)) {
                answer(exchange, 403, error("SignatureDoesNotMatch"));
            } else {
                serve(exchange, body);
            }
        }
    }

    private void serve(HttpExchange exchange, byte[] body) throws IOException {
        var path = exchange.getRequestURI().getPath();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(path, body);
                exchange.getResponseHeaders().set("ETag", "\"etag\"");
                answer(exchange, 200, new byte[0]);
            }
            case "GET" -> {
                var object = objects.get(path);
                answer(exchange, object == null ? 404 : 200, object == null ? error("NoSuchKey") : object);
            }
            case "DELETE" -> {
                objects.remove(path);
                answer(exchange, 204, new byte[0]);
            }
            default -> answer(exchange, 405, error("MethodNotAllowed"));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static byte[] error(String code) {
        return ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isSigned(HttpExchange exchange, byte[] body) {
        var authorization = AUTHORIZATION.matcher(
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (!authorization.matches()
                || !authorization.group(1).equals(ACCESS_KEY)
                || !authorization.group(3).equals(REGION)) {
            return false;
        }
        var payloadHash = String.valueOf(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
        var signedHeaders = List.of(authorization.group(4).split(";"));
        // there is nothing to sign in a body that is empty
        var isBodySigned =
                payloadHash.equals(hex(sha256(body))) || (body.length == 0 && payloadHash.equals("UNSIGNED-PAYLOAD"));
        return isBodySigned
                && signedHeaders.containsAll(List.of("host", "x-amz-content-sha256", "x-amz-date"))
                && MessageDigest.isEqual(
                        signature(exchange, signedHeaders, authorization.group(2), payloadHash)
                                .getBytes(StandardCharsets.US_ASCII),
                        authorization.group(5).getBytes(StandardCharsets.US_ASCII));
    }

    private static String signature(
            HttpExchange exchange, List<String> signedHeaders, String date, String payloadHash) {
        var uri = exchange.getRequestURI();
        var headers = signedHeaders.stream()
                .map(name -> name + ":"
                        + String.join(",", exchange.getRequestHeaders().get(name))
                                .strip() + "\n")
                .collect(Collectors.joining());
        var canonical = String.join(
                "\n",
                exchange.getRequestMethod(),
                uri.getRawPath(),
                canonicalQuery(uri),
                headers,
                String.join(";", signedHeaders),
                payloadHash);
        var scope = date + "/" + REGION + "/s3/aws4_request";
        var toSign = String.join(
                "\n",
                "AWS4-HMAC-SHA256",
                exchange.getRequestHeaders().getFirst("x-amz-date"),
                scope,
                hex(sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        var key = hmac(("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8), date);
        for (String part : List.of(REGION, "s3", "aws4_request")) {
            key = hmac(key, part);
        }
        return hex(hmac(key, toSign));
    }

    private static String canonicalQuery(URI uri) {
        var query = uri.getRawQuery();
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
