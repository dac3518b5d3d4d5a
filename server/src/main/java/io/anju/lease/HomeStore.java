package io.anju.lease;

import io.anju.platform.db.Ids;
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

/** Rows of homes, their estates and what these cost. */
final class HomeStore {
    static {
        SqlErrors.constraint("estate_rate_once_a_day", LeaseProblem.RATE_DIFFERS);
    }

    /** How a home is read wherever it stands in a row; the table is called {@code h} and its estate {@code e}. */
    static final String COLUMNS = """
            h.home_id, h.estate_id, h.city_code AS home_city, e.name AS estate_name, e.provider AS estate_provider,
                   h.building, h.home_number, h.area_sqm, h.rooms
            """;

    /** @param vacant null in a list that does not ask */
    record Listed(Home home, boolean vacant) {}

    /** Where a list goes on. */
    record Place(String estateName, String building, String number) {}

    static Home home(Row row) {
        return new Home(
                row.getUUID("home_id"),
                row.getUUID("estate_id"),
                row.getString("home_city"),
                row.getString("estate_name"),
                row.getString("estate_provider"),
                row.getString("building"),
                row.getString("home_number"),
                row.getBigDecimal("area_sqm"),
                row.getInteger("rooms"));
    }

    private static final String ESTATES = """
            INSERT INTO lease.estate AS e (estate_id, city_code, name, provider)
            SELECT one.id, $1, one.name, one.provider
              FROM unnest($2::uuid[], $3::text[], $4::text[]) AS one(id, name, provider)
            ON CONFLICT ON CONSTRAINT estate_named_once DO UPDATE SET provider = excluded.provider
            """;

    /** Writes estates, each name once; a known one keeps its id. */
    Future<Integer> upsertEstates(Tx tx, String cityCode, List<HomeRows.Row> firsts, Instant now) {
        return tx.execute(
                ESTATES,
                cityCode,
                firsts.stream().map(row -> Ids.next(now)).toArray(UUID[]::new),
                firsts.stream().map(HomeRows.Row::estateName).toArray(String[]::new),
                firsts.stream().map(HomeRows.Row::provider).toArray(String[]::new));
    }

    /** The very same days and figures again change nothing; other figures for a day meet the constraint. */
    private static final String END_RATES = """
            UPDATE lease.estate_rate r
               SET days = daterange(lower(r.days), next.from_date)
              FROM (SELECT e.estate_id, min(one.from_date) AS from_date
                      FROM unnest($2::text[], $3::date[]) AS one(name, from_date)
                      JOIN lease.estate e ON e.city_code = $1 AND e.name = one.name
                     WHERE one.from_date > $4
                     GROUP BY e.estate_id) next
             WHERE r.estate_id = next.estate_id AND upper_inf(r.days) AND lower(r.days) < next.from_date
            """;

    /** Ends what was to hold on where something else begins after today: nobody has been billed by it for those days. */
    Future<Integer> endRates(Tx tx, String cityCode, List<EstateRate> rates, LocalDate today) {
        return tx.execute(
                END_RATES,
                cityCode,
                rates.stream().map(EstateRate::estateName).toArray(String[]::new),
                rates.stream().map(one -> one.rates().from()).toArray(LocalDate[]::new),
                today);
    }

    private static final String RATES = """
            INSERT INTO lease.estate_rate (estate_id, days, project_standard_fen, market_rent_fen)
            SELECT e.estate_id, daterange(one.from_date, one.to_date, '[]'), one.standard, one.market
              FROM unnest($2::text[], $3::date[], $4::date[], $5::bigint[], $6::bigint[])
                   AS one(name, from_date, to_date, standard, market)
              JOIN lease.estate e ON e.city_code = $1 AND e.name = one.name
             WHERE NOT EXISTS (
                   SELECT FROM lease.estate_rate r
                    WHERE r.estate_id = e.estate_id
                      AND r.days = daterange(one.from_date, one.to_date, '[]')
                      AND r.project_standard_fen IS NOT DISTINCT FROM one.standard
                      AND r.market_rent_fen IS NOT DISTINCT FROM one.market)
            """;

    /** What estates cost, said once for each estate and days. */
    record EstateRate(String estateName, HomeRows.Rates rates) {}

