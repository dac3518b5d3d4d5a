package io.anju.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.NationalId;
import io.anju.identity.Role;
import io.anju.identity.StaffDesk;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.People;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody decides on the case of a relative, or on one's own. */
class RecusalIT {
    private static final String COMMUNITY = "370202001001";
    private static final String STREET = "370202001";
    private static final String RECUSALS = "/v1/staff/recusals";
    private static final AtomicInteger COUNT = new AtomicInteger();

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Cases cases = new Cases(anju);
    private final Desk desk = Desk.of(anju, "street", STREET);

    @Test
    void nobody_claims_or_decides_the_case_of_their_own_household() {
        var one = cases.handIn(COMMUNITY);
        var token = officer(applicant(one));
        var task = desk.taskOf(one);
        anju.http().post("/v1/staff/tasks/" + task + "/claim", token, null).expect(409, "recusal-required");
        var row = bulk(token, task).path("rows").get(0);
        assertThat(row.path("errors").get(0).path("code").asText()).isEqualTo("recusal-required");
        assertThat(cases.state(one)).isEqualTo("in_review");
        // other cases are none of their household's
        var other = cases.handIn(COMMUNITY);
        assertThat(bulk(token, desk.taskOf(other)).path("applied").asBoolean()).isTrue();
    }

    @Test
    void nobody_works_on_the_case_of_a_relative_whom_they_declared() {
        var one = cases.handIn(COMMUNITY);
        var task = desk.taskOf(one);
        var etag = desk.claim(task).expect(200).etag();
        declare(applicant(one), "sibling");
        desk.decide(task, etag, Map.of("decision", "approve")).expect(409, "recusal-required");
        assertThat(bulk(desk.token(), task).path("applied").asBoolean()).isFalse();
        // giving it back is all that is left, and a colleague takes it
        desk.post("/v1/staff/tasks/" + task + "/release", null).expect(200);
        desk.claim(task).expect(409, "recusal-required");
        Desk.of(anju, "street", STREET).approve(one).expect(200);
    }

    @Test
    void nobody_opens_the_file_of_a_relative_or_of_the_own_household() {
        var one = cases.handIn(COMMUNITY);
        var path = "/v1/staff/application-files/" + one.id() + "?reason=look";
        desk.get(path).expect(200);
        declare(applicant(one), "child");
        desk.get(path).expect(409, "recusal-required");
        anju.http().get(path, officer(applicant(one))).expect(409, "recusal-required");
        var attachment = anju.http()
                .get(one.path(), one.resident().token())
                .expect(200)
                .json()
                .at("/attachments/0/id")
                .asText();
        desk.get("/v1/staff/application-files/" + one.id() + "/attachments/" + attachment + "?reason=look")
                .expect(409, "recusal-required");
        // a refusal is no reading
        var readings = anju.http()
                .get("/v1/me/file-views", one.resident().token())
                .expect(200)
                .json()
                .path("items");
        assertThat(readings).hasSize(1);
    }

    @Test
    void nobody_decides_an_objection_against_a_relative() {
        var one = cases.handIn(COMMUNITY);
        desk.approve(one).expect(200);
        var notice = desk.publish("street-publicity")
                .expect(201)
                .json()
                .at("/notice/noticeId")
                .asText();
        anju.http()
                .post(
                        "/v1/notices/" + notice + "/objections",
                        null,
                        Map.of("receiptNumber", one.receiptNumber(), "reason", "该家庭在外地另有住房"))
                .expect(201);
        var objection = desk.get("/v1/staff/objections?noticeId=" + notice)
                .expect(200)
                .json()
                .at("/items/0/objectionId")
                .asText();
        declare(applicant(one), "sibling");
        var decision = Map.of("decision", "dismissed", "reason", "经查不属实");
        desk.post("/v1/staff/objections/" + objection + "/decision", decision).expect(409, "recusal-required");
        Desk.of(anju, "street", STREET)
                .post("/v1/staff/objections/" + objection + "/decision", decision)
                .expect(200);
    }

