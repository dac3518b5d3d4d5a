package io.anju.platform.jobs;

import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of work. Every change of a running job names its fence, so a runner that lost its lease changes nothing. */
final class JobStore {
    /** How much is waiting: jobs given up, and the age of the oldest one that should have run. */
    record Backlog(long dead, double overdueSeconds) {}

    private static final String INSERT = """
            INSERT INTO platform.job (kind, key, payload, due_at)
            VALUES ($1, $2, $3::text::jsonb, $4)
            ON CONFLICT ON CONSTRAINT job_once_per_key DO NOTHING
            """;

    private static final String INSERT_RECURRING = """
            INSERT INTO platform.job (kind, key, payload, period_ms, due_at)
            SELECT kind, 'recurring', '{}', period_ms, $3
              FROM unnest($1::text[], $2::bigint[]) AS recurring (kind, period_ms)
             WHERE NOT EXISTS (
                       SELECT FROM platform.job WHERE job.kind = recurring.kind AND job.key = 'recurring')
            ON CONFLICT ON CONSTRAINT job_once_per_key DO NOTHING
            """;

    private static final String TAKE = """
            WITH due AS (
                SELECT id
                  FROM platform.job
                 WHERE state IN ('queued', 'running') AND due_at <= $1 AND kind = ANY ($2::text[])
                 ORDER BY due_at
                 LIMIT $3
                   FOR UPDATE SKIP LOCKED)
            UPDATE platform.job AS job
               SET state = 'running', attempts = attempts + 1, fence = fence + 1, due_at = $4, runner = $5
              FROM due
             WHERE job.id = due.id
            RETURNING job.id, job.kind, job.key, job.payload::text AS payload, job.attempts, job.fence, job.period_ms
            """;

    private static final String FINISH = """
            UPDATE platform.job
               SET state = 'done', finished_at = $3, last_error = NULL
             WHERE id = $1 AND fence = $2 AND state = 'running'
            """;

    private static final String QUEUE_AGAIN = """
            UPDATE platform.job
               SET state = 'queued', due_at = $3, attempts = $4, last_error = $5
             WHERE id = $1 AND fence = $2 AND state = 'running'
            """;

    private static final String BURY = """
            UPDATE platform.job
               SET state = 'dead', finished_at = $3, last_error = $4
             WHERE id = $1 AND fence = $2 AND state = 'running'
            """;

    private static final String EXTEND = """
            UPDATE platform.job
               SET due_at = $3
             WHERE id = $1 AND fence = $2 AND state = 'running'
            """;

    private static final String HOLD = """
            SELECT id
              FROM platform.job
             WHERE id = $1 AND fence = $2 AND state = 'running'
               FOR UPDATE
            """;

    private static final String DELETE_DONE = """
            DELETE FROM platform.job
             WHERE state = 'done' AND finished_at < $1
            """;

    private static final String BACKLOG = """
            SELECT count(*) FILTER (WHERE state = 'dead') AS dead,
                   coalesce(extract(epoch FROM $1 - min(due_at) FILTER (WHERE state = 'queued')), 0)::float8 AS overdue
              FROM platform.job
             WHERE state = 'dead' OR (state = 'queued' AND due_at <= $1)
            """;

    private final Db db;

    JobStore(Db db) {
        this.db = db;
    }

    static Future<Void> insert(Sql sql, String kind, String key, String payload, Instant runAt) {
        return sql.execute(INSERT, kind, key, payload, utc(runAt)).mapEmpty();
    }

    Future<Void> insertRecurring(Map<String, Long> periodMillisByKind, Instant now) {
        var kinds = periodMillisByKind.keySet().toArray(String[]::new);
        var periods = periodMillisByKind.values().toArray(Long[]::new);
        return db.execute(INSERT_RECURRING, kinds, periods, utc(now)).mapEmpty();
    }

    Future<List<Job>> take(Collection<String> kinds, int most, Instant now, Instant leaseEnd, String runner) {
        var names = kinds.stream().toArray(String[]::new);
        return db.list(TAKE, row -> job(row, now), utc(now), names, most, utc(leaseEnd), runner);
    }

    private static Job job(Row row, Instant now) {
        var period = row.getLong("period_ms");
        return new Job(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("key"),
                row.getString("payload"),
                row.getInteger("attempts"),
                row.getLong("fence"),
                period == null ? 0 : period,
                now);
    }

    Future<Boolean> finish(Job job, Instant now) {
        return db.execute(FINISH, job.id(), job.fence(), utc(now)).map(rows -> rows == 1);
    }

    Future<Boolean> queueAgain(Job job, Instant dueAt, int attempts, @Nullable String error) {
        return db.execute(QUEUE_AGAIN, job.id(), job.fence(), utc(dueAt), attempts, error)
                .map(rows -> rows == 1);
    }

    Future<Boolean> bury(Job job, Instant now, String error) {
        return db.execute(BURY, job.id(), job.fence(), utc(now), error).map(rows -> rows == 1);
    }

    Future<Boolean> extend(Job job, Instant leaseEnd) {
        return db.execute(EXTEND, job.id(), job.fence(), utc(leaseEnd)).map(rows -> rows == 1);
    }

    static Future<Boolean> hold(Sql sql, Job job) {
        return sql.find(HOLD, row -> true, job.id(), job.fence()).map(found -> found.isPresent());
    }

    Future<Integer> deleteDone(Instant before) {
        return db.execute(DELETE_DONE, utc(before));
    }

    Future<Backlog> backlog(Instant now) {
        return db.find(BACKLOG, row -> new Backlog(row.getLong("dead"), row.getDouble("overdue")), utc(now))
                .map(found -> found.orElseThrow());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
