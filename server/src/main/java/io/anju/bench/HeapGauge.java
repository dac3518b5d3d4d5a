package io.anju.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How much heap a server says it uses; garbage that was not collected yet counts. */
final class HeapGauge {
    private static final Pattern HEAP =
            Pattern.compile("^jvm_memory_used_bytes\\{area=\"heap\".*\\} (\\S+)$", Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private volatile double mostBytes;

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

    /** Looks again and again until it is closed; what fails meanwhile is a look less. */
    Watch watch(long everyMillis) {
        var thread = new Thread(() -> {
            try {
                while (true) {
                    try {
                        look();
                    } catch (IOException busy) {
                        // the server has other things to do: look again
                    }
                    TimeUnit.MILLISECONDS.sleep(everyMillis);
                }
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread::interrupt;
    }

    /** Ends a watch. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** The most that was seen. */
    double mostMiB() {
        return mostBytes / 1048576.0;
    }
}
