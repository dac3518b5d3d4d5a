package io.anju.arrears;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far the follow-up of each day has come, and which leases it has to look at. */
final class NightStore {
    /** @param afterLease the last lease that was followed up; null before the first */
    record Night(LocalDate day, @Nullable UUID afterLease, Instant startedAt, boolean isFinished) {}

    private static final String BEGIN = """
            INSERT INTO arrears.night (day, started_at)
            VALUES ($1, $2)
            ON CONFLICT (day) DO NOTHING
            """;

    private static final String LOCK = """
            SELECT day, after_lease, started_at, finished_at IS NOT NULL AS is_finished
              FROM arrears.night
             WHERE day = $1
               FOR UPDATE
            """;

    /** The day's row, which nobody else goes on with until commit. */
    Future<Night> lock(Tx tx, LocalDate day, Instant now) {
        return tx.execute(BEGIN, day, at(now))
                .compose(begun -> tx.find(
                        LOCK,
                        row -> new Night(
                                row.getLocalDate("day"),
                                row.getUUID("after_lease"),
                                instant(row, "started_at"),
                                row.getBoolean("is_finished")),
                        day))
                .map(Optional::orElseThrow);
    }

    private static final String BEFORE = """
            SELECT started_at
              FROM arrears.night
             WHERE day < $1
             ORDER BY day DESC
             LIMIT 1
            """;

    Future<Optional<Instant>> startBefore(Sql sql, LocalDate day) {
        return sql.find(BEFORE, row -> instant(row, "started_at"), day);
    }

    private static final String ADVANCE = """
            UPDATE arrears.night
               SET after_lease = $2, leases = leases + $3, steps = steps + $4
             WHERE day = $1
            """;

    Future<Void> advance(Tx tx, LocalDate day, UUID after, int leases, int steps) {
        return tx.execute(ADVANCE, day, after, leases, steps).mapEmpty();
    }

    private static final String FINISH = """
            UPDATE arrears.night
               SET finished_at = $2
             WHERE day = $1
            """;

    Future<Void> finish(Tx tx, LocalDate day, Instant now) {
        return tx.execute(FINISH, day, at(now)).mapEmpty();
    }

    /** The nil UUID stands before every lease. */
    private static final String FOLLOWED = """
            (SELECT lease_id
               FROM arrears.arrears_case
              WHERE closed_on IS NULL AND lease_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
              ORDER BY lease_id
              LIMIT $2)
              UNION
            (SELECT lease_id
               FROM arrears.late_bill
              WHERE final_on IS NULL AND lease_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
              ORDER BY lease_id
              LIMIT $2)
             ORDER BY lease_id
             LIMIT $2
            """;

    /** Leases with an open case, or with a late fee that is not final. */
    Future<List<UUID>> followed(Sql sql, @Nullable UUID after, int limit) {
        return sql.list(FOLLOWED, row -> row.getUUID("lease_id"), after, limit);
    }

    private static final String LEAVE_OUT = """
            INSERT INTO arrears.exception (day, lease_id, city_code, reason, recorded_at)
            SELECT $1, lease_id, city_code, $3, $4
              FROM rent.account
             WHERE lease_id = $2
            ON CONFLICT (day, lease_id) DO NOTHING
            """;

    /** Names a lease that could not be followed up on a day. */
    Future<Void> leaveOut(Tx tx, LocalDate day, UUID leaseId, String reason, Instant now) {
        return tx.execute(LEAVE_OUT, day, leaseId, reason, at(now)).mapEmpty();
    }
}