    @Test
    void one_row_of_many_that_needs_recusal_stops_them_all() {
        var near = cases.handIn(COMMUNITY);
        var far = cases.handIn(COMMUNITY);
        declare(applicant(near), "in-law");
        var result = bulk(desk.token(), desk.taskOf(far), desk.taskOf(near));
        assertThat(result.path("applied").asBoolean()).isFalse();
        assertThat(result.path("rejected").asInt()).isEqualTo(1);
        assertThat(cases.state(far)).isEqualTo("in_review");
    }

    @Test
    void who_steps_back_from_a_case_gives_its_task_back_for_good() {
        var one = cases.handIn(COMMUNITY);
        var task = desk.taskOf(one);
        desk.claim(task).expect(200);
        var path = "/v1/staff/tasks/" + task + "/recusal";
        var first = desk.post(path, Map.of("ground", "other-interest")).expect(201);
        var again = desk.post(path, Map.of("ground", "other-interest")).expect(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.json().path("applicationId").asText())
                .isEqualTo(one.id().toString());
        desk.claim(task).expect(409, "recusal-required");
        Desk.of(anju, "street", STREET).claim(task).expect(200);
    }

    @Test
    void nobody_steps_back_from_a_task_of_another_office() {
        var task = desk.taskOf(cases.handIn(COMMUNITY));
        Desk.of(anju, "street", "370202002")
                .post("/v1/staff/tasks/" + task + "/recusal", Map.of("ground", "other-interest"))
                .expect(404);
    }

    @Test
    void a_declaration_is_shown_masked_to_the_one_who_made_it() {
        var person = People.nationalId(LocalDate.of(1970, 1, 1), COUNT.incrementAndGet());
        var first = declare(person, "parent");
        var again = declare(person, "parent");
        assertThat(again).isEqualTo(first);
        var shown = desk.get(RECUSALS).expect(200);
        assertThat(shown.json().path("items")).hasSize(1);
        assertThat(shown.toString()).doesNotContain(person);
        assertThat(Desk.of(anju, "street", STREET)
                        .get(RECUSALS)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void refuses_a_number_that_is_nobodys() {
        var answer = desk.post(RECUSALS, Map.of("nationalId", "370202197001010010", "ground", "child"))
                .expect(422, "recusal-person-not-valid");
        assertThat(answer.pointers()).containsExactly("/nationalId");
    }

    @Test
    void nobody_takes_a_declaration_back() {
        declare(People.nationalId(LocalDate.of(1970, 1, 2), COUNT.incrementAndGet()), "parent");
        assertThatThrownBy(() -> Anju.await(anju.db().execute("DELETE FROM review.recusal")))
                .hasMessageContaining("permission denied");
    }

    private String declare(String nationalId, String ground) {
        return desk.post(RECUSALS, Map.of("nationalId", nationalId, "ground", ground))
                .expect(201)
                .json()
                .path("recusalId")
                .asText();
    }

    private static JsonNode bulk(String token, String... tasks) {
        var rows = List.of(tasks).stream()
                .map(task -> Map.of("taskId", task, "decision", Map.of("decision", "approve")))
                .toList();
        return anju.http()
                .post("/v1/staff/task-decisions", token, Map.of("dryRun", false, "rows", rows))
                .expect(200)
                .json();
    }

    /** The access token of a reviewer who is this person. */
    private static String officer(String nationalId) {
        var username = "kin." + COUNT.incrementAndGet();
        var password = UUID.randomUUID().toString();
        Anju.await(anju.domains()
                .identity
                .staff()
                .create(
                        new StaffDesk.NewStaff(
                                username,
                                "测试员",
                                new Office("370200", "street", STREET, "测试街道"),
                                Set.of(Role.REVIEWER),
                                NationalId.parse(nationalId)),
                        password,
                        anju.clock().instant()));
        return anju.http()
                .post("/v1/sessions/staff", null, Map.of("username", username, "password", password))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
    }

    private static String applicant(Case one) {
        var members = (List<?>) Objects.requireNonNull(one.household().get("members"));
        return Objects.requireNonNull(((Map<?, ?>) members.get(0)).get("nationalId"))
                .toString();
    }
}
