package io.anju.complaint;

import static io.anju.platform.db.Columns.at;

import io.anju.complaint.Complaint.Stage;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.ComplaintClock.Due;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code complaint.clock}: the days as the policy gave them when a stage began. */
final class ClockStore {
    private static final String START = """
            INSERT INTO complaint.clock (id, complaint_id, stage, started_on, due_on, warn_on, first_due_on)
            VALUES ($1, $2, $3, $4, $5, $6, $5)
            """;

    private static final String EXTEND = """
            UPDATE complaint.clock
               SET due_on = $2, warn_on = $3, warned_at = NULL
             WHERE complaint_id = $1 AND ended_on IS NULL
            """;

    private static final String END = """
            UPDATE complaint.clock AS k
               SET ended_on = $2, outcome = $3, office_level = c.office_level, area_code = c.area_code
              FROM complaint.complaint AS c
             WHERE c.id = k.complaint_id AND k.complaint_id = $1 AND k.ended_on IS NULL
            """;

    /** Those of complaints that somebody works on are passed over, as {@link #MARK_OVERDUE} does. */
    private static final String WARN = """
            UPDATE complaint.clock AS k
               SET warned_at = $2
              FROM complaint.complaint AS c
             WHERE c.id = k.complaint_id
               AND k.id IN (SELECT w.id
                              FROM complaint.clock AS w
                              JOIN complaint.complaint AS worked ON worked.id = w.complaint_id
                             WHERE w.ended_on IS NULL AND w.warned_at IS NULL AND w.warn_on <= $1
                             ORDER BY w.warn_on
                             LIMIT $3
                               FOR UPDATE OF w, worked SKIP LOCKED)
            RETURNING k.complaint_id, k.stage, k.due_on, c.city_code, c.kind, c.office_level, c.area_code
            """;

    /**
     * What is overdue is pressed for from then on. The complaint is locked with its clock, and passed over where somebody
     * works on it: staff locks the complaint first, so neither waits for the other.
     */
    private static final String MARK_OVERDUE = """
            WITH over AS (
                SELECT k.id
                  FROM complaint.clock AS k
                  JOIN complaint.complaint AS c ON c.id = k.complaint_id
                 WHERE k.ended_on IS NULL AND k.overdue_at IS NULL AND k.due_on < $1
                 ORDER BY k.due_on
                 LIMIT $3
                   FOR UPDATE OF k, c SKIP LOCKED),
            marked AS (
                UPDATE complaint.clock AS k
                   SET overdue_at = $2
                  FROM over
                 WHERE k.id = over.id
                RETURNING k.complaint_id, k.stage, k.due_on),
            pressed AS (
                UPDATE complaint.complaint AS c
                   SET supervised = true
                  FROM marked
                 WHERE c.id = marked.complaint_id)
            SELECT marked.complaint_id, marked.stage, marked.due_on, c.city_code, c.kind, c.office_level, c.area_code
              FROM marked
              JOIN complaint.complaint AS c ON c.id = marked.complaint_id
            """;

    private static final String TELL = """
            WITH told AS (
                SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS t(event_id, complaint_id))
            INSERT INTO complaint.event (id, complaint_id, kind, at, actor, reason)
            SELECT event_id, complaint_id, $3, $4, 'system', $5 FROM told
            """;

    private static final String COUNT_OVERDUE = """
            SELECT count(*) AS overdue
              FROM complaint.clock
             WHERE ended_on IS NULL AND due_on < $1
            """;

    Future<Void> start(Tx tx, UUID complaintId, Stage stage, LocalDate on, Due due, Instant now) {
        return tx.execute(START, Ids.next(now), complaintId, stage.id(), on, due.on(), due.warnOn())
                .mapEmpty();
    }

    Future<Void> extend(Tx tx, UUID complaintId, Due due) {
        return tx.execute(EXTEND, complaintId, due.on(), due.warnOn()).mapEmpty();
    }

    /** What was owed was done. */
    Future<Void> done(Tx tx, UUID complaintId, LocalDate on) {
        return tx.execute(END, complaintId, on, "done").mapEmpty();
    }

    /** Nothing is owed any more. */
    Future<Void> voided(Tx tx, UUID complaintId, LocalDate on) {
        return tx.execute(END, complaintId, on, "void").mapEmpty();
    }

    /** One whose warning day, or first day over, has come. */
    record Told(UUID complaintId, Stage stage, LocalDate dueOn, String cityCode, String kind, OfficeRef office) {}

    Future<List<Told>> warn(Tx tx, LocalDate today, Instant now, int limit) {
        return take(tx, WARN, today, now, limit);
    }

    Future<List<Told>> markOverdue(Tx tx, LocalDate today, Instant now, int limit) {
        return take(tx, MARK_OVERDUE, today, now, limit);
    }

    private static Future<List<Told>> take(Tx tx, String statement, LocalDate today, Instant now, int limit) {
        return tx.list(
                statement,
                row -> new Told(
                        row.getUUID("complaint_id"),
                        Stage.of(row.getString("stage")),
                        row.getLocalDate("due_on"),
                        row.getString("city_code"),
                        row.getString("kind"),
                        new OfficeRef(row.getString("office_level"), row.getString("area_code"))),
                today,
                at(now),
                limit);
    }

    /** Adds one event to each of these. */
    Future<Void> tell(Tx tx, List<Told> told, Happening.Kind kind, @Nullable String reason, Instant at) {
        return tx.execute(
                        TELL,
                        told.stream().map(one -> Ids.next(at)).toArray(UUID[]::new),
                        told.stream().map(Told::complaintId).toArray(UUID[]::new),
                        kind.id(),
                        at(at),
                        reason)
                .mapEmpty();
    }

    Future<Long> countOverdue(Sql sql, LocalDate today) {
        return sql.find(COUNT_OVERDUE, row -> row.getLong("overdue"), today).map(Optional::orElseThrow);
    }
}
