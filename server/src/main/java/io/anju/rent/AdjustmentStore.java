package io.anju.rent;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.lease.RentTermsDesk.Revised;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.rent.Adjustment.LeftOut;
import io.anju.rent.Adjustment.Order;
import io.anju.rent.Adjustment.Progress;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of adjustments. */
final class AdjustmentStore {
    static {
        SqlErrors.constraint("rent_adjustment_runs_alone", RentProblem.ADJUSTMENT_RUNNING);
    }

    private static final String INSERT = """
            INSERT INTO rent.adjustment
                   (adjustment_id, city_code, programme, estate_name, from_date, reason, dry_run, leases, requested_by,
                    requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    Future<Void> insert(Tx tx, Adjustment one) {
        var order = one.order();
        return tx.execute(
                        INSERT,
                        one.id(),
                        order.cityCode(),
                        order.programme(),
                        order.estateName(),
                        order.from(),
                        order.reason(),
                        order.dryRun(),
                        one.done().leases(),
                        one.requestedBy(),
                        at(one.requestedAt()))
                .mapEmpty();
    }

    private static final String FIND = """
            SELECT adjustment_id, city_code, programme, estate_name, from_date, reason, dry_run, state, leases, leases_done,
                   changed, rent_before_fen, rent_after_fen, exceptions, after_lease, requested_by, requested_at,
                   finished_at
              FROM rent.adjustment
             WHERE adjustment_id = $1
            """;

    Future<Optional<Adjustment>> find(Sql sql, UUID id) {
        return sql.find(FIND, AdjustmentStore::adjustment, id);
    }

    private static Adjustment adjustment(Row row) {
        return new Adjustment(
                row.getUUID("adjustment_id"),
                new Order(
                        row.getString("city_code"),
                        row.getString("programme"),
                        row.getString("estate_name"),
                        row.getLocalDate("from_date"),
                        row.getString("reason"),
                        row.getBoolean("dry_run")),
                row.getString("state"),
                new Progress(
                        row.getInteger("leases"),
                        row.getInteger("leases_done"),
                        row.getInteger("changed"),
                        row.getLong("rent_before_fen"),
                        row.getLong("rent_after_fen"),
                        row.getInteger("exceptions")),
                row.getUUID("after_lease"),
                row.getUUID("requested_by"),
                instant(row, "requested_at"),
                Columns.findInstant(row, "finished_at").orElse(null));
    }

    private static final String ADVANCE = """
            UPDATE rent.adjustment
               SET leases_done = leases_done + 1, after_lease = $2, changed = changed + $3,
                   rent_before_fen = rent_before_fen + $4, rent_after_fen = rent_after_fen + $5
             WHERE adjustment_id = $1 AND state = 'running'
            """;

    /** One lease was looked at. */
    Future<Void> advance(Tx tx, UUID id, UUID leaseId, Revised revised) {
        return tx.execute(
                        ADVANCE,
                        id,
                        leaseId,
                        revised.changed() ? 1 : 0,
                        revised.changed() ? revised.beforeFen() : 0L,
                        revised.changed() ? revised.afterFen() : 0L)
                .mapEmpty();
    }

    private static final String LEAVE_OUT = """
            WITH left_out AS (
                INSERT INTO rent.adjustment_exception (adjustment_id, lease_id, lease_number, code)
                SELECT $1, lease_id, lease_number, $3
                  FROM rent.account
                 WHERE lease_id = $2
            )
            UPDATE rent.adjustment
               SET leases_done = leases_done + 1, after_lease = $2, exceptions = exceptions + 1
             WHERE adjustment_id = $1 AND state = 'running'
            """;

    /** One lease keeps its rent, for this reason. */
    Future<Void> leaveOut(Tx tx, UUID id, UUID leaseId, String code) {
        return tx.execute(LEAVE_OUT, id, leaseId, code).mapEmpty();
    }

    private static final String FINISH = """
            UPDATE rent.adjustment
               SET state = $2, finished_at = $3
             WHERE adjustment_id = $1 AND state = 'running'
            """;

    Future<Void> finish(Sql sql, UUID id, String state, Instant now) {
        return sql.execute(FINISH, id, state, at(now)).mapEmpty();
    }

    private static final String EXCEPTIONS = """
            SELECT lease_id, lease_number, code
              FROM rent.adjustment_exception
             WHERE adjustment_id = $1 AND ($2::uuid IS NULL OR lease_id > $2)
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
