package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A piece of a download that meets a failure which passes is read again, so often and no more. */
class DownloadPiecesTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Buffer PIECE = Buffer.buffer("rows");
    private final Throwable timedOut = Refusal.of(PlatformProblem.UNAVAILABLE);

    private final DownloadPieces pieces = new DownloadPieces(VERTX);
    private final AtomicInteger reads = new AtomicInteger();
    private Publication publication = publication();

    @BeforeEach
    void another() {
        publication = publication();
    }

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @Test
    void is_read_again_after_a_time_out_and_kept() throws Exception {
        assertThat(piece(failing(2, timedOut))).isEqualTo(PIECE);
        assertThat(reads).hasValue(3);
        assertThat(piece(failing(0, timedOut))).isEqualTo(PIECE);
        assertThat(reads).as("it was kept").hasValue(3);
    }

    @Test
    void is_cut_off_after_three_tries_and_the_next_reader_tries_anew() throws Exception {
        assertThatThrownBy(() -> piece(failing(3, timedOut))).hasCause(timedOut);
        assertThat(reads).hasValue(3);
        assertThat(piece(failing(4, timedOut))).isEqualTo(PIECE);
        assertThat(reads).hasValue(5);
    }

    @Test
    void what_does_not_pass_is_not_tried_again() {
        var missing = new IllegalStateException("rows are missing");
        assertThatThrownBy(() -> piece(failing(1, missing))).hasCause(missing);
        assertThat(reads).hasValue(1);
    }

    private Buffer piece(Supplier<Future<Buffer>> read) throws Exception {
        return pieces.piece(publication, Form.CSV, 0, read)
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }

    /** Fails up to the n-th read of all, a moment later as a database does. */
    private Supplier<Future<Buffer>> failing(int times, Throwable failure) {
        return () -> {
            boolean fails = reads.incrementAndGet() <= times;
            return VERTX.timer(1).compose(read -> fails ? Future.failedFuture(failure) : Future.succeededFuture(PIECE));
        };
    }

    private static Publication publication() {
        return new Publication(
                UUID.randomUUID(),
                new ListKey("370200", "public-rental"),
                "2026-03",
                LocalDate.of(2026, 3, 1),
                Instant.EPOCH,
                "digest",
                1,
                "root",
                "statement",
                "key",
                "public",
                "signature");
    }
}
