package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.bench.LongList;
import io.anju.platform.http.Forgery;
import io.anju.testing.Anju;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** A few old households of each kind that a filter may ask for: whoever walks from the newest on walks for long. */
    private static final String RARE = """
            WITH one AS (
                SELECT registration_id, city_code, programme, sequence, area_code
                  FROM waitinglist.registration
                 WHERE sequence <= 40
            ), frozen AS (
                INSERT INTO waitinglist.freeze
                       (registration_id, city_code, programme, sequence, freeze_type, from_date, reason_sealed, recorded_at)
                SELECT registration_id, city_code, programme, 10000000 + sequence, 'other', current_date, '', now()
                  FROM one
                 WHERE sequence <= 10
            ), gone AS (
                INSERT INTO waitinglist.exit
                       (registration_id, city_code, programme, sequence, exit_type, occurred_on, reason_sealed, recorded_at)
                SELECT registration_id, city_code, programme, 10000000 + sequence, 'deceased', current_date, '', now()
                  FROM one
                 WHERE sequence BETWEEN 11 AND 20
            )
            INSERT INTO waitinglist.inputs
                   (inputs_id, registration_id, city_code, programme, sequence, effective_on, area_code, household_size,
                    category, facts_sealed, reason_sealed, recorded_at)
            SELECT uuidv7(), registration_id, city_code, programme, 10000000 + sequence, current_date, area_code, 12,
                   'new-graduate', '', '', now()
              FROM one
             WHERE sequence BETWEEN 21 AND 30
            """;

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
            statement.execute(RARE);
            for (var table : List.of(
                    "standing_run",
                    "standing_part",
                    "standing_band",
                    "registration",
                    "register",
                    "inputs",
                    "freeze",
                    "exit")) {
                statement.execute("VACUUM ANALYZE waitinglist." + table);
            }
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

    @Test
    void every_filter_of_the_register_is_a_walk_along_an_index() {
        lists(PAGE, wanted -> {});
        for (var area : List.of("370203", "370203001", "370203001001")) {
            lists(PAGE, wanted -> wanted.areaPrefix = area);
        }
        lists(PAGE, wanted -> wanted.before = household);
        lists(10, wanted -> wanted.state = "frozen");
        lists(10, wanted -> wanted.state = "exited");
        lists(PAGE, wanted -> wanted.state = "waiting");
        lists(10, wanted -> wanted.exitType = "deceased");
        lists(0, wanted -> wanted.exitType = "housed");
        lists(1, wanted -> wanted.receiptNumber = "370200-2024-0000007-K");
        lists(10, wanted -> wanted.receiptPrefix = "370200-2024-000001");
        lists(PAGE, wanted -> wanted.receiptPrefix = "370200-2024");
        lists(10, wanted -> wanted.category = "new-graduate");
        lists(0, wanted -> wanted.category = "nobody");
        lists(10, wanted -> wanted.householdSize = 12);
        lists(PAGE, wanted -> {
            wanted.householdSize = 3;
            wanted.areaPrefix = "370203";
        });
        lists(0, wanted -> wanted.registeredTo = LocalDate.of(2000, 1, 1));
        lists(0, wanted -> wanted.registeredFrom = LocalDate.of(2090, 1, 1));
    }

    @Test
    void points_and_sizes_of_homes_are_looked_for_in_the_bands_that_can_have_them() {
        lists(0, wanted -> wanted.scoreFrom = new BigDecimal("9000"));
        lists(0, wanted -> wanted.scoreTo = new BigDecimal("-1"));
        lists(0, wanted -> wanted.homeRooms = 9);
        lists(PAGE, wanted -> wanted.homeRooms = 2);
        lists(3, wanted -> {
            wanted.scoreFrom = highest(3);
            wanted.programme = "public-rental";
        });
        lists(1, wanted -> {
            wanted.scoreFrom = highest(1);
            wanted.homeRooms = rooms(1);
        });
    }

    @Test
    void a_filter_that_few_meet_reads_no_more_than_one_that_many_meet() {
        // nobody who lives alone is offered two rooms, but every band has somebody who is
        var found = lists(0, wanted -> {
            wanted.householdSize = 1;
            wanted.homeRooms = 2;
        });
        var all = "SELECT registration_id FROM waitinglist.register WHERE household_size = 1"
                + " ORDER BY registration_id DESC OFFSET $1 LIMIT 1";
        assertThat(Anju.await(anju.db().find(all, row -> row.getUUID(0), RegisterStore.ROWS_OF_A_REQUEST - 1L)))
                .contains(Objects.requireNonNull(found.next()));
        // each of the bands has some of these
        lists(0, wanted -> {
            wanted.category = "low-income";
            wanted.receiptPrefix = "370200-2024-00";
            wanted.householdSize = 1;
            wanted.registeredTo = LocalDate.of(2090, 1, 1);
            wanted.homeRooms = 2;
        });
    }

    @Test
    void what_is_rare_is_found_over_all_pages_and_nothing_else() {
        var scores = new Wanted();
        scores.scoreFrom = highest(100);
        var walked = new ArrayList<UUID>();
        var found = new RegisterStore.Found(List.of(), null);
        do {
            found = Anju.await(new RegisterStore().list(anju.db(), scores.filter(), found.next(), PAGE));
            found.listed().forEach(one -> walked.add(one.registration().id()));
        } while (found.next() != null);
        assertThat(walked).hasSize(100).doesNotHaveDuplicates().isSortedAccordingTo(NEWEST_FIRST);
    }

    /** As the database compares ids: by their bytes. */
    private static final Comparator<UUID> NEWEST_FIRST =
            Comparator.comparing(UUID::toString).reversed();

    private static BigDecimal highest(int rank) {
        return at("score", rank, row -> row.getBigDecimal(0));
    }

    private static int rooms(int rank) {
        return at("home_rooms", rank, row -> row.getInteger(0));
    }

    private static <T> T at(String column, int rank, Function<Row, T> read) {
        var sql = "SELECT " + column + " FROM waitinglist.place_at($1, $2)";
        return Anju.await(anju.db().find(sql, read, standingId, rank)).orElseThrow();
    }

    /** What a page shows of each row: its newest facts and its place, each by an index of a few levels. */
    private static final int BLOCKS_OF_A_REGISTER_PAGE = PAGE * 60;

    /** Each row that a step meets leads to its registration and to its place by indexes of a few levels. */
    private static final int BLOCKS_OF_A_STEP = RegisterStore.ROWS_OF_A_STEP * 16;

    /** A request that lists so many: neither looking for the way nor any step of it reads more than it may. */
    private static RegisterStore.Found lists(int rows, Consumer<Wanted> asks) {
        var wanted = new Wanted();
        asks.accept(wanted);
        var filter = wanted.filter();
        var paths = RegisterPaths.of(filter);
        if (!paths.narrower().isEmpty()) {
            var lengths = RegisterQuery.lengths(paths.narrower());
            reads(BLOCKS_OF_A_STEP, lengths.text(), lengths.values());
        }
        var path = Anju.await(RegisterStore.path(anju.db(), paths));
        var before = wanted.before == null ? new UUID(-1, -1) : wanted.before;
        var step = new RegisterQuery.Step(before, RegisterStore.ROWS_OF_A_STEP, PAGE + 1);
        var query = RegisterQuery.step(filter, paths, path, step);
        boolean isByPlace = wanted.homeRooms != null || wanted.scoreFrom != null || wanted.scoreTo != null;
        reads(BLOCKS_OF_A_REGISTER_PAGE + (isByPlace ? BLOCKS_OF_A_STEP : 0), query.text(), query.values());
        var found = Anju.await(new RegisterStore().list(anju.db(), filter, wanted.before, PAGE));
        assertThat(found.listed()).as(query.text()).hasSize(rows);
        return found;
    }

    /** What staff ask for, part by part. */
    private static final class Wanted {
        private String areaPrefix = "3702";
        private @Nullable String programme;
        private @Nullable String state;
        private @Nullable String exitType;
        private @Nullable String receiptNumber;
        private @Nullable UUID before;
        private @Nullable String receiptPrefix;
        private @Nullable String category;
        private @Nullable Integer householdSize;
        private @Nullable Integer homeRooms;
        private @Nullable BigDecimal scoreFrom;
        private @Nullable BigDecimal scoreTo;
        private @Nullable LocalDate registeredFrom;
        private @Nullable LocalDate registeredTo;

        RegisterFilter filter() {
            var place = new RegisterFilter.Place(homeRooms, scoreFrom, scoreTo);
            var traits = new RegisterFilter.Traits(
                    receiptPrefix, category, householdSize, registeredFrom, registeredTo, place);
            return new RegisterFilter(
                    Forgery.area("370200", areaPrefix), programme, state, exitType, receiptNumber, traits);
        }
    }

    private static void reads(int most, String sql, @Nullable Object... args) {
        assertThat(plan(most, sql, args))
                .doesNotContain("Seq Scan on standing_run")
                .doesNotContain("Seq Scan on standing_part")
                .doesNotContain("Seq Scan on regist");
    }

    /** @param most blocks that it may read */
    private static String plan(int most, String sql, @Nullable Object... args) {
        var plan = String.join(
                "\n",
                Anju.await(anju.db()
                        .list("EXPLAIN (ANALYZE, BUFFERS, TIMING off) " + sql, row -> row.getString(0), args)));
        var blocks = BLOCKS.matcher(plan);
        assertThat(blocks.find()).as(plan).isTrue();
        int read = number(blocks.group(1)) + number(blocks.group(2));
        assertThat(read).as(plan).isBetween(1, most);
        return plan;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
