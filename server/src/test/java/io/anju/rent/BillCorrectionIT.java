package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is taken back or given up of bills of Guangzhou that were issued already: nothing is edited. */
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
