package io.anju.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.bench.World.Ready;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request after the other, for what has to be there before a measurement. */
final class Client {
    private static final ObjectMapper JSON = PlainJson.mapper();

    private final HttpClient http = HttpClient.newHttpClient();

    /** The same resident with tokens that have just been given: an access token lives ten minutes. */
    Ready refreshed(String url, Ready ready) throws IOException, InterruptedException {
        var session = post(
                url + "/v1/sessions/refresh",
                null,
                JSON.createObjectNode()
                        .put("refreshToken", ready.refreshToken())
                        .toString());
        return ready.with(
                session.path("accessToken").asText(),
                session.path("refreshToken").asText());
    }

    JsonNode post(String url, @Nullable String token, String body) throws IOException, InterruptedException {
        return JSON.readTree(send(request(url, token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body))));
    }

    static HttpRequest.Builder request(String url, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 300) {
            throw new IOException(
                    response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
