package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.WaitingTimePolicy.Departed;
import io.anju.waitinglist.WaitingTimePolicy.Flow;
import io.anju.waitinglist.WaitingTimePolicy.Verdict;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Rows of how far homes go, month by month, and what they are worked out from. */
final class FlowStore {
    /**
     * The flow of a list or of one size of home.
     *
     * @param homeRooms 0 for the whole list
     */
    record Kept(int homeRooms, Flow flow, Verdict verdict) {}

    /** A household that has left, under the number of its exit. */
    record Exit(long sequence, Departed departed) {}

    private static final String BEGAN = """
            SELECT registered_on
              FROM waitinglist.registration
             WHERE city_code = $1 AND programme = $2
             ORDER BY sequence
             LIMIT 1
            """;

    /** Day of a list's first registration. */
    Future<Optional<LocalDate>> began(Sql sql, ListKey list) {
        return sql.find(BEGAN, row -> row.getLocalDate(0), list.cityCode(), list.programme());
    }

    private static final String EXITS = """
            SELECT x.sequence, r.sequence AS number, x.occurred_on, x.exit_type,
                   coalesce(x.home_rooms, d.home_rooms) AS home_rooms
              FROM waitinglist.exit x
              JOIN waitinglist.registration r USING (registration_id)
              LEFT JOIN waitinglist.departure d USING (registration_id)
             WHERE x.city_code = $1 AND x.programme = $2 AND x.sequence > $3 AND x.occurred_on >= $4
             ORDER BY x.sequence
             LIMIT $5
            """;

    /** Who left since a day, page by page after the number of an exit. */
    Future<List<Exit>> exits(Sql sql, ListKey list, long after, LocalDate since, int limit) {
        return sql.list(EXITS, FlowStore::exit, list.cityCode(), list.programme(), after, since, limit);
    }

    private static Exit exit(Row row) {
        return new Exit(
                row.getLong("sequence"),
                new Departed(
                        row.getLong("number"),
                        row.getLocalDate("occurred_on"),
                        ExitType.of(row.getString("exit_type")),
                        row.getInteger("home_rooms")));
    }

    private static final String VERSION_AT = """
            SELECT greatest(
                   (SELECT coalesce(max(sequence), 0)
                      FROM waitinglist.registration
                     WHERE city_code = $1 AND programme = $2 AND registered_at < $3),
                   (SELECT coalesce(max(sequence), 0)
                      FROM waitinglist.exit
                     WHERE city_code = $1 AND programme = $2 AND recorded_at < $3)) AS version
            """;

    /** Number of the last registration or exit that was known at an instant. */
    Future<Long> versionAt(Sql sql, ListKey list, Instant at) {
        return sql.find(
                        VERSION_AT,
                        row -> row.getLong("version"),
                        list.cityCode(),
                        list.programme(),
                        at.atOffset(ZoneOffset.UTC))
                .map(Optional::orElseThrow);
    }

    private static final String HAS_MONTH = """
            SELECT 1
              FROM waitinglist.flow_month
             WHERE city_code = $1 AND programme = $2 AND month = $3
            """;

    Future<Boolean> hasMonth(Sql sql, ListKey list, LocalDate month) {
        return sql.find(HAS_MONTH, row -> true, list.cityCode(), list.programme(), month)
                .map(Optional::isPresent);
    }

    private static final String INSERT_MONTH = """
            INSERT INTO waitinglist.flow_month (city_code, programme, month, computed_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (city_code, programme, month) DO NOTHING
            """;

    /** Gives whether this is the first that is kept for the month. */
    Future<Boolean> insertMonth(Tx tx, ListKey list, LocalDate month, Instant now) {
        return tx.execute(INSERT_MONTH, list.cityCode(), list.programme(), month, now.atOffset(ZoneOffset.UTC))
                .map(rows -> rows == 1);
    }

    private static final String INSERT = """
            INSERT INTO waitinglist.flow
                   (city_code, programme, month, home_rooms, months, housed, soonest, latest, checked, hits, computed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    Future<Void> insert(Tx tx, ListKey list, LocalDate month, Kept kept, Instant now) {
        return tx.execute(
                        INSERT,
                        list.cityCode(),
                        list.programme(),
                        month,
                        kept.homeRooms(),
                        kept.flow().months(),
                        kept.flow().housed(),
                        kept.flow().soonest().toArray(Integer[]::new),
                        kept.flow().latest().toArray(Integer[]::new),
                        kept.verdict().checked(),
                        kept.verdict().hits(),
                        now.atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    static final String NEWEST = """
            SELECT f.home_rooms, f.months, f.housed, f.soonest, f.latest, f.checked, f.hits
              FROM waitinglist.flow f
             WHERE f.city_code = $1
               AND f.programme = $2
               AND f.month = (SELECT m.month
                                FROM waitinglist.flow_month m
                               WHERE m.city_code = $1 AND m.programme = $2 AND m.month > $4
                               ORDER BY m.month DESC
                               LIMIT 1)
               AND f.home_rooms IN (0, $3)
             ORDER BY f.home_rooms DESC
             LIMIT 1
            """;

    /** The newest flow of a size of home, else that of the whole list; none where it would be older than a day. */
    Future<Optional<Kept>> newest(Sql sql, ListKey list, int homeRooms, LocalDate after) {
        return sql.find(NEWEST, FlowStore::kept, list.cityCode(), list.programme(), homeRooms, after);
    }

    private static Kept kept(Row row) {
        return new Kept(
                row.getInteger("home_rooms"),
                new Flow(
                        row.getInteger("months"),
                        row.getInteger("housed"),
                        List.of(Objects.requireNonNull(row.getArrayOfIntegers("soonest"))),
                        List.of(Objects.requireNonNull(row.getArrayOfIntegers("latest")))),
                new Verdict(row.getInteger("checked"), row.getInteger("hits")));
    }
}
