package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.Role;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.LedgerService;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Desk;
import io.anju.testing.Payer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the channel pays out: when a day is compared, clearing comes back to nothing, whatever had to be cleared up first. */
class SettlementIT {
    private static final Biller BILLER = new Biller();
    private static final long FEN = 10_000;
    /** 0.6 % of a payment. */
    private static final long FEE_FEN = 60;

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final Payer payer = Payer.of(anju);

    @Test
    void a_day_without_a_difference_is_settled_at_once_and_only_once() {
        var day = newDay();
        var before = new Held();
        for (int i = 0; i < 3; i++) {
            payer.pays(null, BILLER.bill(anju, FEN, payer.id()));
        }
        assertThat(clearing()).isEqualTo(before.clearing() + 3 * FEN);
        compared(day);
        assertThat(clearing()).isEqualTo(before.clearing());
        assertThat(balance(AccountKind.BANK)).isEqualTo(before.bank() + 3 * (FEN - FEE_FEN));
        assertThat(balance(AccountKind.CHANNEL_FEE)).isEqualTo(before.fee() + 3 * FEE_FEN);
        again(day, 2);
        assertThat(balance(AccountKind.BANK)).isEqualTo(before.bank() + 3 * (FEN - FEE_FEN));
    }

    /** The bill before it is out of date, whatever it listed. */
    @Test
    void what_a_corrected_bill_lists_no_more_waits_until_it_is_listed_again() {
        var day = newDay();
        var before = new Held();
        for (int i = 0; i < 4; i++) {
            payer.pays(null, BILLER.bill(anju, FEN, payer.id()));
        }
        compared(day);
        assertThat(clearing()).isEqualTo(before.clearing());
        Payer.arm(anju, "BILL_DEFECT", "", "missing-payment");
        again(day, 2);
        assertThat(run(day).path("verifiedShare").asText()).isEqualTo("0.7500");
        assertThat(items(day))
                .singleElement()
                .matches(item -> item.path("kind").asText().equals("payment-missing-there"))
                .matches(item -> item.path("state").asText().equals("open"));
        assertThat(clearing()).isEqualTo(before.clearing() + FEN);
        again(day, 3);
        assertThat(clearing()).isEqualTo(before.clearing());
        assertThat(balance(AccountKind.BANK)).isEqualTo(before.bank() + 4 * (FEN - FEE_FEN));
    }

    @Test
    void a_difference_waits_until_two_people_have_booked_it() {
        var day = newDay();
        var before = new Held();
        for (int i = 0; i < 6; i++) {
            payer.pays(null, BILLER.bill(anju, FEN, payer.id()));
        }
        Payer.arm(anju, "BILL_DEFECT", "", "unknown-payment,wrong-fee");
        compared(day);
        // the line with another fee waits, and so does the one that nobody knows
        assertThat(clearing()).isEqualTo(before.clearing() + FEN);
        anju.clock().advance(Duration.ofMinutes(1));
        var first = Desk.of(anju, "city", "3702");
        var second = Desk.of(anju, "city", "3702");
        gives_each_difference_to_somebody(day, first, second);
        for (var item : items(day)) {
            var path = "/v1/staff/reconciliation-items/" + item.path("itemId").asText();
            first.post(path + "/resolution", Map.of("resolution", "booked", "reason", "渠道确认"))
                    .expect(200);
            second.post(path + "/approval", Map.of("reason", "已核对")).expect(200);
        }
        assertThat(clearing()).isNotEqualTo(before.clearing());
        Payer.arm(anju, "BILL_DEFECT", "", "unknown-payment,wrong-fee");
        anju.clock().advance(Duration.ofMinutes(11));
        anju.runJobs();
        assertThat(clearing()).isEqualTo(before.clearing());
    }

    private static void gives_each_difference_to_somebody(LocalDate day, Desk first, Desk second) {
        var list = "/v1/staff/reconciliation-items?limit=100&billDate=" + day;
        var cashier = Desk.of(anju, "city", "3702", "出纳", EnumSet.of(Role.CASHIER));
        var elsewhere = Desk.of(anju, "city", "4401");
        var items = second.get(list + "&owner=nobody").expect(200).json().path("items");
        assertThat(items).hasSize(2);
        for (var item : items) {
            var path = "/v1/staff/reconciliation-items/" + item.path("itemId").asText();
            for (var nobody : List.of("nobody", cashier.username(), elsewhere.username())) {
                first.post(path + "/assignment", Map.of("owner", nobody)).expect(422, "owner-unknown");
            }
            var given = first.post(path + "/assignment", Map.of("owner", second.username()))
                    .expect(200)
                    .json();
            assertThat(given.path("history").findValuesAsText("note")).contains(second.username());
        }
        assertThat(first.get(list + "&owner=me").expect(200).json().path("items"))
                .isEmpty();
        assertThat(second.get(list + "&owner=nobody").expect(200).json().path("items"))
                .isEmpty();
        var own = second.get(list + "&owner=me").expect(200).json().path("items");
        assertThat(own).hasSize(2).allMatch(item -> item.hasNonNull("ownerId") && item.has("ageDays"));
        // whoever takes one over is its owner
        var taken = "/v1/staff/reconciliation-items/" + own.at("/0/itemId").asText();
        first.post(taken + "/claim", null).expect(200);
        assertThat(first.get(list + "&owner=me").expect(200).json().path("items"))
                .hasSize(1);
    }

    /** What the accounts hold before a test. */
    private record Held(long clearing, long bank, long fee) {
        Held() {
            this(SettlementIT.clearing(), balance(AccountKind.BANK), balance(AccountKind.CHANNEL_FEE));
        }
    }

    private static long clearing() {
        return balance(AccountKind.CLEARING);
    }

    private static long balance(AccountKind kind) {
        return Anju.await(new LedgerService().balance(anju.db(), new AccountKey(Biller.CITY, kind, "wechat")));
    }

    /** A day of which nothing has happened yet, when all days before it have been compared. */
    private LocalDate newDay() {
        anju.clock().set(anju.clock().today().plusDays(1), LocalTime.of(10, 30));
        anju.runJobs();
        payer.waits(Duration.ofMinutes(1));
        return anju.clock().today();
    }

    private void compared(LocalDate day) {
        anju.clock().set(day.plusDays(1), LocalTime.of(10, 0));
        anju.runJobs();
        assertThat(run(day).path("state").asText()).isEqualTo("done");
    }

    private void again(LocalDate day, int number) {
        anju.clock().advance(Duration.ofMinutes(1));
        Desk.of(anju, "city", "3702")
                .post("/v1/staff/reconciliation-runs", Map.of("channel", "wechat", "billDate", day.toString()))
                .expect(202);
        anju.runJobs();
        assertThat(run(day).path("number").asInt()).isEqualTo(number);
        assertThat(run(day).path("state").asText()).isEqualTo("done");
    }

    private static JsonNode run(LocalDate day) {
        return Desk.of(anju, "city", "3702")
                .get("/v1/staff/reconciliation-runs?limit=1&billDate=" + day)
                .expect(200)
                .json()
                .at("/items/0");
    }

    private static Iterable<JsonNode> items(LocalDate day) {
        return Desk.of(anju, "city", "3702")
                .get("/v1/staff/reconciliation-items?limit=100&billDate=" + day)
                .expect(200)
                .json()
                .path("items");
    }
}
