package io.anju.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.anju.platform.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A plain client of the API. Unsafe requests get a fresh {@code Idempotency-Key} unless one is given, and every answer
 * is checked against the contract.
 *
 * <p>A body is a String that is sent as it is, or anything that Jackson writes as JSON.
 */
public final class ApiClient {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final ObjectMapper MAPPER = Json.mapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final URI base;

    public ApiClient(URI base) {
        this.base = base;
    }

    public URI base() {
        return base;
    }

    public Answer get(String path) {
        return get(path, null);
    }

    public Answer get(String path, @Nullable String token) {
        return request("GET", path).token(token).send();
    }

    public Answer post(String path, @Nullable String token, @Nullable Object body) {
        return request("POST", path).token(token).body(body).send();
    }

    /** An edit of the version with this ETag. */
    public Answer put(String path, @Nullable String token, String etag, Object body) {
        return request("PUT", path)
                .token(token)
                .header("If-Match", etag)
                .body(body)
                .send();
    }

    public Answer put(String path, @Nullable String token, Object body) {
        return request("PUT", path).token(token).body(body).send();
    }

    public Answer delete(String path, @Nullable String token) {
        return request("DELETE", path).token(token).send();
    }

    /** Uploads one file as multipart, as {@code wx.uploadFile} does; {@code fields} are name, value, name, value … */
    public Answer upload(
            String path, @Nullable String token, String fileName, String mediaType, byte[] content, String... fields) {
        return request("POST", path)
                .token(token)
                .file(fileName, mediaType, content, fields)
                .send();
    }

    public Call request(String method, String path) {
        return new Call(method, path);
    }

    /** One request being put together. */
    public final class Call {
        private final String method;
        private final String path;
        private final HttpRequest.Builder builder;
        private HttpRequest.BodyPublisher publisher = BodyPublishers.noBody();
        private boolean hasKey;
        private boolean checked = true;

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
            this.builder = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        }

        public Call token(@Nullable String token) {
            return token == null ? this : header("Authorization", "Bearer " + token);
        }

        public Call key(String idempotencyKey) {
            hasKey = true;
            return header("Idempotency-Key", idempotencyKey);
        }

        /** Sends no {@code Idempotency-Key} of its own accord. */
        public Call withoutKey() {
            hasKey = true;
            return this;
        }

        public Call header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        public Call body(@Nullable Object body) {
            return body == null ? this : bytes("application/json", json(body));
        }

        public Call bytes(String mediaType, byte[] body) {
            publisher = BodyPublishers.ofByteArray(body);
            return header("Content-Type", mediaType);
        }

        public Call file(String fileName, String mediaType, byte[] content, String... fields) {
            var boundary = "----anju" + UUID.randomUUID();
            return bytes(
                    "multipart/form-data; boundary=" + boundary,
                    multipart(boundary, fileName, mediaType, content, fields));
        }

        /** Leaves the answer unchecked: for requests to paths that the contract does not have. */
        public Call unchecked() {
            checked = false;
            return this;
        }

        public Answer send() {
            try {
                return answer(CLIENT.send(build(), BodyHandlers.ofByteArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(method + " " + path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Sends without waiting, to let requests race. */
        public CompletableFuture<Answer> sendAsync() {
            return CLIENT.sendAsync(build(), BodyHandlers.ofByteArray()).thenApply(this::answer);
        }

        private HttpRequest build() {
            if (!hasKey && !method.equals("GET")) {
                key(UUID.randomUUID().toString());
            }
            return builder.method(method, publisher).build();
        }

        private Answer answer(HttpResponse<byte[]> response) {
            var answer = new Answer(response.statusCode(), response.headers(), response.body(), json(response));
            if (checked) {
                ContractCheck.instance()
                        .require(
                                method,
                                base.resolve(path).getPath(),
                                answer.status(),
                                name -> answer.headers().firstValue(name).orElse(null),
                                answer.body());
            }
            return answer;
        }
    }

    private static byte[] json(Object body) {
        try {
            return body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        var mediaType = response.headers().firstValue("Content-Type").orElse("");
        if (!mediaType.contains("json") || response.body().length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + new String(response.body(), StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] multipart(
            String boundary, String fileName, String mediaType, byte[] content, String... fields) {
        var out = new ByteArrayOutputStream(content.length + 1024);
        for (int i = 0; i < fields.length; i += 2) {
            out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                            + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                        + "\"\r\nContent-Type: " + mediaType + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(content);
        out.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
