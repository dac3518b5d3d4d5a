package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders from the first tap to the ledger, against the simulated WeChat Pay. */
class PaymentIT {
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final Payer payer = Payer.of(anju);

    @Test
    void pays_a_bill_through_wechat() {
        var bill = BILLER.bill(anju, 62_500, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        assertThat(order.path("state").asText()).isEqualTo("open");
        assertThat(order.path("amountFen").asLong()).isEqualTo(62_500);
        assertThat(order.at("/requestPayment/package").asText()).startsWith("prepay_id=");
        payer.confirm(order).expect(200);
        Payer.deliver(anju);
        var paid = get(order);
        assertThat(paid.path("state").asText()).isEqualTo("paid");
        assertThat(paid.has("requestPayment")).isFalse();
        assertThat(BILLER.dueFen(anju, bill)).isZero();
        assertThat(items(order)).isEmpty();
    }

    @Test
    void pays_several_bills_of_one_lease_oldest_first() {
        var lease = UUID.randomUUID();
        var bills = List.of(
                BILLER.bill(anju, lease, 10_000, true, payer.id()), BILLER.bill(anju, lease, 20_000, true, payer.id()));
        payer.pays(15_000L, bills.toArray(Biller.Bill[]::new));
        assertThat(bills.stream().mapToLong(bill -> BILLER.dueFen(anju, bill)).sum())
                .isEqualTo(15_000);
    }

    @Test
    void refuses_what_cannot_be_ordered() {
        var bill = BILLER.bill(anju, UUID.randomUUID(), 10_000, false, payer.id());
        var anothers = BILLER.bill(anju, 10_000, Payer.of(anju).id());
        payer.order(5_000L, bill).expect(422, "partial-not-allowed");
        payer.order(null, anothers).expect(422, "bill-not-payable");
        var elsewhere = BILLER.bill(anju, 10_000, payer.id());
        payer.order(null, bill, elsewhere).expect(422, "bills-of-several-leases");
        payer.pays(null, bill);
        payer.order(null, bill).expect(422, "bill-settled");
    }

    @Test
    void lets_one_of_two_payers_order() {
        var other = Payer.of(anju);
        var bill = BILLER.bill(anju, 10_000, payer.id(), other.id());
        var first = payer.order(null, bill).expect(201).json();
        other.order(null, bill).expect(409, "bill-being-paid");
        payer.cancel(id(first)).expect(200);
        assertThat(get(first).path("state").asText()).isEqualTo("closed");
        other.pays(null, bill);
        assertThat(BILLER.dueFen(anju, bill)).isZero();
    }

    @Test
    void keeps_what_is_above_the_debt_as_credit() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        BILLER.creditNote(anju, bill, 4_000);
        payer.confirm(order).expect(200);
        Payer.deliver(anju);
        assertThat(BILLER.dueFen(anju, bill)).isZero();
        assertThat(BILLER.creditFen(anju, bill.leaseId())).isEqualTo(4_000);
    }

