package io.anju.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What an operator of the server sees beside the database. */
public final class Probe {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Probe() {}

    /** The text that Prometheus collects. */
    public static String metrics(Anju anju) {
        var address = URI.create("http://127.0.0.1:" + anju.app().managementPort() + "/metrics");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * What a meter without labels shows now. Reading it asks for what the next reading shows, so it is read until this has
     * come, or until it is clear that it does not.
     */
    public static double metered(Anju anju, String name, double wanted) {
        var end = System.nanoTime() + LIMIT.toNanos();
        double shown;
        do {
            shown = metrics(anju)
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } while (shown != wanted && System.nanoTime() < end);
        return shown;
    }
}
