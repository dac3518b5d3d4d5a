package io.anju.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Pattern;

/** How much heap a server says it uses; garbage that was not collected yet counts. */
final class HeapGauge {
    private static final Pattern HEAP =
            Pattern.compile("^jvm_memory_used_bytes\\{area=\"heap\".*\\} (\\S+)$", Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private double mostBytes;

    HeapGauge(int managementPort) {
        this.metrics = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
    }

    /** Looks once. */
    void look() throws IOException, InterruptedException {
        var text = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
        double now = HEAP.matcher(text)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .sum();
        mostBytes = Math.max(mostBytes, now);
    }

    /** The most that was seen. */
    double mostMiB() {
        return mostBytes / 1048576.0;
    }
}
