package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The rows of {@code identity.budget} and {@code identity.failed_log_in}. */
final class LimitStore {
    /** Sorted, so that two takings never wait for each other in a circle. */
    private static final String TAKE = """
            INSERT INTO identity.budget AS b (kind, subject, window_start, window_end, used)
            SELECT t.kind, t.subject, t.window_start, t.window_end, 1
              FROM unnest($1::text[], $2::bytea[], $3::timestamptz[], $4::timestamptz[])
                   AS t (kind, subject, window_start, window_end)
             ORDER BY t.kind, t.subject
                ON CONFLICT (kind, subject, window_start) DO UPDATE SET used = b.used + 1
            RETURNING b.kind, b.window_end, b.used
            """;

    private static final String COUNT = """
            INSERT INTO identity.budget AS b (kind, subject, window_start, window_end, used)
            VALUES ($1, $2, $3, $4, 1)
                ON CONFLICT (kind, subject, window_start) DO UPDATE SET used = b.used + 1
            RETURNING b.used
            """;

    /**
     * Counts a log-in as failed before its password is looked at, so that many at once are many failures; writes
     * nothing while the account is blocked for the address. Failures over an hour old are forgotten.
     */
    private static final String BEGIN_LOG_IN = """
            INSERT INTO identity.failed_log_in AS f (account, address, failures, last_at, blocked_until)
            VALUES ($1, $2, 1, $3, $3)
                ON CONFLICT (account, address) DO UPDATE
               SET failures = CASE WHEN f.last_at < $3::timestamptz - interval '1 hour' THEN 1 ELSE f.failures + 1 END,
                   last_at = $3,
                   blocked_until = CASE
                       WHEN f.last_at < $3::timestamptz - interval '1 hour' OR f.failures + 1 < 5 THEN $3
                       ELSE $3 + make_interval(secs => least(900, power(2, least(f.failures + 1 - 5, 20))))
                   END
             WHERE f.blocked_until <= $3
            """;

    private static final String BLOCKED_UNTIL = """
            SELECT blocked_until FROM identity.failed_log_in WHERE account = $1 AND address = $2
            """;

    private static final String SUCCEED = """
            DELETE FROM identity.failed_log_in WHERE account = $1 AND address = $2
            """;

    private static final String PURGE_BUDGETS = """
            DELETE FROM identity.budget WHERE window_end < $1
            """;

    private static final String PURGE_FAILURES = """
            DELETE FROM identity.failed_log_in WHERE last_at < $1::timestamptz - interval '1 day'
            """;

    /** What is taken from: a budget, and whose. */
    record Taking(Budget budget, byte[] subject) {}

    /** What was taken in the window that ends then, this time included. */
    record Taken(Budget budget, int used, Instant windowEnd) {}

    Future<List<Taken>> take(Sql sql, List<Taking> takings, Instant now) {
        return sql.list(
                TAKE,
                row -> new Taken(Budget.of(row.getString("kind")), row.getInteger("used"), instant(row, "window_end")),
                takings.stream().map(taking -> taking.budget().id()).toArray(String[]::new),
                takings.stream().map(taking -> bytes(taking.subject())).toArray(Buffer[]::new),
                takings.stream()
                        .map(taking -> at(taking.budget().windowStart(now)))
                        .toArray(OffsetDateTime[]::new),
                takings.stream()
                        .map(taking -> at(taking.budget().windowEnd(now)))
                        .toArray(OffsetDateTime[]::new));
    }

    /** Takes one from a window, and gives how many were taken with it. */
    Future<Integer> count(Sql sql, String kind, byte[] subject, Instant start, Instant end) {
        return sql.run(COUNT, kind, bytes(subject), at(start), at(end))
                .map(rows -> rows.iterator().next().getInteger("used"));
    }

    /** Gives whether a log-in may be tried now. */
    Future<Boolean> beginLogIn(Sql sql, byte[] account, byte[] address, Instant now) {
        return sql.execute(BEGIN_LOG_IN, bytes(account), bytes(address), at(now))
                .map(rows -> rows > 0);
    }

    Future<Optional<Instant>> blockedUntil(Sql sql, byte[] account, byte[] address) {
        return sql.find(BLOCKED_UNTIL, row -> instant(row, "blocked_until"), bytes(account), bytes(address));
    }

    Future<Void> succeed(Sql sql, byte[] account, byte[] address) {
        return sql.execute(SUCCEED, bytes(account), bytes(address)).mapEmpty();
    }

    Future<Void> purge(Sql sql, Instant now) {
        return sql.execute(PURGE_BUDGETS, at(now))
                .compose(done -> sql.execute(PURGE_FAILURES, at(now)))
                .mapEmpty();
    }
}
