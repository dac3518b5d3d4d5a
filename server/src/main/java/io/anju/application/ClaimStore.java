package io.anju.application;

import static io.anju.application.ApplicationStore.at;

import io.anju.application.ApplicationService.Place;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who holds a place in which city, by keyed fingerprints of national IDs. */
final class ClaimStore {
    /** The receipt's serial is drawn in the same round trip; a number that is not used then is lost, which is harmless. */
    private static final String FIND_TAKEN = """
            SELECT nextval('application.receipt_serial') AS serial,
                   ARRAY(SELECT person_index
                           FROM application.claim
                          WHERE city_code = $1 AND released_at IS NULL AND person_index = ANY ($2)
                            AND application_id <> $3) AS applied,
                   ARRAY(SELECT person_index
                           FROM application.housed_person
                          WHERE city_code = $1 AND person_index = ANY ($2)) AS housed
            """;

    /**
     * After this the application holds exactly these persons' places. Taken in one order by everyone, so that two
     * households with members in common wait for each other in turn and never in a circle.
     */
    private static final String REPLACE = """
            WITH released AS (
                UPDATE application.claim
                   SET released_at = $4
                 WHERE application_id = $1 AND released_at IS NULL AND NOT person_index = ANY ($3))
            INSERT INTO application.claim (application_id, city_code, person_index, claimed_at)
            SELECT $1, $2, person_index, $4
              FROM unnest($3) AS member (person_index)
             WHERE NOT EXISTS (
                SELECT FROM application.claim AS held
                 WHERE held.application_id = $1 AND held.released_at IS NULL
                   AND held.person_index = member.person_index)
             ORDER BY person_index
            """;

    /** The places that the refusal took come back, unless another application holds one by now. */
    private static final String TAKE_BACK = """
            UPDATE application.claim
               SET released_at = NULL
             WHERE application_id = $1
               AND released_at = (SELECT max(released_at) FROM application.claim WHERE application_id = $1)
            """;

    private static final String RELEASE = """
            UPDATE application.claim
               SET released_at = $2
             WHERE application_id = $1 AND released_at IS NULL
            """;

    private static final String RECORD_HOUSED = """
            WITH released AS (
                UPDATE application.claim
                   SET released_at = $3
                 WHERE application_id = $1 AND released_at IS NULL
                RETURNING city_code, person_index, application_id)
            INSERT INTO application.housed_person (city_code, person_index, since, source)
            SELECT city_code, person_index, $2, 'application ' || application_id
              FROM released
            ON CONFLICT (city_code, person_index) DO NOTHING
            """;

    private static final String IMPORT_HOUSED = """
            INSERT INTO application.housed_person (city_code, person_index, since, source)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (city_code, person_index) DO NOTHING
            """;

    /** Places that were given back count: a refusal gives them all back, and re-review is still to come. */
    private static final String HAS_MEMBER = """
            SELECT 1 FROM application.claim WHERE application_id = $1 AND person_index = ANY ($2) LIMIT 1
            """;

    static {
        SqlErrors.constraint("one_active_application_per_person", ApplicationProblem.MEMBER_ALREADY_APPLIED);
    }

    /** @param serial a fresh serial number for a receipt */
    record Taken(long serial, Set<Buffer> applied, Set<Buffer> housed) {}

    Future<Taken> findTaken(Tx tx, String cityCode, List<Buffer> persons, UUID applicationId) {
        return tx.find(FIND_TAKEN, ClaimStore::taken, cityCode, persons.toArray(Buffer[]::new), applicationId)
                .map(found -> found.orElseThrow());
    }

    Future<Void> replace(Tx tx, UUID applicationId, String cityCode, List<Buffer> persons, Instant now) {
        return tx.execute(REPLACE, applicationId, cityCode, persons.toArray(Buffer[]::new), at(now))
                .mapEmpty();
    }

    Future<Void> takeBack(Tx tx, UUID applicationId) {
        return tx.execute(TAKE_BACK, applicationId).mapEmpty();
    }

    Future<Void> release(Tx tx, UUID applicationId, Instant now) {
        return tx.execute(RELEASE, applicationId, at(now)).mapEmpty();
    }

    Future<Void> recordHoused(Tx tx, UUID applicationId, LocalDate on, Instant now) {
        return tx.execute(RECORD_HOUSED, applicationId, on, at(now)).mapEmpty();
    }

    private static final String TAKE = """
            INSERT INTO application.claim (application_id, city_code, person_index, claimed_at)
            SELECT place.holder, $1, place.person, $2
              FROM unnest($3::uuid[], $4::bytea[]) AS place (holder, person)
             ORDER BY place.person
            """;

    Future<Void> take(Tx tx, String cityCode, List<Place> places, Instant now) {
        return tx.execute(
                        TAKE,
                        cityCode,
                        at(now),
                        places.stream().map(Place::holder).toArray(UUID[]::new),
                        places.stream().map(Place::person).toArray(Buffer[]::new))
                .mapEmpty();
    }

    private static final String HELD = """
            SELECT person_index
              FROM application.claim
             WHERE application_id = $1 AND released_at IS NULL
             ORDER BY person_index
            """;

    Future<List<Buffer>> held(Sql sql, UUID holder) {
        return sql.list(HELD, row -> row.getBuffer(0), holder);
    }

    private static final String SERIALS = """
            SELECT nextval('application.receipt_serial')
              FROM generate_series(1, $1::integer)
            """;

    Future<List<Long>> serials(Sql sql, int count) {
        return sql.list(SERIALS, row -> row.getLong(0), count);
    }

    Future<Void> importHoused(Sql sql, String cityCode, Buffer person, LocalDate since, String source) {
        return sql.execute(IMPORT_HOUSED, cityCode, person, since, source).mapEmpty();
    }

    private static final String HOLDERS_OF = """
            SELECT DISTINCT application_id FROM application.claim WHERE person_index = ANY ($1::bytea[])
            """;

    Future<List<UUID>> holdersOf(Sql sql, List<byte[]> persons) {
        var indexes = persons.stream().map(Buffer::buffer).toArray(Buffer[]::new);
        return sql.list(HOLDERS_OF, row -> row.getUUID("application_id"), (Object) indexes);
    }

    Future<Boolean> hasMember(Sql sql, UUID applicationId, List<byte[]> persons) {
        var indexes = persons.stream().map(Buffer::buffer).toArray(Buffer[]::new);
        return sql.find(HAS_MEMBER, row -> true, applicationId, indexes).map(Optional::isPresent);
    }

    private static Taken taken(Row row) {
        return new Taken(
                row.getLong("serial"),
                Set.of(row.getArrayOfBuffers("applied")),
                Set.of(row.getArrayOfBuffers("housed")));
    }
}
