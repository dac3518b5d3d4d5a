package io.anju.retention;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** Rows of {@code platform.retention_run}. */
final class RetentionStore {
    private static final String BEGIN = """
            INSERT INTO platform.retention_run (id, kind, before, dry_run, found, started_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String COUNT = "UPDATE platform.retention_run SET erased = erased + $2 WHERE id = $1";

    private static final String END = "UPDATE platform.retention_run SET ended_at = $2 WHERE id = $1";

    Future<Void> begin(Sql sql, UUID id, String kind, Instant before, boolean dryRun, long found, Instant now) {
        return sql.execute(BEGIN, id, kind, at(before), dryRun, found, at(now)).mapEmpty();
    }

    Future<Void> count(Tx tx, UUID id, int erased) {
        return tx.execute(COUNT, id, (long) erased).mapEmpty();
    }

    Future<Void> end(Tx tx, UUID id, Instant now) {
        return tx.execute(END, id, at(now)).mapEmpty();
    }
}
