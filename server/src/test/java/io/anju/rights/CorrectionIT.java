package io.anju.rights;

import static io.anju.rights.CorrectionForms.decision;
import static io.anju.rights.CorrectionForms.topics;
import static io.anju.rights.CorrectionForms.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.NationalId;
import io.anju.identity.Role;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Proxies;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mistakes in what is held about a resident: asked for, decided with a reason, and never written over. */
class CorrectionIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMMUNITY = "370202001001";
    private static final String MINE = "/v1/me/corrections";
    private static final String WORK = "/v1/staff/corrections";
    private static final String READING = "?reason=%E5%8A%9E%E7%90%86%E6%9B%B4%E6%AD%A3";

    private final Cases cases = new Cases(anju);

    @Test
    void what_is_right_stands_beside_the_file_and_what_was_handed_in_stays() {
        var one = cases.handIn(COMMUNITY);
        var street = Desk.of(anju, "street", "370202001");
        var before = file(street, one);
        var id = id(ask(one, "application", one.id()).expect(201));
        assertThat(file(street, one).path("amendments")).isEmpty();

        var decided = street.post(WORK + "/" + id + "/decision", decision("uphold"))
                .expect(200)
                .json();
        assertThat(decided.path("state").asText()).isEqualTo("upheld");
        assertThat(decided.path("office").asText()).isEqualTo("测试street370202001");
        var after = file(street, one);
        assertThat(after.path("household")).isEqualTo(before.path("household"));
        assertThat(after.path("contentSha256")).isEqualTo(before.path("contentSha256"));
        assertThat(after.at("/amendments/0/correct").asText()).isEqualTo("9.50 平方米");
        assertThat(topics(anju, id)).containsExactly("data-correction.requested", "data-correction.upheld");
        var mine = anju.http()
                .get(MINE + "/" + id, one.resident().token())
                .expect(200)
                .json();
        assertThat(mine.path("remedy").asText()).contains("行政复议");
        street.post(WORK + "/" + id + "/decision", decision("refuse")).expect(409, "correction-decided");
    }

    @Test
    void a_refusal_has_a_reason_and_can_be_complained_about() {
        var one = cases.handIn(COMMUNITY);
        var district = Desk.of(anju, "district", "370202");
        var id = id(ask(one, "application", one.id()).expect(201));
        var named = decision("refuse");
        named.put("finding", "已致电 13812345678 核实无误");
        district.post(WORK + "/" + id + "/decision", named).expect(422, "correction-reason-names-a-person");
        var refused =
                district.post(WORK + "/" + id + "/decision", decision("refuse")).expect(200);
        assertThat(refused.json().path("finding").asText()).isNotEmpty();
        assertThat(file(Desk.of(anju, "street", "370202001"), one).path("amendments"))
                .isEmpty();
        var complaint = Map.of(
                "cityCode", "370200",
                "kind", "complaint",
                "category", "application-handling",
                "text", "更正申请被拒绝，理由不成立。",
                "subject", Map.of("type", "application", "subjectId", one.id().toString()));
        anju.http().post("/v1/complaints", one.resident().token(), complaint).expect(201);
        ask(one, "application", one.id()).expect(201); // and asked again, with better evidence
    }

    @Test
    void a_registration_is_put_right_by_its_next_facts_and_only_by_who_keeps_the_register() {
        var one = registered();
        var district = Desk.of(anju, "district", "370202");
        var registrationId =
                UUID.fromString(district.get("/v1/staff/registrations?receiptNumber=" + one.receiptNumber())
                        .expect(200)
                        .json()
                        .at("/items/0/registrationId")
                        .asText());
        var path = WORK + "/" + id(ask(one, "registration", registrationId).expect(201)) + "/decision";
        district.post(path, decision("uphold")).expect(422, "correction-needs-changes");
        var refusing = decision("refuse");
        refusing.put("changes", Map.of("ownedAreaSqm", "9.50"));
        refusing.put("effectiveOn", anju.clock().today().toString());
        district.post(path, refusing).expect(422, "correction-takes-no-changes");
        var upholding = decision("uphold");
        upholding.put("changes", Map.of("ownedAreaSqm", "9.50"));
        upholding.put("effectiveOn", anju.clock().today().toString());
        Desk.of(anju, "district", "370202", "受理员", Set.of(Role.INTAKE))
                .post(path, upholding)
                .expect(403, "forbidden");
        assertThat(versions(registrationId)).isZero();
        district.post(path, upholding).expect(200);
        assertThat(versions(registrationId)).isEqualTo(1);
    }

    @Test
    void the_name_of_an_account_becomes_the_one_on_the_card() {
        var person = new Proxies(anju).person("王小名", LocalDate.of(1977, 1, 1));
        var wish = wish("identity", null);
        wish.put("correct", "王小明 13812345678");
        anju.http().post(MINE, person.token(), wish).expect(422, "correction-name-invalid");
        wish.put("correct", "王小明");
        anju.http().post(MINE, person.token(), wish).expect(422, "correction-subject-unknown");
        wish.put("cityCode", "370200");
        anju.http().post(MINE, anju.people().resident(), wish).expect(422, "correction-subject-unknown");
        var id = id(anju.http().post(MINE, person.token(), wish).expect(201));
        Desk.of(anju, "district", "370202")
                .post(WORK + "/" + id + "/decision", decision("uphold"))
                .expect(404);
        Desk.of(anju, "city", "3702")
                .post(WORK + "/" + id + "/decision", decision("uphold"))
                .expect(200);
        var resident =
                Anju.await(anju.domains().identity.accountOf(anju.db(), "王小明", NationalId.parse(person.nationalId())));
        assertThat(resident).isPresent();
    }

    @Test
    void whoever_is_close_to_the_household_neither_opens_nor_decides() {
        var one = cases.handIn(COMMUNITY);
        var id = id(ask(one, "application", one.id()).expect(201));
        var relative = Desk.of(anju, "street", "370202001");
        relative.post("/v1/staff/recusals", Map.of("nationalId", applicant(one), "ground", "sibling"))
                .expect(201);
        relative.get(WORK + "/" + id + READING).expect(409, "recusal-required");
        relative.post(WORK + "/" + id + "/decision", decision("uphold")).expect(409, "recusal-required");
        assertThat(anju.http()
                        .get("/v1/me/file-views", one.resident().token())
                        .json()
                        .path("items"))
                .isEmpty();
        Desk.of(anju, "street", "370202001")
                .post(WORK + "/" + id + "/decision", decision("uphold"))
                .expect(200);
    }

    @Test
    void who_opened_it_and_why_is_told_and_the_list_is_masked() {
        var one = cases.handIn(COMMUNITY);
        var id = id(ask(one, "application", one.id()).expect(201));
        var street = Desk.of(anju, "street", "370202001");
        var line = line(street, id);
        assertThat(line.path("maskedName").asText()).isEqualTo("试**");
        assertThat(line.has("correct")).isFalse();
        assertThat(line.path("overdue").asBoolean()).isFalse();
        street.get(WORK + "/" + id + READING).expect(200);
        var view = anju.http()
                .get("/v1/me/file-views", one.resident().token())
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(view.path("what").asText()).isEqualTo("办理更正");
        assertThat(view.path("applicationId").asText()).isEqualTo(one.id().toString());
        for (var stranger : List.of(Desk.of(anju, "street", "370202002"), Desk.of(anju, "city", "3203"))) {
            stranger.get(WORK + "/" + id + READING).expect(404);
            stranger.post(WORK + "/" + id + "/decision", decision("uphold")).expect(404);
        }
        anju.clock().advance(Duration.ofDays(31));
        assertThat(line(street, id).path("overdue").asBoolean()).isTrue();
    }

    @Test
    void takes_only_what_is_ones_own_once_at_a_time_and_ten_in_all() {
        var one = cases.handIn(COMMUNITY);
        var other = cases.handIn(COMMUNITY);
        ask(one, "application", other.id()).expect(422, "correction-subject-unknown");
        ask(one, "lease", UUID.randomUUID()).expect(422, "correction-subject-unknown");
        ask(one, "registration", one.id()).expect(422, "correction-subject-unknown");
        var answers = Stream.generate(() -> anju.http()
                        .request("POST", MINE)
                        .token(one.resident().token())
                        .body(wish("application", one.id())))
                .limit(6)
                .map(call -> call.sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(5);
        anju.http().get(MINE + "/" + onlyId(one), other.resident().token()).expect(404);
    }

    @Test
    void is_taken_back_while_it_is_open_and_keeps_the_account_until_then() {
        var one = cases.handIn(COMMUNITY);
        anju.http()
                .post(one.path() + "/withdrawal", one.resident().token(), Map.of("reason", "不再申请"))
                .expect(200);
        var id = id(ask(one, "application", one.id()).expect(201));
        var token = one.resident().token();
        var held = anju.http()
                .post("/v1/me/deletion", token, null)
                .expect(409, "account-in-use")
                .json();
        assertThat(held.path("detail").asText()).contains("data-corrections");
        anju.http().post(MINE + "/" + id + "/withdrawal", token, null).expect(200);
        anju.http().post(MINE + "/" + id + "/withdrawal", token, null).expect(409, "correction-decided");
        var gone = anju.http().post("/v1/me/deletion", token, null).expect(200).json();
        assertThat(gone.path("kept").findValuesAsText("kind")).contains("data-corrections");
    }

    @Test
    void how_one_can_be_reached_is_changed_at_once() {
        var one = cases.handIn(COMMUNITY);
        var path = one.path() + "/contact";
        var token = one.resident().token();
        anju.http().post(path, token, Map.of()).expect(422, "contact-without-change");
        var changed = anju.http()
                .post(path, token, Map.of("addressLine", "新地址路 9 号"))
                .expect(200)
                .json();
        assertThat(changed.path("state").asText()).isEqualTo("upheld");
        anju.clock().advance(Duration.ofSeconds(1)); // the newest is told first
        var challenge = anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", "13911112222"))
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
        anju.runJobs();
        var wrong = Map.of("phone", Map.of("challengeId", challenge, "code", "000000"));
        var code =
                anju.people().messages("13911112222").at("/0/parameters/code").asText();
        if (!code.equals("000000")) {
            anju.http().post(path, token, wrong).expect(422, "one-time-code-wrong");
        }
        var right = Map.of("phone", Map.of("challengeId", challenge, "code", code));
        var phone = anju.http().post(path, token, right).expect(200).json();
        assertThat(phone.path("maskedPhone").asText()).isEqualTo("139****2222");
        var amendments = file(Desk.of(anju, "street", "370202001"), one).path("amendments");
        assertThat(amendments).hasSize(2);
        assertThat(amendments.get(0).path("phone").asText()).isEqualTo("13911112222");
        assertThat(amendments.get(1).path("addressLine").asText()).isEqualTo("新地址路 9 号");
        anju.http()
                .post(path, anju.people().resident(), Map.of("addressLine", "别处"))
                .expect(404);
    }

    @Test
    void a_proxy_asks_within_the_mandate_and_is_named() {
        var one = cases.handIn(COMMUNITY);
        var proxies = new Proxies(anju);
        var proxy = proxies.person("代办人", LocalDate.of(1980, 3, 3));
        var mandate = proxies.mandate(one.resident().token(), proxy.token(), List.of("apply"));
        var asked = proxies.as(proxy.token(), mandate, "POST", MINE)
                .body(wish("application", one.id()))
                .send()
                .expect(201)
                .json();
        assertThat(asked.path("proxy").asText()).isEqualTo("代**");
        proxies.as(proxy.token(), mandate, "GET", MINE).send().expect(403, "proxy-not-valid");
    }

    @Test
    void the_database_refuses_other_moves_and_knows_the_same_ones() {
        var one = cases.handIn(COMMUNITY);
        var id = id(ask(one, "application", one.id()).expect(201));
        Desk.of(anju, "street", "370202001")
                .post(WORK + "/" + id + "/decision", decision("uphold"))
                .expect(200);
        assertThatThrownBy(() -> execute("UPDATE rights.correction SET state = 'refused' WHERE id = '" + id + "'"))
                .hasMessageContaining("moves");
        assertThatThrownBy(() -> execute("UPDATE rights.correction SET office = 'x' WHERE id = '" + id + "'"))
                .hasMessageContaining("stays as it was told");
        assertThatThrownBy(() -> execute("UPDATE rights.correction SET content = '' WHERE id = '" + id + "'"))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> execute("DELETE FROM rights.correction WHERE id = '" + id + "'"))
                .hasMessageContaining("stays with the file");
        var known = new TreeSet<>(Anju.await(anju.db()
                .list(
                        "SELECT from_state, to_state FROM rights.correction_move",
                        row -> row.getString(0) + ">" + row.getString(1))));
        var legal = new TreeSet<String>();
        for (var from : Correction.State.values()) {
            from.nextStates().forEach(to -> legal.add(from.id() + ">" + to.id()));
        }
        assertThat(known).isEqualTo(legal);
    }

    @Test
    void is_in_the_copy_of_the_data() {
        var one = cases.handIn(COMMUNITY);
        var id = id(ask(one, "application", one.id()).expect(201));
        Desk.of(anju, "street", "370202001")
                .post(WORK + "/" + id + "/decision", decision("uphold"))
                .expect(200);
        var owner = Anju.await(anju.domains().identity.resident(anju.db(), residentId(one)));
        var held = Anju.await(anju.domains().residentFiles.export(anju.db(), owner));
        var rows = held.stream()
                .filter(each -> each.kind().equals("data-corrections"))
                .findFirst()
                .orElseThrow()
                .rows();
        assertThat(rows).hasSize(1);
        rows.get(0)
                .fieldNames()
                .forEachRemaining(
                        name -> assertThat(OwnDataPage.hasTitle(name)).as(name).isTrue());
        assertThat(rows.get(0).path("correct").asText()).isEqualTo("9.50 平方米");
        assertThat(rows.get(0).path("remedy").asText()).contains("行政复议");
    }

    private Case registered() {
        var one = cases.handIn(COMMUNITY);
        var street = Desk.of(anju, "street", "370202001");
        var district = Desk.of(anju, "district", "370202");
        street.approve(one).expect(200);
        street.publishAndClose("street-publicity");
        district.verifyAndApprove(one);
        district.publishAndClose("district-publicity");
        return one;
    }

    private static Answer ask(Case one, String subject, UUID id) {
        return anju.http().post(MINE, one.resident().token(), wish(subject, id));
    }

    private static String id(Answer answer) {
        return answer.json().path("correctionId").asText();
    }

    private static String onlyId(Case one) {
        var items =
                anju.http().get(MINE, one.resident().token()).expect(200).json().path("items");
        assertThat(items).hasSize(1);
        return items.get(0).path("correctionId").asText();
    }

    private static JsonNode line(Desk desk, String id) {
        for (var item : desk.get(WORK + "?limit=100").expect(200).json().path("items")) {
            if (item.path("correctionId").asText().equals(id)) {
                return item;
            }
        }
        throw new AssertionError("not in the list: " + id);
    }

    private static JsonNode file(Desk desk, Case one) {
        return desk.get("/v1/staff/application-files/" + one.id() + READING)
                .expect(200)
                .json();
    }

    private static long versions(UUID registrationId) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT count(*) FROM waitinglist.inputs WHERE registration_id = $1",
                                row -> row.getLong(0),
                                registrationId))
                .orElseThrow();
    }

    private static UUID residentId(Case one) {
        return UUID.fromString(anju.http()
                .get("/v1/me", one.resident().token())
                .expect(200)
                .json()
                .path("residentId")
                .asText());
    }

    private static String applicant(Case one) {
        var members = (List<?>) Objects.requireNonNull(one.household().get("members"));
        return Objects.requireNonNull(((Map<?, ?>) members.get(0)).get("nationalId"))
                .toString();
    }

    private static void execute(String statement) {
        Anju.await(anju.db().execute(statement));
    }
}
