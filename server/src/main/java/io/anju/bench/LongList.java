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

    private static final String PLACES = """
            CREATE TEMPORARY TABLE long_list_place ON COMMIT DROP AS
            SELECT one.*, row_number() OVER place AS rank, row_number() OVER (PARTITION BY district ORDER BY points DESC, applied_at, number) AS district_rank,
                   row_number() OVER (PARTITION BY rooms ORDER BY points DESC, applied_at, number) AS home_rank
              FROM (SELECT sequence AS number, applied_at, left(area_code, 6)::integer AS district,
                           1 + household_size / 3 AS rooms, sequence * 7919 % 900000 AS points
                      FROM waitinglist.registration
                     WHERE city_code = $1 AND programme = $2) one
            WINDOW place AS (ORDER BY points DESC, applied_at, number)
            """;

    /** As {@code waitinglist.places} reads them: nobody is frozen, has moved, or is in a class. */
    private static final String RUNS = """
            INSERT INTO waitinglist.standing_run (standing_id, run, width, content)
            SELECT (SELECT max(standing_id) FROM waitinglist.standing), (rank - 1) / 32, 124,
                   string_agg(int8send(number) || int8send(points) || int8send(0) || int8send(0) || int4send(district)
                       || int4send(district_rank::integer) || int4send(rank::integer - 1) || int4send(2147483647)
                       || int4send(home_rank::integer) || int4send(rank::integer) || int2send(0::smallint)
                       || substr(int2send(rooms::smallint), 2) || '\\x0004000000'::bytea || decode(repeat('00', 60), 'hex'),
                       ''::bytea ORDER BY rank)
              FROM long_list_place
             GROUP BY (rank - 1) / 32
            """;

    private static final String PARTS = """
            INSERT INTO waitinglist.standing_part (standing_id, part, key, run, ranks)
            SELECT (SELECT max(standing_id) FROM waitinglist.standing), part, key, place / 1024,
                   string_agg(int4send(rank::integer), ''::bytea ORDER BY place)
              FROM (SELECT 'district' AS part, district AS key, district_rank - 1 AS place, rank FROM long_list_place
                     UNION ALL
                    SELECT 'home', rooms, home_rank - 1, rank FROM long_list_place
                     UNION ALL
                    SELECT 'class', 0, rank - 1, rank FROM long_list_place
                     UNION ALL
                    SELECT 'number', 0, number, rank FROM long_list_place
                     UNION ALL
                    SELECT 'number', 0, 0, 0) one
             GROUP BY part, key, place / 1024
            """;

    private static final String BANDS = """
            INSERT INTO waitinglist.standing_band
                   (standing_id, run, lowest, highest, rooms, first_registration, last_registration)
            SELECT (SELECT max(standing_id) FROM waitinglist.standing), place.number / 256, min(points) / 10000.0,
                   max(points) / 10000.0, bit_or(1 << rooms), (array_agg(r.registration_id ORDER BY r.registration_id))[1],
                   (array_agg(r.registration_id ORDER BY r.registration_id DESC))[1]
              FROM long_list_place place
              JOIN waitinglist.registration r
                ON r.city_code = $1 AND r.programme = $2 AND r.sequence = place.number
             GROUP BY place.number / 256
            """;

    /** Writes the list; long ones take their time. */
    public Future<Void> write(Db db, Instant now) {
        var at = now.atOffset(ZoneOffset.UTC);
        return db.inTransaction(tx -> allowLongStatements(tx)
                .compose(allowed -> tx.run(LIST, cityCode, programme, households))
                .compose(list -> tx.run(REGISTER, cityCode, programme, households, at, policyDigest))
                .compose(register -> tx.run(STANDING, cityCode, programme, households, asOf, policyDigest, at))
                .compose(standing -> tx.run(PLACES, cityCode, programme))
                .compose(places -> tx.run(RUNS))
                .compose(runs -> tx.run(PARTS))
                .compose(parts -> tx.run(BANDS, cityCode, programme))
                .mapEmpty());
    }

    static Future<?> allowLongStatements(Tx tx) {
        return tx.run("SELECT set_config('statement_timeout', '600000', true)");
    }
}
