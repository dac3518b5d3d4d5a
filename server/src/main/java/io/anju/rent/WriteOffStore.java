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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of proposals to give a debt up. */
final class WriteOffStore {
    static {
        SqlErrors.constraint("write_off_waits_alone", RentProblem.WRITE_OFF_WAITS);
        SqlErrors.constraint("write_off_is_two_peoples", RentProblem.SECOND_PERSON_NEEDED);
    }

    /** @param givenUpFen what the decision really gave up; null unless it is approved */
    record WriteOff(
            UUID id,
            UUID billId,
            String cityCode,
            long amountFen,
            @Nullable Long givenUpFen,
            String reason,
            String state,
            UUID proposedBy,
            Instant proposedAt,
            @Nullable Instant decidedAt) {}

    private static final String INSERT = """
            INSERT INTO rent.write_off (write_off_id, bill_id, city_code, amount_fen, reason, proposed_by, proposed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    Future<Void> insert(Tx tx, WriteOff one) {
        return tx.execute(
                        INSERT,
                        one.id(),
                        one.billId(),
                        one.cityCode(),
                        one.amountFen(),
                        one.reason(),
                        one.proposedBy(),
                        at(one.proposedAt()))
                .mapEmpty();
    }

    private static final String SELECT = """
            SELECT write_off_id, bill_id, city_code, amount_fen, given_up_fen, reason, state, proposed_by, proposed_at,
                   decided_at
              FROM rent.write_off
            """;

    private static final String LOCK = SELECT + " WHERE write_off_id = $1 FOR UPDATE";

    Future<Optional<WriteOff>> lock(Tx tx, UUID id) {
        return tx.find(LOCK, WriteOffStore::writeOff, id);
    }

    private static final String LIST = SELECT + """
             WHERE city_code = $1
               AND ($2::text IS NULL OR state = $2)
               AND ($3::uuid IS NULL OR write_off_id < $3)
             ORDER BY write_off_id DESC
             LIMIT $4
            """;

    Future<List<WriteOff>> list(Sql sql, String cityCode, @Nullable String state, @Nullable UUID before, int limit) {
        return sql.list(LIST, WriteOffStore::writeOff, cityCode, state, before, limit);
    }

    private static WriteOff writeOff(Row row) {
        return new WriteOff(
                row.getUUID("write_off_id"),
                row.getUUID("bill_id"),
                row.getString("city_code"),
                row.getLong("amount_fen"),
                row.getLong("given_up_fen"),
                row.getString("reason"),
                row.getString("state"),
                row.getUUID("proposed_by"),
                instant(row, "proposed_at"),
                Columns.findInstant(row, "decided_at").orElse(null));
    }

    private static final String DECIDE = """
            UPDATE rent.write_off
               SET state = $2, given_up_fen = $3, decided_by = $4, decided_at = $5, decision = $6
             WHERE write_off_id = $1
            """;

    /** @param givenUpFen null where it is refused */
    Future<Void> decide(
            Tx tx, UUID id, String state, @Nullable Long givenUpFen, UUID by, String decision, Instant now) {
        return tx.execute(DECIDE, id, state, givenUpFen, by, at(now), decision).mapEmpty();
    }
}
