package io.anju.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** A closed loop on loopback: so many connections, each sending its next request when the last is answered. */
final class Load implements AutoCloseable {
    /** An answer that does not come in this time fails the run; without it a lost answer would hold it for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClientAgent client;
    private final int connections;
    private final int port;

    Load(Vertx vertx, int port, int connections) {
        this.port = port;
        this.connections = connections;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true));
    }

    /** One request: the n-th of a run is made by the caller's function. */
    record Shot(HttpMethod method, String path, Map<String, String> headers, Buffer body) {}

    /** What a run came to: answers, how long it took, and the time that half of them stayed under. */
    record Outcome(int answers, Duration took, long p50Micros, long p99Micros) {}

    /** Sends for a time; every answer must have the status, since a run of refusals measures nothing. */
    Outcome run(Duration length, int status, IntFunction<Shot> shots) {
        long end = System.nanoTime() + length.toNanos();
        return run(() -> System.nanoTime() < end, status, shots);
    }

    /** Sends so many requests. */
    Outcome run(int count, int status, IntFunction<Shot> shots) {
        var left = new AtomicInteger(count);
        return run(() -> left.getAndDecrement() > 0, status, shots);
    }

    private Outcome run(BooleanSupplier more, int status, IntFunction<Shot> shots) {
        var round = new Round(more, status, shots, new Samples(), new AtomicInteger());
        var opened = new ArrayList<Future<HttpClientConnection>>();
        for (int i = 0; i < connections; i++) {
            opened.add(
                    client.connect(new HttpConnectOptions().setHost("127.0.0.1").setPort(port)));
        }
        Future.all(opened).await();
        long start = System.nanoTime();
        Future.all(opened.stream().map(each -> loop(each.result(), round)).toList())
                .await();
        var took = Duration.ofNanos(System.nanoTime() - start);
        opened.forEach(each -> each.result().close());
        return round.samples().outcome(took);
    }

    /** What all connections of a run share. */
    private record Round(
            BooleanSupplier more, int status, IntFunction<Shot> shots, Samples samples, AtomicInteger next) {}

    /**
     * A connection of its own for each loop: a pool of as many connections as loops now and then leaves a request
     * waiting for ever.
     */
    private static Future<Void> loop(HttpClientConnection connection, Round round) {
        Promise<Void> done = Promise.promise();
        next(connection, round, done);
        return done.future();
    }

    private static void next(HttpClientConnection connection, Round round, Promise<Void> done) {
        if (!round.more().getAsBoolean()) {
            done.complete();
            return;
        }
        long sent = System.nanoTime();
        send(connection, round.shots().apply(round.next().getAndIncrement()), round.status())
                .onComplete(answer -> {
                    if (answer.failed()) {
                        done.fail(answer.cause());
                        return;
                    }
                    round.samples().add((System.nanoTime() - sent) / 1000);
                    next(connection, round, done);
                });
    }

    private static Future<Void> send(HttpClientConnection connection, Shot shot, int status) {
        var options = new RequestOptions()
                .setMethod(shot.method())
                .setIdleTimeout(PATIENCE.toMillis())
                .setURI(shot.path());
        shot.headers().forEach(options::putHeader);
        return connection
                .request(options)
                .compose(request -> request.send(shot.body()))
                .compose(response -> response.body()
                        .compose(body -> response.statusCode() == status
                                ? Future.succeededFuture()
                                : Future.failedFuture(shot.method() + " " + shot.path() + " answered "
                                        + response.statusCode() + ", not " + status + ": " + body)));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Latencies in microseconds, grown as needed. */
    private static final class Samples {
        private long[] values = new long[1 << 16];
        private int size;

        synchronized void add(long micros) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = micros;
        }

        synchronized Outcome outcome(Duration took) {
            Arrays.sort(values, 0, size);
            return size == 0
                    ? new Outcome(0, took, 0, 0)
                    : new Outcome(size, took, values[size / 2], values[(int) (size * 0.99)]);
        }
    }
}
