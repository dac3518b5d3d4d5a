package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Standing.Line;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of the derived generations, and of what residents saw of them. */
final class StandingStore {
    /** Of four thousand bytes each. */
    private static final int RUNS_AT_ONCE = 4_000;

    /** A line of the public list. */
    record PublicLine(
            Line line,
            String receiptNumber,
            String maskedName,
            int householdSize,
            String category,
            LocalDate registeredOn,
            @Nullable Integer homeRank,
            @Nullable Integer classRank) {}

    /** The newest generation of a list, none before the first, and the version that the register is at. */
    record Newest(long registerVersion, @Nullable Standing standing) {}

    /** Held by whoever derives this list, over all instances, until the transaction ends. */
    Future<Void> lockList(Tx tx, ListKey list) {
        return tx.run(
                        "SELECT pg_advisory_xact_lock(hashtextextended($1, 600))",
                        list.cityCode() + '/' + list.programme())
                .mapEmpty();
    }

    private static final String ALLOW_LONG_WORK = """
            SELECT set_config('idle_in_transaction_session_timeout', $1, true)
            """;

    /** Lets this transaction wait for the program, which scores and sorts a long list between two statements. */
    Future<Void> allowLongWork(Tx tx, Duration most) {
        return tx.run(ALLOW_LONG_WORK, Long.toString(most.toMillis())).mapEmpty();
    }

    private static final String NEWEST = """
            SELECT l.version AS register_version, s.standing_id, s.city_code, s.programme, s.as_of, s.version,
                   s.policy_digest, s.derived_at, s.total
              FROM waitinglist.list l
              LEFT JOIN LATERAL (
                    SELECT *
                      FROM waitinglist.standing s
                     WHERE s.city_code = l.city_code AND s.programme = l.programme
                     ORDER BY s.standing_id DESC
                     LIMIT 1) s ON true
             WHERE l.city_code = $1 AND l.programme = $2
            """;

    /** Empty for a list that nobody was ever registered on. */
    Future<Optional<Newest>> newest(Sql sql, ListKey list) {
        return sql.find(NEWEST, StandingStore::newest, list.cityCode(), list.programme());
    }

    private static Newest newest(Row row) {
        var id = row.getLong("standing_id");
        return new Newest(row.getLong("register_version"), id == null ? null : standing(row));
    }

    private static final String LISTS = """
            SELECT city_code, programme
              FROM waitinglist.list
             ORDER BY city_code, programme
            """;

    Future<List<ListKey>> lists(Sql sql) {
        return sql.list(LISTS, row -> new ListKey(row.getString(0), row.getString(1)));
    }

    private static final String BY_ID = """
            SELECT standing_id, city_code, programme, as_of, version, policy_digest, derived_at, total
              FROM waitinglist.standing
             WHERE standing_id = $1
            """;

    Future<Optional<Standing>> byId(Sql sql, long standingId) {
        return sql.find(BY_ID, StandingStore::standing, standingId);
    }

    private static final String INSERT = """
            INSERT INTO waitinglist.standing (city_code, programme, as_of, version, policy_digest, derived_at, total)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            RETURNING standing_id, city_code, programme, as_of, version, policy_digest, derived_at, total
            """;

    Future<Standing> insert(
            Tx tx, ListKey list, LocalDate asOf, long version, String policyDigest, int total, Instant now) {
        return tx.find(
                        INSERT,
                        StandingStore::standing,
                        list.cityCode(),
                        list.programme(),
                        asOf,
                        version,
                        policyDigest,
                        now.atOffset(ZoneOffset.UTC),
                        total)
                .map(Optional::orElseThrow);
    }

    static final String LINE = """
            SELECT r.registration_id, p.rank, p.district_code, p.district_rank, p.score, p.ahead, p.frozen, p.inputs, p.deferred
              FROM waitinglist.registration r, LATERAL waitinglist.place($1, r.sequence) p
             WHERE r.registration_id = $2
            """;

