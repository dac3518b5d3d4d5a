package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.TestDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a tenant owes, pays and reads once another has the home. Qingdao. */
class FormerTenantIT extends TwoTenants {
    @RegisterExtension
    static final Anju anju = Anju.server();

    FormerTenantIT() {
        super(anju, Letting.QINGDAO);
    }

    private JsonNode statement(Let let, Tenant tenant) {
        var days = "from=" + let.from().minusDays(40) + "&to=" + let.from().plusDays(200);
        return anju.http()
                .get("/v1/me/leases/" + let.leaseId() + "/statement?" + days, token(tenant))
                .expect(200)
                .json();
    }

    private static List<JsonNode> lines(JsonNode statement, String kind) {
        var lines = new ArrayList<JsonNode>();
        statement.path("lines").forEach(lines::add);
        return lines.stream()
                .filter(line -> line.path("kind").asText().equals(kind))
                .toList();
    }

    private static long ledgerFen(Let let) {
        var sum = 0L;
        for (var kind : List.of(AccountKind.RECEIVABLE, AccountKind.TENANT_CREDIT)) {
            var key = new AccountKey(Letting.QINGDAO.cityCode(), kind, let.leaseId());
            sum += Anju.await(anju.domains().ledger.balance(anju.db(), key));
        }
        return sum;
    }

    /** Both statements come to what the ledger has, and name no bill of the other. */
    private void requireTheirOwn(Let let, Tenant next) {
        var left = statement(let, let.tenant());
        var held = statement(let, next);
        assertThat(left.path("closingFen").asLong() + held.path("closingFen").asLong())
                .isEqualTo(ledgerFen(let));
        assertThat(ids(bills(let.tenant()))).containsAll(left.path("lines").findValuesAsText("billId"));
        assertThat(ids(bills(next))).containsAll(held.path("lines").findValuesAsText("billId"));
        assertThat(ids(bills(let.tenant()))).doesNotContainAnyElementsOf(ids(bills(next)));
    }

