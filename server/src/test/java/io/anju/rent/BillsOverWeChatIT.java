package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.db.Columns;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Payer;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bills of leases, paid by the people who signed them through the simulated WeChat Pay: nothing in between is played. */
class BillsOverWeChatIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
    /** 28 of the 31 days of March at 399.80 yuan. */
    private static final long MARCH_FEN = 36_111;

    private static final long DEPOSIT_FEN = 79_960;

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @SuppressWarnings("NullAway.Init")
    private Tenant tenant;

    @SuppressWarnings("NullAway.Init")
    private Tenant spouse;

    private String leaseId = "";

    @BeforeAll
    static void logIn() {
        city = Desk.of(anju, "city", "4401");
    }

    @BeforeEach
    void let() {
        var tenancies = new Tenancies(anju, city);
        tenant = tenancies.tenant();
        spouse = tenancies.tenant();
        var home = tenancies.home(Letting.GUANGZHOU.home());
        var order = tenancies.order(Letting.GUANGZHOU, home, tenant, DAY, LocalDate.of(2028, 3, 3));
        order.put("coTenants", List.of(spouse.person()));
        leaseId = tenancies.let(order);
        tenancies.handOver(leaseId, DAY);
        run("2026-03");
    }

    private static void run(String month) {
        city.post("/v1/staff/bill-runs", Map.of("programme", "public-rental", "month", month, "dryRun", false))
                .expect(202);
        anju.runJobs();
    }

    private List<JsonNode> bills() {
        var page = city.get("/v1/staff/leases/" + leaseId + "/bills?limit=100")
                .expect(200)
                .json();
        return StreamSupport.stream(page.path("items").spliterator(), false).toList();
    }

    private JsonNode bill(String charge, String from) {
        return bills().stream()
                .filter(bill -> bill.path("charge").asText().equals(charge)
                        && bill.path("from").asText().equals(from))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode march() {
        return bill("rent", "2026-03-04");
    }

    private JsonNode deposit() {
        return bill("deposit", "2026-03-04");
    }

    private static Answer order(Tenant payer, @Nullable Long fen, JsonNode... bills) {
        var body = new HashMap<String, Object>();
        body.put(
                "billIds",
                List.of(bills).stream()
                        .map(bill -> bill.path("billId").asText())
                        .toList());
        if (fen != null) {
            body.put("amountFen", fen);
        }
        return anju.http().post("/v1/payments", payer.token(), body);
    }

    private JsonNode pays(Tenant payer, @Nullable Long fen, JsonNode... bills) {
        var order = order(payer, fen, bills).expect(201).json();
        Payer.control(anju, "payments", order.path("requestPayment")).expect(200);
        Payer.deliver(anju);
        return payment(payer, order);
    }

    private static JsonNode payment(Tenant payer, JsonNode order) {
        return anju.http()
                .get("/v1/payments/" + order.path("paymentId").asText(), payer.token())
                .expect(200)
                .json();
    }

    private JsonNode statement() {
        var today = anju.clock().today();
        return anju.http()
                .get("/v1/me/leases/" + leaseId + "/statement?from=" + DAY + "&to=" + today, tenant.token())
                .expect(200)
                .json();
    }

    private List<String> kinds() {
        var kinds = new ArrayList<String>();
        statement().path("lines").forEach(line -> kinds.add(line.path("kind").asText()));
        return kinds;
    }

    @Test
    void a_bill_is_paid_in_parts_by_two_who_signed() {
        assertThat(pays(tenant, 10_000L, march()).path("state").asText()).isEqualTo("paid");
        assertThat(march().path("dueFen").asLong()).isEqualTo(MARCH_FEN - 10_000);
        assertThat(pays(spouse, null, march()).path("amountFen").asLong()).isEqualTo(MARCH_FEN - 10_000);
        assertThat(march().path("dueFen").asLong()).isZero();
        order(tenant, null, march()).expect(422, "bill-settled");
        assertThat(kinds()).containsSubsequence("payment", "payment");
        assertThat(statement().path("closingFen").asLong()).isEqualTo(DEPOSIT_FEN);
    }

    @Test
    void what_is_paid_above_the_debt_stands_in_the_statement_and_pays_the_next_bill() {
        pays(tenant, MARCH_FEN + DEPOSIT_FEN + 5_000, march(), deposit());
        assertThat(march().path("dueFen").asLong()).isZero();
        assertThat(deposit().path("dueFen").asLong()).isZero();
        assertThat(statement().path("closingFen").asLong()).isEqualTo(-5_000);
        run("2026-04");
        var april = bill("rent", "2026-04-01");
        assertThat(april.path("paidFen").asLong()).isEqualTo(5_000);
        assertThat(april.path("dueFen").asLong()).isEqualTo(39_980 - 5_000);
        assertThat(kinds()).contains("credit-used");
        assertThat(statement().path("closingFen").asLong()).isEqualTo(39_980 - 5_000);
    }

    @Test
    void of_two_who_pay_one_bill_at_once_one_gets_an_order() {
        var bill = march();
        var body = Map.of("billIds", List.of(bill.path("billId").asText()));
        var racing = List.of(tenant, spouse).stream()
                .map(payer -> anju.http()
                        .request("POST", "/v1/payments")
                        .token(payer.token())
                        .body(body)
                        .sendAsync())
                .toList();
        var answers = racing.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
        var won = answers.stream()
                .filter(answer -> answer.status() == 201)
                .findFirst()
                .orElseThrow()
                .json();
        Payer.control(anju, "payments", won.path("requestPayment")).expect(200);
        Payer.deliver(anju);
        assertThat(march().path("dueFen").asLong()).isZero();
    }

    @Test
    void money_that_comes_after_the_order_was_closed_pays_nothing_and_goes_back() {
        var order = order(tenant, null, march()).expect(201).json();
        anju.http()
                .post("/v1/payments/" + order.path("paymentId").asText() + "/cancellation", tenant.token(), null)
                .expect(200);
        pays(spouse, null, march());
        Payer.control(
                        anju,
                        "payments",
                        Map.of("outTradeNo", order.path("outTradeNo").asText(), "afterClose", true))
                .expect(200);
        Payer.deliver(anju);
        assertThat(payment(tenant, order).path("state").asText()).isEqualTo("paid_late");
        assertThat(march().path("paidFen").asLong()).isEqualTo(MARCH_FEN);
        assertThat(statement().path("closingFen").asLong()).isEqualTo(DEPOSIT_FEN);
        for (int i = 0; i < 2; i++) {
            anju.clock().advance(Duration.ofSeconds(61));
            Payer.deliver(anju);
            anju.runJobs();
        }
        assertThat(payment(tenant, order).path("refundedFen").asLong()).isEqualTo(MARCH_FEN);
    }

    @Test
    void racing_refunds_give_back_no_more_than_was_paid_and_the_bill_is_due_again() {
        var paid = pays(tenant, null, march());
        var path = "/v1/payments/" + paid.path("paymentId").asText() + "/refunds";
        var racing = IntStream.range(0, 6)
                .mapToObj(i -> anju.http()
                        .request("POST", path)
                        .token(tenant.token())
                        .body(Map.of("amountFen", 15_000, "reason", "多缴退回"))
                        .sendAsync())
                .toList();
        var asked = racing.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() == 201)
                .toList();
        assertThat(asked).hasSize(2);
        for (var refund : asked) {
            city.post(
                            "/v1/staff/refunds/"
                                    + refund.json().path("refundId").asText() + "/approval",
                            Map.of("reason", "核实"))
                    .expect(200);
        }
        for (int i = 0; i < 3; i++) {
            anju.clock().advance(Duration.ofSeconds(61));
            Payer.deliver(anju);
            anju.runJobs();
        }
        assertThat(march().path("dueFen").asLong()).isEqualTo(30_000);
        assertThat(kinds()).containsSubsequence("payment", "refund", "refund");
    }

    @Test
    void the_bills_of_a_lease_that_has_ended_are_paid_still_and_no_run_adds_to_them() {
        var end = Map.of("lastDay", DAY.toString(), "ground", "own-wish", "reason", "搬离", "returnedOn", DAY.toString());
        city.post("/v1/staff/leases/" + leaseId + "/termination", end).expect(200);
        var left = march();
        assertThat(left.path("dueFen").asLong()).isPositive();
        var many = bills().size();
        run("2026-04");
        assertThat(bills()).hasSize(many);
        pays(tenant, null, left);
        assertThat(march().path("dueFen").asLong()).isZero();
        assertThat(statement().path("closingFen").asLong()).isZero();
    }

    @Test
    void two_runs_at_once_are_one_and_a_run_whose_work_was_lost_goes_on() {
        var body = Map.of("programme", "public-rental", "month", "2026-05", "dryRun", false);
        var first = city.post("/v1/staff/bill-runs", body).expect(202).json();
        city.post("/v1/staff/bill-runs", body).expect(409, "bill-run-running");
        // another instance takes the work and dies with it: its lease runs out
        Anju.await(anju.db()
                .run(
                        """
                UPDATE platform.job
                   SET state = 'running', due_at = $1, attempts = 1, fence = fence + 1, runner = 'dead'
                 WHERE kind = 'rent.bill-run' AND key = $2
                """,
                        Columns.at(anju.clock().instant().plusSeconds(30)),
                        first.path("runId").asText()));
        anju.runJobs();
        assertThat(runOf(first).path("state").asText()).isEqualTo("running");
        anju.clock().advance(Duration.ofMinutes(2));
        anju.runJobs();
        assertThat(runOf(first).path("state").asText()).isEqualTo("done");
        assertThat(bill("rent", "2026-05-01").path("amountFen").asLong()).isEqualTo(39_980);
    }

    private static JsonNode runOf(JsonNode run) {
        return city.get("/v1/staff/bill-runs/" + run.path("runId").asText())
                .expect(200)
                .json();
    }
}
