package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.TestDatabases;
import io.anju.testing.Wallet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of the deposit where tenants changed. The home costs 600 yuan a month, and so does the deposit. */
class FormerTenantDepositIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Letting LETTING = Letting.QINGDAO.in("押金苑");
    private static final LocalDate TO = LocalDate.of(2028, 3, 3);
    private static final String CHANGE = "2026-03-20";
    private static final LocalDate LAST = LocalDate.of(2026, 4, 15);
    private static final long DEPOSIT_FEN = 60_000;
    /** 16 of the 31 days of March, and the 12 that are left. */
    private static final long BEFORE_FEN = 30_968;

    private static final long AFTER_FEN = 23_226;
    /** 15 of the 30 days of April. */
    private static final long APRIL_FEN = 30_000;

    FormerTenantDepositIT() {
        super(anju, LETTING);
    }

    /** A lease, who had the home first and who came then. */
    private record Two(Let let, Tenant former, Tenant last) {
        List<JsonNode> bills(Tenant tenant) {
            var page = anju.http()
                    .get("/v1/me/bills?limit=100", anju.people().again(tenant.nationalId()))
                    .expect(200)
                    .json();
            return StreamSupport.stream(page.path("items").spliterator(), false).toList();
        }

        List<JsonNode> bills(Tenant tenant, String charge) {
            return bills(tenant).stream()
                    .filter(bill -> bill.path("charge").asText().equals(charge))
                    .toList();
        }

        long closingFen(Tenant tenant) {
            var days = "?from=" + DAY + "&to=" + DAY.plusDays(200);
            return anju.http()
                    .get(
                            "/v1/me/leases/" + let.leaseId() + "/statement" + days,
                            anju.people().again(tenant.nationalId()))
                    .expect(200)
                    .json()
                    .path("closingFen")
                    .asLong();
        }

        /** What both read comes to what the ledger has. */
        void requireWhole() {
            var ledger = -let.held(AccountKind.RECEIVABLE) - let.held(AccountKind.TENANT_CREDIT);
            assertThat(closingFen(former) + closingFen(last)).isEqualTo(ledger);
        }
    }

    private Let let() {
        return let(DAY, TO);
    }

    private Two two(Let let, String from) {
        var former = let.tenant();
        return new Two(let, former, let.passTo(new Tenancies(anju, city()).tenant(), from, "离婚析产"));
    }

    private static void ends(Let let, String lastDay) {
        let.act("termination", Map.of("lastDay", lastDay, "ground", "agreement", "reason", "双方协商一致"))
                .expect(200);
    }

    /** All over the same days, because what comes again by the clock does not come again when that goes back. */
    @Test
    void the_deposit_stays_with_the_home_and_pays_what_its_last_tenant_owes() {
        anju.clock().set(Instant.parse("2026-03-04T01:00:00Z"));
        logIn();
        var lets = List.of(let(), let(), let(), let(), let(), let(), let());
        run("2026-03");
        var refunded = lets.get(1);
        for (var let : List.of(lets.get(0), lets.get(4), lets.get(5))) {
            let.pays(null, let.deposit());
        }
        var paid = refunded.pays(null, refunded.deposit());
        lets.get(3).pays(20_000L, lets.get(3).deposit());
        var all = List.of(
                two(lets.get(0), CHANGE),
                two(refunded, CHANGE),
                two(lets.get(2), CHANGE),
                two(lets.get(3), CHANGE),
                two(lets.get(4), LAST.toString()),
                two(lets.get(5), "2026-04-20"));
        what_is_open_of_it_is_asked_of_who_comes(all.get(2), DEPOSIT_FEN);
        what_is_open_of_it_is_asked_of_who_comes(all.get(3), 40_000);
        is_held_no_more_once_it_is_given_up(lets.get(6));
        accounts_from_before_know_who_came_later();
        go(LocalDate.parse(CHANGE));
        run("2026-04");
        new Wallet(anju, LETTING.area(), anju.people().again(refunded.tenant().nationalId()))
                .getsBack(city(), 10_000, paid.path("paymentId").asText());
        var topped = all.get(2);
        new Wallet(anju, LETTING.area(), anju.people().again(topped.last().nationalId()))
                .pays(
                        null,
                        topped.bills(topped.last(), "deposit").stream()
                                .map(bill -> bill.path("billId").asText())
                                .toList());
        lets.forEach(let -> ends(let, LAST.toString()));
        go(LAST.plusDays(1));
        // the day of the return is the last one, so nobody stayed on
        nobody_comes_after_the_end(lets.get(0));
        for (var let : lets) {
            let.act("home-return", Map.of("returnedOn", LAST.toString())).expect(200);
            assertThat(let.held(AccountKind.DEPOSIT)).isZero();
        }
        pays_the_last_tenant(all.get(0), DEPOSIT_FEN, AFTER_FEN + APRIL_FEN, BEFORE_FEN);
        pays_the_last_tenant(all.get(1), DEPOSIT_FEN - 10_000, AFTER_FEN + APRIL_FEN, BEFORE_FEN);
        pays_the_last_tenant(all.get(2), DEPOSIT_FEN, AFTER_FEN + APRIL_FEN, BEFORE_FEN);
        pays_the_last_tenant(all.get(3), 20_000, AFTER_FEN + APRIL_FEN, BEFORE_FEN);
        pays_the_last_tenant(all.get(4), DEPOSIT_FEN, 2_000, BEFORE_FEN + AFTER_FEN + APRIL_FEN - 2_000);
        who_was_to_come_after_the_end_never_had_the_home(all.get(5));
        assertThat(lets.get(6).held(AccountKind.TENANT_CREDIT)).isZero();
        assertThat(sum(lets.get(6).bills("rent"), "dueFen")).isEqualTo(BEFORE_FEN + AFTER_FEN + APRIL_FEN);
    }

    private static void what_is_open_of_it_is_asked_of_who_comes(Two two, long openFen) {
        var first = two.bills(two.former(), "deposit").get(0);
        assertThat(first.path("dueFen").asLong()).isZero();
        assertThat(first.path("creditedFen").asLong()).isEqualTo(openFen);
        var next = two.bills(two.last(), "deposit");
        assertThat(next).hasSize(1);
        assertThat(next.get(0).path("amountFen").asLong()).isEqualTo(openFen);
        assertThat(next.get(0).path("dueOn").asText()).isEqualTo(CHANGE);
        assertThat(next.get(0).path("reason").asText()).isEqualTo("变更承租人");
        assertThat(two.let().held(AccountKind.DEPOSIT)).isEqualTo(DEPOSIT_FEN);
        two.requireWhole();
    }

    /** A debt that was given up is not money that could come back. */
    private void is_held_no_more_once_it_is_given_up(Let let) {
        var path = "/v1/staff/bills/" + let.deposit().path("billId").asText() + "/write-offs";
        var proposed = city().post(path, Map.of("amountFen", DEPOSIT_FEN, "reason", "救助家庭免收"))
                .expect(201)
                .json()
                .path("writeOffId")
                .asText();
        Desk.of(anju, "city", LETTING.area())
                .post("/v1/staff/write-offs/" + proposed + "/decision", Map.of("decision", "approve", "reason", "属实"))
                .expect(200);
        assertThat(let.held(AccountKind.DEPOSIT)).isZero();
    }

    private static void accounts_from_before_know_who_came_later() {
        var query =
                "SELECT string_agg(lease_id || ' ' || later_tenants_from::text, ',' ORDER BY lease_id) AS days FROM rent.account";
        var now =
                Anju.await(anju.db().find(query, row -> row.getString("days"))).orElseThrow();
        assertThat(now).contains(CHANGE);
        var undo = List.of("ALTER TABLE rent.account DROP COLUMN later_tenants_from");
        assertThat(TestDatabases.afterMigratingAgain(anju.databaseAddress(), "788", undo, query))
                .isEqualTo(now);
    }

    private void nobody_comes_after_the_end(Let let) {
        assertThat(let.state()).isEqualTo("staying_on");
        var next = new Tenancies(anju, city()).tenant();
        let.act(
                        "tenant",
                        Map.of(
                                "fullName",
                                next.fullName(),
                                "nationalId",
                                next.nationalId(),
                                "from",
                                LAST.toString(),
                                "reason",
                                "继承"))
                .expect(409, "lease-state-forbids");
    }

    /** Rent and late fees of the last tenant, to the fen; who left owes what they owed. */
    private static void pays_the_last_tenant(Two two, long heldFen, long rentFen, long formerFen) {
        var own = two.bills(two.last());
        assertThat(net(two.bills(two.last(), "rent"))).isEqualTo(rentFen);
        var owedFen = rentFen + net(two.bills(two.last(), "late-fee"));
        assertThat(sum(own, "dueFen")).isEqualTo(Math.max(0, owedFen - heldFen));
        assertThat(two.let().held(AccountKind.TENANT_CREDIT)).isEqualTo(Math.max(0, heldFen - owedFen));
        assertThat(two.closingFen(two.last())).isEqualTo(owedFen - heldFen);
        var feesFen = net(two.bills(two.former(), "late-fee"));
        assertThat(feesFen).isPositive();
        assertThat(sum(two.bills(two.former()), "dueFen")).isEqualTo(formerFen + feesFen);
        assertThat(two.closingFen(two.former())).isEqualTo(formerFen + feesFen);
        two.requireWhole();
    }

    private static void who_was_to_come_after_the_end_never_had_the_home(Two two) {
        assertThat(net(two.bills(two.last()))).isZero();
        var owedFen = BEFORE_FEN + AFTER_FEN + APRIL_FEN + net(two.bills(two.former(), "late-fee"));
        assertThat(sum(two.bills(two.former()), "dueFen")).isEqualTo(owedFen - DEPOSIT_FEN);
    }
}
