package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Answer;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A crowd whose members hang up whenever they like: no turn is lost with them, and the others are served. */
class CrowdIT {
    private static final int AT_ONCE = HttpSettings.READS_AT_ONCE;
    private static final int WAITING = 60;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<Socket> sockets = new ArrayList<>();
    private EdgeServer server = EdgeServer.start();

    @BeforeEach
    void someoneIsThere() {
        assertThat(get("/v1/slow").json().asText()).isEqualTo("at last");
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void who_hangs_up_while_waiting_leaves_the_place_and_is_not_looked_up_for() throws IOException {
        var answers = Promise.<Void>promise();
        server.things.answers = answers;
        int before = server.things.lookUps.get();
        ask("/v1/slow", AT_ONCE);
        await(() -> server.edge.reads.underWay() == AT_ONCE);
        // only now: whose turn comes first is for the event loops to say
        ask("/v1/slow", WAITING);
        await(() -> server.edge.reads.waiting() == WAITING);
        for (int i = 0; i < sockets.size(); i += 2) {
            reset(sockets.get(i));
        }
        await(() -> server.edge.reads.waiting() == WAITING / 2);

        answers.complete();

        await(() -> server.edge.reads.underWay() == 0 && server.edge.reads.waiting() == 0);
        assertThat(server.things.lookUps.get() - before).isEqualTo(AT_ONCE + WAITING / 2);
        for (int i = 1; i < sockets.size(); i += 2) {
            assertThat(firstLine(sockets.get(i))).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(get("/v1/slow").json().asText()).isEqualTo("at last");
    }

    @Test
    void who_hangs_up_in_the_middle_of_a_long_answer_takes_no_turn_along() throws IOException {
        for (int i = 0; i < 5 * AT_ONCE; i++) {
            var socket = ask("/v1/long");
            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
            if (i % 5 > 0) {
                reset(socket);
            }
        }
        assertThat(server.edge.reads.underWay() + server.edge.reads.waiting()).isZero();
        assertThat(get("/v1/long").body()).hasSize(Things.LONG_PIECES * Things.LONG_PIECE_BYTES);
        assertThat(server.edge.reads.underWay() + server.edge.reads.waiting()).isZero();
    }

    private Answer get(String path) {
        return server.http.request("GET", path).unchecked().send().expect(200);
    }

    private void ask(String path, int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            ask(path);
        }
    }

    private Socket ask(String path) throws IOException {
        var base = server.http.base();
        var socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout((int) SOON.toMillis());
        var head = "GET " + path + " HTTP/1.1\r\nHost: anju\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        sockets.add(socket);
        return socket;
    }

    /** Not a polite end of what is sent, but a reset. */
    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static String firstLine(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int one = socket.getInputStream().read();
                one > '\r';
                one = socket.getInputStream().read()) {
            line.append((char) one);
        }
        return line.toString();
    }

    private static void await(BooleanSupplier there) {
        long end = System.nanoTime() + SOON.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
