package io.anju.application;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code application.application}, its drafts, and the moves with their events. */
final class ApplicationStore {
    private static final String DRAFT = "application.draft";
    private static final String EVENT = "application.event";

    private static final String COLUMNS = """
            id, resident_id, city_code, programme, state, version, step_index, furthest_step, submissions, area_code,
            household_size, masked_name, category, policy_digest, receipt_number, submitted_at, refused_at,
            registered_at, created_at, updated_at
            """;

    /** One statement: nothing is inserted where the resident has {@code $8} drafts already. */
    private static final String INSERT = """
            WITH made AS (
                INSERT INTO application.application (id, resident_id, city_code, programme, created_at, updated_at)
                SELECT $1, $2, $3, $4, $5, $5
                 WHERE (SELECT count(*) FROM application.application WHERE resident_id = $2 AND state = 'draft') < $8
                RETURNING *),
            kept AS (
                INSERT INTO application.draft (application_id, household)
                SELECT id, $6 FROM made),
            told AS (
                INSERT INTO application.event (application_id, version, at, kind, actor_kind, actor_id, to_state,
                                               by_proxy)
                SELECT id, version, created_at, 'created', $7, $2, state, $9 FROM made)
            SELECT\s""" + COLUMNS + " FROM made";

    private static final String LOCK = "SELECT " + COLUMNS + " FROM application.application WHERE id = $1 FOR UPDATE";

    private static final String FIND = "SELECT " + COLUMNS + " FROM application.application WHERE id = $1";

    private static final String FIND_BY_RECEIPT =
            "SELECT " + COLUMNS + " FROM application.application WHERE receipt_number = $1";

    private static final String LIST_OF_RESIDENT = "SELECT " + COLUMNS + """
                     FROM application.application
                    WHERE resident_id = $1 AND ($2::uuid IS NULL OR id < $2)
                    ORDER BY id DESC
                    LIMIT $3
                    """;

    private static final String FIND_DRAFT = "SELECT household FROM application.draft WHERE application_id = $1";

    private static final String UPDATE_DRAFT = """
            WITH kept AS (
                UPDATE application.draft SET household = $2 WHERE application_id = $1)
            UPDATE application.application
               SET version = version + 1, updated_at = $3
             WHERE id = $1
            RETURNING\s""" + COLUMNS;

    private static final String TOUCH = """
            UPDATE application.application
               SET version = version + 1, updated_at = $2
             WHERE id = $1
            RETURNING version
            """;

    /** The move, its event, and the places that the members lose by it, in one statement. */
    private static final String MOVE = """
            WITH moved AS (
                UPDATE application.application
                   SET state = $3::text, version = version + 1, updated_at = $5,
                       step_index = coalesce($4, step_index), furthest_step = greatest(furthest_step, $4),
                       refused_at = CASE $3 WHEN 'refused' THEN $5 ELSE refused_at END,
                       registered_at = CASE $3 WHEN 'registered' THEN $5 ELSE registered_at END
                 WHERE id = $1 AND version = $2
                RETURNING *),
            told AS (
                INSERT INTO application.event (id, application_id, version, at, kind, actor_kind, actor_id, office,
                                               from_state, to_state, step_index, reason_codes, note, by_proxy)
                SELECT $6, id, version, $5, $7, $8, $9, $10, $11, state, step_index, $12, $13, $14 FROM moved),
            freed AS (
                UPDATE application.claim
                   SET released_at = $5
                 WHERE application_id = $1 AND released_at IS NULL AND $3 IN ('refused', 'withdrawn'))
            SELECT\s""" + COLUMNS + " FROM moved";

    private static final String EVENT_COLUMNS = """
            id, application_id, version, at, kind, actor_kind, actor_id, office, from_state, to_state, step_index,
            reason_codes, note, by_proxy
            """;

    private static final String LIST_EVENTS = "SELECT " + EVENT_COLUMNS + """
               FROM application.event
              WHERE application_id = $1 AND ($2::bigint IS NULL OR version < $2)
              ORDER BY version DESC
              LIMIT $3
              """;

    private static final String FIND_REFUSAL = "SELECT " + EVENT_COLUMNS + """
               FROM application.event
              WHERE application_id = $1 AND to_state = 'refused'
              ORDER BY version DESC
              LIMIT 1
              """;

    static {
        SqlErrors.constraint("application_legal_move", ApplicationProblem.MOVE_NOT_ALLOWED);
    }

    private final Vault vault;

    ApplicationStore(Vault vault) {
        this.vault = vault;
    }

    /** Gives empty where the resident has {@code maximum} drafts already. */
    Future<Optional<Application>> insert(
            Tx tx,
            UUID id,
            Actor resident,
            String cityCode,
            String programme,
            Household household,
            Instant now,
            int maximum) {
        return tx.find(
                INSERT,
                ApplicationStore::application,
                id,
                resident.id(),
                cityCode,
                programme,
                at(now),
                sealed(id, household),
                lower(resident.kind()),
                maximum,
                resident.proxy());
    }

