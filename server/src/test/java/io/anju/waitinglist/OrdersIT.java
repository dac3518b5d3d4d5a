package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders of a list from day to day, by which its register is looked through; facts are written by none of it. */
class OrdersIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int HOUSEHOLDS = 60;

    @SuppressWarnings("NullAway.Init")
    private static FilledList list;

    @BeforeAll
    static void fill() {
        list = new FilledList(anju, 7, HOUSEHOLDS);
    }

    @Test
    void filters_narrow_together_and_pages_follow_each_other() {
        var all = list.receipts("");
        assertThat(all).doesNotHaveDuplicates();
        var walked = new ArrayList<String>();
        for (String cursor = ""; cursor != null; ) {
            var page = list.city()
                    .get(FilledList.REGISTER + "?limit=7" + cursor)
                    .expect(200)
                    .json();
            page.path("items").forEach(item -> walked.add(FilledList.receipt(item)));
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : null;
        }
        assertThat(walked).isEqualTo(all);
        var one = list.place(5);
        var score = one.path("score").asText();
        assertThat(list.receipts("scoreFrom=" + score + "&scoreTo=" + score)).contains(FilledList.receipt(one));
        assertThat(list.receipts("scoreFrom=9999")).isEmpty();
        assertThat(list.receipts("receiptPrefix=" + FilledList.receipt(one).substring(0, 20)))
                .containsExactly(FilledList.receipt(one));
        var day = one.path("registeredOn").asText();
        assertThat(list.receipts("registeredFrom=" + day + "&registeredTo=" + day))
                .contains(FilledList.receipt(one));
        assertThat(list.receipts("category=new-graduate")).isEmpty();
        var sizes = Anju.await(anju.db()
                .list(
                        "SELECT DISTINCT key FROM waitinglist.standing_part WHERE part = 'home'",
                        row -> row.getInteger(0)));
        assertThat(sizes.stream()
                        .flatMap(rooms -> list.receipts("homeRooms=" + rooms).stream())
                        .toList())
                .hasSameSizeAs(
                        list.items("").stream().filter(item -> item.has("rank")).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void waiting_points_grow_with_the_days_and_no_fact_is_written() {
        var standings = anju.domains().lists.standing;
        var facts = facts();
        var first = Anju.await(standings.current(FilledList.KEY, anju.clock().instant()));
        var later = Anju.await(
                standings.current(FilledList.KEY, anju.clock().instant().plus(Duration.ofDays(800))));
        assertThat(later.id()).isGreaterThan(first.id());
        assertThat(later.version()).isEqualTo(first.version());
        var store = new StandingStore();
        var then = Anju.await(store.page(anju.db(), first.id(), 0, 100));
        var now = Anju.await(store.page(anju.db(), later.id(), 0, 100));
        assertThat(now.stream().map(one -> one.line().score()).toList())
                .isNotEqualTo(then.stream().map(one -> one.line().score()).toList());
        assertThat(now).hasSameSizeAs(then).isNotEmpty();
        assertThat(facts()).isEqualTo(facts);
    }

    @Test
    void orders_of_long_ago_are_cleared_with_all_their_pages_and_the_newest_stays() {
        var now = anju.clock().instant();
        var standings = anju.domains().lists.standing;
        Anju.await(standings.current(FilledList.KEY, now.plus(Duration.ofDays(900))));
        var newest = Anju.await(standings.current(FilledList.KEY, now.plus(Duration.ofDays(901))));
        var day = newest.asOf();
        var store = new StandingStore();
        var over = Anju.await(store.over(anju.db(), day, day));
        assertThat(over).isNotEmpty().doesNotContain(newest.id());
        for (long one : over) {
            Anju.await(anju.db().inTransaction(tx -> store.clear(tx, one, day, day)));
        }
        for (var table : List.of("standing", "standing_run", "standing_part", "standing_band")) {
            assertThat(Anju.await(anju.db()
                            .list("SELECT DISTINCT standing_id FROM waitinglist." + table, row -> row.getLong(0))))
                    .as(table)
                    .containsExactly(newest.id());
        }
        assertThat(Anju.await(store.over(anju.db(), day, day))).isEmpty();
    }

    private static List<Long> facts() {
        return Anju.await(anju.db().list("""
                        SELECT (SELECT count(*) FROM waitinglist.registration) + (SELECT count(*) FROM waitinglist.exit)
                               + (SELECT count(*) FROM waitinglist.inputs) + (SELECT sum(version) FROM waitinglist.list)
                        """, row -> row.getNumeric(0).longValue()));
    }
}
