package io.anju.sdk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on loopback that answers by a script and keeps what it was sent. */
final class ScriptedServer implements AutoCloseable {
    private final HttpServer server;
    private final Deque<Scripted> script = new ArrayDeque<>();
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ScriptedServer then(int status, String body, String... headers) {
        script.add(new Scripted(status, body, headers));
        return this;
    }

    /** The connection is cut without an answer. */
    ScriptedServer thenSilence() {
        script.add(new Scripted(0, ""));
        return this;
    }

    List<Received> received() {
        return received;
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new Received(exchange));
        var next = script.removeFirst();
        if (next.status != 0) {
            exchange.getResponseHeaders()
                    .add("Content-Type", next.status < 400 ? "application/json" : "application/problem+json");
            for (int i = 0; i < next.headers.length; i += 2) {
                exchange.getResponseHeaders().add(next.headers[i], next.headers[i + 1]);
            }
            var bytes = next.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(next.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static final class Scripted {
        final int status;
        final String body;
        final String[] headers;

        Scripted(int status, String body, String... headers) {
            this.status = status;
            this.body = body;
            this.headers = headers;
        }
    }

    static final class Received {
        private final HttpExchange exchange;
        final String body;

        Received(HttpExchange exchange) throws IOException {
            this.exchange = exchange;
            this.body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        }

        String line() {
            return exchange.getRequestMethod() + " " + exchange.getRequestURI();
        }

        @Nullable
        String header(String name) {
            return exchange.getRequestHeaders().getFirst(name);
        }
    }
}
