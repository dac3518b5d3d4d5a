package io.anju.platform.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API listener on one event loop; as many as there are cores share the port. */
public final class ApiServer extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int LINE_MAX_BYTES = 8 * 1024;
    private static final int HEADERS_MAX_BYTES = 16 * 1024;

    private final Edge edge;
    private final AtomicInteger port;
    private @Nullable HttpServer server;

    /** Writes the port that was taken to {@code port}. */
    public ApiServer(Edge edge, AtomicInteger port) {
        this.edge = edge;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var settings = edge.settings;
        // -1 is a free port that all event loops share; 0 would be another one for each
        int wanted = settings.port() == 0 ? -1 : settings.port();
        var options = new HttpServerOptions()
                .setHost(settings.host())
                .setPort(wanted)
                .setIdleTimeout(HttpSettings.IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(LINE_MAX_BYTES)
                .setMaxHeaderSize(HEADERS_MAX_BYTES)
                // only where a body will be read: the answer to HEAD would go astray after it
                .setHandle100ContinueAutomatically(false)
                .setHttp2ClearTextEnabled(false)
                // nothing here speaks WebSocket, and its handlers would look at every request
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setTcpNoDelay(true);
        var started = vertx.createHttpServer(options);
        server = started;
        return started.requestHandler(edge::handle)
                .invalidRequestHandler(edge::refuseInvalid)
                .exceptionHandler(failure -> LOG.debug("connection failed", failure))
                .listen()
                .onSuccess(listening -> port.set(listening.actualPort()));
    }

    /** Takes no new requests and lets the running ones end. */
    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(edge.settings.drainSeconds(), TimeUnit.SECONDS);
    }
}
