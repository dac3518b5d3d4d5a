package io.anju.waitinglist;

import io.anju.waitinglist.RegisterPaths.Path;
import io.anju.waitinglist.RegisterTerm.Statement;
import io.anju.waitinglist.RegisterTerm.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The statements of a walk along the register. A step goes along one index, newest registration first, and tries the
 * filter on the rows that it meets, so that its work is known before it begins.
 */
final class RegisterQuery {
    /**
     * A part of a walk.
     *
     * @param before only registrations with a lower id
     * @param rows that it meets at most
     * @param shown that it gives at most
     */
    record Step(UUID before, int rows, int shown) {}

    private static final String NEWEST = """
            WITH newest AS (
                SELECT l.programme, s.standing_id
                  FROM waitinglist.list l
                 CROSS JOIN LATERAL (
                        SELECT one.standing_id
                          FROM waitinglist.standing one
                         WHERE one.city_code = l.city_code AND one.programme = l.programme
                         ORDER BY one.standing_id DESC
                         LIMIT 1) s
                 WHERE l.city_code = ?
            ), walked AS MATERIALIZED (
                SELECT k.registration_id, k.city_code, k.programme, k.area_code, k.receipt_number, k.household_size,
                       k.category, k.registered_on, k.state, k.exit_type
                  FROM waitinglist.register k
                 WHERE k.registration_id < ? AND\s""";

    /** From the next band that can have what is looked for; where no band can, no row can. */
    private static final String FROM_BAND = """

                   AND k.registration_id <= (
                       SELECT least(b.last_registration, ?)
                         FROM newest
                         JOIN waitinglist.standing_band b USING (standing_id)
                        WHERE b.first_registration < ? AND\s""";

    private static final String LAST_OF_BAND = """

                        ORDER BY 1 DESC
                        LIMIT 1)""";

    private static final String PAGE = """

                 ORDER BY k.registration_id DESC
                 LIMIT ?
            ), page AS MATERIALIZED (
                SELECT k.registration_id
                  FROM walked k
            """;

    /** One by one, because to the planner a whole order looks cheaper than some hundred places of it. */
    private static final String WITH_PLACES = """
                  JOIN newest USING (programme)
                 CROSS JOIN LATERAL (
                        SELECT place.score, place.home_rooms
                          FROM waitinglist.registration r, LATERAL waitinglist.place(newest.standing_id, r.sequence) place
                         WHERE r.registration_id = k.registration_id
                         LIMIT 1) p
            """;

    private static final String SHOWN = """

                 ORDER BY k.registration_id DESC
                 LIMIT ?
            ), shown AS (
                SELECT r.registration_id, r.application_id, r.resident_id, r.city_code, r.programme, r.sequence, r.area_code,
                       r.receipt_number, r.masked_name, r.household_size, r.category, r.applied_at, r.qualified_on,
                       r.registered_on, r.policy_digest, r.effective_on, r.waivers, r.freeze_type, r.frozen_from,
                       r.exit_type, r.occurred_on, r.recorded_at,
                       line.rank, line.district_code, line.district_rank, line.score, line.ahead, line.frozen, line.inputs,
                       line.deferred
                  FROM page
                  JOIN waitinglist.household r USING (registration_id)
                  LEFT JOIN newest ON newest.programme = r.programme AND r.exit_type IS NULL
                  LEFT JOIN LATERAL waitinglist.place(newest.standing_id, r.sequence) line ON true
            )
            SELECT met.rows, met.last, shown.registration_id, application_id, resident_id, city_code, programme, sequence,
                   area_code, receipt_number, masked_name, household_size, category, applied_at, qualified_on,
                   registered_on, policy_digest, effective_on, waivers, freeze_type, frozen_from, exit_type, occurred_on,
                   recorded_at, rank, district_code, district_rank, score, ahead, frozen, inputs, deferred
              FROM (SELECT count(*) AS rows, (array_agg(registration_id ORDER BY registration_id))[1] AS last
                      FROM walked) met
              LEFT JOIN shown ON true
             ORDER BY shown.registration_id DESC
            """;

    private RegisterQuery() {}

    /** How long each path is, counted no further than to tell that it is not short. */
    static Statement lengths(List<Path> paths) {
        var statements = new Statements().add("SELECT ARRAY[");
        for (int i = 0; i < paths.size(); i++) {
            statements
                    .add(i == 0 ? "" : ",")
                    .add("\n(SELECT count(*) FROM (SELECT FROM waitinglist.register k WHERE ")
                    .add(paths.get(i).rows())
                    .add(" ORDER BY " + paths.get(i).order() + " LIMIT ?) one)", RegisterPaths.SHORT + 1L);
        }
        return statements.add("]").end();
    }

    /** A step of a walk along a path. */
    static Statement step(RegisterFilter filter, RegisterPaths paths, Path path, Step step) {
        var place = filter.traits().place();
        var bands = new ArrayList<RegisterTerm>();
        var places = new ArrayList<RegisterTerm>();
        if (place.scoreFrom() != null) {
            bands.add(RegisterTerm.of("b.highest >= ?", place.scoreFrom()));
            places.add(RegisterTerm.of("p.score >= ?", place.scoreFrom()));
        }
        if (place.scoreTo() != null) {
            bands.add(RegisterTerm.of("b.lowest <= ?", place.scoreTo()));
            places.add(RegisterTerm.of("p.score <= ?", place.scoreTo()));
        }
        if (place.homeRooms() != null) {
            bands.add(RegisterTerm.of("(b.rooms >> ?) & 1 = 1", place.homeRooms()));
            places.add(RegisterTerm.of("p.home_rooms = ?", place.homeRooms()));
        }
        var statements = new Statements()
                .add(NEWEST, filter.area().cityCode(), step.before())
                .add(path.walk());
        if (!bands.isEmpty()) {
            statements
                    .add(FROM_BAND, step.before(), step.before())
                    .add(RegisterTerm.allOf(bands))
                    .add(LAST_OF_BAND);
        }
        places.add(paths.conditions());
        return statements
                .add(PAGE, step.rows())
                .add(bands.isEmpty() ? "" : WITH_PLACES)
                .add(" WHERE ")
                .add(RegisterTerm.allOf(places))
                .add(SHOWN, step.shown())
                .end();
    }
}
