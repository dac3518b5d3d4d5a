package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.bench.LongList;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The register of a city with two lists, page after page over HTTP. The ids of the one follow its numbers, those of the
 * other do not.
 */
class RegisterPagesIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final ListKey LONG = new ListKey("370200", "talent-rental");
    private static final int HOUSEHOLDS = 600;
    private static final int LINES = 6_500;

    @SuppressWarnings("NullAway.Init")
    private static FilledList list;

    @BeforeAll
    static void write() {
        list = new FilledList(anju, 11, HOUSEHOLDS);
        var longer = new LongList(
                LONG.cityCode(),
                LONG.programme(),
                LINES,
                anju.clock().today(),
                list.policy().digest());
        Anju.await(longer.write(anju.db(), anju.clock().instant()));
    }

    /** A registration as the plain rows tell of it, with its place in the newest order of its list. */
    private record Plain(
            String receipt,
            String programme,
            String area,
            int size,
            String category,
            @Nullable Integer rooms,
            @Nullable BigDecimal score) {
        boolean scores(String from, String to) {
            return score != null
                    && score.compareTo(new BigDecimal(from)) >= 0
                    && score.compareTo(new BigDecimal(to)) <= 0;
        }

        boolean isOffered(int someRooms) {
            return Objects.equals(rooms, someRooms);
        }
    }

    private static final String PLAIN = """
            SELECT h.receipt_number, h.programme, h.area_code, h.household_size, h.category, p.home_rooms, p.score
              FROM waitinglist.household h
              LEFT JOIN LATERAL waitinglist.place(
                        (SELECT max(s.standing_id)
                           FROM waitinglist.standing s
                          WHERE s.city_code = h.city_code AND s.programme = h.programme), h.sequence) p ON true
             ORDER BY h.registration_id DESC
            """;

    private static List<Plain> plain() {
        return Anju.await(anju.db().list(PLAIN, RegisterPagesIT::plain));
    }

    private static Plain plain(Row row) {
        return new Plain(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getInteger(3),
                row.getString(4),
                row.getInteger(5),
                row.getBigDecimal(6));
    }

    @Test
    void all_pages_of_a_filter_are_what_the_plain_rows_say_newest_first() {
        Map<String, Predicate<Plain>> filters = Map.of(
                "homeRooms=2&householdSize=4",
                one -> one.isOffered(2) && one.size == 4,
                "homeRooms=1&areaCode=370203&category=low-income",
                one -> one.isOffered(1) && one.area.startsWith("370203") && one.category.equals("low-income"),
                "scoreFrom=85&scoreTo=86.5",
                one -> one.scores("85", "86.5"),
                "scoreFrom=20&scoreTo=60&programme=public-rental",
                one -> one.scores("20", "60") && one.programme.equals("public-rental"),
                "scoreTo=60&receiptPrefix=370200-2024-0003",
                one -> one.scores("-1", "60") && one.receipt.startsWith("370200-2024-0003"),
                "householdSize=2&homeRooms=2&registeredFrom=2001-01-01",
                one -> one.isOffered(2) && one.size == 2,
                "category=minimum-living-allowance",
                one -> one.category.equals("minimum-living-allowance"));
        var plain = plain();
        filters.forEach((query, matches) -> {
            var expected = plain.stream().filter(matches).map(Plain::receipt).toList();
            assertThat(receipts(walk(query))).as(query).isNotEmpty().isEqualTo(expected);
        });
    }

    @Test
    void a_page_may_be_empty_while_the_walk_goes_on_and_its_work_is_bounded() {
        // between two scores that are there, so that no band can be stepped over
        var scores = plain().stream()
                .map(Plain::score)
                .filter(Objects::nonNull)
                .map(BigDecimal::stripTrailingZeros)
                .collect(Collectors.toSet());
        var free = Stream.iterate(new BigDecimal("45"), score -> score.add(new BigDecimal("0.0001")))
                .filter(score -> !scores.contains(score.stripTrailingZeros()))
                .findFirst()
                .orElseThrow()
                .toPlainString();
        var pages = walk("scoreFrom=" + free + "&scoreTo=" + free);
        int fewest = (LINES + HOUSEHOLDS) / RegisterStore.ROWS_OF_A_REQUEST;
        assertThat(pages)
                .hasSizeBetween(fewest, fewest + 2)
                .allSatisfy(page -> assertThat(page.path("items")).isEmpty());
    }

    @Test
    void registrations_that_cannot_be_looked_for_are_stepped_over() {
        // five among thousands, which one request finds although it looks at no more than any other
        var best = plain().stream()
                .filter(one -> one.programme.equals(LONG.programme()) && one.score != null)
                .sorted(Comparator.comparing(Plain::score, Comparator.nullsFirst(Comparator.reverseOrder())))
                .limit(5)
                .toList();
        var query = "programme=talent-rental&scoreFrom="
                + Objects.requireNonNull(best.get(4).score).toPlainString();
        var page = list.city()
                .get(FilledList.REGISTER + "?limit=5&" + query)
                .expect(200)
                .json();
        assertThat(receipts(List.of(page)))
                .containsExactlyInAnyOrderElementsOf(
                        best.stream().map(Plain::receipt).toList());
        var nobody = list.city()
                .get(FilledList.REGISTER + "?homeRooms=9")
                .expect(200)
                .json();
        assertThat(nobody.path("items")).isEmpty();
        assertThat(nobody.has("nextCursor")).isFalse();
    }

    @Test
    void a_cursor_that_is_broken_or_of_another_filter_is_refused() {
        var cursor = list.city()
                .get(FilledList.REGISTER + "?limit=5&homeRooms=2")
                .expect(200)
                .json()
                .path("nextCursor")
                .asText();
        var good = "&cursor=" + cursor;
        list.city().get(FilledList.REGISTER + "?limit=50&homeRooms=2" + good).expect(200);
        var others = List.of(
                "", "homeRooms=1", "homeRooms=2&category=low-income", "homeRooms=2&scoreFrom=2", "householdSize=2");
        for (var other : others) {
            var refused =
                    list.city().get(FilledList.REGISTER + "?" + other + good).expect(400, "invalid-request");
            assertThat(refused.pointers()).containsExactly("/query/cursor");
        }
        Desk.of(anju, "district", "370202")
                .get(FilledList.REGISTER + "?homeRooms=2" + good)
                .expect(400, "invalid-request");
        for (var broken : List.of("x", "abcd", cursor.substring(1), cursor + "AAAA", cursor.toUpperCase(Locale.ROOT))) {
            list.city()
                    .get(FilledList.REGISTER + "?homeRooms=2&cursor=" + broken)
                    .expect(400, "invalid-request");
        }
    }

    @Test
    void a_derivation_between_two_pages_loses_and_repeats_nobody_who_did_not_change() {
        var query = "homeRooms=2&programme=public-rental";
        var before = looked(query);
        var seen = new ArrayList<String>();
        @Nullable String cursor = null;
        int pages = 0;
        do {
            var page = page(query + "&limit=40", cursor);
            seen.addAll(receipts(List.of(page)));
            cursor = page.has("nextCursor") ? page.path("nextCursor").asText() : null;
            if (pages++ == 1) {
                // others enter, and one whom the walk has not met yet leaves
                list.add(30);
                var left = before.stream()
                        .filter(one -> !seen.contains(one))
                        .findFirst()
                        .orElseThrow();
                leave(left);
                list.derive(anju.clock().instant().plus(Duration.ofDays(1)));
            }
        } while (cursor != null);
        var after = looked(query);
        var stayed = new HashSet<>(before);
        stayed.retainAll(after);
        assertThat(pages).isGreaterThan(3);
        assertThat(stayed).hasSizeGreaterThan(80).hasSizeLessThan(before.size());
        assertThat(seen).doesNotHaveDuplicates().containsAll(stayed);
        assertThat(after).containsAll(seen.subList(80, seen.size()));
    }

    private static void leave(String receipt) {
        var one = list.city()
                .get(FilledList.REGISTER + "?receiptNumber=" + receipt)
                .expect(200)
                .json()
                .path("items");
        var path =
                FilledList.REGISTER + '/' + one.path(0).path("registrationId").asText() + "/exit";
        var today = anju.clock().today().toString();
        list.city()
                .post(path, Facts.reason("exitType", "withdrawn", "occurredOn", today))
                .expect(200);
    }

    private static List<String> looked(String query) {
        return receipts(walk(query));
    }

    /** All pages. */
    private static List<JsonNode> walk(String query) {
        var pages = new ArrayList<JsonNode>();
        @Nullable String cursor = null;
        do {
            var page = page(query + "&limit=100", cursor);
            assertThat(page.path("items").size()).isLessThanOrEqualTo(100);
            pages.add(page);
            cursor = page.has("nextCursor") ? page.path("nextCursor").asText() : null;
        } while (cursor != null);
        return pages;
    }

    private static JsonNode page(String query, @Nullable String cursor) {
        var path = FilledList.REGISTER + '?' + query + (cursor == null ? "" : "&cursor=" + cursor);
        return list.city().get(path).expect(200).json();
    }

    private static List<String> receipts(List<JsonNode> pages) {
        var receipts = new ArrayList<String>();
        pages.forEach(page -> page.path("items")
                .forEach(item -> receipts.add(item.path("receiptNumber").asText())));
        return receipts;
    }
}
