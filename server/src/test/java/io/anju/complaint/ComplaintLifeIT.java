package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of complaints over HTTP, from filing to the last answer. */
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
        assertThat(filings.kinds(filed)).containsExactly("filed", "accepted", "replied", "rated", "closed");
    }

    @Test
    void each_step_is_an_event_and_of_reports_there_is_none() {
        var desk = filings.handler();
        var filed = filings.file("complaint", "rent-and-fees");
        Filings.accept(desk, filed).expect(200);
        Filings.act(desk, filed, "opinions", Map.of("text", "内部意见")).expect(200);
        Filings.reply(desk, filed).expect(200);
        filings.post(filed, "rating", Map.of("stars", 4)).expect(200);
        Filings.close(desk, filed).expect(200);
        var report = filings.file("report", "false-declaration");
        assertThat(topics(filed))
                .containsExactly(
                        "complaint.filed",
                        "complaint.accepted",
                        "complaint.replied",
                        "complaint.rated",
                        "complaint.closed");
        assertThat(topics(report)).isEmpty();
    }

    private static List<String> topics(Filed filed) {
        return Anju.await(anju.db()
                .list(
                        "SELECT topic FROM platform.outbox WHERE subject_id = $1 ORDER BY id",
                        row -> row.getString("topic"),
                        UUID.fromString(filed.id())));
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
        assertThat(Filings.listed(desk, "&mark=warning")).doesNotContain(filed.id());
        anju.clock().set(dueOn, LocalTime.of(12, 0));
        anju.runJobs();
        anju.runJobs();
        assertThat(Filings.listed(desk, "&mark=warning")).contains(filed.id());
        anju.clock().set(dueOn, LocalTime.of(23, 59));
        assertThat(Filings.listed(desk, "&mark=overdue")).doesNotContain(filed.id());
        anju.clock().set(dueOn.plusDays(1), LocalTime.of(0, 0));
        anju.runJobs();
        anju.runJobs();
        assertThat(Filings.listed(desk, "&mark=overdue")).contains(filed.id());
        assertThat(filings.kinds(filed)).containsExactly("filed", "warned", "overdue", "supervised");
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
        assertThat(filings.kinds(filed)).endsWith("visited", "visited", "reopened");
    }

    @Test
    void is_not_closed_without_an_answer() {
        var desk = filings.handler();
        for (var kind : List.of("complaint", "petition")) {
            var filed = filings.file(kind, "rent-and-fees");
            Filings.close(desk, filed).expect(409, "not-its-handler");
            Filings.accept(desk, filed).expect(200);
            Filings.close(desk, filed).expect(409, "complaint-not-answered");
            Filings.act(desk, filed, "reply", Map.of("text", "")).expect(400);
            assertThat(filings.state(filed)).isEqualTo("handling");
            Filings.reply(desk, filed).expect(200);
            Filings.close(desk, filed).expect(200);
        }
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
        assertThat(Filings.listed(filings.handler(), "")).doesNotContain(filed.id());
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
    void nobody_has_more_than_twenty_open() {
        var resident = filings.resident();
        var body = Filings.body("consultation", "rent-and-fees", null);
        for (int i = 0; i < 20; i++) {
            filings.file(resident, body);
        }
        anju.http().post(Filings.MINE, resident.token(), body).expect(409, "too-many-complaints");
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
}
