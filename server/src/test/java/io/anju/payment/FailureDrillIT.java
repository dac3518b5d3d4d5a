package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKind;
import io.anju.ledger.LedgerService;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Desk;
import io.anju.testing.Payer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything that the channel can do to us, from the notice that never comes to the bill that was cut short. */
class FailureDrillIT {
    private static final Biller BILLER = new Biller();
    private static final long FEN = 10_000;

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final Payer payer = Payer.of(anju);

    @Test
    void every_payment_is_posted_once_whatever_becomes_of_its_notices() {
        var orders = new ArrayList<JsonNode>();
        for (var fault : List.of(
                "LOSE_NOTICE",
                "DROP_DELIVERY",
                "COPY_DELIVERY",
                "DELAY_NOTICE",
                "FORGED_SIGNATURE",
                "STALE_TIMESTAMP",
                "TRUNCATED_BODY",
                "SIGN_TEST",
                "EMPTY_ASSOCIATED_DATA",
                "REORDER_DELIVERIES")) {
            Payer.arm(anju, fault, "", fault.equals("COPY_DELIVERY") ? "7" : "40");
            orders.add(paid());
            orders.add(paid());
            Payer.deliver(anju);
        }
        for (int i = 0; i < 6; i++) {
            payer.waits(Duration.ofSeconds(31));
            Payer.deliver(anju);
            anju.runJobs();
        }
        orders.forEach(order -> assertThat(state(order)).isEqualTo("paid"));
        var keys = orders.stream().map(FailureDrillIT::businessKey).toList();
        assertThat(Anju.await(new LedgerService().amounts(anju.db(), AccountKind.CLEARING, "wechat", keys)))
                .hasSize(orders.size())
                .allSatisfy((key, fen) -> assertThat(fen).isEqualTo(FEN));
    }

    @Test
    void a_wrong_amount_posts_nothing_and_is_an_item_until_the_channel_is_asked() {
        for (var fault : List.of("WRONG_AMOUNT", "WRONG_CURRENCY", "WRONG_MERCHANT", "WRONG_APP")) {
            Payer.arm(anju, fault, "", "-1");
            var order = paid();
            Payer.deliver(anju);
            assertThat(state(order)).as(fault).isEqualTo("open");
            assertThat(posted(order)).isEmpty();
            assertThat(paymentItems(order)).as(fault).hasSize(1);
            payer.waits(Duration.ofSeconds(61));
            anju.runJobs();
            assertThat(state(order)).as(fault).isEqualTo("paid");
            assertThat(posted(order)).containsValue(FEN);
        }
    }

    @Test
    void a_day_is_compared_with_the_channels_bill_and_every_fault_is_named() {
        var day = newDay();
        for (int i = 0; i < 12; i++) {
            paid();
        }
        Payer.deliver(anju);
        Payer.arm(anju, "BILL_DEFECT", "", "wrong-amount,missing-payment,unknown-payment,charged-twice,wrong-fee");
        var run = compared(day);
        assertThat(run.path("differences").asInt()).isEqualTo(5);
        var found = items(day);
        assertThat(found.keySet())
                .containsExactlyInAnyOrder(
                        "payment-amount-differs",
                        "payment-missing-there",
                        "payment-missing-here",
                        "charged-twice",
                        "fee-differs");

        var first = desk();
        var second = desk();
        var unknown = path(found, "payment-missing-here");
        first.post(unknown + "/claim", null).expect(200);
        first.post(unknown + "/resolution", Map.of("resolution", "booked", "reason", "渠道确认到账"))
                .expect(200);
        first.post(unknown + "/approval", Map.of("reason", "复核")).expect(409, "booking-needs-second-person");
        second.post(unknown + "/rejection", Map.of("reason", "缺回单")).expect(200);
        second.post(unknown + "/approval", Map.of("reason", "复核")).expect(409, "item-state-conflict");
        first.post(unknown + "/resolution", Map.of("resolution", "booked", "reason", "渠道确认到账，附回单"))
                .expect(200);
        var booked = second.post(unknown + "/approval", Map.of("reason", "已核对回单"))
                .expect(200)
                .json();
        assertThat(booked.path("state").asText()).isEqualTo("resolved");
        var posting = Anju.await(new LedgerService()
                        .find(
                                anju.db(),
                                "reconciliation-item:" + booked.path("itemId").asText()))
                .orElseThrow();
        assertThat(posting.id()).hasToString(booked.path("postingId").asText());
        assertThat(StreamSupport.stream(booked.path("history").spliterator(), false)
                        .map(event -> event.path("action").asText()))
                .containsExactly("found", "assigned", "proposed", "rejected", "proposed", "booked");
        first.post(path(found, "fee-differs") + "/resolution", Map.of("resolution", "explained", "reason", "优惠费率"))
                .expect(200);

        anju.clock().advance(Duration.ofMinutes(1));
        var again = desk().post(
                        "/v1/staff/reconciliation-runs", Map.of("channel", "wechat", "billDate", day.toString()))
                .expect(202)
                .json();
        anju.runJobs();
        assertThat(again.path("number").asInt()).isEqualTo(2);
        assertThat(runOf(day).path("verifiedShare").asText()).isEqualTo("1.0000");
        assertThat(items(day).values().stream()
                        .collect(Collectors.toMap(
                                item -> item.path("kind").asText(),
                                item -> item.path("resolution").asText())))
                .containsEntry("payment-missing-here", "booked")
                .containsEntry("fee-differs", "explained")
                .containsEntry("payment-amount-differs", "vanished")
                .containsEntry("payment-missing-there", "vanished")
                .containsEntry("charged-twice", "vanished");
    }

