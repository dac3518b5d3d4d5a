package io.anju.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** A closed loop on loopback: so many connections, each sending its next request when the last is answered. */
final class Load implements AutoCloseable {
    private final HttpClient client;
    private final int connections;
    private final int port;

    Load(Vertx vertx, int port, int connections) {
        this.port = port;
        this.connections = connections;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(connections));
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
        var micros = new Samples();
        var next = new AtomicInteger();
        long start = System.nanoTime();
        var loops = new Future<?>[connections];
        for (int i = 0; i < connections; i++) {
            Promise<Void> done = Promise.promise();
            loop(more, status, shots, next, micros, done);
            loops[i] = done.future();
        }
        Future.all(Arrays.asList(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        var took = Duration.ofNanos(System.nanoTime() - start);
        return micros.outcome(took);
    }

    private void loop(
            BooleanSupplier more,
            int status,
            IntFunction<Shot> shots,
            AtomicInteger next,
            Samples micros,
            Promise<Void> done) {
        if (!more.getAsBoolean()) {
            done.complete();
            return;
        }
        long sent = System.nanoTime();
        send(shots.apply(next.getAndIncrement()), status).onComplete(answer -> {
            if (answer.failed()) {
                done.fail(answer.cause());
                return;
            }
            micros.add((System.nanoTime() - sent) / 1000);
            loop(more, status, shots, next, micros, done);
        });
    }

    private Future<Void> send(Shot shot, int status) {
        var options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(shot.method())
                .setURI(shot.path());
        shot.headers().forEach(options::putHeader);
        return client.request(options)
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
