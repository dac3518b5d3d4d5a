package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What eases arrears and what does not: complaints, credit, requests at the wrong time, twice and at once. Qingdao. */
class ReliefGuardsIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Map<String, Object> PLAN = Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 3);

    ReliefGuardsIT() {
        super(anju, Letting.QINGDAO);
    }

    private Answer ask(Let let, Map<String, ?> body) {
        return anju.http().post("/v1/me/leases/" + let.leaseId() + "/arrears-requests", token(let), body);
    }

    private static String requestId(Answer asked) {
        return asked.expect(201).json().path("requestId").asText();
    }

    private Answer decide(Desk desk, String requestId, String decision) {
        return desk.post(
                "/v1/staff/arrears-requests/" + requestId + "/decision", Map.of("decision", decision, "reason", "已核实"));
    }

    private static Map<String, Object> deferral(LocalDate until) {
        return Map.of("kind", "deferral", "reason", "住院", "until", until.toString());
    }

    private static List<Integer> atOnce(List<Supplier<Answer>> calls) {
        var running = calls.stream().map(CompletableFuture::supplyAsync).toList();
        var statuses = new ArrayList<Integer>();
        running.forEach(call -> statuses.add(call.join().status()));
        statuses.sort(Integer::compareTo);
        return statuses;
    }

    private Let late(int days) {
        var let = let();
        goThrough(let.from(), let.from().plusDays(days));
        return let;
    }

    @Test
    void a_complaint_about_the_lease_pauses_the_ladder_and_its_answer_resumes_it() {
        var let = late(1);
        var body = Map.of(
                "cityCode", "370200",
                "kind", "complaint",
                "category", "rent-and-fees",
                "text", "三月账单多收了一个月租金。",
                "subject", Map.of("type", "lease", "subjectId", let.leaseId()));
        var complaint = anju.http()
                .post("/v1/complaints", token(let), body)
                .expect(201)
                .json()
                .at("/complaint/complaintId")
                .asText();
        var filedOn = anju.clock().today();
        goThrough(filedOn.plusDays(1), filedOn.plusDays(50));
        var paused = mine(let);
        assertThat(actions(paused)).containsExactly("kind-reminder");
        assertThat(paused.path("paused").asBoolean()).isTrue();
        assertThat(paused.at("/pauses/0/reason").asText()).isEqualTo("complaint");
        assertThat(paused.path("advice").toString()).contains("催缴暂停至");
        assertThat(paused.path("lateFeeAccruedFen").asLong()).isZero();
        var earliest = LocalDate.parse(paused.at("/next/earliestOn").asText());

        var work = "/v1/staff/complaints/" + complaint;
        city.post(work + "/acceptance", Map.of("accepted", true)).expect(200);
        city.post(work + "/reply", Map.of("text", "经核查，账单无误。")).expect(200);
        go(filedOn.plusDays(51));
        var resumed = mine(let);
        assertThat(resumed.path("paused").asBoolean()).isFalse();
        assertThat(resumed.at("/pauses/0/endedOn").asText())
                .isEqualTo(filedOn.plusDays(51).toString());
        // the pause was to last 90 days: the answer brings the next step nearer, and it is taken on that day
        var next = LocalDate.parse(resumed.at("/next/earliestOn").asText());
        assertThat(next).isBefore(earliest);
        assertThat(resumed.at("/next/action").asText()).isEqualTo("formal-notice");
        goThrough(filedOn.plusDays(52), next.minusDays(1));
        assertThat(actions(mine(let))).containsExactly("kind-reminder");
        go(next);
        assertThat(actions(mine(let))).containsExactly("kind-reminder", "formal-notice");
    }

    @Test
    void what_was_paid_ahead_is_used_before_the_ladder_moves() {
        var let = late(1);
        var due = mine(let).path("overdueFen").asLong();
        var month = let.from().withDayOfMonth(1).plusMonths(1);
        // the deposit is older than the next rent, so it takes its part of what is paid ahead
        var deposit = Anju.await(anju.db()
                        .find(
                                "SELECT coalesce(sum(amount_fen), 0)::bigint AS fen FROM rent.bill WHERE lease_id = $1 AND charge = 'deposit'",
                                row -> row.getLong("fen"),
                                UUID.fromString(let.leaseId())))
                .orElseThrow();
        pay(let, due + deposit + 200_000);
        go(month);
        bill(month.toString().substring(0, 7));
        goThrough(month.plusDays(1), month.plusDays(15));
        var standing = mine(let);
        assertThat(standing.path("overdueFen").asLong()).isZero();
        assertThat(actions(standing)).containsExactly("kind-reminder");
        assertThat(standing.path("advice").get(0).asText()).isEqualTo("目前没有逾期租金。");
        assertThat(standing.has("next")).isFalse();
    }

    @Test
    void of_two_requests_at_once_one_is_taken_and_of_two_decisions_one_holds() {
        var let = late(2);
        var token = token(let);
        var path = "/v1/me/leases/" + let.leaseId() + "/arrears-requests";
        assertThat(atOnce(List.of(
                        () -> anju.http().post(path, token, PLAN),
                        () -> anju.http().post(path, token, PLAN))))
                .containsExactly(201, 409);
        var id = mine(let).at("/requests/0/requestId").asText();
        var other = Desk.of(anju, "city", "3702");
        assertThat(atOnce(List.of(() -> decide(city, id, "grant"), () -> decide(other, id, "decline"))))
                .containsExactly(200, 409);
        var standing = mine(let);
        var granted = standing.at("/requests/0/state").asText().equals("granted");
        assertThat(standing.path("paused").asBoolean()).isEqualTo(granted);
        assertThat(standing.has("plan")).isEqualTo(granted);
    }

    @Test
    void requests_at_the_wrong_time_are_refused() {
        var let = let();
        go(let.from());
        var today = anju.clock().today();
        ask(let, PLAN).expect(409, "nothing-overdue");
        ask(let, deferral(today.plusDays(5))).expect(409, "nothing-overdue");
        goThrough(let.from().plusDays(1), let.from().plusDays(2));
        today = anju.clock().today();
        ask(let, Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 13))
                .expect(422, "relief-beyond-rules");
        ask(let, Map.of("kind", "instalment-plan", "reason", "失业")).expect(422, "relief-beyond-rules");
        ask(let, deferral(today)).expect(422, "relief-beyond-rules");
        ask(let, deferral(today.plusDays(91))).expect(422, "relief-beyond-rules");

        var taken = requestId(ask(let, PLAN));
        anju.http()
                .post("/v1/me/arrears-requests/" + taken + "/withdrawal", token(let), null)
                .expect(200);
        decide(city, taken, "grant").expect(409, "arrears-request-decided");
        var stranger = anju.people().resident();
        var waiting = requestId(ask(let, deferral(today.plusDays(3))));
        anju.http()
                .post("/v1/me/arrears-requests/" + waiting + "/withdrawal", stranger, null)
                .expect(404);
        decide(Desk.of(anju, "city", "4401"), waiting, "grant").expect(404);
        decide(city, waiting, "grant").expect(200);
        decide(city, waiting, "decline").expect(409, "arrears-request-decided");
        ask(let, PLAN).expect(409, "arrears-request-waits");
        goThrough(today.plusDays(1), today.plusDays(4));
        ask(let, deferral(anju.clock().today().plusDays(3))).expect(422, "relief-beyond-rules");

        var late = requestId(ask(let, PLAN));
        pay(let, mine(let).path("overdueFen").asLong());
        decide(city, late, "grant").expect(409, "nothing-overdue");
        decide(city, late, "decline").expect(200);
    }

    @Test
    void a_household_may_ask_again_after_a_breach_and_the_file_says_what_became_of_its_plan() {
        var let = late(2);
        var today = anju.clock().today();
        decide(city, requestId(ask(let, PLAN)), "grant").expect(200);
        assertThat(mine(let).path("advice").toString()).contains("分期缴纳中");
        go(today.plusMonths(1).plusDays(10));
        assertThat(mine(let).at("/plan/state").asText()).isEqualTo("running");
        go(today.plusMonths(1).plusDays(11));
        assertThat(mine(let).at("/plan/state").asText()).isEqualTo("breached");
        var again = requestId(ask(let, PLAN));
        assertThat(waits(let, "&waiting=true")).isTrue();
        assertThat(waits(let, "&waiting=false")).isFalse();
        decide(city, again, "decline").expect(200);
        assertThat(waits(let, "&waiting=true")).isFalse();
    }

    private boolean waits(Let let, String filter) {
        return items("&order=urgency" + filter).stream()
                .anyMatch(one -> one.path("leaseId").asText().equals(let.leaseId()));
    }

    private List<JsonNode> items(String filter) {
        var items = new ArrayList<JsonNode>();
        for (String cursor = ""; cursor != null; ) {
            var page = city.get("/v1/staff/arrears-cases?limit=1" + filter + cursor)
                    .expect(200)
                    .json();
            page.path("items").forEach(items::add);
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : null;
        }
        return items;
    }

    @Test
    void the_work_list_shows_what_waits_first_then_the_oldest_and_what_is_paused_last() {
        var paused = late(1);
        var today = anju.clock().today();
        var path = "/v1/staff/arrears-cases/" + line(paused).path("caseId").asText() + "/pauses";
        var to = today.plusDays(150);
        city.post(path, Map.of("reason", "hospital", "from", today.toString(), "to", to.toString(), "note", "住院"))
                .expect(200);
        var oldest = late(3);
        var waiting = late(2);
        requestId(ask(waiting, PLAN));
        var listed = items("&order=urgency");
        var order = listed.stream().map(one -> one.path("leaseId").asText()).toList();
        assertThat(order).doesNotHaveDuplicates();
        assertThat(order.indexOf(waiting.leaseId())).isLessThan(order.indexOf(oldest.leaseId()));
        assertThat(order.indexOf(oldest.leaseId())).isLessThan(order.indexOf(paused.leaseId()));
        var line = listed.get(order.indexOf(paused.leaseId()));
        assertThat(line.path("pausedUntil").asText()).isEqualTo(to.toString());
        assertThat(line.path("stageOn").asText()).isNotEmpty();
        assertThat(line.path("maskedTenant").asText()).endsWith("*");
        assertThat(listed.get(order.indexOf(waiting.leaseId()))
                        .path("waitsSince")
                        .asText())
                .isEqualTo(anju.clock().today().toString());
        assertThat(items("").stream().map(one -> one.path("leaseId").asText()))
                .containsExactlyInAnyOrderElementsOf(order);
    }
}
