package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Offices;
import io.anju.testing.People;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main line over HTTP, from log-in to a place on the list: the three households whose scores the rule's own text gives. */
class MainLineIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMMUNITY = "370202001001";
    private static final LocalTime MORNING = LocalTime.of(9, 30);
    /** 183 days after a birthday whose year has 366: half a year of age to the day. */
    private static final LocalDate CUT_OFF = LocalDate.of(2036, 3, 2);

    private final Cases cases = new Cases(anju);

    @Test
    void qingdao_orders_three_households_by_the_scores_of_its_rule() {
        var offices = Offices.of(anju, "370202001");
        var single = registered(single(), LocalDate.of(2029, 1, 8), offices);
        var family = registered(family(), LocalDate.of(2033, 1, 10), offices);
        var parent = registered(parentWithChild(), LocalDate.of(2036, 2, 1), offices);
        at(CUT_OFF);

        assertThat(placeOf(single)).isEqualTo("1 of 3: 84.3438");
        assertThat(placeOf(family)).isEqualTo("2 of 3: 71.0000");
        assertThat(placeOf(parent)).isEqualTo("3 of 3: 49.5000");
        assertThat(publicList(""))
                .containsExactly(
                        "1 " + single.receiptNumber() + " 84.3438",
                        "2 " + family.receiptNumber() + " 71.0000",
                        "3 " + parent.receiptNumber() + " 49.5000");
        assertThat(publicList("?districtCode=370203")).isEmpty();
        pages_follow_each_other(single, family);
        who_has_the_list_is_not_sent_it_again();
        a_place_is_told_in_each_part_and_item_by_item(family);
        a_receipt_tells_state_and_rank_only(family);
        nobody_reads_the_place_of_another(single, family);
        whoever_is_housed_leaves_and_the_next_learns_why(single, family, offices.district());
    }

    private void pages_follow_each_other(Case first, Case second) {
        var page = anju.http()
                .get("/v1/waiting-lists/370200/public-rental/entries?limit=1")
                .expect(200)
                .json();
        assertThat(page.path("items").path(0).path("receiptNumber").asText()).isEqualTo(first.receiptNumber());
        var next = "?limit=1&cursor=" + page.path("nextCursor").asText();
        assertThat(publicList(next)).containsExactly("2 " + second.receiptNumber() + " 71.0000");
        anju.http().get("/v1/waiting-lists/320300/public-rental/entries" + next).expect(400);
    }

    private static void who_has_the_list_is_not_sent_it_again() {
        var path = "/v1/waiting-lists/370200/public-rental/entries?homeRooms=2";
        var first = anju.http().get(path).expect(200);
        assertThat(first.header("Cache-Control")).contains("max-age");
        anju.http()
                .request("GET", path)
                .header("If-None-Match", first.header("ETag"))
                .send()
                .expect(304);
        var results = anju.http()
                .get("/v1/waiting-lists/370200/public-rental/allocation-results")
                .expect(200)
                .json();
        assertThat(results.path("items")).isEmpty();
        assertThat(results.path("text").asText()).startsWith("尚无可公布的配租结果");
        anju.http()
                .get("/v1/waiting-lists/990000/public-rental/allocation-results")
                .expect(404);
    }

    private void a_place_is_told_in_each_part_and_item_by_item(Case one) {
        var told = cases.registration(one);
        var parts = told.path("standing").path("subRanks");
        assertThat(parts.findValuesAsText("key")).containsExactly("370202", "2");
        assertThat(parts.path(1).path("rank").asInt()).isEqualTo(1);
        assertThat(parts.path(1).path("total").asInt()).isEqualTo(2);
        var housing = told.path("standing").path("scoreItems").path(0);
        assertThat(housing.path("facts").path(0).path("name").asText()).isEqualTo("perCapitaAreaSqm");
        assertThat(housing.path("facts").path(0).path("value").asText()).isEqualTo("6.5");
        assertThat(housing.path("bound").asText()).isEqualTo("13");
        assertThat(told.path("waitingTime").path("status").asText()).isEqualTo("not_enough_data");
    }

    private static void a_receipt_tells_state_and_rank_only(Case one) {
        var told = anju.http()
                .get("/v1/receipts/" + one.receiptNumber())
                .expect(200)
                .json();
        assertThat(told.path("state").asText()).isEqualTo("registered");
        assertThat(told.path("rank").asInt()).isEqualTo(2);
        assertThat(told.size()).isEqualTo(5);
        var last = one.receiptNumber().charAt(one.receiptNumber().length() - 1);
        var mistyped = one.receiptNumber().substring(0, one.receiptNumber().length() - 1) + (last == 'A' ? 'B' : 'A');
        assertThat(anju.http()
                        .get("/v1/receipts/" + mistyped)
                        .expect(422)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("receipt-number-mistyped");
    }

    private static void nobody_reads_the_place_of_another(Case one, Case other) {
        anju.http().get(one.path() + "/registration", other.resident().token()).expect(404);
        anju.http().get(one.path() + "/registration").expect(401);
    }

    private void whoever_is_housed_leaves_and_the_next_learns_why(Case housed, Case next, Desk district) {
        at(CUT_OFF.plusDays(1));
        var listed = district.get("/v1/staff/registrations?receiptNumber=" + housed.receiptNumber())
                .expect(200)
                .json()
                .path("items")
                .path(0);
        var exit = "/v1/staff/registrations/" + listed.path("registrationId").asText() + "/exit";
        Desk.of(anju, "district", "370203")
                .post(exit, reason(CUT_OFF.plusDays(1)))
                .expect(404);
        district.post(exit, reason(CUT_OFF.plusDays(2))).expect(422);
        assertThat(district.post(exit, reason(CUT_OFF.plusDays(1)))
                        .expect(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("exited");
        district.post(exit, reason(CUT_OFF.plusDays(1))).expect(409);

        assertThat(placeOf(next)).startsWith("1 of 2: ");
        var moved = cases.registration(next).path("movements");
        assertThat(moved.path("rankBefore").asInt()).isEqualTo(2);
        assertThat(moved.path("reasons").path(0).path("code").asText()).isEqualTo("left-ahead-housed");
        assertThat(moved.path("causes").path(0).path("code").asText()).isEqualTo("left-housed");
        assertThat(moved.path("causes").path(0).path("change").asInt()).isEqualTo(-1);
        assertThat(moved.path("reasons").path(0).path("text").asText()).isEqualTo("前面有 1 户已获配租");
        assertThat(cases.registration(housed).path("exit").path("finding").asText())
                .startsWith("已签订");
        assertThat(anju.http()
                        .get("/v1/receipts/" + housed.receiptNumber())
                        .expect(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("left_list");
    }

    @Test
    void xuzhou_orders_by_application_and_does_not_score() {
        at(LocalDate.of(2036, 4, 7));
        var one = cases.handIn("320302001001");
        var community = Desk.of(anju, "community", "320302001001");
        var city = Desk.of(anju, "city", "3203");
        community.approve(one).expect(200);
        community.publishAndClose("community-publicity");
        Desk.of(anju, "street", "320302001").approve(one).expect(200);
        Desk.of(anju, "civil-affairs", "320302").approve(one).expect(200);
        Desk.of(anju, "district", "320302").approve(one).expect(200);
        city.approve(one).expect(200);
        city.publishAndClose("city-publicity");
        assertThat(placeOf(one)).isEqualTo("1 of 1: 0.0000");
    }

    /** Born 183 days before the cut-off day, 62 years before; no home; 1200 yuan. */
    private Map<String, Object> single() {
        var born = LocalDate.of(1973, 9, 1);
        var household = cases.household(COMMUNITY);
        household.put("members", List.of(member("applicant", "male", "divorced", born, 501, 120_000)));
        return household;
    }

    /** A couple of 40 at the cut-off day with a child; 6.5 ㎡ and 900 yuan for each. */
    private Map<String, Object> family() {
        var born = LocalDate.of(1996, 3, 2);
        var household = cases.household(COMMUNITY);
        household.put(
                "members",
                List.of(
                        member("applicant", "male", "married", born, 503, 270_000),
                        member("spouse", "female", "married", born, 504, 0),
                        member("child", "female", "never-married", LocalDate.of(2022, 5, 5), 506, 0)));
        household.put("homes", List.of(home("19.50")));
        return household;
    }

    /** A parent of 36 with a child; 9.75 ㎡ and 920 yuan for each. */
    private Map<String, Object> parentWithChild() {
        var household = cases.household(COMMUNITY);
        household.put(
                "members",
                List.of(
                        member("applicant", "female", "divorced", LocalDate.of(2000, 3, 2), 508, 184_000),
                        member("child", "male", "never-married", LocalDate.of(2025, 6, 1), 509, 0)));
        household.put("homes", List.of(home("19.50")));
        return household;
    }

    private static Map<String, Object> member(
            String relation, String sex, String status, LocalDate born, int number, int monthlyFen) {
        var member = new LinkedHashMap<String, Object>();
        member.put("fullName", "例" + "甲乙丙丁戊己庚辛壬癸".charAt(number % 10));
        member.put("nationalId", People.nationalId(born, number));
        member.put("relation", relation);
        member.put("sex", sex);
        member.put("birthDate", born.toString());
        member.put("maritalStatus", status);
        member.put("hukou", Map.of("cityCode", "370200", "since", born.toString()));
        member.put("specialGroups", List.of());
        member.put("incomes", monthlyFen == 0 ? List.of() : List.of(Map.of("kind", "wage", "monthlyFen", monthlyFen)));
        return member;
    }

    private static Map<String, Object> home(String areaSqm) {
        return Map.of("tenure", "owned", "kind", "apartment", "areaSqm", areaSqm, "address", "青岛市示例路 8 号");
    }

    private static Map<String, Object> reason(LocalDate occurredOn) {
        return Map.of(
                "exitType", "housed",
                "occurredOn", occurredOn.toString(),
                "finding", "已签订公共租赁住房租赁合同并入住",
                "basis", "《公共租赁住房管理办法》第十七条",
                "evidenceNumber", "ZL-2036-000001",
                "remedy", "可自收到通知之日起六十日内申请行政复议");
    }

    private Case registered(Map<String, Object> household, LocalDate appliesOn, Offices offices) {
        at(appliesOn);
        var one = offices.register(cases.handIn(household));
        assertThat(cases.state(one)).isEqualTo("registered");
        return one;
    }

    private static void at(LocalDate day) {
        anju.clock().set(day, MORNING);
        anju.runJobs();
    }

    private String placeOf(Case one) {
        var standing = cases.registration(one).path("standing");
        return standing.path("rank").asText() + " of " + standing.path("total").asText() + ": "
                + standing.path("score").asText();
    }

    private static List<String> publicList(String query) {
        var page = anju.http()
                .get("/v1/waiting-lists/370200/public-rental/entries" + query)
                .expect(200)
                .json();
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .map(line -> line.path("rank").asText() + " "
                        + line.path("receiptNumber").asText() + " "
                        + line.path("score").asText())
                .toList();
    }
}
