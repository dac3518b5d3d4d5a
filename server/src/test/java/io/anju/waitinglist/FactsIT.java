package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.LocalDate;
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

    private static final int HOUSEHOLDS = 60;

    @SuppressWarnings("NullAway.Init")
    private static FilledList list;

    @BeforeAll
    static void fill() {
        list = new FilledList(anju, 7, HOUSEHOLDS);
    }

    @Test
    void the_frozen_keep_rank_and_score_and_are_shown_as_frozen() {
        var one = list.place(3);
        var path = FilledList.REGISTER + '/' + one.path("registrationId").asText();
        var frozen = list.city()
                .post(path + "/freeze", Facts.reason("freezeType", "own-request", "frozenFrom", today()))
                .expect(200)
                .json();
        assertThat(frozen.path("state").asText()).isEqualTo("frozen");
        assertThat(frozen.path("freezeType").asText()).isEqualTo("own-request");
        list.city()
                .post(path + "/freeze", Facts.reason("freezeType", "other", "frozenFrom", today()))
                .expect(409, "already-frozen");
        list.derive();
        assertThat(find(one).path("rank").asInt()).isEqualTo(3);
        assertThat(find(one).path("score").asText()).isEqualTo(one.path("score").asText());
        assertThat(list.receipts("state=frozen")).containsExactly(FilledList.receipt(one));
        assertThat(list.receipts("state=waiting")).doesNotContain(FilledList.receipt(one));
        assertThat(line(list.place(4)).ahead()).isEqualTo(2);
        partsCountTheFrozenOut();

        list.city()
                .post(path + "/unfreeze", Facts.reason("unfrozenFrom", "2020-01-01"))
                .expect(422, "fact-date-out-of-range");
        list.city()
                .post(path + "/unfreeze", Facts.reason("unfrozenFrom", today()))
                .expect(200);
        list.city()
                .post(path + "/unfreeze", Facts.reason("unfrozenFrom", today()))
                .expect(409, "not-frozen");
        list.derive();
        assertThat(list.receipts("state=frozen")).isEmpty();
        assertThat(line(list.place(4)).ahead()).isEqualTo(3);
        partsCountTheFrozenOut();
    }

    /** Of every household, in each part that it is in: counted one by one among all those of the part. */
    private static void partsCountTheFrozenOut() {
        var standing = Anju.await(anju.domains()
                .lists
                .standing
                .current(FilledList.KEY, anju.clock().instant()));
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
        var one = list.place(1);
        assertThat(waive(one, "A-1").expect(200).json().path("consequence").asText())
                .isEqualTo("none");
        waive(one, "A-1").expect(409, "waiver-recorded");
        list.derive();
        assertThat(find(one).path("rank").asInt()).isEqualTo(1);
        assertThat(waive(one, "A-2").expect(200).json().path("consequence").asText())
                .isEqualTo("to-the-end");
        list.derive();
        assertThat(find(one).path("rank").asInt())
                .isEqualTo(list.receipts("state=waiting").size()
                        + list.receipts("state=frozen").size());
        var third = waive(one, "A-3").expect(200).json();
        assertThat(third.path("consequence").asText()).isEqualTo("barred");
        assertThat(third.path("state").asText()).isEqualTo("exited");
        assertThat(LocalDate.parse(third.path("barredUntil").asText()))
                .isAfter(anju.clock().today());
        assertThat(list.receipts("exitType=waived")).containsExactly(FilledList.receipt(one));
        waive(one, "A-4").expect(409, "already-exited");
    }

    @Test
    void a_change_of_life_is_a_new_version_and_the_old_one_stays() {
        var one = list.place(10);
        var path = FilledList.REGISTER + '/' + one.path("registrationId").asText() + "/life-changes";
        var sealed = sealed(one);
        var member = Map.of("relation", "applicant", "birthDate", "1950-01-01", "hukouCityCode", "370200");
        var changed = list.city()
                .post(
                        path,
                        changes(Map.of(
                                "members", List.of(member), "areaCode", "370203001001", "category", "low-income")))
                .expect(200)
                .json();
        assertThat(changed.path("householdSize").asInt()).isEqualTo(1);
        assertThat(changed.path("areaCode").asText()).isEqualTo("370203001001");
        list.derive();
        assertThat(find(one).path("score").asText())
                .isNotEqualTo(one.path("score").asText());
        assertThat(line(one).districtCode()).isEqualTo("370203");
        assertThat(sealed(one)).isEqualTo(sealed);
        assertThat(list.receipts("householdSize=1")).contains(FilledList.receipt(one));
        assertThat(list.receipts("areaCode=370203")).contains(FilledList.receipt(one));

        list.city().post(path, changes(Map.of())).expect(422, "nothing-changed");
        list.city().post(path, changes(Map.of("areaCode", "370299001001"))).expect(422, "unknown-community");
        list.city()
                .post(path, changes(Map.of("members", List.of(member, member))))
                .expect(422, "facts-contradict");
        Desk.of(anju, "district", "370202")
                .post(path, changes(Map.of("assetsFen", 1)))
                .expect(404);
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

    private static String today() {
        return anju.clock().today().toString();
    }

    private static Answer waive(JsonNode one, String offer) {
        return list.city()
                .post(
                        FilledList.REGISTER + '/' + one.path("registrationId").asText() + "/waivers",
                        Facts.reason("waivedOn", today(), "offerNumber", offer));
    }

    private static Map<String, Object> changes(Map<String, ?> changes) {
        var body = Facts.reason("effectiveOn", today());
        body.put("changes", changes);
        return body;
    }

    private static JsonNode find(JsonNode one) {
        return list.items("receiptNumber=" + FilledList.receipt(one)).get(0);
    }

    private static Standing.Line line(JsonNode one) {
        Instant now = anju.clock().instant();
        var standing = Anju.await(anju.domains().lists.standing.current(FilledList.KEY, now));
        var id = UUID.fromString(one.path("registrationId").asText());
        return Anju.await(new StandingStore().line(anju.db(), standing.id(), id))
                .orElseThrow();
    }

    private static String sealed(JsonNode one) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT encode(facts_sealed, 'hex') FROM waitinglist.registration WHERE receipt_number = $1",
                                row -> row.getString(0),
                                FilledList.receipt(one)))
                .orElseThrow();
    }
}
