package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.HouseholdFacts;
import io.anju.simulation.SimulationCases;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Standing.Line;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
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
    private final Vault vault;

    StandingStore(Vault vault) {
        this.vault = vault;
    }

    /**
     * What a derivation reads of one household on the list; the facts stay sealed until they are scored.
     *
     * @param inputsId the row of {@code waitinglist.inputs} that the facts are of; null for the registration's own
     * @param waivers offers refused on this list
     */
    record Sealed(
            UUID registrationId,
            long sequence,
            String areaCode,
            Instant appliedAt,
            Instant registeredAt,
            String receiptNumber,
            String maskedName,
            String policyDigest,
            byte[] facts,
            @Nullable UUID inputsId,
            int waivers,
            WaitingListPolicy.Later later) {}

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

    private static final String WAITING = """
            SELECT r.registration_id, r.sequence, coalesce(i.area_code, r.area_code) AS area_code, r.applied_at,
                   r.registered_at, r.receipt_number, r.masked_name,
                   coalesce(u.policy_digest, r.policy_digest) AS policy_digest,
                   coalesce(i.facts_sealed, r.facts_sealed) AS facts_sealed, i.inputs_id, i.sequence AS inputs,
                   f.freeze_type IS NOT NULL AS frozen, w.waivers, w.deferred
              FROM waitinglist.registration r
              LEFT JOIN waitinglist.exit x ON x.registration_id = r.registration_id AND x.sequence <= $3
              LEFT JOIN LATERAL (
                    SELECT inputs_id, sequence, area_code, facts_sealed
                      FROM waitinglist.inputs
                     WHERE inputs.registration_id = r.registration_id AND inputs.sequence <= $3
                     ORDER BY inputs.sequence DESC
                     LIMIT 1) i ON true
              LEFT JOIN LATERAL (
                    SELECT freeze_type
                      FROM waitinglist.freeze z
                     WHERE z.registration_id = r.registration_id AND z.sequence <= $3
                     ORDER BY z.sequence DESC
                     LIMIT 1) f ON true
              LEFT JOIN LATERAL (
                    SELECT count(*)::integer AS waivers,
                           coalesce(max(waiver.sequence) FILTER (WHERE consequence = 'to-the-end'), 0) AS deferred
                      FROM waitinglist.waiver
                     WHERE waiver.registration_id = r.registration_id AND waiver.sequence <= $3) w ON true
              LEFT JOIN LATERAL (
                    SELECT policy_digest
                      FROM waitinglist.rules
                     WHERE rules.city_code = $1 AND rules.programme = $2 AND rules.sequence <= $3
                       AND rules.up_to >= r.sequence
                     ORDER BY rules.sequence DESC
                     LIMIT 1) u ON true
             WHERE r.city_code = $1
               AND r.programme = $2
               AND r.sequence > $4
               AND r.sequence <= $3
               AND x.registration_id IS NULL
             ORDER BY r.sequence
             LIMIT $5
            """;

    /** Households that are on the list by the facts up to {@code version}, page by page after {@code after}. */
    Future<List<Sealed>> waiting(Sql sql, ListKey list, long version, long after, int limit) {
        return sql.list(WAITING, StandingStore::sealed, list.cityCode(), list.programme(), version, after, limit);
    }

    private static final String LAST_DIGEST = """
            SELECT r.policy_digest
              FROM waitinglist.registration r
              LEFT JOIN waitinglist.exit x ON x.registration_id = r.registration_id AND x.sequence <= $3
             WHERE r.city_code = $1
               AND r.programme = $2
               AND r.sequence <= $3
               AND x.registration_id IS NULL
             ORDER BY r.sequence DESC
             LIMIT 1
            """;

    /** The policy of the household that entered last of those on the list by the facts up to {@code version}. */
    Future<Optional<String>> lastDigest(Sql sql, ListKey list, long version) {
        return sql.find(LAST_DIGEST, row -> row.getString(0), list.cityCode(), list.programme(), version);
    }

    private static Sealed sealed(Row row) {
        return new Sealed(
                row.getUUID("registration_id"),
                row.getLong("sequence"),
                row.getString("area_code"),
                row.getOffsetDateTime("applied_at").toInstant(),
                row.getOffsetDateTime("registered_at").toInstant(),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                row.getString("policy_digest"),
                row.getBuffer("facts_sealed").getBytes(),
                row.getUUID("inputs_id"),
                row.getInteger("waivers"),
                new WaitingListPolicy.Later(row.getLong("inputs"), row.getBoolean("frozen"), row.getLong("deferred")));
    }

    private static final String WAITING_COUNT = """
            SELECT l.version,
                   (SELECT count(*)
                      FROM waitinglist.registration r
                      LEFT JOIN waitinglist.exit x ON x.registration_id = r.registration_id AND x.sequence <= l.version
                     WHERE r.city_code = l.city_code
                       AND r.programme = l.programme
                       AND r.sequence <= l.version
                       AND x.registration_id IS NULL)::integer AS households
              FROM waitinglist.list l
             WHERE l.city_code = $1 AND l.programme = $2
            """;

    /** How many households {@link #waiting} gives by the facts until now; none for a list that nobody was ever on. */
    Future<SimulationCases.Extent> extent(Sql sql, ListKey list) {
        return sql.find(
                        WAITING_COUNT,
                        row -> new SimulationCases.Extent(row.getLong("version"), row.getInteger("households")),
                        list.cityCode(),
                        list.programme())
                .map(found -> found.orElse(new SimulationCases.Extent(0, 0)));
    }

    /** Opens the facts; CPU work for worker code. */
    HouseholdFacts open(Sealed sealed) {
        var inputsId = sealed.inputsId();
        return FactStore.open(vault, sealed.registrationId(), inputsId, sealed.facts(), sealed.waivers());
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

    private static final String INSERT_LINES = """
            INSERT INTO waitinglist.standing_line
                   (standing_id, registration_id, rank, district_code, district_rank, score, priority, since, ahead, frozen,
                    inputs, deferred, home_rooms, home_rank, class_rank, moved)
            SELECT $1, registration_id, rank, district_code, district_rank, score, priority, since, ahead, frozen,
                   inputs, deferred, home_rooms, home_rank, class_rank, moved::integer[]
              FROM unnest($2::uuid[], $3::integer[], $4::text[], $5::integer[], $6::numeric[], $7::integer[], $8::date[],
                          $9::integer[], $10::boolean[], $11::bigint[], $12::bigint[], $13::integer[], $14::integer[],
                          $15::integer[], $16::text[])
                   line (registration_id, rank, district_code, district_rank, score, priority, since, ahead, frozen,
                         inputs, deferred, home_rooms, home_rank, class_rank, moved)
            """;

    Future<Void> insertLines(Tx tx, long standingId, List<Placed> places) {
        var lines = places.stream().map(Placed::line).toList();
        var parts = places.stream().map(Placed::parts).toList();
        return tx.execute(
                        INSERT_LINES,
                        standingId,
                        lines.stream().map(Line::registrationId).toArray(UUID[]::new),
                        lines.stream().map(Line::rank).toArray(Integer[]::new),
                        lines.stream().map(Line::districtCode).toArray(String[]::new),
                        lines.stream().map(Line::districtRank).toArray(Integer[]::new),
                        lines.stream().map(Line::score).toArray(BigDecimal[]::new),
                        lines.stream().map(line -> line.keys().priority()).toArray(Integer[]::new),
                        lines.stream().map(line -> line.keys().since()).toArray(LocalDate[]::new),
                        lines.stream().map(line -> line.basis().ahead()).toArray(Integer[]::new),
                        lines.stream().map(line -> line.basis().frozen()).toArray(Boolean[]::new),
                        lines.stream().map(line -> line.basis().inputs()).toArray(Long[]::new),
                        lines.stream().map(StandingStore::deferred).toArray(Long[]::new),
                        parts.stream().map(Placed.Parts::homeRooms).toArray(Integer[]::new),
                        parts.stream().map(Placed.Parts::homeRank).toArray(Integer[]::new),
                        parts.stream().map(Placed.Parts::classRank).toArray(Integer[]::new),
                        places.stream().map(place -> place.moved().text()).toArray(String[]::new))
                .mapEmpty();
    }

    private static @Nullable Long deferred(Line line) {
        return line.basis().deferred() == 0 ? null : line.basis().deferred();
    }

    static final String LINE = """
            SELECT registration_id, rank, district_code, district_rank, score, ahead, frozen, inputs, deferred
              FROM waitinglist.standing_line
             WHERE standing_id = $1 AND registration_id = $2
            """;

    Future<Optional<Line>> line(Sql sql, long standingId, UUID registrationId) {
        return sql.find(LINE, StandingStore::line, standingId, registrationId);
    }

    static final String DISTRICT_TOTAL = """
            SELECT coalesce(max(district_rank), 0)
              FROM waitinglist.standing_line
             WHERE standing_id = $1 AND district_code = $2
            """;

    /** Households of a district: its places have no gaps, so the last place is the number. */
    Future<Integer> districtTotal(Sql sql, long standingId, String districtCode) {
        return sql.find(DISTRICT_TOTAL, row -> row.getInteger(0), standingId, districtCode)
                .map(Optional::orElseThrow);
    }

    private static final String DISTRICT_TOTALS = """
            SELECT district_code, max(district_rank) AS households
              FROM waitinglist.standing_line
             WHERE standing_id = $1
             GROUP BY district_code
            """;

    Future<Map<String, Integer>> districtTotals(Sql sql, long standingId) {
        return sql.list(
                        DISTRICT_TOTALS,
                        row -> Map.entry(row.getString("district_code"), row.getInteger("households")),
                        standingId)
                .map(totals -> new TreeMap<>(
                        totals.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /** What every page of the public list shows; a condition, an order and a limit follow. */
    static final String PUBLIC_LINES = """
            SELECT line.registration_id, line.rank, line.district_code, line.district_rank, line.score, line.ahead,
                   line.frozen, line.inputs, line.deferred, r.receipt_number, r.masked_name,
                   coalesce(i.household_size, r.household_size) AS household_size,
                   coalesce(i.category, r.category) AS category, r.registered_on, line.home_rank, line.class_rank
              FROM waitinglist.standing_line line
              JOIN waitinglist.registration r USING (registration_id)
              LEFT JOIN waitinglist.inputs i ON i.registration_id = line.registration_id AND i.sequence = line.inputs
            """;

    static final String PAGE = PUBLIC_LINES + """
             WHERE line.standing_id = $1 AND line.rank > $2
             ORDER BY line.rank
             LIMIT $3
            """;

    static final String DISTRICT_PAGE = PUBLIC_LINES + """
             WHERE line.standing_id = $1 AND line.district_code = $4 AND line.district_rank > $2
             ORDER BY line.district_rank
             LIMIT $3
            """;

    /** Lines after a place, of the whole list or of one district. */
    Future<List<PublicLine>> page(Sql sql, long standingId, @Nullable String districtCode, int after, int limit) {
        return districtCode == null
                ? sql.list(PAGE, StandingStore::publicLine, standingId, after, limit)
                : sql.list(DISTRICT_PAGE, StandingStore::publicLine, standingId, after, limit, districtCode);
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
            VALUES ($1, $2, $3)
            ON CONFLICT (registration_id, seen_on) DO UPDATE SET standing_id = EXCLUDED.standing_id
             WHERE waitinglist.visit.standing_id < EXCLUDED.standing_id
            """;

    Future<Void> recordVisit(Sql sql, UUID registrationId, LocalDate seenOn, long standingId) {
        return sql.execute(VISIT, registrationId, seenOn, standingId).mapEmpty();
    }

    private static final String PRUNE = """
            DELETE FROM waitinglist.standing s
             WHERE EXISTS (
                   SELECT FROM waitinglist.standing later
                    WHERE later.city_code = s.city_code
                      AND later.programme = s.programme
                      AND later.standing_id > s.standing_id
                      AND (s.as_of < $1 OR (s.as_of < $2 AND later.as_of = s.as_of)))
               AND (s.as_of < $1 OR NOT EXISTS (
                   SELECT FROM waitinglist.visit v WHERE v.standing_id = s.standing_id))
            """;

    /**
     * Clears generations of days before {@code keepFrom}, and of the days after it all that were neither the last of
     * their day nor seen by a resident.
     */
    Future<Integer> prune(Sql sql, LocalDate keepFrom, LocalDate today) {
        return sql.execute(PRUNE, keepFrom, today);
    }

    static Line line(Row row) {
        return new Line(
                row.getUUID("registration_id"),
                row.getInteger("rank"),
                row.getString("district_code"),
                row.getInteger("district_rank"),
                row.getBigDecimal("score"),
                Standing.Keys.NONE,
                basis(row));
    }

    /** Generations from before freezes were facts count everyone who is before. */
    private static Standing.Basis basis(Row row) {
        var ahead = row.getInteger("ahead");
        var deferred = row.getLong("deferred");
        return new Standing.Basis(
                ahead == null ? row.getInteger("rank") - 1 : ahead,
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
