package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.sandbox.RegisterFill;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.waitinglist.Registration.ListKey;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What staff write down between a registration and its exit, and what it does to the order. */
class FactsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final int HOUSEHOLDS = 60;
    private static final String REGISTER = "/v1/staff/registrations";

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @BeforeAll
    static void fill() {
        var domains = anju.domains();
        var policy = Anju.await(domains.policy.inForce(
                domains.db, LIST.cityCode(), LIST.programme(), anju.clock().today()));
        new RegisterFill(
                        domains.db,
                        domains.vault,
                        policy,
                        7,
                        anju.clock().instant().minus(Duration.ofDays(30)))
                .add(HOUSEHOLDS);
        city = Desk.of(anju, "city", "3702");
        derive();
    }

    @Test
    void the_frozen_keep_rank_and_score_and_are_shown_as_frozen() {
        var one = place(3);
        var path = REGISTER + '/' + one.path("registrationId").asText();
        var frozen = city.post(path + "/freeze", Facts.reason("freezeType", "own-request", "frozenFrom", today()))
                .expect(200)
                .json();
        assertThat(frozen.path("state").asText()).isEqualTo("frozen");
        assertThat(frozen.path("freezeType").asText()).isEqualTo("own-request");
        city.post(path + "/freeze", Facts.reason("freezeType", "other", "frozenFrom", today()))
                .expect(409, "already-frozen");
        derive();
        assertThat(find(one).path("rank").asInt()).isEqualTo(3);
        assertThat(find(one).path("score").asText()).isEqualTo(one.path("score").asText());
        assertThat(receipts("state=frozen")).containsExactly(receipt(one));
        assertThat(receipts("state=waiting")).doesNotContain(receipt(one));
        assertThat(line(place(4)).ahead()).isEqualTo(2);
        partsCountTheFrozenOut();

        city.post(path + "/unfreeze", Facts.reason("unfrozenFrom", "2020-01-01"))
                .expect(422, "fact-date-out-of-range");
        city.post(path + "/unfreeze", Facts.reason("unfrozenFrom", today())).expect(200);
        city.post(path + "/unfreeze", Facts.reason("unfrozenFrom", today())).expect(409, "not-frozen");
        derive();
        assertThat(receipts("state=frozen")).isEmpty();
        assertThat(line(place(4)).ahead()).isEqualTo(3);
        partsCountTheFrozenOut();
    }

    /** Of every household, in each part that it is in: counted one by one among all those of the part. */
    private static void partsCountTheFrozenOut() {
        var standing =
                Anju.await(anju.domains().standing.current(LIST, anju.clock().instant()));
        var districts = new HashMap<Integer, Integer>();
        var homes = new HashMap<Integer, Integer>();
        for (var one : Anju.await(new StandingStore().page(anju.db(), standing.id(), 0, 1_000))) {
            var line = one.line();
            var parts = Anju.await(new PlaceStore().place(anju.db(), standing.id(), line.registrationId()))
                    .orElseThrow()
                    .parts();
            int district = Integer.parseInt(line.districtCode());
            assertThat(ahead(standing, PlaceStore.Part.DISTRICT, district, line.districtRank()))
                    .isEqualTo(districts.getOrDefault(district, 0));
            int rooms = Objects.requireNonNull(parts.homeRooms());
            assertThat(ahead(standing, PlaceStore.Part.HOME, rooms, Objects.requireNonNull(parts.homeRank())))
                    .isEqualTo(homes.getOrDefault(rooms, 0));
            districts.merge(district, line.isFrozen() ? 0 : 1, Integer::sum);
            homes.merge(rooms, line.isFrozen() ? 0 : 1, Integer::sum);
        }
        assertThat(districts).hasSizeGreaterThan(1);
        assertThat(homes).hasSizeGreaterThan(1);
    }

    private static int ahead(Standing standing, PlaceStore.Part part, int key, int place) {
        return Anju.await(new PlaceStore().ahead(anju.db(), standing.id(), part, key, place));
    }

    @Test
    void a_second_refusal_leads_to_the_end_and_a_third_off_the_list() {
        var one = place(1);
        assertThat(waive(one, "A-1").expect(200).json().path("consequence").asText())
                .isEqualTo("none");
        waive(one, "A-1").expect(409, "waiver-recorded");
        derive();
        assertThat(find(one).path("rank").asInt()).isEqualTo(1);
        assertThat(waive(one, "A-2").expect(200).json().path("consequence").asText())
                .isEqualTo("to-the-end");
        derive();
        assertThat(find(one).path("rank").asInt())
                .isEqualTo(receipts("state=waiting").size()
                        + receipts("state=frozen").size());
        var third = waive(one, "A-3").expect(200).json();
        assertThat(third.path("consequence").asText()).isEqualTo("barred");
        assertThat(third.path("state").asText()).isEqualTo("exited");
        assertThat(LocalDate.parse(third.path("barredUntil").asText()))
                .isAfter(anju.clock().today());
        assertThat(receipts("exitType=waived")).containsExactly(receipt(one));
        waive(one, "A-4").expect(409, "already-exited");
    }

    @Test
    void a_change_of_life_is_a_new_version_and_the_old_one_stays() {
        var one = place(10);
        var path = REGISTER + '/' + one.path("registrationId").asText() + "/life-changes";
        var sealed = sealed(one);
        var member = Map.of("relation", "applicant", "birthDate", "1950-01-01", "hukouCityCode", "370200");
        var changed = city.post(
                        path,
                        changes(Map.of(
                                "members", List.of(member), "areaCode", "370203001001", "category", "low-income")))
                .expect(200)
                .json();
        assertThat(changed.path("householdSize").asInt()).isEqualTo(1);
        assertThat(changed.path("areaCode").asText()).isEqualTo("370203001001");
        derive();
        assertThat(find(one).path("score").asText())
                .isNotEqualTo(one.path("score").asText());
        assertThat(line(one).districtCode()).isEqualTo("370203");
        assertThat(sealed(one)).isEqualTo(sealed);
        assertThat(receipts("householdSize=1")).contains(receipt(one));
        assertThat(receipts("areaCode=370203")).contains(receipt(one));

        city.post(path, changes(Map.of())).expect(422, "nothing-changed");
        city.post(path, changes(Map.of("areaCode", "370299001001"))).expect(422, "unknown-community");
        city.post(path, changes(Map.of("members", List.of(member, member)))).expect(422, "facts-contradict");
        Desk.of(anju, "district", "370202")
                .post(path, changes(Map.of("assetsFen", 1)))
                .expect(404);
    }

    @Test
    void filters_narrow_together_and_pages_follow_each_other() {
        var all = receipts("");
        assertThat(all).doesNotHaveDuplicates();
        var walked = new ArrayList<String>();
        for (String cursor = ""; cursor != null; ) {
            var page = city.get(REGISTER + "?limit=7" + cursor).expect(200).json();
            page.path("items").forEach(item -> walked.add(receipt(item)));
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : null;
        }
        assertThat(walked).isEqualTo(all);
        var one = place(5);
        var score = one.path("score").asText();
        assertThat(receipts("scoreFrom=" + score + "&scoreTo=" + score)).contains(receipt(one));
        assertThat(receipts("scoreFrom=9999")).isEmpty();
        assertThat(receipts("receiptPrefix=" + receipt(one).substring(0, 20))).containsExactly(receipt(one));
        var day = one.path("registeredOn").asText();
        assertThat(receipts("registeredFrom=" + day + "&registeredTo=" + day)).contains(receipt(one));
        assertThat(receipts("category=new-graduate")).isEmpty();
        var sizes = Anju.await(anju.db()
                .list(
                        "SELECT DISTINCT key FROM waitinglist.standing_part WHERE part = 'home'",
                        row -> row.getInteger(0)));
        assertThat(sizes.stream()
                        .flatMap(rooms -> receipts("homeRooms=" + rooms).stream())
                        .toList())
                .hasSameSizeAs(
                        items("").stream().filter(item -> item.has("rank")).toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void waiting_points_grow_with_the_days_and_no_fact_is_written() {
        var standings = anju.domains().standing;
        var facts = facts();
        var first = Anju.await(standings.current(LIST, anju.clock().instant()));
        var later = Anju.await(standings.current(LIST, anju.clock().instant().plus(Duration.ofDays(800))));
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
        var standings = anju.domains().standing;
        Anju.await(standings.current(LIST, now.plus(Duration.ofDays(900))));
        var newest = Anju.await(standings.current(LIST, now.plus(Duration.ofDays(901))));
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

    @Test
    void nobody_changes_a_fact_not_even_the_owner_of_the_database() throws Exception {
        var address = anju.databaseAddress();
        try (var owner = DriverManager.getConnection(
                        "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                        address.user(),
                        address.password());
                var statement = owner.createStatement()) {
            for (var table : List.of("registration", "exit", "freeze", "waiver", "inputs", "rules")) {
                for (var change : List.of("DELETE FROM waitinglist.", "TRUNCATE waitinglist.")) {
                    var text = change + table + (change.startsWith("TRUNCATE") ? " CASCADE" : "");
                    assertThatThrownBy(() -> statement.execute(text)).as(text).hasMessageContaining("only ever added");
                    assertThatThrownBy(() -> Anju.await(anju.db().execute(text)))
                            .as(text)
                            .hasMessageContaining("permission denied");
                }
            }
        }
    }

    @AfterAll
    static void the_register_says_what_the_facts_say() {
        var said = """
                SELECT registration_id, city_code, programme, area_code, receipt_number::text, household_size, category,
                       registered_on,
                       CASE WHEN exit_type IS NOT NULL THEN 'exited' WHEN freeze_type IS NOT NULL THEN 'frozen'
                            ELSE 'waiting' END AS state, exit_type
                  FROM waitinglist.household
                """;
        var kept = """
                SELECT registration_id, city_code, programme, area_code, receipt_number::text, household_size, category,
                       registered_on, state, exit_type
                  FROM waitinglist.register
                """;
        for (var pair : List.of(List.of(said, kept), List.of(kept, said))) {
            assertThat(Anju.await(anju.db()
                            .list("(" + pair.get(0) + ") EXCEPT (" + pair.get(1) + ")", row -> row.getUUID(0))))
                    .isEmpty();
        }
        assertThat(Anju.await(
                        anju.db().list("SELECT DISTINCT state FROM waitinglist.register", row -> row.getString(0))))
                .contains("exited", "waiting");
    }

    private static List<Long> facts() {
        return Anju.await(anju.db().list("""
                        SELECT (SELECT count(*) FROM waitinglist.registration) + (SELECT count(*) FROM waitinglist.exit)
                               + (SELECT count(*) FROM waitinglist.inputs) + (SELECT sum(version) FROM waitinglist.list)
                        """, row -> row.getNumeric(0).longValue()));
    }

    private static void derive() {
        Anju.await(anju.domains().standing.current(LIST, anju.clock().instant()));
    }

    private static String today() {
        return anju.clock().today().toString();
    }

    private static Answer waive(JsonNode one, String offer) {
        return city.post(
                REGISTER + '/' + one.path("registrationId").asText() + "/waivers",
                Facts.reason("waivedOn", today(), "offerNumber", offer));
    }

    private static Map<String, Object> changes(Map<String, ?> changes) {
        var body = Facts.reason("effectiveOn", today());
        body.put("changes", changes);
        return body;
    }

    private static String receipt(JsonNode one) {
        return one.path("receiptNumber").asText();
    }

    private static JsonNode place(int rank) {
        return items("").stream()
                .filter(item -> item.path("rank").asInt() == rank)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode find(JsonNode one) {
        return items("receiptNumber=" + receipt(one)).get(0);
    }

    private static List<String> receipts(String query) {
        return items(query).stream().map(FactsIT::receipt).toList();
    }

    private static List<JsonNode> items(String query) {
        var items = new ArrayList<JsonNode>();
        city.get(REGISTER + "?limit=100" + (query.isEmpty() ? "" : "&" + query))
                .expect(200)
                .json()
                .path("items")
                .forEach(items::add);
        return items;
    }

    private static Standing.Line line(JsonNode one) {
        Instant now = anju.clock().instant();
        var standing = Anju.await(anju.domains().standing.current(LIST, now));
        var id = UUID.fromString(one.path("registrationId").asText());
        return Anju.await(new StandingStore().line(anju.db(), standing.id(), id))
                .orElseThrow();
    }

    private static String sealed(JsonNode one) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT encode(facts_sealed, 'hex') FROM waitinglist.registration WHERE receipt_number = $1",
                                row -> row.getString(0),
                                receipt(one)))
                .orElseThrow();
    }
}
