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
import io.anju.testing.Desk;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.anju.testing.Tenancies.Tenant;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of Guangzhou and Xiamen to the fen over HTTP, and everything that can become of a bill. */
class RentIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PROGRAMME = "public-rental";
    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
    private static final LedgerService LEDGER = new LedgerService();

    @SuppressWarnings("NullAway.Init")
    private static Desk guangzhou;

    @SuppressWarnings("NullAway.Init")
    private static Desk xiamen;

    @BeforeAll
    static void logIn() {
        guangzhou = Desk.of(anju, "city", "4401");
        xiamen = Desk.of(anju, "city", "3502");
    }

    /** Whatever a test did: every lease's bills say what the ledger says. */
    @AfterEach
    void the_bills_say_what_the_ledger_says() {
        var differing = Anju.await(anju.db().list("""
                SELECT a.lease_number
                  FROM rent.account a
                  LEFT JOIN LATERAL (
                       SELECT coalesce(sum(b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                                           - CASE b.subsidy_state WHEN 'granted'
                                             THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END), 0) AS open_fen
                         FROM rent.bill b
                        WHERE b.lease_id = a.lease_id) b ON true
                  LEFT JOIN ledger.account r ON r.kind = 'receivable' AND r.owner = a.lease_id::text
                  LEFT JOIN ledger.account c ON c.kind = 'tenant_credit' AND c.owner = a.lease_id::text
                 WHERE b.open_fen <> coalesce(r.balance_fen, 0) OR a.credit_fen <> -coalesce(c.balance_fen, 0)
                """, row -> row.getString("lease_number")));
        assertThat(differing).isEmpty();
        var sum = Anju.await(anju.db()
                .find("SELECT sum(balance_fen)::bigint AS fen FROM ledger.account", row -> row.getLong("fen")));
        assertThat(sum.orElseThrow()).isZero();
    }

    private record Let(Desk city, Tenant tenant, String leaseId) {
        JsonNode statement(LocalDate from, LocalDate to) {
            return anju.http()
                    .get("/v1/me/leases/" + leaseId + "/statement?from=" + from + "&to=" + to, tenant.token())
                    .expect(200)
                    .json();
        }

        List<JsonNode> bills() {
            var page = city.get("/v1/staff/leases/" + leaseId + "/bills?limit=100")
                    .expect(200)
                    .json();
            return StreamSupport.stream(page.path("items").spliterator(), false).toList();
        }

        List<JsonNode> rents() {
            return bills().stream()
                    .filter(bill -> bill.path("charge").asText().equals("rent"))
                    .sorted(Comparator.comparing(
                                    (JsonNode bill) -> bill.path("from").asText())
                            .reversed())
                    .toList();
        }

        JsonNode deposit() {
            return bills().stream()
                    .filter(bill -> bill.path("charge").asText().equals("deposit"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Let let(Desk city, String cityCode, Home home, long incomeFen, LocalDate from, LocalDate to) {
        var tenancies = new Tenancies(anju, city);
        var tenant = tenancies.tenant();
        var order = tenancies.order(
                PROGRAMME, tenancies.home(home), tenant, Tenancies.single(cityCode, incomeFen), from, to);
        var lease = tenancies.sign(order).expect(201).json();
        tenancies.handOver(lease.path("leaseId").asText(), DAY);
        return new Let(city, tenant, lease.path("leaseId").asText());
    }

    /** 50 ㎡ at 19.99 yuan: 999.50 yuan in full, of which this income pays 40 %. */
    private static Let guangzhouLet() {
        return let(
                guangzhou,
                "440100",
                new Home("越秀苑", "50.00", "19.99", "43.21", "2026-01-01", ""),
                180_000,
                DAY,
                LocalDate.of(2028, 3, 3));
    }

    /** 40 ㎡ at 37.55 yuan: 1502 yuan, 40 % of them subsidised. */
    private static Let xiamenLet() {
        return let(
                xiamen,
                "350200",
                new Home("湖里苑", "40.00", "", "37.55", "2026-01-01", ""),
                300_000,
                DAY,
                LocalDate.of(2028, 3, 3));
    }

    private static JsonNode run(Desk city, String month) {
        return run(city, month, false);
    }

    private static JsonNode run(Desk city, String month, boolean dryRun) {
        var asked = city.post("/v1/staff/bill-runs", Map.of("programme", PROGRAMME, "month", month, "dryRun", dryRun))
                .expect(202)
                .json();
        anju.runJobs();
        var done = city.get("/v1/staff/bill-runs/" + asked.path("runId").asText())
                .expect(200)
                .json();
        assertThat(done.path("state").asText()).isEqualTo("done");
        return done;
    }

    /** As payment does when a channel says that money came; posted as what it is here, since no order stands behind it. */
    private static UUID pay(Let let, long fen, JsonNode... bills) {
        var ids = new ArrayList<UUID>();
        for (var bill : bills) {
            ids.add(UUID.fromString(bill.path("billId").asText()));
        }
        return pay(order(let, fen, ids));
    }

    private static PaidOrder order(Let let, long fen, List<UUID> ids) {
        var id = UUID.randomUUID();
        var now = anju.clock().instant();
        var city = let.city() == xiamen ? "350200" : "440100";
        return new PaidOrder(
                id,
                "T" + id,
                id,
                city,
                UUID.fromString(let.leaseId()),
                ids.stream().sorted().toList(),
                fen,
                now);
    }

    private static UUID pay(PaidOrder order) {
        var now = anju.clock().instant();
        Anju.await(anju.db()
                .inTransaction(tx -> anju.domains()
                        .tenancies
                        .payables
                        .settle(tx, order, now)
                        .compose(credits ->
                                post(tx, order, "test-payment:" + order.orderId(), PostingKind.ADJUSTMENT, credits))));
        return order.orderId();
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
        var let = guangzhouLet();
        var dry = run(guangzhou, "2026-04", true);
        assertThat(dry.path("bills").asInt()).isPositive();
        assertThat(let.rents()).isEmpty();
        var done = run(guangzhou, "2026-04");
        assertThat(done.path("amountFen").asLong())
                .isEqualTo(dry.path("amountFen").asLong());
        var rents = let.rents();
        // 28 of the 31 days of March: 399.80 × 28 ÷ 31 = 361.109…; then the whole of April
        assertThat(rents).extracting(bill -> bill.path("amountFen").asLong()).containsExactly(39_980L, 36_111L);
        assertThat(rents).extracting(bill -> bill.path("from").asText()).containsExactly("2026-04-01", "2026-03-04");
        assertThat(run(guangzhou, "2026-04").path("bills").asInt()).isZero();
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
    void xiamen_asks_the_own_share_and_the_subsidy_follows_the_payment() {
        var let = xiamenLet();
        run(xiamen, "2026-04");
        var april = let.rents().get(0);
        assertThat(april.path("amountFen").asLong()).isEqualTo(150_200);
        assertThat(april.path("subsidyFen").asLong()).isEqualTo(60_080);
        assertThat(april.path("dueFen").asLong()).isEqualTo(90_120);
        assertThat(april.path("subsidyState").asText()).isEqualTo("pending");
        pay(let, 90_000, april);
        assertThat(let.rents().get(0).path("subsidyState").asText()).isEqualTo("pending");
        assertThat(let.rents().get(0).path("dueFen").asLong()).isEqualTo(120);
        pay(let, 120, april);
        var settled = let.rents().get(0);
        assertThat(settled.path("subsidyState").asText()).isEqualTo("granted");
        assertThat(settled.path("dueFen").asLong()).isZero();
        var kinds = new ArrayList<String>();
        let.statement(DAY, DAY)
                .path("lines")
                .forEach(line -> kinds.add(line.path("kind").asText()));
        assertThat(kinds).contains("bill", "other", "subsidy");
    }

    @Test
    void what_is_paid_above_the_debt_is_credit_and_pays_the_next_bill() {
        var let = guangzhouLet();
        run(guangzhou, "2026-03");
        pay(let, 79_960, let.deposit());
        pay(let, 50_000, let.rents().get(0));
        assertThat(let.rents().get(0).path("dueFen").asLong()).isZero();
        run(guangzhou, "2026-04");
        var april = let.rents().get(0);
        assertThat(april.path("paidFen").asLong()).isEqualTo(50_000 - 36_111);
        assertThat(april.path("dueFen").asLong()).isEqualTo(39_980 - (50_000 - 36_111));
    }

    @Test
    void the_oldest_due_is_settled_first_and_a_refund_makes_it_due_again() {
        var let = guangzhouLet();
        run(guangzhou, "2026-04");
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
        var let = let(
                guangzhou, "440100", new Home("越秀苑", "50.00", "19.99", "43.21", "2026-01-01", ""), 180_000, DAY, to);
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
            guangzhou
                    .post("/v1/staff/leases/" + let.leaseId() + "/renewal-decision", approved)
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
