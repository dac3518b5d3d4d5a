package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.Placed.Parts;
import io.anju.waitinglist.Placed.Prior;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.StandingStore.PublicLine;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of places in parts of a list, and of what moved them from derivation to derivation. */
final class PlaceStore {
    static final String PLACE = """
            SELECT registration_id, rank, district_code, district_rank, score, ahead, frozen, inputs, deferred, home_rooms,
                   home_rank, coalesce(priority, 0) AS priority, class_rank, moved
              FROM waitinglist.standing_line
             WHERE standing_id = $1 AND registration_id = $2
            """;

    Future<Optional<Placed>> place(Sql sql, long standingId, UUID registrationId) {
        return sql.find(PLACE, PlaceStore::placed, standingId, registrationId);
    }

    private static Placed placed(Row row) {
        var parts = new Parts(
                row.getInteger("home_rooms"),
                row.getInteger("home_rank"),
                row.getInteger("priority"),
                row.getInteger("class_rank"));
        return new Placed(StandingStore.line(row), parts, moved(row));
    }

    private static MoveCounts moved(Row row) {
        Integer @Nullable [] counts = row.getArrayOfIntegers("moved");
        return counts == null ? MoveCounts.NONE : MoveCounts.of(counts);
    }

    private static final String PRIOR = """
            SELECT registration_id, rank, score, coalesce(priority, 0) AS priority, since,
                   coalesce(deferred, 0) AS deferred, home_rooms, moved
              FROM waitinglist.standing_line
             WHERE standing_id = $1 AND rank > $2
             ORDER BY rank
             LIMIT $3
            """;

    /** The places of a generation from the front, page by page. */
    Future<List<Prior>> prior(Sql sql, long standingId, int afterRank, int limit) {
        return sql.list(PRIOR, PlaceStore::prior, standingId, afterRank, limit);
    }

    private static Prior prior(Row row) {
        return new Prior(
                row.getUUID("registration_id"),
                row.getInteger("rank"),
                row.getBigDecimal("score"),
                row.getInteger("priority"),
                row.getLocalDate("since"),
                row.getLong("deferred"),
                row.getInteger("home_rooms"),
                moved(row));
    }

    private static final String EXIT_TYPES = """
            SELECT registration_id, exit_type
              FROM waitinglist.exit
             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
            """;

    private static final String RESCORED = """
            SELECT registration_id
              FROM waitinglist.inputs
             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
             UNION
            SELECT registration_id
              FROM waitinglist.waiver
             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
            """;

    private static final String RESCORED_UP_TO = """
            SELECT coalesce(max(up_to), 0)
              FROM waitinglist.rules
             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
            """;

    /**
     * What the facts between two generations did.
     *
     * @param exits who left and why
     * @param rescored whose facts changed
     * @param rescoredUpTo registrations up to this number are scored under a newer document; 0 for none
     */
    record Changes(Map<UUID, ExitType> exits, Set<UUID> rescored, long rescoredUpTo) {
        static final Changes NONE = new Changes(Map.of(), Set.of(), 0);
    }

    /** What the facts after a generation up to a version did. */
    Future<Changes> changes(Sql sql, Standing before, long version) {
        Object[] range = {before.list().cityCode(), before.list().programme(), before.version(), version};
        var exits = sql.list(
                EXIT_TYPES,
                row -> Map.entry(row.getUUID("registration_id"), ExitType.of(row.getString("exit_type"))),
                range);
        var rescored = sql.list(RESCORED, row -> row.getUUID(0), range);
        var upTo = sql.find(RESCORED_UP_TO, row -> row.getLong(0), range);
        return Future.all(exits, rescored, upTo)
                .map(all -> new Changes(
                        exits.result().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        Set.copyOf(rescored.result()),
                        upTo.result().orElseThrow()));
    }

    private static final String INSERT_DEPARTURES = """
            INSERT INTO waitinglist.departure (registration_id, standing_id, rank, home_rooms)
            SELECT one.registration_id, $1, one.rank, one.home_rooms
              FROM unnest($2::uuid[], $3::integer[], $4::integer[]) one (registration_id, rank, home_rooms)
            ON CONFLICT (registration_id) DO NOTHING
            """;

    /** Keeps the last places of those who have left since a generation. */
    Future<Void> insertDepartures(Tx tx, long standingId, List<Prior> leavers) {
        return leavers.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                INSERT_DEPARTURES,
                                standingId,
                                leavers.stream().map(Prior::registrationId).toArray(UUID[]::new),
                                leavers.stream().map(Prior::rank).toArray(Integer[]::new),
                                leavers.stream().map(Prior::homeRooms).toArray(Integer[]::new))
                        .mapEmpty();
    }

    static final String HOME_TOTAL = """
            SELECT coalesce(max(home_rank), 0)
              FROM waitinglist.standing_line
             WHERE standing_id = $1 AND home_rooms = $2
            """;

    /** Households that are offered homes of a size: their places have no gaps, so the last place is the number. */
    Future<Integer> homeTotal(Sql sql, long standingId, int homeRooms) {
        return sql.find(HOME_TOTAL, row -> row.getInteger(0), standingId, homeRooms)
                .map(Optional::orElseThrow);
    }

    static final String CLASS_TOTAL = """
            SELECT coalesce(max(class_rank), 0)
              FROM waitinglist.standing_line
             WHERE standing_id = $1 AND coalesce(priority, 0) = $2 AND class_rank IS NOT NULL
            """;

    /** @param priority place of the class, 0 for none */
    Future<Integer> classTotal(Sql sql, long standingId, int priority) {
        return sql.find(CLASS_TOTAL, row -> row.getInteger(0), standingId, priority)
                .map(Optional::orElseThrow);
    }

    static final String HOME_PAGE = StandingStore.PUBLIC_LINES + """
             WHERE line.standing_id = $1 AND line.home_rooms = $4 AND line.home_rank > $2
             ORDER BY line.home_rank
             LIMIT $3
            """;

    Future<List<PublicLine>> homePage(Sql sql, long standingId, int homeRooms, int after, int limit) {
        return sql.list(HOME_PAGE, StandingStore::publicLine, standingId, after, limit, homeRooms);
    }

    static final String CLASS_PAGE = StandingStore.PUBLIC_LINES + """
             WHERE line.standing_id = $1
               AND coalesce(line.priority, 0) = $4
               AND line.class_rank > $2
               AND line.class_rank IS NOT NULL
             ORDER BY line.class_rank
             LIMIT $3
            """;

    Future<List<PublicLine>> classPage(Sql sql, long standingId, int priority, int after, int limit) {
        return sql.list(CLASS_PAGE, StandingStore::publicLine, standingId, after, limit, priority);
    }
}
