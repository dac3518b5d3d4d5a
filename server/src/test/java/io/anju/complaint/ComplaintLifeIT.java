package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of complaints and petitions over HTTP, from filing to the last answer. */
class ComplaintLifeIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    @Test
    void is_filed_answered_rated_and_closed() {
        var filed = filings.file("complaint", "rent-and-fees");
        var shown = filings.get(filed).json();
        assertThat(shown.at("/complaint/office/areaCode").asText()).isEqualTo("370202");
        // five working days after Wednesday 4 March
        assertThat(shown.at("/complaint/dueOn").asText()).isEqualTo("2026-03-11");
        var desk = filings.handler();
        Filings.accept(desk, filed).expect(200);
        Filings.close(desk, filed).expect(409, "complaint-not-answered");
        filings.post(filed, "rating", Map.of("stars", 5)).expect(409, "complaint-not-answered");
        Filings.reply(desk, filed).expect(200);
        Filings.reply(desk, filed).expect(409, "complaint-not-open");
        filings.post(filed, "rating", Map.of("stars", 4, "text", "处理及时")).expect(200);
        filings.post(filed, "rating", Map.of("stars", 1)).expect(409, "complaint-rated");
        var closed = Filings.close(desk, filed).expect(200).json();
        assertThat(closed.path("state").asText()).isEqualTo("closed");
        assertThat(closed.path("reopenBy").asText()).isEqualTo("2026-04-03");
        var end = filings.get(filed).json();
        assertThat(end.at("/rating/stars").asInt()).isEqualTo(4);
        assertThat(end.at("/complaint/dueOn").isMissingNode()).isTrue();
        assertThat(kinds(filed)).containsExactly("filed", "accepted", "replied", "rated", "closed");
    }

    @Test
    void whoever_filed_it_sees_who_looked_and_why() {
        var filed = filings.file("complaint", "rent-and-fees");
        Filings.open(filings.handler(), filed).expect(200);
        anju.clock().advance(Duration.ofMinutes(1));
        filings.supervision().get(filed.work() + "/reporter?reason=核实").expect(200);
        filings.handler().get(filed.work() + "/reporter?reason=核实").expect(403, "forbidden");
        var views = filings.get(filed).json().path("views");
        assertThat(views.findValuesAsText("what")).containsExactly("reporter", "file");
        assertThat(views.findValuesAsText("reason")).containsExactly("核实", "test");
    }

    @Test
    void is_warned_of_and_overdue_by_working_days() {
        // filed on the last working day before the holiday of October 2026
        anju.clock().set(LocalDate.of(2026, 9, 30), LocalTime.of(9, 0));
        var filed = filings.file("complaint", "rent-and-fees");
        var dueOn =
                LocalDate.parse(filings.get(filed).json().at("/complaint/dueOn").asText());
        assertThat(dueOn).isAfter(LocalDate.of(2026, 10, 9));
        var desk = filings.handler();
        assertThat(marked(desk, "warning")).doesNotContain(filed.id());
        anju.clock().set(dueOn, LocalTime.of(12, 0));
        anju.runJobs();
        anju.runJobs();
        assertThat(marked(desk, "warning")).contains(filed.id());
        anju.clock().set(dueOn, LocalTime.of(23, 59));
        assertThat(marked(desk, "overdue")).doesNotContain(filed.id());
        anju.clock().set(dueOn.plusDays(1), LocalTime.of(0, 0));
        anju.runJobs();
        anju.runJobs();
        assertThat(marked(desk, "overdue")).contains(filed.id());
        assertThat(kinds(filed)).containsExactly("filed", "warned", "overdue");
    }

    @Test
    void what_is_pressed_for_comes_first() {
        var first = filings.file("complaint", "rent-and-fees");
        var second = filings.file("complaint", "rent-and-fees");
        Filings.act(filings.supervision(), second, "supervision", Map.of("reason", "serious", "text", "请速办"))
                .expect(200);
        Filings.act(filings.handler(), second, "supervision", Map.of("reason", "serious", "text", "请速办"))
                .expect(403, "forbidden");
        var listed = listed(filings.handler(), "");
        assertThat(listed.indexOf(second.id())).isLessThan(listed.indexOf(first.id()));
        assertThat(kinds(second)).contains("supervised");
    }

    @Test
    void a_work_list_goes_on_page_by_page() {
        for (int i = 0; i < 5; i++) {
            filings.file("complaint", "rent-and-fees");
        }
        var desk = filings.handler();
        var all = listed(desk, "");
        var paged = new ArrayList<String>();
        var next = "";
        do {
            var page = desk.get(Filings.WORK + "?limit=2" + next).expect(200).json();
            page.path("items")
                    .forEach(item -> paged.add(item.at("/complaint/complaintId").asText()));
            next = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!next.isEmpty());
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void is_extended_once_with_leave_of_another_before_it_is_due() {
        var filed = filings.file("complaint", "rent-and-fees");
        var desk = filings.handler();
        Filings.accept(desk, filed).expect(200);
        var why = Map.of("reason", "needs-survey", "text", "需鉴定");
        Filings.act(desk, filed, "extension", why).expect(403, "forbidden");
        var leave = filings.supervision();
        var extended = Filings.act(leave, filed, "extension", why).expect(200).json();
        // ten working days after Wednesday 11 March
        assertThat(extended.path("dueOn").asText()).isEqualTo("2026-03-25");
        Filings.act(leave, filed, "extension", why).expect(409, "complaint-extended");
        var late = filings.file("complaint", "rent-and-fees");
        Filings.accept(desk, late).expect(200);
        anju.clock().set(LocalDate.of(2026, 3, 12), LocalTime.of(0, 0));
        Filings.act(leave, late, "extension", why).expect(409, "extension-too-late");
    }

    @Test
    void whoever_handles_it_gives_no_leave_to_himself() {
        var filed = filings.file("complaint", "waiting-list");
        var both = Desk.of(anju, "city", "3702");
        Filings.accept(both, filed).expect(200);
        Filings.act(both, filed, "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(409, "leave-of-another");
    }

    @Test
    void goes_to_no_office_twice_and_intake_ends_the_back_and_forth() {
        var filed = filings.file("complaint", "rent-and-fees");
        var here = filings.handler();
        var there = filings.handler("district", "370203");
        var to = Map.of("reason", "not-in-charge", "text", "不属本区", "toOffice", Filings.office("district", "370203"));
        var back = Map.of("reason", "not-in-charge", "text", "不属本区", "toOffice", Filings.office("district", "370202"));
        Filings.act(there, filed, "transfer", to).expect(404);
        Filings.act(here, filed, "transfer", to).expect(200);
        Filings.open(here, filed).expect(404);
        Filings.act(there, filed, "transfer", back).expect(409, "complaint-was-there");
        Filings.act(there, filed, "transfer", Map.of("reason", "not-in-charge", "text", "请裁定"))
                .expect(200);
        Filings.act(filings.intake(), filed, "transfer", back).expect(200);
        Filings.act(here, filed, "transfer", Map.of("reason", "not-in-charge", "text", "再退"))
                .expect(409, "complaint-bound");
        Filings.accept(here, filed).expect(200);
    }

    @Test
    void is_sent_on_within_the_days_of_its_arrival_only() {
        var filed = filings.file("complaint", "rent-and-fees");
        var to = Map.of("reason", "not-in-charge", "text", "不属本区", "toOffice", Filings.office("district", "370203"));
        // two working days after Wednesday 4 March
        anju.clock().set(LocalDate.of(2026, 3, 6), LocalTime.of(23, 59));
        Filings.act(filings.handler(), filed, "transfer", to).expect(200);
        anju.clock().set(LocalDate.of(2026, 3, 11), LocalTime.of(0, 0));
        Filings.act(
                        filings.handler("district", "370203"),
                        filed,
                        "transfer",
                        Map.of("reason", "not-in-charge", "text", "退"))
                .expect(409, "transfer-too-late");
        Filings.act(
                        filings.handler("district", "370203"),
                        filed,
                        "transfer",
                        Map.of("reason", "ruling", "text", "退", "toOffice", Filings.office("district", "370299")))
                .expect(422, "office-unknown");
    }

    @Test
    void another_office_helps_and_its_opinion_stays_inside() {
        var filed = filings.file("complaint", "rent-and-fees");
        var desk = filings.handler();
        var street = filings.handler("street", "370202001");
        Filings.accept(desk, filed).expect(200);
        Filings.open(street, filed).expect(404);
        Filings.act(
                        desk,
                        filed,
                        "joint-offices",
                        Map.of("office", Filings.office("street", "370202001"), "text", "请核实"))
                .expect(200);
        Filings.act(street, filed, "opinions", Map.of("text", "内部意见：防水层老化")).expect(200);
        Filings.reply(street, filed).expect(409, "complaint-of-another-office");
        assertThat(Filings.open(desk, filed).json().toString()).contains("防水层老化");
        assertThat(filings.get(filed).json().toString()).doesNotContain("防水层老化");
        assertThat(listed(street, "")).contains(filed.id());
    }

    @Test
    void a_colleague_of_the_office_takes_over() {
        var filed = filings.file("complaint", "rent-and-fees");
        var desk = filings.handler();
        var colleague = filings.handler();
        Filings.accept(desk, filed).expect(200);
        Filings.reply(colleague, filed).expect(409, "not-its-handler");
        Filings.act(
                        desk,
                        filed,
                        "assignment",
                        Map.of("handler", filings.intake().username()))
                .expect(422, "handler-unknown");
        Filings.act(desk, filed, "assignment", Map.of("handler", colleague.username()))
                .expect(200);
        Filings.reply(desk, filed).expect(409, "not-its-handler");
        Filings.reply(colleague, filed).expect(200);
    }

    @Test
    void is_opened_again_once_within_the_days() {
        var desk = filings.handler();
        var filed = filings.closed(desk, filings.file("complaint", "rent-and-fees"));
        var why = Map.of("reason", "not-solved", "text", "漏水依旧。");
        anju.clock().set(LocalDate.of(2026, 4, 3), LocalTime.of(23, 0));
        filings.post(filed, "reopening", why).expect(200);
        assertThat(filings.get(filed).json().at("/complaint/dueOn").asText()).isGreaterThan("2026-04-09");
        Filings.reply(desk, filed).expect(200);
        filings.post(filed, "rating", Map.of("stars", 2)).expect(200);
        Filings.close(desk, filed).expect(200);
        filings.post(filed, "reopening", why).expect(409, "complaint-reopened-before");
        var late = filings.closed(desk, filings.file("complaint", "rent-and-fees"));
        anju.clock().advanceDays(31);
        filings.post(late, "reopening", why).expect(409, "reopening-too-late");
    }

    @Test
    void a_return_visit_opens_again_what_did_not_satisfy() {
        var desk = filings.handler();
        var intake = filings.intake();
        var visit = Map.of("result", "not-satisfied", "text", "仍未退款");
        var open = filings.file("complaint", "rent-and-fees");
        Filings.act(intake, open, "return-visit", visit).expect(409, "complaint-not-closed");
        Filings.act(desk, open, "return-visit", visit).expect(403, "forbidden");
        var filed = filings.closed(desk, open);
        Filings.act(intake, filed, "return-visit", Map.of("result", "unreachable", "text", "无人接听"))
                .expect(200);
        assertThat(filings.state(filed)).isEqualTo("closed");
        Filings.act(intake, filed, "return-visit", visit).expect(200);
        assertThat(filings.state(filed)).isEqualTo("handling");
        assertThat(kinds(filed)).endsWith("visited", "visited", "reopened");
    }

    @Test
    void a_petition_is_accepted_in_15_days_handled_in_60_and_reviewed_twice() {
        var filed = filings.file("petition", "application-handling");
        assertThat(due(filed)).isEqualTo("2026-03-19");
        anju.clock().set(LocalDate.of(2026, 3, 19), LocalTime.of(18, 0));
        var desk = filings.handler();
        Filings.accept(desk, filed).expect(200);
        assertThat(due(filed)).isEqualTo("2026-05-18");
        Filings.act(filings.supervision(), filed, "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(200);
        assertThat(due(filed)).isEqualTo("2026-06-17");
        Filings.reply(desk, filed).expect(200);
        filings.post(filed, "reopening", Map.of("reason", "not-solved", "text", "不服"))
                .expect(409, "complaint-not-closed");
        var why = Map.of("text", "对答复意见不服，请求复查。");
        assertThat(filings.get(filed).json().at("/complaint/reviewBy").asText()).isEqualTo("2026-04-18");
        anju.clock().set(LocalDate.of(2026, 4, 18), LocalTime.of(23, 0));
        filings.post(filed, "review", why).expect(200);
        assertThat(due(filed)).isEqualTo("2026-05-18");
        Filings.open(desk, filed).expect(404);
        var city = filings.handler("city", "3702");
        Filings.act(city, filed, "assignment", Map.of()).expect(200);
        Filings.reply(city, filed).expect(200);
        Filings.close(city, filed).expect(200);
        filings.post(filed, "review", why).expect(200);
        // nobody looks at an answer of their own
        Filings.act(city, filed, "assignment", Map.of()).expect(409, "handled-before");
        var last = filings.handler("city", "3702");
        Filings.act(last, filed, "assignment", Map.of()).expect(200);
        Filings.reply(last, filed).expect(200);
        assertThat(filings.get(filed).json().at("/complaint/conclusive").asBoolean())
                .isTrue();
        filings.post(filed, "review", why).expect(409, "complaint-final");
        Filings.close(last, filed).expect(200);
    }

    @Test
    void a_review_is_asked_for_within_30_days_and_of_petitions_only() {
        var desk = filings.handler();
        var complaint = filings.closed(desk, filings.file("complaint", "rent-and-fees"));
        filings.post(complaint, "review", Map.of("text", "不服")).expect(409, "not-a-petition");
        var petition = filings.closed(desk, filings.file("petition", "application-handling"));
        anju.clock().advanceDays(31);
        filings.post(petition, "review", Map.of("text", "不服")).expect(409, "review-too-late");
    }

    @Test
    void is_refused_with_a_reason_only() {
        var filed = filings.file("petition", "application-handling");
        var desk = filings.handler();
        Filings.act(desk, filed, "acceptance", Map.of("accepted", false)).expect(422, "refusal-without-reason");
        Filings.act(desk, filed, "acceptance", Map.of("accepted", false, "reason", "in-court", "text", "法院已受理"))
                .expect(200);
        assertThat(filings.state(filed)).isEqualTo("refused");
        filings.post(filed, "withdrawal", Map.of("reason", "other")).expect(409, "complaint-answered");
        filings.post(filed, "additions", Map.of("text", "补充")).expect(409, "complaint-closed");
    }

    @Test
    void is_taken_back_before_it_is_answered() {
        var filed = filings.file("complaint", "rent-and-fees");
        filings.post(filed, "additions", Map.of("text", "补充说明")).expect(201);
        filings.post(filed, "withdrawal", Map.of("reason", "solved")).expect(200);
        Filings.accept(filings.handler(), filed).expect(409, "complaint-accepted");
        assertThat(listed(filings.handler(), "")).doesNotContain(filed.id());
    }

    @Test
    void says_what_is_wrong_with_what_is_filed() {
        var token = filings.resident().token();
        var body = Filings.body("complaint", "rent-and-fees", "370202001");
        body.put("cityCode", "440100");
        anju.http().post(Filings.MINE, token, body).expect(422, "complaints-not-taken");
        anju.http()
                .post(Filings.MINE, token, Filings.body("complaint", "nothing", null))
                .expect(422, "unknown-complaint-category");
        anju.http()
                .post(Filings.MINE, token, Filings.body("report", "rent-and-fees", null))
                .expect(422, "kind-not-taken");
        anju.http()
                .post(Filings.MINE, token, Filings.body("complaint", "rent-and-fees", "370299"))
                .expect(422, "complaint-area-unknown");
        for (var type : List.of("application", "notice", "office", "person")) {
            var incomplete = Filings.body("complaint", "rent-and-fees", null);
            incomplete.put("subject", Map.of("type", type));
            anju.http().post(Filings.MINE, token, incomplete).expect(422, "complaint-subject-incomplete");
        }
    }

    @Test
    void is_about_ones_own_application_only() {
        var one = new Cases(anju).handIn("370202001001");
        var body = Filings.body("complaint", "application-handling", null);
        body.put("subject", Map.of("type", "application", "subjectId", one.id().toString()));
        var filed = filings.file(one.resident(), body);
        assertThat(filings.get(filed).json().at("/complaint/office/areaCode").asText())
                .isEqualTo("370202");
        anju.http().post(Filings.MINE, filings.resident().token(), body).expect(422, "complaint-subject-unknown");
        var related =
                filings.handler().get(filed.work() + "/related").expect(200).json();
        assertThat(related.path("applicationState").asText()).isEqualTo("in_review");
    }

    @Test
    void nobody_has_more_than_twenty_open() {
        var resident = filings.resident();
        var body = Filings.body("consultation", "rent-and-fees", null);
        for (int i = 0; i < 20; i++) {
            filings.file(resident, body);
        }
        anju.http().post(Filings.MINE, resident.token(), body).expect(409, "too-many-complaints");
    }

    @Test
    void likely_duplicates_are_shown_and_others_join() {
        var body = Filings.body("repair", "home-repair", "370202002");
        body.put("text", "三号楼电梯坏了三天没人修");
        var first = filings.file(filings.resident(), body);
        var me = filings.resident();
        var mine = anju.http().post(Filings.MINE, me.token(), body).expect(201).json();
        var similar = mine.path("similar");
        assertThat(similar.get(0).path("complaintId").asText()).isEqualTo(first.id());
        assertThat(similar.get(0).path("nearness").asInt()).isEqualTo(1000);
        assertThat(similar.get(0).path("own").asBoolean()).isFalse();
        var join = Filings.MINE + "/" + first.id() + "/supporters";
        anju.http().post(join, me.token(), null).expect(200);
        assertThat(anju.http()
                        .post(join, me.token(), null)
                        .expect(200)
                        .json()
                        .path("supporters")
                        .asInt())
                .isEqualTo(1);
        var joined = new Filed(first.id(), me);
        var shown = filings.get(joined).json();
        assertThat(shown.path("part").asText()).isEqualTo("supporter");
        assertThat(shown.toString()).doesNotContain("电梯");
        assertThat(anju.http().get(Filings.MINE, me.token()).expect(200).json().toString())
                .contains(first.id());
        filings.post(joined, "withdrawal", Map.of("reason", "other")).expect(404);
    }

    @Test
    void what_is_of_one_household_is_joined_by_nobody() {
        var filed = filings.file("complaint", "rent-and-fees");
        anju.http()
                .post(filed.path() + "/supporters", filings.resident().token(), null)
                .expect(404);
        anju.http().get(filed.path(), filings.resident().token()).expect(404);
    }

    @Test
    void the_database_refuses_every_other_move() {
        var legal = new TreeSet<String>();
        Anju.await(anju.db()
                        .list(
                                "SELECT from_state || ' ' || to_state AS move FROM complaint.legal_move",
                                row -> row.getString("move")))
                .forEach(legal::add);
        var expected = new TreeSet<String>();
        for (var from : ComplaintState.values()) {
            from.nextStates().forEach(to -> expected.add(from.id() + " " + to.id()));
        }
        assertThat(legal).isEqualTo(expected);
        var filed = filings.file("complaint", "rent-and-fees");
        assertThatThrownBy(() -> Anju.await(anju.db()
                        .execute(
                                "UPDATE complaint.complaint SET state = 'closed' WHERE id = $1",
                                UUID.fromString(filed.id()))))
                .hasMessageContaining("no complaint moves from received to closed");
        assertThatThrownBy(() -> Anju.await(anju.db().execute("DELETE FROM complaint.event")))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> Anju.await(anju.db().execute("UPDATE complaint.event SET kind = 'filed'")))
                .hasMessageContaining("permission denied");
    }

    private String due(Filed filed) {
        return filings.get(filed).json().at("/complaint/dueOn").asText();
    }

    private List<String> kinds(Filed filed) {
        return filings.get(filed).json().path("history").findValuesAsText("kind");
    }

    private static List<String> marked(Desk desk, String mark) {
        return listed(desk, "&mark=" + mark);
    }

    private static List<String> listed(Desk desk, String filter) {
        var found = new ArrayList<String>();
        desk.get(Filings.WORK + "?limit=100" + filter)
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> found.add(item.at("/complaint/complaintId").asText()));
        return found;
    }
}
