package io.anju.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.http.Agency;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Qingdao's district review with six agencies' joint verification. */
class VerificationIT {
    private static final String REQUESTS = "/v1/partner/verification-requests";
    private static final Map<String, String> APPROVE = Map.of("decision", "approve");

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Cases cases = new Cases(anju);
    private final Desk district = Desk.of(anju, "district", "370202");
    private final Case one = cases.handIn("370202001001");
    private String taskId = "";

    @BeforeEach
    void reaches_the_district() {
        var street = Desk.of(anju, "street", "370202001");
        street.approve(one).expect(200);
        street.publishAndClose("street-publicity");
        taskId = district.taskOf(one);
    }

    @Test
    void approval_waits_for_every_required_answer_and_names_those_missing() {
        var etag = district.claim(taskId).expect(200).etag();
        assertThat(verifications()).hasSize(6).allMatch(asked -> status(asked).equals("missing"));
        assertThat(district.decide(taskId, etag, APPROVE)
                        .expect(422, "verification-incomplete")
                        .findings())
                .hasSize(6)
                .allMatch(finding -> finding.equals("/decision answer-missing"));

        district.verify(one);
        district.decide(taskId, etag, APPROVE).expect(412, "precondition-failed");
        district.decide(taskId, etag(), APPROVE).expect(200);
        assertThat(cases.state(one)).isEqualTo("awaiting_publicity");
    }

    @Test
    void a_contradiction_needs_a_recorded_reason() {
        district.verify(one);
        var answer = district.answer(asked("tax"), "contradicted");
        answer.put("statedValue", "250000");
        assertThat(status(district.record(taskId, answer).expect(201).json())).isEqualTo("contradicted");
        assertThat(district.decide(taskId, etag(), APPROVE)
                        .expect(422, "verification-incomplete")
                        .findings())
                .containsExactly("/decision answer-contradicts");

        answer.put("overrideReason", "差额系一次性补发工资，已核对流水");
        assertThat(status(district.record(taskId, answer).expect(201).json())).isEqualTo("accepted");
        district.decide(taskId, etag(), APPROVE).expect(200);
        assertThat(answersTo(asked("tax").path("requestId").asText())).isEqualTo(3);
    }

    @Test
    void an_answer_must_make_sense() {
        district.claim(taskId).expect(200);
        var answer = district.answer(asked("tax"), "contradicted");
        answer.put("asOf", anju.clock().today().plusDays(1).toString());
        assertThat(district.record(taskId, answer)
                        .expect(422, "answer-not-sensible")
                        .findings())
                .containsExactly("/asOf as-of-in-future", "/statedValue stated-value-missing");
        answer.put("asOf", anju.clock().today().toString());
        answer.put("statedValue", "90000");
        assertThat(district.record(taskId, answer).expect(422).findings())
                .containsExactly("/statedValue stated-value-agrees");
        answer.put("statedValue", "900.00 yuan");
        assertThat(district.record(taskId, answer).expect(422).findings())
                .containsExactly("/statedValue stated-value-malformed");
        answer.put("fact", "memberCount");
        district.record(taskId, answer).expect(422, "fact-not-asked");
        assertThat(verifications()).allMatch(asked -> status(asked).equals("missing"));
    }

    @Test
    void only_whoever_holds_the_task_records_answers() {
        var other = Desk.of(anju, "district", "370202");
        var elsewhere = Desk.of(anju, "district", "370203");
        district.claim(taskId).expect(200);
        other.record(taskId, other.answer(asked("tax"), "confirmed")).expect(409, "task-not-claimed");
        elsewhere.record(taskId, elsewhere.answer(asked("tax"), "confirmed")).expect(404, "not-found");
        elsewhere.get("/v1/staff/tasks/" + taskId + "/verifications").expect(404, "not-found");
    }

    @Test
    void an_agency_sees_and_answers_its_own_requests_only() {
        var tax = partner("370200", "tax");
        var request = waiting(tax, asked("tax").path("requestId").asText());
        assertThat(request.path("declared").asText()).isEqualTo("90000");
        assertThat(request.path("subjects")).hasSize(1);
        assertThat(request.path("subjects").get(0).path("nationalId").asText()).hasSize(18);
        assertThat(request.has("receiptNumber")).isFalse();

        var requestId = request.path("requestId").asText();
        var answer = answer("confirmed");
        answerAs(partner("370200", "housing"), requestId, answer).expect(404, "not-found");
        answerAs(partner("320300", "tax"), requestId, answer).expect(404, "not-found");
        answerAs(tax, UUID.randomUUID().toString(), answer).expect(404, "not-found");
        answerAs(tax, requestId, answer).expect(201);

        assertThat(items(tax)).noneMatch(left -> left.path("requestId").asText().equals(requestId));
        assertThat(status(asked("tax"))).isEqualTo("confirmed");
        assertThat(asked("tax").path("answer").path("source").asText()).isEqualTo("agency");
        assertThat(readings()).contains("税务部门", "部门联审 monthlyIncomeFen");
    }

    @Test
    void an_agency_answers_until_the_step_is_decided() {
        var tax = partner("370200", "tax");
        var requestId = asked("tax").path("requestId").asText();
        answerAs(tax, requestId, answer("not-found")).expect(201);
        assertThat(status(asked("tax"))).isEqualTo("not-found");
        district.verify(one);
        district.decide(taskId, etag(), APPROVE).expect(200);
        answerAs(tax, requestId, answer("confirmed")).expect(409, "verification-closed");
    }

    private Iterable<JsonNode> verifications() {
        return district.get("/v1/staff/tasks/" + taskId + "/verifications")
                .expect(200)
                .json()
                .path("items");
    }

    private JsonNode asked(String agency) {
        return StreamSupport.stream(verifications().spliterator(), false)
                .filter(asked -> asked.path("agency").asText().equals(agency))
                .findFirst()
                .orElseThrow();
    }

    private String etag() {
        return district.get("/v1/staff/tasks/" + taskId).expect(200).etag();
    }

    private static String status(JsonNode verification) {
        return verification.path("status").asText();
    }

    private static String partner(String cityCode, String agency) {
        return anju.people().partner(new Agency(cityCode, agency), "partner.verification");
    }

    private static Iterable<JsonNode> items(String partner) {
        return anju.http()
                .get(REQUESTS + "?limit=100", partner)
                .expect(200)
                .json()
                .path("items");
    }

    private static JsonNode waiting(String partner, String requestId) {
        return StreamSupport.stream(items(partner).spliterator(), false)
                .filter(request -> request.path("requestId").asText().equals(requestId))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> answer(String result) {
        return Map.of("result", result, "asOf", anju.clock().today().toString(), "evidenceNumber", "AGENCY-1");
    }

    private static Answer answerAs(String partner, String requestId, Map<String, String> answer) {
        return anju.http().post(REQUESTS + "/" + requestId + "/answer", partner, answer);
    }

    private String readings() {
        return anju.http()
                .get(one.path() + "/readings", one.resident().token())
                .expect(200)
                .json()
                .toString();
    }

    private static long answersTo(String requestId) {
        var count = "SELECT count(*) AS answers FROM verification.answer WHERE request_id = $1";
        return Anju.await(anju.db().find(count, row -> row.getLong("answers"), UUID.fromString(requestId)))
                .orElseThrow();
    }
}
