package io.anju.rights;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;
import static io.anju.platform.db.Columns.findInstant;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Office;
import io.anju.rights.Correction.Content;
import io.anju.rights.Correction.Ending;
import io.anju.rights.Correction.Place;
import io.anju.rights.Correction.Reason;
import io.anju.rights.Correction.State;
import io.anju.rights.Correction.Subject;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code rights.correction}. */
final class CorrectionStore {
    static {
        SqlErrors.constraint("correction_open_once", RightsProblem.CORRECTION_OPEN);
    }

    static final String TABLE = "rights.correction";
    static final String CONTENT = "content";
    static final String DECISION = "decision";

    private static final String INSERT = """
            INSERT INTO rights.correction
                   (id, resident_id, subject, subject_id, household, city_code, area_code, masked_name, by_proxy,
                    content, state, requested_at, due_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'requested', $11, $12)
            """;

    private static final String COLUMNS = """
            SELECT id, resident_id, subject, subject_id, household, city_code, area_code, masked_name, by_proxy, content,
                   state, requested_at, due_on, decided_at, office, decision
              FROM rights.correction
            """;

    private static final String COUNT_OPEN =
            "SELECT count(*) AS open FROM rights.correction WHERE resident_id = $1 AND state = 'requested'";

    private static final String FIND_OWN = COLUMNS + " WHERE id = $1 AND resident_id = $2";

    private static final String LIST_OWN = COLUMNS + """
             WHERE resident_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    /** Of an office that the area is a part of. */
    private static final String WITHIN = " city_code = $1 AND starts_with(area_code, $2) AND subject <> 'contact' ";

    private static final String FIND_WITHIN = COLUMNS + " WHERE" + WITHIN + "AND id = $3";

    private static final String LIST_WITHIN = COLUMNS + " WHERE" + WITHIN + """
               AND state = $3
               AND ($4::date IS NULL OR (due_on, id) > ($4, $5::uuid))
               AND ($6::date IS NULL OR due_on < $6)
             ORDER BY due_on, id
             LIMIT $7
            """;

    private static final String LIST_UPHELD = COLUMNS + """
             WHERE household = $1 AND state = 'upheld'
             ORDER BY id DESC
             LIMIT 100
            """;

    private static final String LIST_UPHELD_OF_LEASE = COLUMNS + """
             WHERE subject = 'lease' AND subject_id = $1 AND state = 'upheld'
             ORDER BY id DESC
             LIMIT 100
            """;

    private static final String LOCK = "SELECT id FROM rights.correction WHERE id = $1 FOR UPDATE";

    private static final String END = """
            UPDATE rights.correction
               SET state = $2, decided_at = $3, decided_by = $4, office = $5, decision = $6
             WHERE id = $1
            """;

    private final Vault vault;

    CorrectionStore(Vault vault) {
        this.vault = vault;
    }

    Future<Void> insert(Tx tx, Correction one) {
        var id = one.id();
        return tx.execute(
                        INSERT,
                        id,
                        one.residentId(),
                        one.subject().id(),
                        one.subjectId(),
                        one.place().household(),
                        one.place().cityCode(),
                        one.place().areaCode(),
                        one.maskedName(),
                        one.proxy(),
                        bytes(vault.sealJson(TABLE, CONTENT, id, one.content())),
                        at(one.requestedAt()),
                        one.dueOn())
                .mapEmpty();
    }

    Future<Long> countOpen(Sql sql, UUID residentId) {
        return sql.find(COUNT_OPEN, row -> row.getLong("open"), residentId).map(Optional::orElseThrow);
    }

    Future<Optional<Correction>> findOwn(Sql sql, UUID residentId, UUID id) {
        return sql.find(FIND_OWN, this::correction, id, residentId);
    }

    Future<List<Correction>> listOwn(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(LIST_OWN, this::correction, residentId, before, limit);
    }

    Future<Optional<Correction>> findWithin(Sql sql, Office office, UUID id) {
        return sql.find(FIND_WITHIN, this::correction, office.cityCode(), office.areaCode(), id);
    }

    /** Where a page of an office's list ended. */
    record Spot(LocalDate dueOn, UUID id) {}

    /** @param before only those that were due before this day; null for all */
    Future<List<Correction>> listWithin(
            Sql sql, Office office, State state, @Nullable LocalDate before, @Nullable Spot after, int limit) {
        return sql.list(
                LIST_WITHIN,
                this::correction,
                office.cityCode(),
                office.areaCode(),
                state.id(),
                after == null ? null : after.dueOn(),
                after == null ? null : after.id(),
                before,
                limit);
    }

    /** What was put right in a household's file, the newest first. */
    Future<List<Correction>> listUpheld(Sql sql, UUID household) {
        return sql.list(LIST_UPHELD, this::correction, household);
    }

    /** What was put right in a lease, the newest first. */
    Future<List<Correction>> listUpheldOfLease(Sql sql, UUID leaseId) {
        return sql.list(LIST_UPHELD_OF_LEASE, this::correction, leaseId);
    }

    Future<Void> lock(Tx tx, UUID id) {
        return tx.run(LOCK, id).mapEmpty();
    }

    /** By the resident, who gives no reason. */
    Future<Void> end(Tx tx, UUID id, State state, Instant now) {
        return tx.execute(END, id, state.id(), at(now), null, null, null).mapEmpty();
    }

    Future<Void> decide(Tx tx, UUID id, State state, AreaCaller caller, Reason reason, Instant now) {
        return tx.execute(
                        END,
                        id,
                        state.id(),
                        at(now),
                        caller.id(),
                        caller.office().name(),
                        bytes(vault.sealJson(TABLE, DECISION, id, reason)))
                .mapEmpty();
    }

    private Correction correction(Row row) {
        var id = row.getUUID("id");
        return new Correction(
                id,
                row.getUUID("resident_id"),
                Subject.of(row.getString("subject")),
                row.getUUID("subject_id"),
                new Place(row.getString("city_code"), row.getString("area_code"), row.getUUID("household")),
                row.getString("masked_name"),
                row.getString("by_proxy"),
                vault.openJson(TABLE, CONTENT, id, bytes(row, CONTENT), Content.class),
                State.of(row.getString("state")),
                instant(row, "requested_at"),
                row.getLocalDate("due_on"),
                findInstant(row, "decided_at")
                        .map(decided -> new Ending(
                                decided,
                                row.getString("office"),
                                findBytes(row, DECISION)
                                        .map(reason -> vault.openJson(TABLE, DECISION, id, reason, Reason.class))
                                        .orElse(null)))
                        .orElse(null));
    }
}
