package io.anju.application;

import static io.anju.application.ApplicationStore.at;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who opened a household's file. */
final class ReadingStore {
    private static final String INSERT = """
            INSERT INTO application.reading (application_id, at, staff_id, office, reason)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String LIST = """
            SELECT id, at, office, reason
              FROM application.reading
             WHERE application_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    record Reading(UUID id, Instant at, String office, String reason) {}

    Future<Void> insert(Sql sql, UUID applicationId, UUID readerId, String office, String reason, Instant now) {
        return sql.execute(INSERT, applicationId, at(now), readerId, office, reason)
                .mapEmpty();
    }

    /** The newest first, those with an id before {@code before}. */
    Future<List<Reading>> list(Sql sql, UUID applicationId, @Nullable UUID before, int limit) {
        return sql.list(LIST, ReadingStore::reading, applicationId, before, limit);
    }

    private static Reading reading(Row row) {
        return new Reading(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("office"),
                row.getString("reason"));
    }
}