    @Test
    void what_who_left_pays_and_is_charged_later_is_theirs_alone() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(3));
        var change = anju.clock().today().plusDays(1);
        var next = passes(let, change);
        var end = change.plusMonths(1).withDayOfMonth(2);
        goThrough(change, end);
        // the late days of the fee are the next tenant's, the bill that was late was not
        var fees = of("late-fee", bills(let.tenant()));
        assertThat(fees).hasSize(1);
        assertThat(fees.get(0).path("to").asText()).isGreaterThan(change.toString());
        var all = city.get("/v1/staff/leases/" + let.leaseId() + "/bills?limit=100")
                .expect(200)
                .json();
        assertThat(bills(let.tenant()).size() + bills(next).size())
                .isEqualTo(all.path("items").size());
        requireTheirOwn(let, next);

        fees_from_before_are_of_the_same_days();

        var owed = due(bills(let.tenant()));
        var ahead = Map.of("billIds", ids(bills(let.tenant())), "amountFen", owed + 1);
        anju.http().post("/v1/payments", token(let.tenant()), ahead).expect(422, "ahead-not-allowed");
        var heldBefore = statement(let, next);
        var wallet = wallet(let.tenant());
        var payment =
                wallet.pays(null, ids(bills(let.tenant()))).path("paymentId").asText();
        assertThat(statement(let, next)).isEqualTo(heldBefore);
        var left = statement(let, let.tenant());
        assertThat(lines(left, "payment"))
                .extracting(line -> line.path("amountFen").asLong())
                .containsExactly(-owed);
        assertThat(left.path("closingFen").asLong()).isZero();
        requireTheirOwn(let, next);

        wallet.getsBack(city, 1_000, payment);
        assertThat(statement(let, next)).isEqualTo(heldBefore);
        assertThat(lines(statement(let, let.tenant()), "refund")).hasSize(1);
        assertThat(due(bills(let.tenant()))).isEqualTo(1_000);
        requireTheirOwn(let, next);
    }

    private static void fees_from_before_are_of_the_same_days() {
        var query =
                "SELECT string_agg(bill_id || ' ' || late_from_date, ',' ORDER BY bill_id) AS days FROM rent.bill WHERE charge = 'late-fee'";
        var now =
                Anju.await(anju.db().find(query, row -> row.getString("days"))).orElseThrow();
        var undo = List.of("ALTER TABLE rent.bill DROP COLUMN late_from_date");
        assertThat(TestDatabases.afterMigratingAgain(anju.databaseAddress(), "787", undo, query))
                .isEqualTo(now);
    }

    @Test
    void what_was_paid_ahead_passes_on_with_the_home_and_names_nobodys_bill() {
        var let = let();
        go(let.from());
        pay(let, due(bills(let.tenant())) + 30_000);
        var change = anju.clock().today().plusDays(2);
        var next = passes(let, change);
        requireTheirOwn(let, next);
        goThrough(change, change.plusDays(1));
        requireTheirOwn(let, next);
        assertThat(statement(let, let.tenant()).path("closingFen").asLong()).isZero();
        var credit = creditFen(let);
        assertThat(credit).isPositive();
        assertThat(statement(let, next).path("closingFen").asLong()).isEqualTo(-credit);
        assertThat(lines(statement(let, next), "payment")).isEmpty();
    }

    private static long creditFen(Let let) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT credit_fen FROM rent.account WHERE lease_id = $1",
                                row -> row.getLong("credit_fen"),
                                UUID.fromString(let.leaseId())))
                .orElseThrow();
    }

    /** What a tenant's bills come to, without any payment. */
    private long billedFen(Tenant tenant) {
        return bills(tenant).stream()
                .mapToLong(bill -> bill.path("amountFen").asLong()
                        - bill.path("creditedFen").asLong())
                .sum();
    }

    @Test
    void a_refund_comes_out_of_what_its_own_payer_paid() {
        var passed = passesOncePaid(30_000);
        var let = passed.let();
        var next = passed.next();
        var ofFormer = passed.paymentId();
        var paid = due(bills(next)) + 25_000;
        var ofNext = wallet(next).pays(paid, dueIds(next)).path("paymentId").asText();
        assertThat(creditFen(let)).isEqualTo(25_000);
        var held = statement(let, next);

        wallet(let.tenant()).getsBack(city, 10_000, ofFormer);
        assertThat(creditFen(let)).isEqualTo(25_000);
        assertThat(due(bills(let.tenant()))).isEqualTo(10_000);
        assertThat(statement(let, next)).isEqualTo(held);
        requireTheirOwn(let, next);

        var left = statement(let, let.tenant());
        wallet(next).getsBack(city, 5_000, ofNext);
        assertThat(creditFen(let)).isEqualTo(20_000);
        wallet(next).getsBack(city, 21_000, ofNext);
        assertThat(creditFen(let)).isZero();
        assertThat(due(bills(next))).isEqualTo(1_000);
        assertThat(statement(let, let.tenant())).isEqualTo(left);
        requireTheirOwn(let, next);

        // all of it: first what is on the own bills, then what passed on with the home, and nothing that the next one
        // paid
        wallet(let.tenant()).getsBack(city, passed.paidFen() - 10_000, ofFormer);
        assertThat(statement(let, let.tenant()).path("closingFen").asLong()).isEqualTo(billedFen(let.tenant()));
        assertThat(statement(let, next).path("closingFen").asLong()).isEqualTo(billedFen(next) - (paid - 26_000));
        requireTheirOwn(let, next);
    }

    @Test
    void what_a_former_tenant_owes_is_not_paid_of_the_next_ones_credit() {
        var passed = passesOncePaid(0);
        var let = passed.let();
        var next = passed.next();
        wallet(next).pays(due(bills(next)) + 25_000, dueIds(next));
        wallet(let.tenant()).getsBack(city, 10_000, passed.paymentId());
        bill(anju.clock().today().plusMonths(2).toString().substring(0, 7));
        assertThat(due(bills(let.tenant()))).isEqualTo(10_000);
        assertThat(creditFen(let)).isZero();
        requireTheirOwn(let, next);

        // what is taken off a former tenant's bill pays what this tenant owes
        var deposit = of("deposit", bills(let.tenant())).get(0).path("billId").asText();
        var note = Map.of("amountFen", 4_000, "reason", "停水减免");
        city.post("/v1/staff/bills/" + deposit + "/credit-notes", note).expect(200);
        assertThat(due(bills(let.tenant()))).isEqualTo(6_000);
        assertThat(creditFen(let)).isZero();
        requireTheirOwn(let, next);
    }
}
