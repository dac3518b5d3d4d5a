package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the facts did between two numbers: whom they are about, who left, and who is scored anew. */
final class ChangeStore {
    /** Packed, as whole towns leave or are scored anew at once. */
    private static final String EXIT_TYPES = """
            SELECT x.exit_type, string_agg(int4send(r.sequence::integer), ''::bytea)
              FROM waitinglist.exit x
              JOIN waitinglist.registration r USING (registration_id)
             WHERE x.city_code = $1 AND x.programme = $2 AND x.sequence > $3 AND x.sequence <= $4
             GROUP BY x.exit_type
            """;

    private static final String RESCORED = """
            SELECT string_agg(int4send(r.sequence::integer), ''::bytea)
              FROM (SELECT registration_id
                      FROM waitinglist.inputs
                     WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
                     UNION
                    SELECT registration_id
                      FROM waitinglist.waiver
                     WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4) one
              JOIN waitinglist.registration r USING (registration_id)
            """;

    private static final String RESCORED_UP_TO = """
            SELECT coalesce(max(up_to), 0)
              FROM waitinglist.rules
             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
            """;

    /**
     * What the facts between two generations did; households by the numbers of their registrations.
     *
     * @param exits who left and why
     * @param rescored whose facts changed
     * @param rescoredUpTo registrations up to this number are scored under a newer document; 0 for none
     */
    record Changes(Map<ExitType, BitSet> exits, BitSet rescored, long rescoredUpTo) {
        /** Why a household left that is no longer on the list. */
        ExitType exit(int number) {
            return exits.entrySet().stream()
                    .filter(exit -> exit.getValue().get(number))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(ExitType.OTHER);
        }

        boolean isRescored(int number) {
            return rescored.get(number) || number <= rescoredUpTo;
        }
    }

    /** What the facts after a generation up to a version did. */
    Future<Changes> changes(Sql sql, Standing before, long version) {
        Object[] range = {before.list().cityCode(), before.list().programme(), before.version(), version};
        var exits =
                sql.list(EXIT_TYPES, row -> Map.entry(ExitType.of(row.getString(0)), numbers(row.getBuffer(1))), range);
        var rescored = sql.find(RESCORED, row -> numbers(row.getBuffer(0)), range);
        var upTo = sql.find(RESCORED_UP_TO, row -> row.getLong(0), range);
        return Future.all(exits, rescored, upTo)
                .map(all -> new Changes(
                        exits.result().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                        rescored.result().orElseThrow(),
                        upTo.result().orElseThrow()));
    }

    /** Packed, as whole towns are imported at once. */
    private static final String TOUCHED = """
            SELECT string_agg(int4send(touched.sequence::integer), ''::bytea)
              FROM (SELECT sequence
                      FROM waitinglist.registration
                     WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
                     UNION
                    SELECT r.sequence
                      FROM (SELECT registration_id
                              FROM waitinglist.exit
                             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
                             UNION ALL
                            SELECT registration_id
                              FROM waitinglist.freeze
                             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
                             UNION ALL
                            SELECT registration_id
                              FROM waitinglist.waiver
                             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4
                             UNION ALL
                            SELECT registration_id
                              FROM waitinglist.inputs
                             WHERE city_code = $1 AND programme = $2 AND sequence > $3 AND sequence <= $4) one
                      JOIN waitinglist.registration r USING (registration_id)) touched
            """;

    /**
     * Whom the facts after one number up to another are about.
     *
     * @param numbers of registrations
     * @param scoredByNewerRules whether a whole list was moved to other rules
     */
    record Touched(BitSet numbers, boolean scoredByNewerRules) {}

    Future<Touched> touched(Sql sql, ListKey list, long after, long version) {
        Object[] range = {list.cityCode(), list.programme(), after, version};
        var numbers = sql.find(TOUCHED, row -> numbers(row.getBuffer(0)), range);
        var upTo = sql.find(RESCORED_UP_TO, row -> row.getLong(0), range);
        return Future.all(numbers, upTo)
                .map(both -> new Touched(
                        numbers.result().orElseThrow(), upTo.result().orElseThrow() > 0));
    }

    private static BitSet numbers(@Nullable Buffer packed) {
        var numbers = new BitSet();
        for (int at = 0; packed != null && at < packed.length(); at += Integer.BYTES) {
            numbers.set(packed.getInt(at));
        }
        return numbers;
    }
}
