package io.anju.complaint;

import io.anju.testing.Anju;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What an operator of the server sees beside the database. */
final class Probe {
    private Probe() {}

    /** The text that Prometheus collects. */
    static String metrics(Anju anju) {
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
}
