package io.anju.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseClockIT {
    /** Far more than a slow round trip, far less than the wrong clock below. */
    private static final Duration ROUND_TRIP = Duration.ofMinutes(1);

    private final Vertx vertx = Vertx.vertx();
    private final DbAddress address = TestDatabases.fresh();
    private final Db db = TestDatabases.connect(vertx, address);

    @AfterEach
    void close() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void a_machine_whose_clock_is_wrong_follows_the_database() {
        var clock = DatabaseClock.of(() -> Instant.now().minus(Duration.ofHours(3)));
        var before = databaseNow();
        assertThat(clock.instant()).isBefore(before.minus(ROUND_TRIP));
        await(clock.measure(db));
        assertThat(clock.instant())
                .isBetween(before.minus(ROUND_TRIP), databaseNow().plus(ROUND_TRIP));
    }

    private Instant databaseNow() {
        return await(db.find(
                        "SELECT clock_timestamp() AS now",
                        row -> row.getOffsetDateTime("now").toInstant()))
                .orElseThrow();
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
