package io.anju.publicity;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Office;
import io.anju.publicity.Objection.Content;
import io.anju.publicity.Objection.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code publicity.objection}. */
final class ObjectionStore {
    static final String TABLE = "publicity.objection";
    private static final String CONTENT = "content";
    static final String ANSWER = "answer";
    private static final String TRACKING = "publicity.tracking-number";

    private static final String INSERT = """
            INSERT INTO publicity.objection (id, notice_id, application_id, tracking_index, content, received_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String OBJECTION = """
            SELECT o.id, o.notice_id, o.application_id, l.receipt_number, o.content, o.state, o.answer, o.received_at,
                   o.decided_at
              FROM publicity.objection AS o
              JOIN publicity.line AS l ON l.notice_id = o.notice_id AND l.application_id = o.application_id
              JOIN publicity.notice AS n ON n.id = o.notice_id
            """;

    private static final String FIND_BY_TRACKING = OBJECTION + """
             WHERE o.tracking_index = $1
            """;

    private static final String FIND_OF_OFFICE = OBJECTION + """
             WHERE o.id = $1
               AND n.city_code = $2
               AND n.office_level = $3
               AND n.area_code = $4
            """;

    private static final String LIST_OF_OFFICE = OBJECTION + """
             WHERE n.city_code = $1
               AND n.office_level = $2
               AND n.area_code = $3
               AND ($4::text IS NULL OR o.state = $4)
               AND ($5::uuid IS NULL OR o.notice_id = $5)
               AND ($6::uuid IS NULL OR o.id > $6)
             ORDER BY o.id
             LIMIT $7
            """;

    private static final String LIST_ABOUT = OBJECTION + """
             WHERE (o.application_id = $1 OR o.notice_id = $1 OR o.id = $2)
               AND n.city_code = $3
               AND starts_with(n.area_code, $4)
             ORDER BY o.id
             LIMIT 100
            """;

    private static final String LIST_BY_ID = OBJECTION + """
             WHERE o.id = ANY ($1)
             ORDER BY o.id
            """;

    private static final String LOCK_STATE = """
            SELECT state
              FROM publicity.objection
             WHERE id = $1
               FOR UPDATE
            """;

    private static final String COUNT_OPEN = """
            SELECT count(*) AS open
              FROM publicity.objection
             WHERE notice_id = $1 AND application_id = $2 AND state = 'open'
            """;

    private static final String DECIDE = """
            UPDATE publicity.objection
               SET state = $2, answer = $3, decided_at = $4, decided_by = $5
             WHERE id = $1
            """;

    private final Vault vault;

    ObjectionStore(Vault vault) {
        this.vault = vault;
    }

    /** Keeps the objection; of the tracking number only a keyed fingerprint. */
    Future<Void> insert(
            Tx tx, UUID id, UUID noticeId, UUID applicationId, String trackingNumber, Content content, Instant now) {
        return tx.execute(
                        INSERT,
                        id,
                        noticeId,
                        applicationId,
                        index(trackingNumber),
                        Buffer.buffer(vault.sealJson(TABLE, CONTENT, id, content)),
                        at(now))
                .mapEmpty();
    }

    Future<Optional<Objection>> findByTracking(Sql sql, String trackingNumber) {
        return sql.find(FIND_BY_TRACKING, this::objection, index(trackingNumber));
    }

    Future<Optional<Objection>> findOfOffice(Sql sql, Office office, UUID objectionId) {
        return sql.find(
                FIND_OF_OFFICE, this::objection, objectionId, office.cityCode(), office.level(), office.areaCode());
    }

    Future<List<Objection>> listOfOffice(
            Sql sql, Office office, @Nullable State state, @Nullable UUID noticeId, @Nullable UUID after, int limit) {
        return sql.list(
                LIST_OF_OFFICE,
                this::objection,
                office.cityCode(),
                office.level(),
                office.areaCode(),
                state == null ? null : state.id(),
                noticeId,
                after,
                limit);
    }

    /** Those of the office itself, or of offices within its area. */
    Future<List<Objection>> listAbout(Sql sql, Office office, @Nullable UUID thing, @Nullable UUID objectionId) {
        return sql.list(LIST_ABOUT, this::objection, thing, objectionId, office.cityCode(), office.areaCode());
    }

    Future<List<Objection>> listByIds(Sql sql, List<UUID> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(List.of())
                : sql.list(LIST_BY_ID, this::objection, (Object) ids.toArray(UUID[]::new));
    }

    Future<State> lockState(Tx tx, UUID objectionId) {
        return tx.find(LOCK_STATE, row -> State.of(row.getString("state")), objectionId)
                .map(Optional::orElseThrow);
    }

    Future<Boolean> hasOpen(Sql sql, UUID noticeId, UUID applicationId) {
        return sql.find(COUNT_OPEN, row -> row.getLong("open") > 0, noticeId, applicationId)
                .map(Optional::orElseThrow);
    }

    Future<Void> decide(Tx tx, UUID objectionId, State state, String answer, UUID by, Instant now) {
        var sealed = Buffer.buffer(vault.sealText(TABLE, ANSWER, objectionId, answer));
        return tx.execute(DECIDE, objectionId, state.id(), sealed, at(now), by).mapEmpty();
    }

    private Buffer index(String trackingNumber) {
        return Buffer.buffer(vault.blindIndex(TRACKING, trackingNumber));
    }

    private Objection objection(Row row) {
        var id = row.getUUID("id");
        var answer = row.getBuffer(ANSWER);
        var decidedAt = row.getOffsetDateTime("decided_at");
        return new Objection(
                id,
                row.getUUID("notice_id"),
                row.getUUID("application_id"),
                row.getString("receipt_number"),
                vault.openJson(TABLE, CONTENT, id, row.getBuffer(CONTENT).getBytes(), Content.class),
                State.of(row.getString("state")),
                answer == null ? null : vault.openText(TABLE, ANSWER, id, answer.getBytes()),
                row.getOffsetDateTime("received_at").toInstant(),
                decidedAt == null ? null : decidedAt.toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
