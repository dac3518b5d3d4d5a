package io.anju.platform.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health and metrics, on a listener of their own that the outside does not reach. */
public final class Management {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);
    private static final long CHECK_TIMEOUT_SECONDS = 3;
    private static final int IDLE_SECONDS = 30;

    private final HttpServer server;
    private final Meters meters;
    private final Map<String, Supplier<Future<?>>> checks;
    private volatile boolean draining;

    private Management(HttpServer server, Meters meters, Map<String, Supplier<Future<?>>> checks) {
        this.server = server;
        this.meters = meters;
        this.checks = new LinkedHashMap<>(checks);
    }

    /** Listens; {@code checks} are what must succeed before this instance is ready for requests. */
    public static Future<Management> start(
            Vertx vertx, HttpSettings settings, Meters meters, Map<String, Supplier<Future<?>>> checks) {
        var server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(settings.managementHost())
                .setPort(settings.managementPort())
                .setIdleTimeout(IDLE_SECONDS));
        var management = new Management(server, meters, checks);
        return server.requestHandler(management::handle).listen().map(management);
    }

    public int port() {
        return server.actualPort();
    }

    /** From now on this instance says that it is not ready, so that a balancer leaves it alone while it ends. */
    public void drain() {
        draining = true;
    }

    public Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest http) {
        if (http.method() != HttpMethod.GET) {
            answer(http, 405, "text/plain", "GET only\n");
            return;
        }
        switch (String.valueOf(http.path())) {
            case "/health/live" -> answer(http, 200, Reply.JSON, "{\"status\":\"up\"}");
            case "/health/ready" -> ready(http);
            case "/metrics" -> answer(http, 200, "text/plain; version=0.0.4; charset=utf-8", meters.scrape());
            default -> answer(http, 404, "text/plain", "not here\n");
        }
    }

    private void ready(HttpServerRequest http) {
        var results = new LinkedHashMap<String, Future<?>>();
        checks.forEach((name, check) -> results.put(name, run(check)));
        Future.join(results.values().stream().toList()).onComplete(all -> {
            var states = new LinkedHashMap<String, String>();
            results.forEach((name, result) -> states.put(name, result.succeeded() ? "up" : "down"));
            results.forEach((name, result) -> logFailure(name, result));
            boolean up = all.succeeded() && !draining;
            var body = new LinkedHashMap<String, Object>();
            body.put("status", draining ? "draining" : up ? "up" : "down");
            body.put("checks", states);
            answer(http, up ? 200 : 503, Reply.JSON, Json.write(body).toString());
        });
    }

    private static Future<?> run(Supplier<Future<?>> check) {
        try {
            return check.get().timeout(CHECK_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static void logFailure(String name, Future<?> result) {
        if (result.failed()) {
            LOG.atWarn().setCause(result.cause()).addKeyValue("check", name).log("not ready");
        }
    }

    private static void answer(HttpServerRequest http, int status, String mediaType, String body) {
        http.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body);
    }
}
