package io.anju.platform.time;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's clock, so that all instances agree on what is late. The difference to this machine's clock is measured
 * at the start and every minute; asking for the time costs nothing.
 */
public final class DatabaseClock implements InstantSource {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(2);
    private static final String NOW = "SELECT clock_timestamp() AS now";

    private final InstantSource local;
    private volatile Duration offset = Duration.ZERO;
    private volatile boolean isFar;

    private DatabaseClock(InstantSource local) {
        this.local = local;
    }

    /** Measures once, then keeps measuring. */
    public static Future<DatabaseClock> start(Vertx vertx, Sql sql) {
        var clock = new DatabaseClock(InstantSource.system());
        vertx.setPeriodic(
                PERIOD.toMillis(),
                timer -> clock.measure(sql)
                        .onFailure(
                                failure -> LOG.warn("The database's clock was not read; the last difference stands")));
        return clock.measure(sql).map(clock);
    }

    static DatabaseClock of(InstantSource local) {
        return new DatabaseClock(local);
    }

    Future<Void> measure(Sql sql) {
        var before = local.instant();
        return sql.find(NOW, row -> row.getOffsetDateTime("now").toInstant())
                .map(found -> found.orElseThrow())
                .map(there -> {
                    var after = local.instant();
                    // the answer was given about half-way through the round trip
                    var here = before.plus(Duration.between(before, after).dividedBy(2));
                    offset = Duration.between(here, there);
                    warnIfFar();
                    return null;
                });
    }

    private void warnIfFar() {
        var wasFar = isFar;
        isFar = offset.abs().compareTo(WORTH_A_WARNING) > 0;
        // once, and not at every look through the night
        if (isFar && !wasFar) {
            LOG.warn("This machine's clock differs from the database's by {} ms", offset.toMillis());
        }
    }

    @Override
    public Instant instant() {
        return local.instant().plus(offset);
    }
}
