package io.anju.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/** A closed loop on loopback: so many connections, each sending its next request when the last is answered. */
final class Load implements AutoCloseable {
    /** An answer that does not come in this time fails the run; without it a lost answer would hold it for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int CUT_OFF = -1;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final int connections;
    private final int port;

    Load(Vertx vertx, int port, int connections) {
        this.vertx = vertx;
        this.port = port;
        this.connections = connections;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true));
    }

    /** One request: the n-th of a run is made by the caller's function. */
    record Shot(HttpMethod method, String path, Map<String, String> headers, Buffer body) {}

    /**
     * What a run came to.
     *
     * @param answers those that were wanted
     * @param sentAway requests that were answered 429 or 503; they are not among the answers
     * @param cutOff answers that began and did not come to their end
     * @param p50Micros the time that half of the answers stayed under
     */
    record Outcome(int answers, int sentAway, int cutOff, Duration took, long p50Micros, long p99Micros) {
        double perSecond() {
            return answers / (took.toNanos() / 1e9);
        }
    }

    /** Which answers are wanted, and whether to come again where the server asks for it: otherwise that fails the run. */
    private record Manners(IntPredicate wanted, boolean isPatient) {}

    /** Sends for a time; every answer must have the status, since a run of refusals measures nothing. */
    Outcome run(Duration length, int status, IntFunction<Shot> shots) {
        long end = System.nanoTime() + length.toNanos();
        return run(() -> System.nanoTime() < end, only(status), shots);
    }

    /** Sends so many requests. */
    Outcome run(int count, int status, IntFunction<Shot> shots) {
        var left = new AtomicInteger(count);
        return run(() -> left.getAndDecrement() > 0, only(status), shots);
    }

    /** As {@link #run(int, int, IntFunction)}, for a server that may send away: who is sent away comes again in a second. */
    Outcome runPatiently(int count, int status, IntFunction<Shot> shots) {
        var left = new AtomicInteger(count);
        return run(() -> left.getAndDecrement() > 0, new Manners(answered -> answered == status, true), shots);
    }

    /** Sends until it is told to stop, each connection waiting a second where it is sent away. */
    Outcome runPatiently(BooleanSupplier more, IntPredicate wanted, IntFunction<Shot> shots) {
        return run(more, new Manners(wanted, true), shots);
    }

    private static Manners only(int status) {
        return new Manners(answered -> answered == status, false);
    }

    private Outcome run(BooleanSupplier more, Manners manners, IntFunction<Shot> shots) {
        var round = new Round(more, manners, shots, new Samples(), new AtomicInteger());
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
            BooleanSupplier more, Manners manners, IntFunction<Shot> shots, Samples samples, AtomicInteger next) {}

    /**
     * A connection of its own for each loop: a pool of as many connections as loops now and then leaves a request
     * waiting for ever.
     */
    private Future<Void> loop(HttpClientConnection connection, Round round) {
        Promise<Void> done = Promise.promise();
        next(connection, round, done);
        return done.future();
    }

    private void next(HttpClientConnection connection, Round round, Promise<Void> done) {
        if (!round.more().getAsBoolean()) {
            done.complete();
            return;
        }
        shoot(connection, round, round.shots().apply(round.next().getAndIncrement()), done);
    }

    private void shoot(HttpClientConnection connection, Round round, Shot shot, Promise<Void> done) {
        long sent = System.nanoTime();
        send(connection, shot, round).onComplete(answer -> {
            if (answer.failed()) {
                done.fail(answer.cause());
            } else if (answer.result() == 0) {
                round.samples().add((System.nanoTime() - sent) / 1000);
                next(connection, round, done);
            } else if (answer.result() == CUT_OFF) {
                round.samples().countCutOff();
                endOf(round, shot, done);
            } else {
                round.samples().countSentAway();
                vertx.setTimer(1_000L * answer.result(), timer -> shoot(connection, round, shot, done));
            }
        });
    }

    /** The connection is gone with its answer: a patient crowd goes on without it. */
    private static void endOf(Round round, Shot shot, Promise<Void> done) {
        if (round.manners().isPatient()) {
            done.complete();
        } else {
            done.fail("the answer to " + shot.path() + " was cut off");
        }
    }

    /** Gives after how many seconds the server asked to come again; 0 where it gave what was wanted. */
    private static Future<Integer> send(HttpClientConnection connection, Shot shot, Round round) {
        var options = new RequestOptions()
                .setMethod(shot.method())
                .setIdleTimeout(PATIENCE.toMillis())
                .setURI(shot.path());
        shot.headers().forEach(options::putHeader);
        return connection
                .request(options)
                .compose(request -> request.send(shot.body()))
                .recover(failure -> Future.failedFuture(new IOException("no answer to " + shot.path(), failure)))
                .compose(response -> end(shot, response, round));
    }

    private static Future<Integer> end(Shot shot, HttpClientResponse response, Round round) {
        int status = response.statusCode();
        boolean isWanted = round.manners().wanted().test(status);
        if (isWanted || (round.manners().isPatient() && (status == 429 || status == 503))) {
            // read and let go: a download may be longer than the heap
            response.handler(piece -> {});
            int later = isWanted ? 0 : Integer.parseInt(response.getHeader(HttpHeaders.RETRY_AFTER));
            return response.end().map(later).otherwise(CUT_OFF);
        }
        return response.body()
                .compose(body ->
                        Future.failedFuture(shot.method() + " " + shot.path() + " answered " + status + ": " + body));
    }

    @Override
    public void close() {
        client.close();
    }

    /** Latencies in microseconds, grown as needed. */
    private static final class Samples {
        private long[] values = new long[1 << 16];
        private int size;
        private int sentAway;
        private int cutOff;

        synchronized void countSentAway() {
            sentAway++;
        }

        synchronized void countCutOff() {
            cutOff++;
        }

        synchronized void add(long micros) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = micros;
        }

        synchronized Outcome outcome(Duration took) {
            Arrays.sort(values, 0, size);
            return size == 0
                    ? new Outcome(0, sentAway, cutOff, took, 0, 0)
                    : new Outcome(size, sentAway, cutOff, took, values[size / 2], values[(int) (size * 0.99)]);
        }
    }
}
