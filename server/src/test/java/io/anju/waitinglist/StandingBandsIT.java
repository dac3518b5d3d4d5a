package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the walk over the register steps over by: kept with each order, and the same as counted anew from its places. */
class StandingBandsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int HOUSEHOLDS = 600;

    @SuppressWarnings("NullAway.Init")
    private static FilledList list;

    @BeforeAll
    static void fill() {
        list = new FilledList(anju, 11, HOUSEHOLDS);
    }

    private static final String BANDS = """
            SELECT run || ' ' || lowest || ' ' || highest || ' ' || rooms || ' ' || first_registration || ' ' || last_registration
              FROM waitinglist.standing_band
             WHERE standing_id = $1
             ORDER BY run
            """;

    private static final String BANDS_FROM_PLACES = """
            SELECT p.number / 256 || ' ' || min(p.score) || ' ' || max(p.score) || ' ' || bit_or(1 << coalesce(p.home_rooms, 0))
                   || ' ' || min(ids.first::text) || ' ' || max(ids.last::text)
              FROM waitinglist.standing s
             CROSS JOIN LATERAL waitinglist.places(s.standing_id, 1, s.total) p
             CROSS JOIN LATERAL (
                    SELECT min(r.registration_id::text) AS first, max(r.registration_id::text) AS last
                      FROM waitinglist.registration r
                     WHERE r.city_code = s.city_code AND r.programme = s.programme AND r.sequence / 256 = p.number / 256) ids
             WHERE s.standing_id = $1
             GROUP BY p.number / 256
             ORDER BY p.number / 256
            """;

    @Test
    void bands_are_the_same_step_by_step_and_anew() {
        for (int day = 2; day < 5; day++) {
            list.add(100);
            list.derive(anju.clock().instant().plus(Duration.ofDays(day)));
            long standing = Anju.await(anju.db()
                            .find(
                                    "SELECT max(standing_id) FROM waitinglist.standing WHERE programme = 'public-rental'",
                                    row -> row.getLong(0)))
                    .orElseThrow();
            var bands = Anju.await(anju.db().list(BANDS, row -> row.getString(0), standing));
            assertThat(bands).hasSizeGreaterThan(2);
            assertThat(bands)
                    .isEqualTo(Anju.await(anju.db().list(BANDS_FROM_PLACES, row -> row.getString(0), standing)));
        }
    }
}
