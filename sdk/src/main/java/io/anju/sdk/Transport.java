package io.anju.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls: one shared {@link HttpClient}, a token per try, an idempotency key per write, and tries again where that
 * is safe. A write is as safe to repeat as a read, since all its tries carry the same key.
 */
public final class Transport {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    private final HttpClient http;
    private final ObjectMapper json;
    private final URI baseUri;
    private final @Nullable TokenSource tokens;
    private final CallOptions defaults;
    private final CallOptions options;
    private final int tries;

    Transport(
            HttpClient http,
            ObjectMapper json,
            URI baseUri,
            @Nullable TokenSource tokens,
            CallOptions defaults,
            CallOptions options,
            int tries) {
        this.http = http;
        this.json = json;
        this.baseUri = baseUri;
        this.tokens = tokens;
        this.defaults = defaults;
        this.options = options;
        this.tries = tries;
    }

    /** The same connection pool and token, with other options for what is called through it. */
    public Transport with(CallOptions perCall) {
        return new Transport(http, json, baseUri, tokens, defaults, perCall, tries);
    }

    Transport withTokens(TokenSource source) {
        return new Transport(http, json, baseUri, source, defaults, options, tries);
    }

    /** Sends and reads JSON; fails with {@link AnjuProblem} or {@link AnjuUnreachable}. */
    public <T> Answer<T> call(Call call, TypeReference<T> type) {
        var response = send(call);
        try {
            return new Answer<>(response.statusCode(), response.headers(), json.readValue(response.body(), type));
        } catch (IOException unreadable) {
            throw new IllegalStateException("the server's answer does not fit this SDK's contract", unreadable);
        }
    }

    /** Sends and hands over the bytes as they are. */
    public Answer<FileContent> callForFile(Call call) {
        var response = send(call);
        var name = response.headers()
                .firstValue("Content-Disposition")
                .map(Transport::fileName)
                .orElse("");
        var mediaType = response.headers().firstValue("Content-Type").orElse("application/octet-stream");
        return new Answer<>(
                response.statusCode(), response.headers(), FileContent.of(name, mediaType, response.body()));
    }

    /** Sends where no body comes back. */
    public Answer<Void> callForNothing(Call call) {
        var response = send(call);
        return new Answer<>(response.statusCode(), response.headers(), null);
    }

    private HttpResponse<byte[]> send(Call call) {
        var key = call.isWrite()
                ? firstOf(options.idempotencyKey(), UUID.randomUUID().toString())
                : "";
        var body = bodyOf(call);
        var refusedToken = "";
        for (int attempt = 1; ; attempt++) {
            var token = tokens == null ? "" : tokens.token(refusedToken);
            try {
                var response = http.send(request(call, body, key, token), BodyHandlers.ofByteArray());
                if (response.statusCode() < 400) {
                    return response;
                }
                var problem = AnjuProblem.read(response.statusCode(), response.body(), json);
                boolean tokenMayBeStale = problem.status() == 401 && tokens != null && refusedToken.isEmpty();
                if (attempt >= tries || !(tokenMayBeStale || isPassing(problem))) {
                    throw problem;
                }
                if (tokenMayBeStale) {
                    refusedToken = token;
                } else {
                    pause(attempt, response.headers().firstValue("Retry-After").orElse(null));
                }
            } catch (IOException noAnswer) {
                if (attempt >= tries) {
                    throw new AnjuUnreachable(
                            call.method() + " " + call.pathAndQuery() + ": no answer after " + attempt + " tries",
                            key,
                            noAnswer);
                }
                pause(attempt, null);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AnjuUnreachable("interrupted while waiting for an answer", key, interrupted);
            }
        }
    }

    private HttpRequest request(Call call, byte @Nullable [] body, String key, String token) {
        var request = HttpRequest.newBuilder(baseUri.resolve(call.pathAndQuery()))
                .timeout(firstOf(options.timeout(), firstOf(defaults.timeout(), Duration.ofSeconds(30))))
                .method(call.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .setHeader("Accept-Language", firstOf(options.language(), firstOf(defaults.language(), "zh-CN")));
        if (call.json() != null) {
            request.setHeader("Content-Type", "application/json");
        }
        call.headers().forEach(request::setHeader);
        if (!key.isEmpty()) {
            request.setHeader("Idempotency-Key", key);
        }
        if (!token.isEmpty()) {
            request.setHeader("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private byte @Nullable [] bodyOf(Call call) {
        if (call.json() == null) {
            return call.bytes();
        }
        try {
            return json.writeValueAsBytes(call.json());
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("the request cannot be written as JSON", unwritable);
        }
    }

    /** Busy, restarting, or the first try of this very write still runs: worth another try. */
    private static boolean isPassing(AnjuProblem problem) {
        return problem.status() == 429
                || problem.status() == 502
                || problem.status() == 503
                || problem.status() == 504
                || problem.code().equals("request-in-progress");
    }

    private static void pause(int attempt, @Nullable String retryAfterSeconds) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 6));
        if (retryAfterSeconds != null && retryAfterSeconds.matches("\\d{1,4}")) {
            pause = Duration.ofSeconds(Long.parseLong(retryAfterSeconds));
        }
        var bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        // jitter, so that clients that were cut off together do not come back together
        long millis = bounded.toMillis() + ThreadLocalRandom.current().nextLong(bounded.toMillis() / 4 + 1);
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AnjuUnreachable("interrupted between two tries", "", interrupted);
        }
    }

    private static String fileName(String disposition) {
        int at = disposition.indexOf("filename=\"");
        int start = at + "filename=\"".length();
        int end = at < 0 ? -1 : disposition.indexOf('"', start);
        return end < 0 ? "" : disposition.substring(start, end);
    }

    private static <T> T firstOf(@Nullable T first, T otherwise) {
        return first != null ? first : otherwise;
    }
}
