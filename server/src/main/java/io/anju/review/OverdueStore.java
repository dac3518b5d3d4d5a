package io.anju.review;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which tasks are late, in {@code review.task}. */
final class OverdueStore {
    private static final String MARK = """
            UPDATE review.task
               SET overdue_marked_at = $2
             WHERE id IN (SELECT id
                            FROM review.task
                           WHERE state IN ('open', 'claimed')
                             AND overdue_marked_at IS NULL
                             AND due_on < $1
                           ORDER BY due_on
                           LIMIT $3
                             FOR UPDATE SKIP LOCKED)
            RETURNING id, application_id, city_code, step_id, due_on
            """;

    private static final String COUNT = """
            SELECT count(*) AS overdue
              FROM review.task
             WHERE state IN ('open', 'claimed') AND due_on < $1
            """;

    record Late(UUID taskId, UUID applicationId, String cityCode, String stepId, LocalDate dueOn) {}

    /** Marks up to {@code limit} late tasks that were not marked before, and gives them. */
    Future<List<Late>> mark(Tx tx, LocalDate today, Instant now, int limit) {
        return tx.list(
                MARK,
                row -> new Late(
                        row.getUUID("id"),
                        row.getUUID("application_id"),
                        row.getString("city_code"),
                        row.getString("step_id"),
                        row.getLocalDate("due_on")),
                today,
                now.atOffset(ZoneOffset.UTC),
                limit);
    }

    Future<Long> count(Sql sql, LocalDate today) {
        return sql.find(COUNT, row -> row.getLong("overdue"), today).map(Optional::orElseThrow);
    }
}
