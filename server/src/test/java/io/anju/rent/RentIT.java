package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.payment.PaidOrder;
import io.anju.platform.db.Tx;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guangzhou's bands to the fen over HTTP, and what payments and refunds make of bills. */
class RentIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final LedgerService LEDGER = new LedgerService();

    RentIT() {
        super(anju, Letting.GUANGZHOU);
    }

    /** This income pays 40 %: 399.80 yuan a month. */
    private Let let() {
        return let(DAY, LocalDate.of(2028, 3, 3));
    }

    private PaidOrder order(Let let, long fen, List<UUID> ids) {
        var id = UUID.randomUUID();
        var bills = ids.stream().sorted().toList();
        return new PaidOrder(
                id,
                "T" + id,
                id,
                Letting.GUANGZHOU.cityCode(),
                let.id(),
                bills,
                fen,
                anju.clock().instant());
    }

    private void pay(Let let, long fen, JsonNode bill) {
        pay(order(let, fen, List.of(UUID.fromString(bill.path("billId").asText()))));
    }

    /** As payment does when a channel says that money came; posted as what it is here, since no order stands behind it. */
    private static void pay(PaidOrder order) {
        var now = anju.clock().instant();
        Anju.await(anju.db()
                .inTransaction(tx -> anju.domains()
                        .tenancies
                        .payables
                        .settle(tx, order, now)
                        .compose(credits ->
                                post(tx, order, "test-payment:" + order.orderId(), PostingKind.ADJUSTMENT, credits))));
    }

    private static Future<?> post(Tx tx, PaidOrder order, String key, PostingKind kind, List<Entry> others) {
        var sum = others.stream().mapToLong(Entry::amountFen).sum();
        var entries = new ArrayList<>(others);
        entries.add(new Entry(new AccountKey(order.cityCode(), AccountKind.CLEARING, "wechat"), -sum));
        var about = JsonNodeFactory.instance.objectNode();
        return LEDGER.post(
                tx,
                new NewPosting(order.cityCode(), key, kind, DAY, about, entries),
                anju.clock().instant());
    }

    @Test
    void guangzhou_bills_its_bands_to_the_fen_by_days_and_months() {
        var let = let();
        var dry = run("2026-04", true);
        assertThat(dry.path("bills").asInt()).isPositive();
        assertThat(let.rents()).isEmpty();
        var done = run("2026-04");
        assertThat(done.path("amountFen").asLong())
                .isEqualTo(dry.path("amountFen").asLong());
        var rents = let.rents();
        // 28 of the 31 days of March: 399.80 × 28 ÷ 31 = 361.109…; then the whole of April
        assertThat(rents).extracting(bill -> bill.path("amountFen").asLong()).containsExactly(39_980L, 36_111L);
        assertThat(rents).extracting(bill -> bill.path("from").asText()).containsExactly("2026-04-01", "2026-03-04");
        assertThat(run("2026-04").path("bills").asInt()).isZero();
        assertThat(let.rents()).hasSize(2);
        var shown = anju.http()
                .get(
                        "/v1/me/bills/" + rents.get(0).path("billId").asText(),
                        let.tenant().token())
                .expect(200)
                .json();
        assertThat(shown.at("/terms/0/trace/0/text").asText()).contains("40%").contains("399.80");
        assertThat(let.deposit().path("amountFen").asLong()).isEqualTo(79_960);
        var statement = let.statement(DAY, DAY);
        assertThat(statement.path("openingFen").asLong()).isZero();
        assertThat(statement.path("closingFen").asLong()).isEqualTo(79_960 + 39_980 + 36_111);
        assertThat(statement.path("lines")).hasSize(3);
        anju.http()
                .get(
                        "/v1/me/bills/" + rents.get(0).path("billId").asText(),
                        anju.people().resident())
                .expect(404);
    }

    @Test
    void what_is_paid_above_the_debt_is_credit_and_pays_the_next_bill() {
        var let = let();
        run("2026-03");
        pay(let, 79_960, let.deposit());
        pay(let, 50_000, let.rents().get(0));
        assertThat(let.rents().get(0).path("dueFen").asLong()).isZero();
        run("2026-04");
        var april = let.rents().get(0);
        assertThat(april.path("paidFen").asLong()).isEqualTo(50_000 - 36_111);
        assertThat(april.path("dueFen").asLong()).isEqualTo(39_980 - (50_000 - 36_111));
    }

    @Test
    void the_oldest_due_is_settled_first_and_a_refund_makes_it_due_again() {
        var let = let();
        run("2026-04");
        var rents = let.rents();
        var ids = rents.stream()
                .map(bill -> UUID.fromString(bill.path("billId").asText()))
                .toList();
        var order = order(let, 40_000, ids);
        pay(order);
        assertThat(let.rents()).extracting(bill -> bill.path("dueFen").asLong()).containsExactly(36_091L, 0L);
        giveBack(order, 40_000);
        assertThat(let.rents()).extracting(bill -> bill.path("dueFen").asLong()).containsExactly(39_980L, 36_111L);
    }

    @Test
    void a_refund_finds_what_has_passed_to_the_lease_that_followed() {
        var to = DAY.plusMonths(4);
        var let = let(DAY, to);
        var order = order(
                let,
                900_000,
                List.of(UUID.fromString(let.deposit().path("billId").asText())));
        pay(order);
        var start = anju.clock().instant();
        try {
            anju.http()
                    .post(
                            "/v1/me/leases/" + let.leaseId() + "/renewal-request",
                            let.tenant().token(),
                            null)
                    .expect(200);
            var approved = Map.of("decision", "approve", "to", to.plusYears(1).toString(), "reason", "复核合格");
            city().post("/v1/staff/leases/" + let.leaseId() + "/renewal-decision", approved)
                    .expect(200);
            anju.clock().set(to.plusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant());
            anju.runJobs();
            assertThat(credit(let.leaseId())).isZero();
            giveBack(order, 900_000);
        } finally {
            anju.clock().set(start);
        }
    }

    private static void giveBack(PaidOrder order, long fen) {
        var now = anju.clock().instant();
        var debits = Anju.await(anju.db()
                .inTransaction(tx -> anju.domains()
                        .tenancies
                        .payables
                        .giveBack(tx, order, fen, "R1", now)
                        .compose(found -> post(
                                        tx, order, "test-refund:" + order.orderId(), PostingKind.ADJUSTMENT, found)
                                .map(found))));
        assertThat(debits.stream().mapToLong(Entry::amountFen).sum()).isEqualTo(fen);
    }

    private static long credit(String leaseId) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT credit_fen FROM rent.account WHERE lease_id = $1",
                                row -> row.getLong("credit_fen"),
                                UUID.fromString(leaseId)))
                .orElseThrow();
    }
}
