package io.anju.contract;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Sends requests as they are, over a client that corrects nothing. */
final class FuzzWire {
    private static final long ANSWER_SECONDS = 60;

    private final HttpClient client;

    FuzzWire(HttpClient client) {
        this.client = client;
    }

    record Answer(int status, MultiMap headers, byte[] body) {
        @Override
        public String toString() {
            var text = new String(body, StandardCharsets.UTF_8);
            return status + " " + headers.entries() + "\n" + text.substring(0, Math.min(text.length(), 1_000));
        }
    }

    Future<Answer> send(FuzzRequest request) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method))
                .setURI(request.uri());
        request.headers.forEach(header -> options.addHeader(header.getKey(), header.getValue()));
        return client.request(options)
                .compose(open -> open.send(request.payload()).compose(FuzzWire::read))
                .timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        return response.body()
                .map(Buffer::getBytes)
                .map(body -> new Answer(response.statusCode(), response.headers(), body));
    }
}
