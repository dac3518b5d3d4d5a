package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While many clients send what no decent one would, the live heap stays small and everybody else is answered. */
class HostileClientsIT {
    private static final int BODY_BYTES = 1 << 20;
    /** Without a bound they would hold as many mebibytes. */
    private static final int CLIENTS = 400;
    /** What the edge of these tests lets bodies hold together; buffers grow by doubling, so twice that may be live. */
    private static final long MOST_HELD_BYTES = 2 * (64L << 20);

    private static final long SLACK_BYTES = 48L << 20;
    /** Fewer than what all of them together may hold, beyond which the answer is 503 at once. */
    private static final int SLOW_CLIENTS = 50;

    private static final int POLITE_REQUESTS = 50;
    /** More would be a test of how much two cores can parse. */
    private static final int AT_ONCE = 4;

    @Test
    void bodies_that_never_end_do_not_fill_the_heap() throws IOException {
        try (var server = EdgeServer.start(EdgeServer.settings(1_000_000, 300))) {
            everybodyIsAnswered(server);
            long before = liveBytes();
            var hostile = new ArrayList<Socket>();
            var almostAll = new byte[BODY_BYTES - 1];
            Arrays.fill(almostAll, (byte) ' ');
            for (int i = 0; i < CLIENTS; i++) {
                hostile.add(begin(server.http.base(), almostAll));
            }
            assertThat(liveBytes() - before).isLessThan(MOST_HELD_BYTES + SLACK_BYTES);
            everybodyIsAnswered(server);
            assertThat(liveBytes() - before).isLessThan(MOST_HELD_BYTES + SLACK_BYTES);
            assertThat(server.edge.uploadsInFlightBytes.get())
                    .isBetween(1L, server.edge.settings.uploadsInFlightMaxBytes());
            for (var socket : hostile) {
                socket.close();
            }
            eventuallyNothingIsHeld(server);
            assertThat(liveBytes() - before).isLessThan(SLACK_BYTES);
        }
    }

    /** Bodies of the most that is taken, each of which a careless reader would turn into much more. */
    enum Body {
        DEEP("[".repeat(BODY_BYTES - 16)),
        DEEP_OBJECTS("{\"name\":".repeat(BODY_BYTES / 8 - 2)),
        DUPLICATE_KEYS("{" + "\"name\":\"a\",".repeat(BODY_BYTES / 11 - 8) + "\"name\":\"b\"}"),
        HUGE_INTEGER("{\"count\":" + "9".repeat(BODY_BYTES - 32) + "}"),
        HUGE_FRACTION("{\"count\":0." + "3".repeat(BODY_BYTES - 32) + "}"),
        HUGE_EXPONENT("{\"count\":1e" + "9".repeat(BODY_BYTES - 32) + "}"),
        LONG_NAME("{\"" + "n".repeat(BODY_BYTES - 32) + "\":1}");

        private final String text;

        Body(String text) {
            this.text = text;
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_looks_small_and_is_not_is_refused_and_costs_little(Body body) {
        try (var server = EdgeServer.start(EdgeServer.settings(1_000_000, 60))) {
            everybodyIsAnswered(server);
            long before = liveBytes();
            var answers = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> server.http
                            .request("POST", "/v1/things")
                            .body(body.text)
                            .unchecked()
                            .send()))
                    .toList();
            everybodyIsAnswered(server);
            assertThat(liveBytes() - before).isLessThan(MOST_HELD_BYTES + SLACK_BYTES);
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.join().status()).isEqualTo(400);
                assertThat(answer.join().body().length).isLessThan(20_000);
            });
            assertThat(server.names()).doesNotContain("a", "b");
            eventuallyNothingIsHeld(server);
        }
    }

    @Test
    void slow_clients_are_cut_off_while_others_are_answered() throws IOException {
        try (var server = EdgeServer.start(EdgeServer.settings(1_000_000, 3))) {
            var slow = new ArrayList<Socket>();
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                slow.add(begin(server.http.base(), "{".getBytes(StandardCharsets.UTF_8)));
            }
            everybodyIsAnswered(server);
            for (var socket : slow) {
                socket.setSoTimeout(30_000);
                assertThat(RawHttp.read(socket)).startsWith("HTTP/1.1 408").contains("request-timeout");
                socket.close();
            }
            eventuallyNothingIsHeld(server);
        }
    }

    /** Sends the head of a request with a body of a mebibyte, and this much of the body. */
    private static Socket begin(URI server, byte[] piece) throws IOException {
        var socket = new Socket(server.getHost(), server.getPort());
        try {
            socket.getOutputStream()
                    .write(
                            ("POST /v1/things HTTP/1.1\r\nHost: anju\r\nContent-Type: application/json\r\nIdempotency-Key: "
                                            + UUID.randomUUID() + "\r\nContent-Length: " + BODY_BYTES + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(piece);
        } catch (IOException e) {
            // refused and hung up on, which is one good end
            assertThat(socket.isConnected()).isTrue();
        }
        return socket;
    }

    /** Reads and writes of others, all of which arrive. */
    private static void everybodyIsAnswered(EdgeServer server) {
        var name = UUID.randomUUID().toString();
        List<CompletableFuture<Integer>> answers = IntStream.range(0, POLITE_REQUESTS)
                .mapToObj(i -> (i % 5 == 0
                                ? server.http.request("POST", "/v1/things").body("{\"name\":\"" + name + "\"}")
                                : server.http.request("GET", "/v1/things/1"))
                        .unchecked()
                        .sendAsync()
                        .thenApply(answer -> answer.status()))
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isIn(200, 201));
    }

    private static void eventuallyNothingIsHeld(EdgeServer server) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (server.edge.uploadsInFlightBytes.get() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(server.edge.uploadsInFlightBytes).hasValue(0);
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
