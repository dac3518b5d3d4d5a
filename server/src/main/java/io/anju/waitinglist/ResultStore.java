package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far homes went, from the exits that say where the home is. */
final class ResultStore {
    /** The homes of one size in one estate in one year. */
    record Group(int year, String estateName, int homeRooms) {}

    /**
     * What a group came to.
     *
     * @param lowestRank of the last derivation before each household left
     * @param latestQualifiedOn of all its households
     */
    record Result(Group group, int households, int lowestRank, LocalDate latestQualifiedOn) {}

    private static final String HAS_LIST = """
            SELECT 1
              FROM waitinglist.list
             WHERE city_code = $1 AND programme = $2
            """;

    Future<Boolean> hasList(Sql sql, ListKey list) {
        return sql.find(HAS_LIST, row -> true, list.cityCode(), list.programme())
                .map(Optional::isPresent);
    }

    private static final String RESULTS = """
            SELECT one.year, one.estate_name, one.home_rooms, count(*)::integer AS households,
                   max(one.rank) AS lowest_rank, max(one.qualified_on) AS latest_qualified_on
              FROM (SELECT extract(year FROM x.occurred_on)::integer AS year, x.estate_name, x.home_rooms, d.rank,
                           r.qualified_on
                      FROM waitinglist.exit x
                      JOIN waitinglist.registration r USING (registration_id)
                      JOIN waitinglist.departure d USING (registration_id)
                     WHERE x.city_code = $1
                       AND x.programme = $2
                       AND x.exit_type = 'housed'
                       AND x.estate_name IS NOT NULL
                       AND x.home_rooms IS NOT NULL) one
             GROUP BY one.year, one.estate_name, one.home_rooms
            HAVING count(*) >= $3
               AND ($4::integer IS NULL OR (-one.year, one.estate_name, one.home_rooms) > (-$4, $5::text, $6::integer))
             ORDER BY one.year DESC, one.estate_name, one.home_rooms
             LIMIT $7
            """;

    /** Groups of at least so many households, the newest year first, after a group. */
    Future<List<Result>> results(Sql sql, ListKey list, int fewest, @Nullable Group after, int limit) {
        return sql.list(
                RESULTS,
                ResultStore::result,
                list.cityCode(),
                list.programme(),
                fewest,
                after == null ? null : after.year(),
                after == null ? null : after.estateName(),
                after == null ? null : after.homeRooms(),
                limit);
    }

    private static Result result(Row row) {
        return new Result(
                new Group(row.getInteger("year"), row.getString("estate_name"), row.getInteger("home_rooms")),
                row.getInteger("households"),
                row.getInteger("lowest_rank"),
                row.getLocalDate("latest_qualified_on"));
    }
}
