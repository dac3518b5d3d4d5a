package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.api.model.Household;
import io.anju.platform.time.Shanghai;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Applicants;
import io.anju.testing.Desk;
import io.anju.testing.Households;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Corrections, refusals, re-review, withdrawal, and the file that the offices open. */
class AfterSubmissionIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Map<String, Object> CORRECTION = Map.of(
            "decision",
            "request-correction",
            "items",
            List.of(Map.of("pointer", "/members/0/incomes", "code", "income-proof-missing", "text", "请补充近十二个月的收入证明")));
    private static final Map<String, Object> REFUSAL =
            Map.of("decision", "refuse", "reasonCodes", List.of("income-above-line"), "note", "人均收入超过标准");

    private final Applicants applicants = new Applicants(anju);

    @BeforeEach
    void backToTheBeginning() {
        anju.clock().set(Anju.START);
    }

    /** The street's reviewer claims the application's task and decides it. */
    private static Answer decide(Applicants.Draft draft, Map<String, ?> decision) {
        return decide(draft, Desk.of(anju, "street", "370202001"), decision);
    }

    private static Answer decide(Applicants.Draft draft, Desk desk, Map<String, ?> decision) {
        var taskId = desk.tasks().stream()
                .filter(task -> task.path("applicationId").asText().equals(draft.id()))
                .map(task -> task.path("taskId").asText())
                .findFirst()
                .orElseThrow();
        return desk.decide(taskId, desk.claim(taskId).expect(200).etag(), decision);
    }

    private static LocalDate dueOn(Applicants.Draft draft) {
        return LocalDate.parse(
                read(draft).json().path("correction").path("dueOn").asText());
    }

    private static Answer answer(Applicants.Draft draft, Household household) {
        return anju.http()
                .post(
                        draft.path() + "/correction-answers",
                        draft.token(),
                        Map.of("household", household, "note", "已补充"));
    }

    private static Answer read(Applicants.Draft draft) {
        return anju.http().get(draft.path(), draft.token()).expect(200);
    }

    @Test
    void a_correction_is_told_once_and_answered_once() {
        var draft = applicants.submitted(Households.qingdao());
        answer(draft, draft.household()).expect(409, "move-not-allowed");
        decide(draft, CORRECTION).expect(200);

        var told = read(draft).json();
        assertThat(told.path("state").asText()).isEqualTo("awaiting_correction");
        assertThat(dueOn(draft)).isAfter(anju.clock().today());
        assertThat(told.path("correction").path("items").get(0).path("text").asText())
                .isEqualTo("请补充近十二个月的收入证明");
        assertThat(told.path("actions").toString()).contains("answerCorrection");
        applicants.upload(draft, "income-proof").expect(201);

        var answered = answer(draft, draft.household()).expect(200).json();

        assertThat(answered.path("state").asText()).isEqualTo("in_review");
        var receipt = anju.http()
                .get(draft.path() + "/receipt", draft.token())
                .expect(200)
                .json();
        assertThat(receipt.path("submissions").asInt()).isEqualTo(2);
        assertThat(receipt.path("receiptNumber")).isEqualTo(told.path("receiptNumber"));
        answer(draft, draft.household()).expect(409, "move-not-allowed");
        assertThat(decide(draft, CORRECTION).status()).isEqualTo(409);
        assertThat(read(draft).json().path("state").asText()).isEqualTo("in_review");
    }

    @Test
    void the_answer_is_checked_like_a_submission_and_replaces_the_members_places() {
        var draft = applicants.submitted(Households.qingdao());
        decide(draft, CORRECTION).expect(200);
        var members = draft.household().members();
        var foreign =
                applicants.submitted(Households.qingdao()).household().members().get(2);
        var swapped = new ArrayList<>(members);
        swapped.set(2, foreign);

        answer(draft, Households.withMembers(draft.household(), List.of(members.get(0))))
                .expect(422, "household-contradictory");
        answer(draft, Households.withMembers(draft.household(), swapped)).expect(409, "member-already-applied");
        answer(draft, Households.withMembers(draft.household(), members.subList(0, 2)))
                .expect(200);

        // the child is free for another household now
        var other = Households.qingdao();
        var adopted = new ArrayList<>(other.members());
        adopted.set(2, members.get(2));
        applicants.submitted(Households.withMembers(other, adopted));
    }

    @Test
    void a_correction_that_nobody_answers_lapses_on_the_day_after() {
        var draft = applicants.submitted(Households.qingdao());
        decide(draft, CORRECTION).expect(200);
        var dueOn = dueOn(draft);
        anju.clock().set(dueOn, LocalTime.of(23, 59));
        anju.runJobs();
        assertThat(read(applicants.logInAgain(draft)).json().path("state").asText())
                .isEqualTo("awaiting_correction");

        anju.clock().set(dueOn.plusDays(1), LocalTime.of(1, 30));
        anju.runJobs();
        var late = applicants.logInAgain(draft);

        answer(late, draft.household()).expect(409, "move-not-allowed");
        var lapsed = read(late).json();
        assertThat(lapsed.path("state").asText()).isEqualTo("refused");
        assertThat(lapsed.path("refusal").path("reasonCodes").get(0).asText()).isEqualTo("correction-not-answered");
        applicants.submitted(draft.household(), late.token());
    }

    @Test
    void an_answer_after_the_due_day_is_too_late_even_before_it_lapses() {
        var draft = applicants.submitted(Households.qingdao());
        decide(draft, CORRECTION).expect(200);
        anju.clock().set(dueOn(draft).plusDays(1), LocalTime.of(0, 1));

        answer(applicants.logInAgain(draft), draft.household()).expect(409, "correction-overdue");
    }

    @Test
    void re_review_is_asked_once_and_ends_the_refusal_or_confirms_it() {
        var draft = applicants.submitted(Households.qingdao());
        reReview(draft).expect(409, "move-not-allowed");
        decide(draft, REFUSAL).expect(200);
        var refused = read(draft).json();
        assertThat(refused.path("refusal").path("note").asText()).isEqualTo("人均收入超过标准");
        assertThat(refused.path("reReview").path("possibleUntil").asText()).isNotEmpty();

        var asked = reReview(draft).expect(200).json();

        assertThat(asked.path("state").asText()).isEqualTo("in_re_review");
        assertThat(asked.path("reReview").path("dueOn").asText()).isNotEmpty();
        decide(draft, Desk.of(anju, "street", "370202001"), Map.of("decision", "uphold", "note", "维持原决定"))
                .expect(200);
        reReview(draft).expect(409, "re-review-asked-before");
        assertThat(read(draft).json().path("actions")).isEmpty();
    }

    @Test
    void a_granted_re_review_goes_on_with_the_next_step() {
        var draft = applicants.submitted(Households.qingdao());
        decide(draft, REFUSAL).expect(200);
        reReview(draft).expect(200);

        decide(draft, Map.of("decision", "overturn", "note", "复核成立")).expect(200);

        var granted = read(draft).json();
        assertThat(granted.path("step").path("index").asInt()).isEqualTo(1);
        assertThat(granted.path("state").asText()).isEqualTo("awaiting_publicity");
    }

    @Test
    void re_review_is_too_late_after_the_policys_days() {
        var draft = applicants.submitted(Households.qingdao());
        decide(draft, REFUSAL).expect(200);
        var possibleUntil = LocalDate.parse(
                read(draft).json().path("reReview").path("possibleUntil").asText());

        anju.clock().set(Shanghai.endOf(possibleUntil));

        reReview(applicants.logInAgain(draft)).expect(409, "re-review-too-late");
    }

    @Test
    void a_refused_member_who_applied_elsewhere_meanwhile_stops_the_re_review() {
        var draft = applicants.submitted(Households.qingdao());
        decide(draft, REFUSAL).expect(200);
        applicants.submitted(draft.household(), draft.token());

        reReview(draft).expect(409, "member-already-applied");
        assertThat(read(draft).json().path("state").asText()).isEqualTo("refused");
    }

    private static Answer reReview(Applicants.Draft draft) {
        return anju.http().post(draft.path() + "/re-review-requests", draft.token(), Map.of("reason", "收入重复计算"));
    }

    @Test
    void a_withdrawn_application_stays_withdrawn() {
        var draft = applicants.submitted(Households.qingdao());
        anju.http().post(draft.path() + "/withdrawal", draft.token(), Map.of()).expect(200);

        anju.http().post(draft.path() + "/withdrawal", draft.token(), Map.of()).expect(409, "move-not-allowed");
        assertThat(Desk.of(anju, "street", "370202001").tasks())
                .noneMatch(task -> task.path("applicationId").asText().equals(draft.id()));
    }

    @Test
    void the_office_in_charge_opens_the_file_and_the_household_sees_it() {
        var draft = applicants.submitted(Households.qingdao());
        var street = anju.people().staff("street", "370202001");

        var file = openFile(draft, street).expect(200).json();

        assertThat(file.path("household")
                        .path("members")
                        .get(0)
                        .path("nationalId")
                        .asText())
                .isEqualTo(draft.household().members().get(0).nationalId());
        assertThat(file.path("attachments")).hasSize(4);
        assertThat(file.path("timeline")).hasSize(2);
        var attachment = file.path("attachments").get(0).path("id").asText();
        anju.http()
                .get(filePath(draft) + "/attachments/" + attachment + "?reason=%E5%AE%A1%E6%A0%B8", street)
                .expect(200);
        var readings = anju.http()
                .get(draft.path() + "/readings", draft.token())
                .expect(200)
                .json();
        assertThat(readings.path("items")).hasSize(2);
        assertThat(readings.path("items").get(1).path("reason").asText()).isEqualTo("审核收入");
        assertThat(readings.path("items").get(1).path("office").asText()).contains("street370202001");
    }

    @Test
    void no_other_office_finds_the_file_and_nobody_opens_it_without_a_reason() {
        var draft = applicants.submitted(Households.qingdao());

        openFile(draft, anju.people().staff("street", "370202002")).expect(404, "not-found");
        // the district's turn has not come
        openFile(draft, anju.people().staff("district", "370202")).expect(404, "not-found");
        openFile(draft, anju.people().staff("street", "320302001")).expect(404, "not-found");
        anju.http()
                .get(filePath(draft), anju.people().staff("street", "370202001"))
                .expect(400, "invalid-request");
        openFile(applicants.draft(Households.qingdao()), anju.people().staff("street", "370202001"))
                .expect(404, "not-found");
        assertThat(anju.http()
                        .get(draft.path() + "/readings", draft.token())
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private static String filePath(Applicants.Draft draft) {
        return "/v1/staff/application-files/" + draft.id();
    }

    private static Answer openFile(Applicants.Draft draft, String token) {
        return anju.http().get(filePath(draft) + "?reason=%E5%AE%A1%E6%A0%B8%E6%94%B6%E5%85%A5", token);
    }
}
