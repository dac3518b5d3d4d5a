package io.anju.rent;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of runs: what was asked for, how far each is, and what it left out. */
final class RunStore {
    static {
        SqlErrors.constraint("bill_run_runs_alone", RentProblem.BILL_RUN_RUNNING);
    }

    /** @param month its first day */
    record Run(
            UUID id,
            String cityCode,
            String programme,
            LocalDate month,
            boolean dryRun,
            String state,
            int leases,
            Progress done,
            @Nullable UUID afterLease,
            Instant requestedAt,
            @Nullable Instant finishedAt) {
        private static final UUID BEFORE_ALL = new UUID(0, 0);

        /** The leases behind this one are still to be billed. */
        UUID after() {
            return afterLease == null ? BEFORE_ALL : afterLease;
        }

        /** The last day on which a bill of this run may fall due. */
        LocalDate horizon() {
            return month.plusMonths(1).minusDays(1);
        }
    }

    record Progress(int leases, int bills, long amountFen, int exceptions) {}

    private static final String COUNT = """
            SELECT count(*)::integer AS leases
              FROM rent.account
             WHERE city_code = $1 AND programme = $2 AND next_due_on <= $3
            """;

    Future<Integer> count(Sql sql, String cityCode, String programme, LocalDate horizon) {
        return sql.find(COUNT, row -> row.getInteger("leases"), cityCode, programme, horizon)
                .map(Optional::orElseThrow);
    }

    private static final String INSERT = """
            INSERT INTO rent.run (run_id, city_code, programme, month, dry_run, leases, requested_by, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    Future<Void> insert(Tx tx, Run run, @Nullable UUID by) {
        return tx.execute(
                        INSERT,
                        run.id(),
                        run.cityCode(),
                        run.programme(),
                        run.month(),
                        run.dryRun(),
                        run.leases(),
                        by,
                        at(run.requestedAt()))
                .mapEmpty();
    }

    private static final String SELECT = """
            SELECT run_id, city_code, programme, month, dry_run, state, leases, leases_done, bills, amount_fen, exceptions,
                   after_lease, requested_at, finished_at
              FROM rent.run
            """;

    private static final String FIND = SELECT + " WHERE run_id = $1";

    Future<Optional<Run>> find(Sql sql, UUID id) {
        return sql.find(FIND, RunStore::run, id);
    }

    private static final String LIST = SELECT + """
             WHERE city_code = $1 AND ($2::uuid IS NULL OR run_id < $2)
             ORDER BY run_id DESC
             LIMIT $3
            """;

    Future<List<Run>> list(Sql sql, String cityCode, @Nullable UUID before, int limit) {
        return sql.list(LIST, RunStore::run, cityCode, before, limit);
    }

    private static Run run(Row row) {
        return new Run(
                row.getUUID("run_id"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getLocalDate("month"),
                row.getBoolean("dry_run"),
                row.getString("state"),
                row.getInteger("leases"),
                new Progress(
                        row.getInteger("leases_done"),
                        row.getInteger("bills"),
                        row.getLong("amount_fen"),
                        row.getInteger("exceptions")),
                row.getUUID("after_lease"),
                instant(row, "requested_at"),
                Columns.findInstant(row, "finished_at").orElse(null));
    }

    private static final String ADVANCE = """
            UPDATE rent.run
               SET after_lease = $2, leases_done = leases_done + $3, bills = bills + $4, amount_fen = amount_fen + $5,
                   exceptions = exceptions + $6
             WHERE run_id = $1 AND state = 'running'
            """;

    Future<Void> advance(Tx tx, UUID id, UUID last, Progress more) {
        return tx.execute(ADVANCE, id, last, more.leases(), more.bills(), more.amountFen(), more.exceptions())
                .mapEmpty();
    }

    private static final String FINISH = """
            UPDATE rent.run
               SET state = $2, finished_at = $3
             WHERE run_id = $1 AND state = 'running'
            """;

    Future<Void> finish(Sql sql, UUID id, String state, Instant now) {
        return sql.execute(FINISH, id, state, at(now)).mapEmpty();
    }

    record LeftOut(UUID leaseId, String leaseNumber, String code) {}

    private static final String EXCEPTIONS = """
            SELECT lease_id, lease_number, code
              FROM rent.run_exception
             WHERE run_id = $1 AND ($2::uuid IS NULL OR lease_id > $2)
             ORDER BY lease_id
             LIMIT $3
            """;

    Future<List<LeftOut>> exceptions(Sql sql, UUID id, @Nullable UUID after, int limit) {
        return sql.list(
                EXCEPTIONS,
                row -> new LeftOut(row.getUUID("lease_id"), row.getString("lease_number"), row.getString("code")),
                id,
                after,
                limit);
    }
}