    Future<Integer> insertRates(Tx tx, String cityCode, List<EstateRate> rates) {
        return tx.execute(
                RATES,
                cityCode,
                rates.stream().map(EstateRate::estateName).toArray(String[]::new),
                rates.stream().map(one -> one.rates().from()).toArray(LocalDate[]::new),
                rates.stream().map(one -> one.rates().to()).toArray(LocalDate[]::new),
                rates.stream().map(one -> one.rates().projectStandardFen()).toArray(Long[]::new),
                rates.stream().map(one -> one.rates().marketRentFen()).toArray(Long[]::new));
    }

    private static final String HOMES = """
            INSERT INTO lease.home AS h (home_id, estate_id, city_code, building, home_number, area_sqm, rooms)
            SELECT one.id, e.estate_id, $1, one.building, one.number, one.area::numeric, one.rooms
              FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[])
                   AS one(id, estate, building, number, area, rooms)
              JOIN lease.estate e ON e.city_code = $1 AND e.name = one.estate
            ON CONFLICT ON CONSTRAINT home_once DO UPDATE SET area_sqm = excluded.area_sqm, rooms = excluded.rooms
            RETURNING (xmax = 0) AS is_new
            """;

    /** Writes homes and gives how many are new. */
    Future<Integer> upsertHomes(Tx tx, String cityCode, List<HomeRows.Row> rows, Instant now) {
        return tx.list(
                        HOMES,
                        row -> row.getBoolean("is_new"),
                        cityCode,
                        rows.stream().map(row -> Ids.next(now)).toArray(UUID[]::new),
                        rows.stream().map(HomeRows.Row::estateName).toArray(String[]::new),
                        rows.stream().map(HomeRows.Row::building).toArray(String[]::new),
                        rows.stream().map(HomeRows.Row::number).toArray(String[]::new),
                        rows.stream().map(row -> row.areaSqm().toPlainString()).toArray(String[]::new),
                        rows.stream().map(HomeRows.Row::rooms).toArray(Integer[]::new))
                .map(written -> (int) written.stream().filter(isNew -> isNew).count());
    }

    private static final String LIST = "SELECT " + COLUMNS + """
                 , taken.lease_id IS NULL AS vacant
              FROM lease.home h
              JOIN lease.estate e USING (estate_id)
              LEFT JOIN LATERAL (
                    SELECT l.lease_id
                      FROM lease.lease l
                     WHERE l.home_id = h.home_id
                       AND l.state <> 'withdrawn'
                       AND daterange(l.from_date,
                                     CASE WHEN l.returned_on < l.from_date THEN l.from_date ELSE l.returned_on END,
                                     '[]') @> $2::date
                     LIMIT 1) taken ON true
             WHERE h.city_code = $1
               AND ($3::text IS NULL OR e.name = $3)
               AND ($4::boolean IS NULL OR (taken.lease_id IS NULL) = $4)
               AND ($5::text IS NULL OR (e.name, h.building, h.home_number) > ($5, $6::text, $7::text))
             ORDER BY e.name, h.building, h.home_number
             LIMIT $8
            """;

    Future<List<Listed>> list(
            Sql sql,
            String cityCode,
            LocalDate today,
            @Nullable String estateName,
            @Nullable Boolean vacant,
            @Nullable Place after,
            int limit) {
        return sql.list(
                LIST,
                row -> new Listed(home(row), row.getBoolean("vacant")),
                cityCode,
                today,
                estateName,
                vacant,
                after == null ? null : after.estateName(),
                after == null ? null : after.building(),
                after == null ? null : after.number(),
                limit);
    }

    private static final String FIND = "SELECT " + COLUMNS + """
              FROM lease.home h
              JOIN lease.estate e USING (estate_id)
             WHERE h.home_id = $1 AND h.city_code = $2
            """;

    Future<Optional<Home>> find(Sql sql, UUID id, String cityCode) {
        return sql.find(FIND, HomeStore::home, id, cityCode);
    }

    private static final String RATES_ON = """
            SELECT project_standard_fen, market_rent_fen, (upper(days) - 1)::date AS last_day
              FROM lease.estate_rate
             WHERE estate_id = $1 AND days @> $2::date
            """;

    /** What the estate costs on a day; {@link EstateRates#UNKNOWN} in a gap. */
    Future<EstateRates> ratesOn(Sql sql, UUID estateId, LocalDate day) {
        return sql.find(
                        RATES_ON,
                        row -> new EstateRates(
                                row.getLong("project_standard_fen"),
                                row.getLong("market_rent_fen"),
                                row.getLocalDate("last_day")),
                        estateId,
                        day)
                .map(found -> found.orElse(EstateRates.UNKNOWN));
    }
}
