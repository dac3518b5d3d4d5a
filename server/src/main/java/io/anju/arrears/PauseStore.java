package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;
import static io.anju.platform.db.Columns.at;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of pauses. */
final class PauseStore {
    private static final String SELECT = """
            SELECT pause_id, lease_id, tenant_from, city_code, reason, from_date, to_date, note, source_id, ended_on, end_note
              FROM arrears.pause
            """;

    private static Pause pause(Row row) {
        return new Pause(
                row.getUUID("pause_id"),
                row.getUUID("lease_id"),
                row.getLocalDate("tenant_from"),
                row.getString("city_code"),
                ArrearsCase.of(PauseReason.class, row.getString("reason")),
                row.getLocalDate("from_date"),
                row.getLocalDate("to_date"),
                row.getString("note"),
                row.getUUID("source_id"),
                row.getLocalDate("ended_on"),
                row.getString("end_note"));
    }

    private static final String OF_LEASES = SELECT + " WHERE lease_id = ANY ($1::uuid[]) ORDER BY from_date, pause_id";

    Future<List<Pause>> ofLeases(Sql sql, List<UUID> leases) {
        return sql.list(OF_LEASES, PauseStore::pause, (Object) leases.toArray(UUID[]::new));
    }

    private static final String LOCK = SELECT + " WHERE pause_id = $1 FOR UPDATE";

    Future<Optional<Pause>> lock(Tx tx, UUID pauseId) {
        return tx.find(LOCK, PauseStore::pause, pauseId);
    }

    private static final String INSERT = """
            INSERT INTO arrears.pause
                   (pause_id, lease_id, tenant_from, city_code, reason, from_date, to_date, note, source_id, set_by, set_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (source_id) DO NOTHING
            """;

    /** Adds a pause; gives whether there was none of its source yet. */
    Future<Boolean> insert(Tx tx, Pause pause, @Nullable UUID by, Instant now) {
        return tx.execute(
                        INSERT,
                        pause.id(),
                        pause.leaseId(),
                        pause.tenantFrom(),
                        pause.cityCode(),
                        id(pause.reason()),
                        pause.from(),
                        pause.to(),
                        pause.note(),
                        pause.sourceId(),
                        by,
                        at(now))
                .map(rows -> rows == 1);
    }

    private static final String END = """
            UPDATE arrears.pause
               SET ended_on = greatest($2, from_date), ended_by = $3, end_note = $4
             WHERE pause_id = $1 AND ended_on IS NULL
            """;

    /** @param day first day that is no longer paused */
    Future<Void> end(Tx tx, UUID pauseId, LocalDate day, @Nullable UUID by, String note) {
        return tx.execute(END, pauseId, day, by, note).mapEmpty();
    }

    private static final String END_OF_SOURCE = """
            UPDATE arrears.pause
               SET ended_on = greatest($2, from_date), end_note = $3
             WHERE source_id = $1 AND ended_on IS NULL AND to_date >= $2
            """;

    /** Ends the pause that follows from a request, where it still runs. */
    Future<Void> endOfSource(Tx tx, UUID sourceId, LocalDate day, String note) {
        return tx.execute(END_OF_SOURCE, sourceId, day, note).mapEmpty();
    }
}
