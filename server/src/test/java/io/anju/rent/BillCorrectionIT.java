package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done about bills of Guangzhou that were issued already: nothing is edited, and each day is billed once. */
class BillCorrectionIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    BillCorrectionIT() {
        super(anju, Letting.GUANGZHOU);
    }

    /** This income pays 40 %: 399.80 yuan a month. */
    private Let let() {
        return let(DAY, LocalDate.of(2028, 3, 3));
    }

    private static List<JsonNode> april(Let let) {
        return let.rents().stream()
                .filter(bill -> bill.path("from").asText().startsWith("2026-04"))
                .toList();
    }

    private static void change(Let let, String from, long incomeFen) {
        let.act(
                        "rent-changes",
                        Map.of("from", from, "household", Tenancies.single("440100", incomeFen), "reason", "收入变化"))
                .expect(200);
    }

    private Tenancies.Tenant pass(Let let, String from) {
        return let.passTo(new Tenancies(anju, city()).tenant(), from, "继承");
    }

    @Test
    void a_credit_note_never_takes_back_more_than_the_bill() {
        var let = let();
        run("2026-03");
        var march = let.rents().get(0);
        let.pays(36_111L, march);
        var path = "/v1/staff/bills/" + march.path("billId").asText() + "/credit-notes";
        city().post(path, Map.of("amountFen", 36_112, "reason", "减免")).expect(409, "credited-already");
        city().post(path, Map.of("amountFen", 1, "reason", "致电 13812345678")).expect(422, "correction-names-a-person");
        city().post(path, Map.of("amountFen", 6_111, "reason", "停水减免")).expect(200);
        city().post(path, Map.of("amountFen", 30_001, "reason", "减免")).expect(409, "credited-already");
        var bill = let.rents().get(0);
        assertThat(bill.path("creditedFen").asLong()).isEqualTo(6_111);
        // the deposit was due and open, so the credit went there
        assertThat(let.deposit().path("paidFen").asLong()).isEqualTo(6_111);
        Desk.of(anju, "city", "3502")
                .post(path, Map.of("amountFen", 1, "reason", "减免"))
                .expect(404);
    }

    @Test
    void a_rent_changed_within_a_month_is_corrected_to_the_fen() {
        var let = let();
        run("2026-04");
        var change =
                Map.of("from", "2026-04-16", "household", Tenancies.single("440100", 100_000), "reason", "年度复核收入变化");
        city().post("/v1/staff/leases/" + let.leaseId() + "/rent-changes", change)
                .expect(200);
        // 12 000 yuan a year is the lowest band: 99.95 from the 16th on, half of April
        var april = let.rents().stream()
                .filter(bill -> bill.path("from").asText().equals("2026-04-01"))
                .mapToLong(bill -> bill.path("amountFen").asLong()
                        - bill.path("creditedFen").asLong())
                .sum();
        assertThat(april).isEqualTo(19_990 + 9_995 - 4_998);
        run("2026-05");
        assertThat(let.rents().get(0).path("amountFen").asLong()).isEqualTo(9_995);
    }

    @Test
    void the_final_bill_is_by_days_and_the_deposit_is_settled() {
        var let = let();
        run("2026-03");
        let.pays(79_960L, let.deposit());
        var end = Map.of("lastDay", DAY.toString(), "ground", "own-wish", "reason", "搬离", "returnedOn", DAY.toString());
        city().post("/v1/staff/leases/" + let.leaseId() + "/termination", end).expect(200);
        var march = let.rents().get(0);
        // one of 31 days: 399.80 ÷ 31 = 12.896…
        assertThat(march.path("amountFen").asLong() - march.path("creditedFen").asLong())
                .isEqualTo(1_290);
        assertThat(march.path("dueFen").asLong()).isZero();
        assertThat(let.statement(DAY, DAY).path("closingFen").asLong()).isEqualTo(-(79_960 - 1_290));
    }

    @Test
    void a_new_tenant_within_a_month_pays_from_the_first_own_day() {
        var let = let();
        run("2026-03");
        var next = new Tenancies(anju, city()).tenant();
        var change = Map.of(
                "fullName", next.fullName(), "nationalId", next.nationalId(), "from", "2026-03-20", "reason", "继承");
        city().post("/v1/staff/leases/" + let.leaseId() + "/tenant", change).expect(200);
        var rents = let.rents();
        assertThat(rents).hasSize(2);
        var later = rents.get(0);
        assertThat(later.path("from").asText()).isEqualTo("2026-03-20");
        // 12 of 31 days
        assertThat(later.path("amountFen").asLong())
                .isEqualTo(rents.get(1).path("creditedFen").asLong());
        assertThat(rents.stream()
                        .mapToLong(bill -> bill.path("amountFen").asLong()
                                - bill.path("creditedFen").asLong())
                        .sum())
                .isEqualTo(36_111);
        requireEachReadsTheirOwn(
                let,
                next,
                later.path("billId").asText(),
                rents.get(1).path("billId").asText());
    }

    /** Neither of the two learns what the other's household was billed, or who the other is. */
    private void requireEachReadsTheirOwn(Let let, Tenant next, String laterBill, String earlierBill) {
        var before = let.tenant().token();
        var after = next.token();
        assertThat(billIds(before)).contains(earlierBill).doesNotContain(laterBill);
        assertThat(billIds(after)).contains(laterBill).doesNotContain(earlierBill);
        anju.http().get("/v1/me/bills/" + earlierBill, before).expect(200);
        anju.http().get("/v1/me/bills/" + laterBill, before).expect(404);
        anju.http().get("/v1/me/bills/" + laterBill, after).expect(200);
        anju.http().get("/v1/me/bills/" + earlierBill, after).expect(404);
        anju.http()
                .post("/v1/payments", before, Map.of("billIds", List.of(laterBill)))
                .expect(422, "bill-not-payable");
        var path = "/v1/me/leases/" + let.leaseId();
        var left = anju.http().get(path, before).expect(200).json();
        var held = anju.http().get(path, after).expect(200).json();
        assertThat(left.at("/tenant/from").asText()).isEqualTo(DAY.toString());
        assertThat(held.at("/tenant/from").asText()).isEqualTo("2026-03-20");
        var days = "?from=2026-01-01&to=2026-12-31";
        var leftStatement =
                anju.http().get(path + "/statement" + days, before).expect(200).json();
        assertThat(leftStatement.path("lines").findValuesAsText("billId")).doesNotContain(laterBill);
        var heldStatement =
                anju.http().get(path + "/statement" + days, after).expect(200).json();
        assertThat(heldStatement.path("from").asText()).isEqualTo("2026-03-20");
        assertThat(heldStatement.path("lines").findValuesAsText("billId")).doesNotContain(earlierBill);
        // what is paid later of their own is read later
        anju.http()
                .get(path + "/statement?from=2026-04-01&to=2026-12-31", before)
                .expect(200);
        anju.http()
                .get(path + "/statement?from=2026-01-01&to=2026-03-19", after)
                .expect(404);
    }

    private static List<String> billIds(String token) {
        return anju.http()
                .get("/v1/me/bills?limit=100", token)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("billId");
    }

    @Test
    void a_debt_is_given_up_by_two_people() {
        var let = let();
        run("2026-03");
        var path = "/v1/staff/bills/" + let.rents().get(0).path("billId").asText() + "/write-offs";
        city().post(path, Map.of("amountFen", 36_112, "reason", "无遗产")).expect(409, "nothing-due");
        var proposed = city().post(path, Map.of("amountFen", 36_111, "reason", "无遗产"))
                .expect(201)
                .json();
        city().post(path, Map.of("amountFen", 1, "reason", "无遗产")).expect(409, "write-off-waits");
        var decision = "/v1/staff/write-offs/" + proposed.path("writeOffId").asText() + "/decision";
        var approve = Map.of("decision", "approve", "reason", "已核实");
        city().post(decision, approve).expect(409, "second-person-needed");
        var second = Desk.of(anju, "city", Letting.GUANGZHOU.area());
        assertThat(second.post(decision, approve)
                        .expect(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("approved");
        second.post(decision, approve).expect(409, "write-off-decided");
        assertThat(let.rents().get(0).path("writtenOffFen").asLong()).isEqualTo(36_111);
        assertThat(let.rents().get(0).path("dueFen").asLong()).isZero();
    }

    @Test
    void a_lease_taken_back_owes_nothing() {
        var tenancies = new Tenancies(anju, city());
        var home = tenancies.home(Letting.GUANGZHOU.home());
        var id = tenancies.let(tenancies.order(Letting.GUANGZHOU, home, tenancies.tenant(), DAY, DAY.plusYears(1)));
        run("2026-04");
        var first = city().get("/v1/staff/leases/" + id + "/bills").expect(200).json();
        giveUp(first.at("/items/0/billId").asText(), 100);
        tenancies.act(id, "withdrawal", Map.of("reason", "放弃入住")).expect(200);
        var bills = city().get("/v1/staff/leases/" + id + "/bills").expect(200).json();
        assertThat(bills.path("items"))
                .hasSize(3)
                .allMatch(bill -> bill.path("dueFen").asLong() == 0)
                .anyMatch(bill -> bill.path("writtenOffFen").asLong() == 100);
    }

    @Test
    void credit_notes_that_race_take_back_no_more_than_the_bill() {
        var let = let();
        run("2026-03");
        var path = "/v1/staff/bills/" + let.rents().get(0).path("billId").asText() + "/credit-notes";
        var racing = IntStream.range(0, 8)
                .mapToObj(i -> anju.http()
                        .request("POST", path)
                        .token(city().token())
                        .body(Map.of("amountFen", 10_000, "reason", "停水减免"))
                        .sendAsync())
                .toList();
        var answers = racing.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(Answer::status).filter(status -> status == 200))
                .hasSize(3);
        assertThat(let.rents().get(0).path("creditedFen").asLong()).isEqualTo(30_000);
        var key = "once-" + let.leaseId();
        for (var i = 0; i < 2; i++) {
            anju.http()
                    .request("POST", path)
                    .token(city().token())
                    .key(key)
                    .body(Map.of("amountFen", 100, "reason", "停水减免"))
                    .send()
                    .expect(200);
        }
        assertThat(let.rents().get(0).path("creditedFen").asLong()).isEqualTo(30_100);
    }

    @Test
    void what_was_given_up_is_not_credited_too() {
        var let = let();
        run("2026-03");
        var march = let.rents().get(0);
        giveUp(march.path("billId").asText(), 30_000);
        var path = "/v1/staff/bills/" + march.path("billId").asText() + "/credit-notes";
        city().post(path, Map.of("amountFen", 6_112, "reason", "减免")).expect(409, "credited-already");
        city().post(path, Map.of("amountFen", 6_111, "reason", "减免")).expect(200);
        assertThat(let.bill(march).path("dueFen").asLong()).isZero();
    }

    @Test
    void changes_that_overlap_leave_each_day_with_one_rent() {
        var let = let();
        run("2026-04");
        change(let, "2026-04-16", 100_000);
        // 399.80 for 15 of 30 days, 99.95 for the others
        assertThat(net(april(let))).isEqualTo(19_990 + 9_995 - 4_998);
        change(let, "2026-04-10", 150_000);
        // this income pays 20 %: 199.90 from the 10th on, and nothing is left of what began on the 16th
        assertThat(net(april(let))).isEqualTo(11_994 + 19_990 - 5_997);
        run("2026-05");
        assertThat(let.rents().get(0).path("amountFen").asLong()).isEqualTo(19_990);
    }

    @Test
    void periods_that_merge_again_are_billed_as_one() {
        var let = let();
        run("2026-04");
        change(let, "2026-04-16", 100_000);
        change(let, "2026-04-10", 150_000);
        change(let, "2026-04-10", 180_000);
        assertThat(net(april(let))).isEqualTo(39_980);
        assertThat(sum(let.rents(), "dueFen")).isEqualTo(39_980 + 36_111);
        run("2026-05");
        assertThat(let.rents().get(0).path("amountFen").asLong()).isEqualTo(39_980);
    }

    @Test
    void a_new_tenant_in_a_period_that_is_not_billed_yet_gets_bills_of_their_own() {
        var let = let();
        run("2026-03");
        pass(let, "2026-04-11");
        run("2026-04");
        // 10 and 20 of the 30 days of 399.80
        assertThat(april(let))
                .extracting(bill -> bill.path("from").asText())
                .containsExactly("2026-04-11", "2026-04-01");
        assertThat(april(let))
                .extracting(bill -> bill.path("amountFen").asLong())
                .containsExactly(26_653L, 13_327L);
        assertThat(run("2026-04").path("bills").asInt()).isZero();
        change(let, "2026-04-16", 100_000);
        assertThat(net(april(let))).isEqualTo(19_990 + 9_995 - 4_998);
    }

    @Test
    void a_second_change_of_tenant_within_a_month_is_taken_from_who_has_the_days() {
        var let = let();
        run("2026-04");
        pass(let, "2026-04-11");
        pass(let, "2026-04-21");
        assertThat(net(april(let))).isEqualTo(39_980);
        assertThat(april(let))
                .extracting(bill -> bill.path("amountFen").asLong()
                        - bill.path("creditedFen").asLong())
                .containsExactly(13_327L, 26_653L - 13_327L, 39_980L - 26_653L);
    }

    @Test
    void bills_of_a_lease_that_has_ended_can_be_corrected_but_not_its_rent() {
        var let = let();
        run("2026-03");
        let.act(
                        "termination",
                        Map.of(
                                "lastDay",
                                "2026-03-04",
                                "ground",
                                "death",
                                "reason",
                                "承租人去世",
                                "returnedOn",
                                "2026-03-04"))
                .expect(200);
        var march = let.rents().get(0);
        // one of 31 days: 399.80 ÷ 31 = 12.896…
        assertThat(march.path("dueFen").asLong()).isEqualTo(1_290);
        let.act("rent-changes", Map.of("from", "2026-03-04", "reason", "收入变化")).expect(409, "lease-state-forbids");
        var path = "/v1/staff/bills/" + march.path("billId").asText() + "/credit-notes";
        city().post(path, Map.of("amountFen", 290, "reason", "减免")).expect(200);
        giveUp(march.path("billId").asText(), 1_000);
        assertThat(let.bill(march).path("dueFen").asLong()).isZero();
        assertThat(run("2026-04").path("bills").asInt()).isZero();
    }

    private void giveUp(String billId, long fen) {
        var proposed = city().post(
                        "/v1/staff/bills/" + billId + "/write-offs", Map.of("amountFen", fen, "reason", "无遗产"))
                .expect(201)
                .json();
        Desk.of(anju, "city", Letting.GUANGZHOU.area())
                .post(
                        "/v1/staff/write-offs/" + proposed.path("writeOffId").asText() + "/decision",
                        Map.of("decision", "approve", "reason", "已核实"))
                .expect(200);
    }
}
