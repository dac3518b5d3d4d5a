package io.anju.rights;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.rights.Correction.Subject;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The days of {@code rights.correction}. */
final class CorrectionClockStore {
    private static final String WARN = """
            UPDATE rights.correction
               SET warned_at = $2
             WHERE id IN (SELECT id
                            FROM rights.correction
                           WHERE state = 'requested' AND warned_at IS NULL AND due_on <= $1
                           ORDER BY due_on
                           LIMIT $3
                             FOR UPDATE SKIP LOCKED)
            RETURNING id, city_code, area_code, subject, due_on
            """;

    private static final String MARK_OVERDUE = """
            UPDATE rights.correction
               SET overdue_at = $2
             WHERE id IN (SELECT id
                            FROM rights.correction
                           WHERE state = 'requested' AND overdue_at IS NULL AND due_on < $1
                           ORDER BY due_on
                           LIMIT $3
                             FOR UPDATE SKIP LOCKED)
            RETURNING id, city_code, area_code, subject, due_on
            """;

    private static final String COUNT_OVERDUE =
            "SELECT count(*) AS overdue FROM rights.correction WHERE state = 'requested' AND due_on < $1";

    record Told(UUID id, String cityCode, String areaCode, Subject subject, LocalDate dueOn) {}

    /** Marks up to {@code limit} requests that are due on this day or before and of which it was not said yet. */
    Future<List<Told>> warn(Tx tx, LocalDate until, Instant now, int limit) {
        return tx.list(WARN, CorrectionClockStore::told, until, at(now), limit);
    }

    Future<List<Told>> markOverdue(Tx tx, LocalDate today, Instant now, int limit) {
        return tx.list(MARK_OVERDUE, CorrectionClockStore::told, today, at(now), limit);
    }

    Future<Long> countOverdue(Sql sql, LocalDate today) {
        return sql.find(COUNT_OVERDUE, row -> row.getLong("overdue"), today).map(Optional::orElseThrow);
    }

    private static Told told(Row row) {
        return new Told(
                row.getUUID("id"),
                row.getString("city_code"),
                row.getString("area_code"),
                Subject.of(row.getString("subject")),
                row.getLocalDate("due_on"));
    }
}