    @Test
    void a_bill_that_is_cut_short_or_has_another_digest_is_fetched_again() {
        for (var fault : List.of("TRUNCATED_BILL", "WRONG_DIGEST")) {
            var day = newDay();
            paid();
            Payer.deliver(anju);
            Payer.arm(anju, fault, "", "");
            anju.clock().set(day.plusDays(1), LocalTime.of(10, 0));
            anju.runJobs();
            assertThat(runOf(day).path("state").asText()).as(fault).isEqualTo("running");
            anju.clock().advance(Duration.ofMinutes(5));
            anju.runJobs();
            assertThat(runOf(day).path("state").asText()).as(fault).isEqualTo("done");
            assertThat(runOf(day).path("verifiedShare").asText()).isEqualTo("1.0000");
            assertThat(items(day)).isEmpty();
        }
    }

    @Test
    void a_day_has_no_bill_before_ten_o_clock() {
        desk().post(
                        "/v1/staff/reconciliation-runs",
                        Map.of(
                                "channel",
                                "wechat",
                                "billDate",
                                anju.clock().today().toString()))
                .expect(409, "bill-not-there-yet");
    }

    /** A day of which nothing has happened yet, when all days before it have been compared. */
    private LocalDate newDay() {
        anju.clock().set(anju.clock().today().plusDays(1), LocalTime.of(10, 30));
        anju.runJobs();
        payer.waits(Duration.ofMinutes(1));
        return anju.clock().today();
    }

    /** Money that the payer has handed over. */
    private JsonNode paid() {
        var order = payer.order(null, BILLER.bill(anju, FEN, payer.id()))
                .expect(201)
                .json();
        payer.confirm(order).expect(200);
        return order;
    }

    private String state(JsonNode order) {
        return payer.get(order.path("paymentId").asText())
                .expect(200)
                .json()
                .path("state")
                .asText();
    }

    private static String businessKey(JsonNode order) {
        return "payment:" + order.path("outTradeNo").asText();
    }

    private static Map<String, Long> posted(JsonNode order) {
        return Anju.await(
                new LedgerService().amounts(anju.db(), AccountKind.CLEARING, "wechat", List.of(businessKey(order))));
    }

    private static List<JsonNode> paymentItems(JsonNode order) {
        var items = desk().get("/v1/staff/reconciliation-items?limit=100")
                .expect(200)
                .json()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("subject")
                        .asText()
                        .equals(order.path("outTradeNo").asText()))
                .toList();
    }

    private JsonNode compared(LocalDate day) {
        anju.clock().set(day.plusDays(1), LocalTime.of(10, 0));
        anju.runJobs();
        return runOf(day);
    }

    /** The newest comparison of the day. */
    private static JsonNode runOf(LocalDate day) {
        return desk().get("/v1/staff/reconciliation-runs?limit=1&billDate=" + day)
                .expect(200)
                .json()
                .at("/items/0");
    }

    private static Map<String, JsonNode> items(LocalDate day) {
        var items = desk().get("/v1/staff/reconciliation-items?limit=100&billDate=" + day)
                .expect(200)
                .json()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .collect(Collectors.toMap(item -> item.path("kind").asText(), item -> item));
    }

    private static String path(Map<String, JsonNode> found, String kind) {
        return "/v1/staff/reconciliation-items/"
                + Objects.requireNonNull(found.get(kind)).path("itemId").asText();
    }

    private static Desk desk() {
        return Desk.of(anju, "city", "3702");
    }
}
