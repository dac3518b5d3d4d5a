package io.anju.identity;

import io.anju.platform.config.Settings;
import io.anju.platform.json.PlainJson;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;

/**
 * Hands messages to a gateway by a POST with JSON and a bearer token; 2xx means taken. The simulator takes the same
 * request, and an operator's own gateway is reached through a small adapter beside it.
 */
final class SmsGatewayClient implements SmsSender {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final long TIMEOUT_MILLIS = 5_000;

    private final WebClient client;
    private final Settings.Sms settings;

    SmsGatewayClient(Vertx vertx, Settings.Sms settings) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setFollowRedirects(false));
        this.settings = settings;
    }

    @Override
    public boolean isAvailable() {
        return settings.url() != null;
    }

    @Override
    public Future<Void> send(Message message) {
        var request = client.postAbs(String.valueOf(settings.url()));
        var token = settings.token();
        if (token != null) {
            request.bearerTokenAuthentication(token);
        }
        return request.timeout(TIMEOUT_MILLIS)
                .putHeader("Content-Type", "application/json")
                // a gateway that knows the header sends a repeated message once
                .putHeader("Idempotency-Key", message.id().toString())
                .sendBuffer(body(message))
                .compose(response -> response.statusCode() / 100 == 2
                        ? Future.succeededFuture()
                        : Future.failedFuture("the SMS gateway answered " + response.statusCode()));
    }

    private static Buffer body(Message message) {
        return Buffer.buffer(PlainJson.writeBytes(Map.of(
                "phone", message.phone(),
                "template", "one-time-code",
                "language", message.language(),
                "parameters",
                        Map.of(
                                "code", message.code(),
                                "minutes", Long.toString(message.goodFor().toMinutes())))));
    }
}
