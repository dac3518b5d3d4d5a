package io.anju.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A member of staff who tries rules over HTTP and watches the server's heap meanwhile. */
final class PolicyOffice {
    private static final ObjectMapper JSON = PlainJson.mapper();
    private static final long LOOK_EVERY_MILLIS = 250;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;
    private final HeapGauge heap;
    private final String logIn;
    private String token = "";

    PolicyOffice(int port, int managementPort, String username, String password) {
        this.api = "http://127.0.0.1:" + port;
        this.heap = new HeapGauge(managementPort);
        this.logIn = "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
    }

    /** A finished trial; the evaluation ends when the ranking begins. */
    record Done(JsonNode report, double evaluationSeconds, double peakHeapMiB) {}

    /** Starts a trial and waits until it has its report. */
    Done simulate(String digest, Consumer<String> tell) throws IOException, InterruptedException {
        token = post("/v1/sessions/staff", logIn).path("accessToken").asText();
        long begun = System.nanoTime();
        var id = post("/v1/staff/policy-simulations", "{\"digest\":\"" + digest + "\"}")
                .path("simulationId")
                .asText();
        double evaluationSeconds = 0;
        int told = 0;
        for (; ; TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS)) {
            var state = get("/v1/staff/policy-simulations/" + id);
            heap.look();
            int tenth = 10
                    * state.path("evaluated").asInt()
                    / Math.max(1, state.path("households").asInt());
            if (tenth > told) {
                told = tenth;
                tell.accept(tenth * 10 + " % evaluated");
            }
            if (evaluationSeconds == 0
                    && state.path("evaluated").asInt()
                            == state.path("households").asInt()) {
                evaluationSeconds = (System.nanoTime() - begun) / 1e9;
            }
            if (state.path("state").asText().equals("done")) {
                return new Done(state.path("report"), evaluationSeconds, heap.mostMiB());
            }
            if (state.path("state").asText().equals("failed")) {
                throw new IOException("the trial failed");
            }
        }
    }

    /** Logs in again where the token has expired: a trial may take longer than one lasts. */
    private JsonNode get(String path) throws IOException, InterruptedException {
        var answer = http.send(request(path).build(), BodyHandlers.ofString());
        if (answer.statusCode() == 401) {
            token = post("/v1/sessions/staff", logIn).path("accessToken").asText();
            return get(path);
        }
        return JSON.readTree(answer.body());
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        var answer = http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(api + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }
}
