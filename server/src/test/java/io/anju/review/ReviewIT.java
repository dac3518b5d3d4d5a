package io.anju.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.time.WorkingDays;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReviewIT {
    private static final String COMMUNITY = "370202001001";
    private static final String STREET = "370202001";
    private static final Map<String, String> APPROVE = Map.of("decision", "approve");

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Cases cases = new Cases(anju);

    @Test
    void of_twenty_who_claim_at_once_one_gets_the_task() {
        var one = cases.handIn(COMMUNITY);
        var desks = IntStream.range(0, 20)
                .mapToObj(i -> Desk.of(anju, "street", STREET))
                .toList();
        var taskId = desks.get(0).taskOf(one);

        var claims = desks.stream()
                .map(desk -> anju.http()
                        .request("POST", "/v1/staff/tasks/" + taskId + "/claim")
                        .token(desk.token())
                        .sendAsync())
                .toList();
        var answers = claims.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 409)
                .hasSize(19)
                .allMatch(answer -> answer.code().equals("task-claimed"));
    }

    @Test
    void an_office_sees_its_own_tasks_masked_and_no_others() {
        var one = cases.handIn(COMMUNITY);
        var desk = Desk.of(anju, "street", STREET);
        var taskId = desk.taskOf(one);
        var task = desk.get("/v1/staff/tasks/" + taskId).expect(200).json().path("task");
        assertThat(task.path("applicantName").asText()).isEqualTo("试**");
        assertThat(task.path("receiptNumber").asText()).isEqualTo(one.receiptNumber());

        for (var other : List.of(
                Desk.of(anju, "street", "370202002"),
                Desk.of(anju, "district", "370202"),
                Desk.of(anju, "street", "320302001"))) {
            assertThat(other.tasks())
                    .noneMatch(seen -> seen.path("taskId").asText().equals(taskId));
            other.get("/v1/staff/tasks/" + taskId).expect(404, "not-found");
            other.claim(taskId).expect(404, "not-found");
            other.decide(taskId, "\"1\"", APPROVE).expect(404, "not-found");
        }
    }

    @Test
    void only_whoever_holds_a_task_decides_it_and_once_only() {
        var one = cases.handIn(COMMUNITY);
        var holder = Desk.of(anju, "street", STREET);
        var other = Desk.of(anju, "street", STREET);
        var taskId = holder.taskOf(one);

        holder.decide(taskId, "\"1\"", APPROVE).expect(409, "task-not-claimed");
        var etag = holder.claim(taskId).expect(200).etag();
        other.decide(taskId, etag, APPROVE).expect(409, "task-not-claimed");
        other.post("/v1/staff/tasks/" + taskId + "/release", null).expect(409, "task-not-claimed");
        holder.decide(taskId, "\"1\"", APPROVE).expect(412, "precondition-failed");
        anju.http()
                .request("POST", "/v1/staff/tasks/" + taskId + "/decision")
                .token(holder.token())
                .body(APPROVE)
                .send()
                .expect(428, "precondition-required");

        holder.post("/v1/staff/tasks/" + taskId + "/release", null).expect(200);
        var again = other.claim(taskId).expect(200).etag();
        other.decide(taskId, again, APPROVE).expect(200);
        other.decide(taskId, again, APPROVE).expect(409, "task-decided");
        other.claim(taskId).expect(409, "task-decided");
        assertThat(cases.state(one)).isEqualTo("awaiting_publicity");
    }

    @Test
    void a_decision_that_is_not_whole_names_every_field() {
        var one = cases.handIn(COMMUNITY);
        var desk = Desk.of(anju, "street", STREET);
        var taskId = desk.taskOf(one);
        var etag = desk.claim(taskId).expect(200).etag();

        assertThat(desk.decide(taskId, etag, Map.of("decision", "refuse", "toStep", 0))
                        .expect(422, "decision-not-whole")
                        .findings())
                .containsExactly("/reasonCodes reason-required", "/toStep field-not-for-this-decision");
        assertThat(desk.decide(taskId, etag, Map.of("decision", "send-back", "toStep", 0, "note", "退回"))
                        .expect(422, "decision-not-whole")
                        .findings())
                .containsExactly("/toStep step-not-earlier");
        assertThat(desk.decide(taskId, etag, Map.of("decision", "uphold", "note", "维持"))
                        .expect(422, "decision-not-whole")
                        .findings())
                .containsExactly("/decision decision-not-for-this-task");
        assertThat(desk.decide(taskId, etag, Map.of("decision", "refuse", "reasonCodes", List.of("no-such-reason")))
                        .expect(400, "invalid-request")
                        .pointers())
                .containsExactly("/reasonCodes/0");
        assertThat(cases.state(one)).isEqualTo("in_review");
    }

    @Test
    void a_withdrawn_application_takes_its_task_along() {
        var one = cases.handIn(COMMUNITY);
        var desk = Desk.of(anju, "street", STREET);
        var taskId = desk.taskOf(one);
        var etag = desk.claim(taskId).expect(200).etag();
        anju.http()
                .post(one.path() + "/withdrawal", one.resident().token(), Map.of("reason", "不再申请"))
                .expect(200);

        desk.decide(taskId, etag, APPROVE).expect(409, "task-closed");
        assertThat(desk.tasks()).noneMatch(task -> task.path("taskId").asText().equals(taskId));
    }

    @Test
    void correction_is_asked_once_and_completely() {
        var one = cases.handIn(COMMUNITY);
        var desk = Desk.of(anju, "street", STREET);
        var correction = Map.of(
                "decision",
                "request-correction",
                "items",
                List.of(Map.of("pointer", "/members/0/incomes", "code", "document-missing", "text", "请补充收入证明")));

        desk.decide(one, correction).expect(200);
        assertThat(cases.state(one)).isEqualTo("awaiting_correction");
        anju.http()
                .post(
                        one.path() + "/correction-answers",
                        one.resident().token(),
                        Map.of("household", one.household(), "note", "已补充"))
                .expect(200);
        assertThat(cases.state(one)).isEqualTo("in_review");

        var second = desk.decide(one, correction);
        assertThat(second.status()).as(second.toString()).isEqualTo(409);
        assertThat(cases.state(one)).isEqualTo("in_review");
    }

    @Test
    void a_later_office_sends_back_and_the_earlier_one_decides_again() {
        var one = cases.handIn("320302001001");
        var community = Desk.of(anju, "community", "320302001001");
        var street = Desk.of(anju, "street", "320302001");
        community.approve(one).expect(200);
        community.publishAndClose("community-publicity");
        var taskId = street.taskOf(one);
        var detail = street.get("/v1/staff/tasks/" + taskId).expect(200).json();
        assertThat(detail.path("sendBackSteps"))
                .extracting(step -> step.path("stepId").asText())
                .containsExactly("community-review");

        var answer = street.decide(one, Map.of("decision", "send-back", "toStep", 0, "note", "请核实住址"))
                .expect(200)
                .json();
        assertThat(answer.path("applicationState").asText()).isEqualTo("in_review");
        assertThat(answer.path("stepIndex").asInt()).isZero();
        var again = community
                .get("/v1/staff/tasks/" + community.taskOf(one))
                .expect(200)
                .json();
        assertThat(again.path("decisions"))
                .extracting(decision -> decision.path("decision").asText())
                .containsExactly("approve", "send-back");
    }

    @Test
    void a_refusal_is_looked_at_again_by_another_person() {
        var one = cases.handIn(COMMUNITY);
        var first = Desk.of(anju, "street", STREET);
        var second = Desk.of(anju, "street", STREET);
        first.decide(one, Map.of("decision", "refuse", "reasonCodes", List.of("income-above-line")))
                .expect(200);
        askReReview(one);
        assertThat(cases.state(one)).isEqualTo("in_re_review");

        var taskId = first.taskOf(one);
        first.claim(taskId).expect(409, "four-eyes-required");
        first.post("/v1/staff/task-decisions", bulk(false, row(taskId, reReview("overturn"))))
                .expect(200);
        assertThat(cases.state(one)).isEqualTo("in_re_review");

        second.decide(one, reReview("overturn")).expect(200);
        assertThat(cases.state(one)).isEqualTo("awaiting_publicity");
    }

    @Test
    void a_refusal_that_stands_keeps_its_reasons() {
        var one = cases.handIn(COMMUNITY);
        var first = Desk.of(anju, "street", STREET);
        first.decide(one, Map.of("decision", "refuse", "reasonCodes", List.of("area-above-limit")))
                .expect(200);
        askReReview(one);
        var second = Desk.of(anju, "street", STREET);
        var taskId = second.taskOf(one);
        assertThat(second.get("/v1/staff/tasks/" + taskId)
                        .json()
                        .path("task")
                        .path("dueOn")
                        .asText())
                .isEqualTo(WorkingDays.load().plus(anju.clock().today(), 15).toString());
        second.decide(one, reReview("uphold")).expect(200);

        assertThat(cases.state(one)).isEqualTo("refused");
        var decisions =
                second.get("/v1/staff/tasks/" + taskId).expect(200).json().path("decisions");
        assertThat(decisions.get(1).path("reasonCodes"))
                .extracting(JsonNode::asText)
                .containsExactly("area-above-limit");
    }

    @Test
    void many_decisions_are_written_all_or_none() {
        var good = Stream.generate(() -> cases.handIn(COMMUNITY)).limit(5).toList();
        var desk = Desk.of(anju, "street", STREET);
        var other = Desk.of(anju, "street", STREET);
        var bad = cases.handIn(COMMUNITY);
        var badTask = desk.taskOf(bad);
        other.claim(badTask).expect(200);
        var rows = good.stream().map(one -> row(desk.taskOf(one), APPROVE)).toList();
        var withBad =
                Stream.concat(rows.stream(), Stream.of(row(badTask, APPROVE))).toList();

        var trial = desk.post("/v1/staff/task-decisions", bulk(true, rows))
                .expect(200)
                .json();
        assertThat(trial.path("applied").asBoolean()).isFalse();
        assertThat(trial.path("accepted").asInt()).isEqualTo(5);
        assertThat(trial.path("rows").get(0).path("applicationState").asText()).isEqualTo("awaiting_publicity");
        good.forEach(one -> assertThat(cases.state(one)).isEqualTo("in_review"));

        var refused = desk.post("/v1/staff/task-decisions", bulk(false, withBad))
                .expect(200)
                .json();
        assertThat(refused.path("applied").asBoolean()).isFalse();
        assertThat(refused.path("rejected").asInt()).isEqualTo(1);
        var error = refused.path("rows").get(5).path("errors").get(0);
        assertThat(error.path("pointer").asText()).isEqualTo("/rows/5/taskId");
        assertThat(error.path("code").asText()).isEqualTo("task-claimed");
        good.forEach(one -> assertThat(cases.state(one)).isEqualTo("in_review"));

        var done = desk.post("/v1/staff/task-decisions", bulk(false, rows))
                .expect(200)
                .json();
        assertThat(done.path("applied").asBoolean()).isTrue();
        good.forEach(one -> assertThat(cases.state(one)).isEqualTo("awaiting_publicity"));
    }

    @Test
    void each_row_of_many_says_what_stands_against_it() {
        var one = cases.handIn(COMMUNITY);
        var two = cases.handIn(COMMUNITY);
        var desk = Desk.of(anju, "street", STREET);
        var taskId = desk.taskOf(one);
        var stale = Map.of("taskId", desk.taskOf(two), "version", 7, "decision", APPROVE);
        var result = desk.post(
                        "/v1/staff/task-decisions",
                        bulk(
                                false,
                                row(taskId, Map.of("decision", "refuse")),
                                row(taskId, APPROVE),
                                row(UUID.randomUUID().toString(), APPROVE),
                                stale))
                .expect(200)
                .json();

        assertThat(result.path("rows"))
                .extracting(row -> row.path("errors").get(0).path("pointer").asText() + " "
                        + row.path("errors").get(0).path("code").asText())
                .containsExactly(
                        "/rows/0/decision/reasonCodes reason-required",
                        "/rows/1/taskId task-repeated",
                        "/rows/2/taskId not-found",
                        "/rows/3/version precondition-failed");
    }

    private void askReReview(Case one) {
        anju.http()
                .post(one.path() + "/re-review-requests", one.resident().token(), Map.of("reason", "收入核算有误，请复核"))
                .expect(200);
    }

    private static Map<String, String> reReview(String verdict) {
        return Map.of("decision", verdict, "note", "经复核");
    }

    private static Map<String, Object> row(String taskId, Map<String, ?> decision) {
        return Map.of("taskId", taskId, "decision", decision);
    }

    @SafeVarargs
    private static Map<String, Object> bulk(boolean dryRun, Map<String, Object>... rows) {
        return bulk(dryRun, List.of(rows));
    }

    private static Map<String, Object> bulk(boolean dryRun, List<Map<String, Object>> rows) {
        return Map.of("dryRun", dryRun, "rows", rows);
    }
}
