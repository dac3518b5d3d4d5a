package io.anju.platform.jobs;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * A kind of rows that are kept for a time only.
 *
 * @param kind its name in {@code retention/periods.yaml}
 * @param count how many were over before an instant
 * @param erase erases some of those, for good; a repeat finds the rest
 */
public record Retained(String kind, Count count, Erase erase) {
    @FunctionalInterface
    public interface Count {
        Future<Long> before(Sql sql, Instant instant);
    }

    @FunctionalInterface
    public interface Erase {
        /** Gives how many went; fewer than {@code most} where none is left. */
        Future<Integer> before(Tx tx, Instant instant, int most);
    }
}
