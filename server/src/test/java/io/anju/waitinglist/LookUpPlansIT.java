package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.bench.LongList;
import io.anju.testing.Anju;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A look-up walks an index and reads a handful of blocks, on whatever list. {@code -Danju.lines=1000000} tries it on a city
 * of that size.
 */
class LookUpPlansIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int LINES = Integer.getInteger("anju.lines", 30_000);
    private static final int PAGE = 20;
    private static final int BLOCKS_OF_A_LOOK_UP = 12;
    /** Each line leads to its registration, and to its newest facts, by an index of a few levels. */
    private static final int BLOCKS_OF_A_PAGE = PAGE * 14;

    private static final Pattern BLOCKS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

    private static long standingId;
    private static UUID household = new UUID(0, 0);

    @BeforeAll
    static void write() throws SQLException, TimeoutException {
        var today = anju.clock().today();
        var policy = Anju.await(anju.domains().policy.inForce(anju.db(), "370200", "public-rental", today));
        var list = new LongList("370200", "public-rental", LINES, today, policy.digest());
        list.write(anju.db(), anju.clock().instant()).await(15, TimeUnit.MINUTES);
        var address = anju.databaseAddress();
        try (var owner = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = owner.createStatement()) {
            statement.execute(
                    "VACUUM ANALYZE waitinglist.standing_run, waitinglist.standing_part, waitinglist.registration");
        }
        var middle = Anju.await(anju.db()
                .find(
                        "SELECT s.standing_id, r.registration_id FROM waitinglist.standing s, waitinglist.registration r"
                                + " WHERE r.sequence = $1",
                        row -> row,
                        LINES / 2L));
        standingId = middle.orElseThrow().getLong("standing_id");
        household = middle.orElseThrow().getUUID("registration_id");
    }

    @Test
    void a_place_and_the_parts_that_it_is_in_are_read_by_index() {
        reads(BLOCKS_OF_A_LOOK_UP, PlaceStore.PLACE, standingId, household);
        reads(BLOCKS_OF_A_LOOK_UP, StandingStore.LINE, standingId, household);
        reads(BLOCKS_OF_A_LOOK_UP, PlaceStore.TOTAL, standingId, "district", 370203);
        reads(BLOCKS_OF_A_LOOK_UP, PlaceStore.TOTAL, standingId, "home", 2);
        reads(BLOCKS_OF_A_LOOK_UP, PlaceStore.TOTAL, standingId, "class", 0);
        reads(BLOCKS_OF_A_LOOK_UP, FlowStore.NEWEST, "370200", "public-rental", 2, LocalDate.of(2020, 1, 1));
    }

    @Test
    void a_page_of_the_list_or_of_a_part_is_a_walk_along_an_index_wherever_it_begins() {
        long first = LINES / 6 + 1L;
        long last = first + PAGE - 1;
        reads(BLOCKS_OF_A_PAGE, StandingStore.PAGE, standingId, first, last);
        reads(BLOCKS_OF_A_PAGE, StandingStore.PART_PAGE, standingId, first, last, "district", 370203);
        reads(BLOCKS_OF_A_PAGE, StandingStore.PART_PAGE, standingId, first, last, "home", 2);
        reads(BLOCKS_OF_A_PAGE, StandingStore.PART_PAGE, standingId, first, last, "class", 0);
    }

    private static void reads(int most, String sql, @Nullable Object... args) {
        var plan = String.join(
                "\n",
                Anju.await(anju.db()
                        .list("EXPLAIN (ANALYZE, BUFFERS, TIMING off) " + sql, row -> row.getString(0), args)));
        var blocks = BLOCKS.matcher(plan);
        assertThat(blocks.find()).as(plan).isTrue();
        int read = number(blocks.group(1)) + number(blocks.group(2));
        assertThat(read).as(plan).isBetween(1, most);
        assertThat(plan).doesNotContain("Seq Scan on standing").doesNotContain("Seq Scan on registration");
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