    Future<Optional<Application>> lock(Tx tx, UUID id) {
        return tx.find(LOCK, ApplicationStore::application, id);
    }

    Future<Optional<Application>> find(Sql sql, UUID id) {
        return sql.find(FIND, ApplicationStore::application, id);
    }

    Future<Optional<Application>> findByReceipt(Sql sql, String receiptNumber) {
        return sql.find(FIND_BY_RECEIPT, ApplicationStore::application, receiptNumber);
    }

    /** The newest first, those with an id before {@code before}. */
    Future<List<Application>> listOfResident(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(LIST_OF_RESIDENT, ApplicationStore::application, residentId, before, limit);
    }

    private static final String IDS_OF_RESIDENT = """
            SELECT id FROM application.application WHERE resident_id = $1 ORDER BY id LIMIT 1000
            """;

    Future<List<UUID>> idsOfResident(Sql sql, UUID residentId) {
        return sql.list(IDS_OF_RESIDENT, row -> row.getUUID("id"), residentId);
    }

    Future<Household> draft(Sql sql, UUID id) {
        return sql.find(FIND_DRAFT, row -> row.getBuffer("household").getBytes(), id)
                .map(bytes -> vault.open(
                        DRAFT, "household", id, bytes.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND))))
                .map(json -> CanonicalJson.read(json, Household.class));
    }

    private Buffer sealed(UUID id, Household household) {
        return Buffer.buffer(vault.seal(DRAFT, "household", id, CanonicalJson.write(household)));
    }

    Future<Application> updateDraft(Tx tx, UUID id, Household household, Instant now) {
        return tx.find(UPDATE_DRAFT, ApplicationStore::application, id, sealed(id, household), at(now))
                .map(Optional::orElseThrow);
    }

    /** Counts the version up for a change of what belongs to the application; gives the new version. */
    Future<Long> touch(Tx tx, UUID id, Instant now) {
        return tx.find(TOUCH, row -> row.getLong("version"), id, at(now)).map(Optional::orElseThrow);
    }

    /** Makes the move on a row that this transaction has locked at this version. */
    Future<Application> move(Tx tx, UUID id, long version, ApplicationState from, Move move) {
        var eventId = Ids.next(move.at());
        return tx.find(
                        MOVE,
                        ApplicationStore::application,
                        id,
                        version,
                        move.to().id(),
                        move.stepIndex(),
                        at(move.at()),
                        eventId,
                        lower(move.kind()),
                        lower(move.actor().kind()),
                        move.actor().id(),
                        move.actor().office(),
                        from.id(),
                        move.reasonCodes().toArray(String[]::new),
                        sealedNote(eventId, move.note()),
                        move.actor().proxy())
                .map(Optional::orElseThrow);
    }

    /** The newest first, those with a version before {@code before}. */
    Future<List<Event>> listEvents(Sql sql, UUID id, @Nullable Long before, int limit) {
        return sql.list(LIST_EVENTS, this::event, id, before, limit);
    }

    Future<Optional<Event>> latestRefusal(Sql sql, UUID id) {
        return sql.find(FIND_REFUSAL, this::event, id);
    }

    @Nullable
    Buffer sealedNote(UUID eventId, @Nullable String note) {
        return note == null ? null : Buffer.buffer(vault.sealText(EVENT, "note", eventId, note));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Application application(Row row) {
        return new Application(
                row.getUUID("id"),
                row.getUUID("resident_id"),
                row.getString("city_code"),
                row.getString("programme"),
                ApplicationState.of(row.getString("state")),
                row.getLong("version"),
                handedIn(row),
                instant(row, "refused_at"),
                instant(row, "registered_at"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Application.@Nullable HandedIn handedIn(Row row) {
        return row.getInteger("submissions") == 0
                ? null
                : new Application.HandedIn(
                        row.getInteger("step_index"),
                        row.getInteger("furthest_step"),
                        row.getInteger("submissions"),
                        row.getString("area_code"),
                        row.getInteger("household_size"),
                        row.getString("masked_name"),
                        row.getString("category"),
                        row.getString("policy_digest"),
                        row.getString("receipt_number"),
                        row.getOffsetDateTime("submitted_at").toInstant());
    }

    private static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private Event event(Row row) {
        var id = row.getUUID("id");
        var from = row.getString("from_state");
        var note = row.getBuffer("note");
        return new Event(
                id,
                row.getUUID("application_id"),
                row.getLong("version"),
                row.getOffsetDateTime("at").toInstant(),
                Event.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                new Actor(
                        Caller.Kind.valueOf(row.getString("actor_kind").toUpperCase(Locale.ROOT)),
                        row.getUUID("actor_id"),
                        row.getString("office"),
                        row.getString("by_proxy")),
                from == null ? null : ApplicationState.of(from),
                ApplicationState.of(row.getString("to_state")),
                row.getInteger("step_index"),
                List.of(row.getArrayOfStrings("reason_codes")),
                note == null ? null : vault.openText(EVENT, "note", id, note.getBytes()));
    }
}