    Future<Optional<Line>> line(Sql sql, long standingId, UUID registrationId) {
        return sql.find(LINE, StandingStore::line, standingId, registrationId);
    }

    private static final String DISTRICT_TOTALS = """
            SELECT key::text AS district_code, max(run * 1024 + length(ranks) / 4) AS households
              FROM waitinglist.standing_part
             WHERE standing_id = $1 AND part = 'district'
             GROUP BY key
            """;

    Future<Map<String, Integer>> districtTotals(Sql sql, long standingId) {
        return sql.list(
                        DISTRICT_TOTALS,
                        row -> Map.entry(row.getString("district_code"), row.getInteger("households")),
                        standingId)
                .map(totals -> new TreeMap<>(
                        totals.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /** What every page of the public list shows, of the places that are named. */
    private static final String SHOWN = """
            SELECT r.registration_id, line.rank, line.district_code, line.district_rank, line.score, line.ahead,
                   line.frozen, line.inputs, line.deferred, r.receipt_number, r.masked_name,
                   coalesce(i.household_size, r.household_size) AS household_size,
                   coalesce(i.category, r.category) AS category, r.registered_on, line.home_rank, line.class_rank
              FROM waitinglist.standing s,
                   LATERAL %s line,
                   LATERAL (SELECT one.*
                              FROM waitinglist.registration one
                             WHERE one.city_code = s.city_code AND one.programme = s.programme AND one.sequence = line.number
                             LIMIT 1) r
              LEFT JOIN LATERAL (
                    SELECT household_size, category
                      FROM waitinglist.inputs
                     WHERE inputs.registration_id = r.registration_id AND inputs.sequence = line.inputs
                     LIMIT 1) i ON true
             WHERE s.standing_id = $1
             ORDER BY line.rank
            """;

    static final String PAGE = SHOWN.formatted("waitinglist.places(s.standing_id, $2, $3)");
    static final String PART_PAGE = SHOWN.formatted("waitinglist.part_places(s.standing_id, $4, $5, $2, $3)");

    /** Lines of the whole list after a place. */
    Future<List<PublicLine>> page(Sql sql, long standingId, int after, int limit) {
        return sql.list(PAGE, StandingStore::publicLine, standingId, after + 1L, (long) after + limit);
    }

    /** Lines of a part after a place in it. */
    Future<List<PublicLine>> page(Sql sql, long standingId, PlaceStore.Part part, int key, int after, int limit) {
        return sql.list(
                PART_PAGE, StandingStore::publicLine, standingId, after + 1L, (long) after + limit, part.id(), key);
    }

    private static final String BASELINE = """
            SELECT s.standing_id, s.city_code, s.programme, s.as_of, s.version, s.policy_digest, s.derived_at, s.total
              FROM waitinglist.standing s
             WHERE s.city_code = $1
               AND s.programme = $2
               AND s.version >= $4
               AND s.standing_id >= coalesce(
                   (SELECT v.standing_id
                      FROM waitinglist.visit v
                     WHERE v.registration_id = $3 AND v.seen_on < $5
                     ORDER BY v.seen_on DESC
                     LIMIT 1), 0)
             ORDER BY s.standing_id
             LIMIT 1
            """;

    /**
     * The generation that the household saw when it last looked on an earlier day, else the first that it was in; where
     * that one was cleared away, the next that is kept.
     */
    Future<Optional<Standing>> baseline(Sql sql, Registration registration, LocalDate today) {
        return sql.find(
                BASELINE,
                StandingStore::standing,
                registration.list().cityCode(),
                registration.list().programme(),
                registration.id(),
                registration.sequence(),
                today);
    }

    private static final String VISIT = """
            INSERT INTO waitinglist.visit (registration_id, seen_on, standing_id)
            SELECT $1::uuid, $2::date, $3::bigint
             WHERE NOT EXISTS (
                   SELECT FROM waitinglist.visit
                    WHERE registration_id = $1 AND seen_on = $2 AND standing_id >= $3)
            ON CONFLICT (registration_id, seen_on) DO UPDATE SET standing_id = EXCLUDED.standing_id
             WHERE waitinglist.visit.standing_id < EXCLUDED.standing_id
            """;

    /** Who looks again on the same day locks and writes nothing. */
    Future<Void> recordVisit(Sql sql, UUID registrationId, LocalDate seenOn, long standingId) {
        return sql.execute(VISIT, registrationId, seenOn, standingId).mapEmpty();
    }

    private static final String IS_OVER = """
             WHERE EXISTS (
                   SELECT FROM waitinglist.standing later
                    WHERE later.city_code = s.city_code
                      AND later.programme = s.programme
                      AND later.standing_id > s.standing_id
                      AND (s.as_of < $1 OR (s.as_of < $2 AND later.as_of = s.as_of)))
               AND (s.as_of < $1 OR NOT EXISTS (
                   SELECT FROM waitinglist.visit v WHERE v.standing_id = s.standing_id))
            """;

    private static final String OVER = "SELECT s.standing_id FROM waitinglist.standing s" + IS_OVER;

    /**
     * Generations of days before {@code keepFrom}, and of the days after it all that were neither the last of their day nor
     * seen by a resident.
     */
    Future<List<Long>> over(Sql sql, LocalDate keepFrom, LocalDate today) {
        return sql.list(OVER, row -> row.getLong(0), keepFrom, today);
    }

    private static final String CLEAR = "DELETE FROM waitinglist.standing s" + IS_OVER + " AND s.standing_id = $3";

    private static final String CLEAR_RUNS = """
            DELETE FROM waitinglist.standing_run
             WHERE standing_id = $1 AND run BETWEEN $2 AND $3
            """;

    private static final String CLEAR_PARTS = "DELETE FROM waitinglist.standing_part WHERE standing_id = $1";

    /** Clears one of them, unless somebody has looked at it meanwhile: pages after pages, as each statement has its limit. */
    Future<Void> clear(Tx tx, long standingId, LocalDate keepFrom, LocalDate today) {
        return tx.execute(CLEAR, keepFrom, today, standingId)
                .compose(cleared -> cleared == 0
                        ? Future.succeededFuture()
                        : clearRuns(tx, standingId, 0)
                                .compose(runs -> tx.execute(CLEAR_PARTS, standingId))
                                .mapEmpty());
    }

    private Future<Void> clearRuns(Tx tx, long standingId, int from) {
        int next = from + RUNS_AT_ONCE;
        return tx.execute(CLEAR_RUNS, standingId, from, next - 1)
                .compose(cleared -> cleared == 0 ? Future.succeededFuture() : clearRuns(tx, standingId, next));
    }

    static Line line(Row row) {
        return new Line(
                row.getUUID("registration_id"),
                row.getInteger("rank"),
                row.getString("district_code"),
                row.getInteger("district_rank"),
                row.getBigDecimal("score"),
                basis(row));
    }

    private static Standing.Basis basis(Row row) {
        var deferred = row.getLong("deferred");
        return new Standing.Basis(
                row.getInteger("ahead"),
                row.getBoolean("frozen"),
                row.getLong("inputs"),
                deferred == null ? 0 : deferred);
    }

    static PublicLine publicLine(Row row) {
        return new PublicLine(
                line(row),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                row.getInteger("household_size"),
                row.getString("category"),
                row.getLocalDate("registered_on"),
                row.getInteger("home_rank"),
                row.getInteger("class_rank"));
    }

    private static Standing standing(Row row) {
        return new Standing(
                row.getLong("standing_id"),
                new ListKey(row.getString("city_code"), row.getString("programme")),
                row.getLocalDate("as_of"),
                row.getLong("version"),
                row.getString("policy_digest"),
                row.getOffsetDateTime("derived_at").toInstant(),
                row.getInteger("total"));
    }
}
