package io.anju.bench;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A waiting list of any length, written set by set: for measurements, and for tests whose subject is the length. Its
 * households have a place but no file, so their scores cannot be derived anew.
 *
 * @param programme whose list must still be empty
 * @param asOf day of its one generation
 */
public record LongList(String cityCode, String programme, int households, LocalDate asOf, String policyDigest) {
    private static final String LIST = """
            INSERT INTO waitinglist.list (city_code, programme, version)
            VALUES ($1, $2, $3::integer)
            """;

    private static final String REGISTER = """
            INSERT INTO waitinglist.registration
                   (registration_id, application_id, resident_id, city_code, programme, sequence, area_code, receipt_number,
                    masked_name, household_size, category, applied_at, qualified_on, registered_at, registered_on,
                    policy_digest, facts_sealed)
            SELECT uuidv7(), uuidv7(), uuidv7(), $1::text, $2, n, left($1::text, 5) || (2 + n % 3) || '001001',
                   $1::text || '-2024-' || lpad(n::text, 7, '0') || '-K',
                   '王**', 1 + n % 5, 'low-income', $4::timestamptz - make_interval(mins => n % 700000),
                   $4::timestamptz::date, $4::timestamptz, $4::timestamptz::date, $5, ''::bytea
              FROM generate_series(1, $3::integer) n
            """;

    private static final String STANDING = """
            INSERT INTO waitinglist.standing (city_code, programme, as_of, version, policy_digest, derived_at, total)
            VALUES ($1, $2, $4, $3::integer, $5, $6, $3::integer)
            """;

    private static final String LINES = """
            INSERT INTO waitinglist.standing_line
                   (standing_id, registration_id, rank, district_code, district_rank, score, home_rooms, home_rank)
            SELECT s.standing_id, one.registration_id,
                   row_number() OVER (ORDER BY one.score DESC, one.applied_at, one.receipt_number),
                   one.district_code,
                   row_number() OVER (PARTITION BY one.district_code
                                      ORDER BY one.score DESC, one.applied_at, one.receipt_number),
                   one.score, one.home_rooms,
                   row_number() OVER (PARTITION BY one.home_rooms
                                      ORDER BY one.score DESC, one.applied_at, one.receipt_number)
              FROM (SELECT registration_id, applied_at, receipt_number, left(area_code, 6) AS district_code,
                           1 + household_size / 3 AS home_rooms,
                           round((sequence * 7919 % 900000) / 10000.0, 4) AS score
                      FROM waitinglist.registration
                     WHERE city_code = $1 AND programme = $2) one,
                   (SELECT max(standing_id) AS standing_id
                      FROM waitinglist.standing
                     WHERE city_code = $1 AND programme = $2) s
            """;

    /** Writes the list; long ones take their time. */
    public Future<Void> write(Db db, Instant now) {
        var at = now.atOffset(ZoneOffset.UTC);
        return db.inTransaction(tx -> allowLongStatements(tx)
                .compose(allowed -> tx.run(LIST, cityCode, programme, households))
                .compose(list -> tx.run(REGISTER, cityCode, programme, households, at, policyDigest))
                .compose(register -> tx.run(STANDING, cityCode, programme, households, asOf, policyDigest, at))
                .compose(standing -> tx.run(LINES, cityCode, programme))
                .mapEmpty());
    }

    static Future<?> allowLongStatements(Tx tx) {
        return tx.run("SELECT set_config('statement_timeout', '600000', true)");
    }
}