    @Test
    void gives_the_same_answer_to_a_repeat_and_finds_its_order_after_a_lost_answer() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var key = UUID.randomUUID().toString();
        Payer.arm(anju, "LOSE_ANSWER", "prepay", "");
        payer.order(key, null, bill).expect(503, "channel-silent");
        // the channel refuses a number that comes with another time to pay
        payer.waits(Duration.ofMinutes(5));
        var order = payer.order(key, null, bill).expect(201);
        assertThat(payer.order(key, null, bill).expect(201).body()).isEqualTo(order.body());
        payer.order(key, 5_000L, bill).expect(422, "idempotency-key-reused");
        assertThat(payments(payer)).hasSize(1);
    }

    @Test
    void ends_an_order_that_the_channel_declines() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        Payer.arm(anju, "ANSWER_ERROR", "prepay", "NO_AUTH");
        payer.order(null, bill).expect(422, "channel-declined");
        payer.order(null, bill).expect(201);
    }

    /** Neither too many requests nor a signature or clock that is wrong is the order's fault. */
    @ParameterizedTest
    @ValueSource(strings = {"SIGN_ERROR", "FREQUENCY_LIMITED", "SYSTEM_ERROR"})
    void keeps_an_order_where_an_error_says_nothing_of_it(String error) {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var key = UUID.randomUUID().toString();
        Payer.arm(anju, "ANSWER_ERROR", "prepay", error);
        var silent = payer.order(key, null, bill).expect(503, "channel-silent");
        assertThat(silent.header("Retry-After")).isEqualTo("5");
        assertThat(payer.order(key, null, bill).expect(201).json().path("state").asText())
                .isEqualTo("open");
        assertThat(payments(payer)).hasSize(1);
    }

    @Test
    void believes_no_forged_answer() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var key = UUID.randomUUID().toString();
        Payer.arm(anju, "FORGE_ANSWER", "prepay", "");
        payer.order(key, null, bill).expect(503, "channel-silent");
        payer.order(key, null, bill).expect(201);
    }

    @Test
    void finds_a_payment_whose_notice_was_lost() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        payer.confirm(order).expect(200);
        assertThat(get(order).path("state").asText()).isEqualTo("open");
        payer.waits(Duration.ofSeconds(61));
        anju.runJobs();
        assertThat(get(order).path("state").asText()).isEqualTo("paid");
        Payer.deliver(anju);
        assertThat(BILLER.dueFen(anju, bill)).isZero();
        assertThat(BILLER.creditFen(anju, bill.leaseId())).isZero();
    }

    @Test
    void closes_an_order_that_nobody_paid_in_time() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        payer.waits(Duration.ofMinutes(31));
        anju.runJobs();
        assertThat(get(order).path("state").asText()).isEqualTo("closed");
        payer.order(null, bill).expect(201);
    }

    @Test
    void keeps_an_order_closing_until_the_channel_has_said_so() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        Payer.arm(anju, "LOSE_ANSWER", "close", "");
        assertThat(payer.cancel(id(order)).expect(200).json().path("state").asText())
                .isEqualTo("closing");
        payer.order(null, bill).expect(409, "bill-being-paid");
        payer.waits(Duration.ofSeconds(31));
        anju.runJobs();
        assertThat(get(order).path("state").asText()).isEqualTo("closed");
    }

    @Test
    void finds_on_cancelling_that_the_order_is_paid() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        payer.confirm(order).expect(200);
        payer.cancel(id(order)).expect(409, "payment-settled");
        assertThat(get(order).path("state").asText()).isEqualTo("paid");
        Payer.deliver(anju);
    }

    @Test
    void sends_money_back_that_came_after_the_order_was_closed() {
        var bill = BILLER.bill(anju, 10_000, payer.id());
        var order = payer.order(null, bill).expect(201).json();
        payer.cancel(id(order)).expect(200);
        Payer.control(
                        anju,
                        "payments",
                        Map.of("outTradeNo", order.path("outTradeNo").asText(), "afterClose", true))
                .expect(200);
        Payer.deliver(anju);
        assertThat(get(order).path("state").asText()).isEqualTo("paid_late");
        assertThat(BILLER.dueFen(anju, bill)).isEqualTo(10_000);
        assertThat(items(order)).containsExactly("paid-after-close");
        payer.waits(Duration.ofSeconds(11));
        anju.runJobs();
        payer.waits(Duration.ofMinutes(5));
        Payer.deliver(anju);
        anju.runJobs();
        assertThat(get(order).at("/refunds/0/state").asText()).isEqualTo("succeeded");
        assertThat(get(order).path("refundedFen").asLong()).isEqualTo(10_000);
    }

    @Test
    void lists_ones_own_payments_page_by_page() {
        for (int i = 0; i < 3; i++) {
            payer.order(null, BILLER.bill(anju, 10_000, payer.id())).expect(201);
        }
        var first = anju.http()
                .get("/v1/payments?limit=2", payer.token())
                .expect(200)
                .json();
        assertThat(first.path("items")).hasSize(2);
        var rest = anju.http()
                .get("/v1/payments?limit=2&cursor=" + first.path("nextCursor").asText(), payer.token())
                .expect(200)
                .json();
        assertThat(rest.path("items")).hasSize(1);
        assertThat(rest.has("nextCursor")).isFalse();
    }

    @Test
    void shows_nobody_anothers_payment() {
        var order = payer.order(null, BILLER.bill(anju, 10_000, payer.id()))
                .expect(201)
                .json();
        var stranger = Payer.of(anju);
        stranger.get(id(order)).expect(404);
        stranger.cancel(id(order)).expect(404);
        stranger.askBack(id(order), 1).expect(404);
    }

    private JsonNode get(JsonNode order) {
        return payer.get(id(order)).expect(200).json();
    }

    private static String id(JsonNode order) {
        return order.path("paymentId").asText();
    }

    private static JsonNode payments(Payer payer) {
        return anju.http().get("/v1/payments", payer.token()).expect(200).json().path("items");
    }

    private static List<String> items(JsonNode order) {
        var reconciler = anju.people().staff("city", "3702");
        var items = anju.http()
                .get("/v1/staff/reconciliation-items?state=open&limit=100", reconciler)
                .expect(200)
                .json()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("subject")
                        .asText()
                        .equals(order.path("outTradeNo").asText()))
                .map(item -> item.path("kind").asText())
                .toList();
    }
}
