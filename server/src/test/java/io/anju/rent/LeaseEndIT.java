package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How leases end, with their money: over HTTP, day by day. The home costs 600 yuan, on the market 1500. */
class LeaseEndIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String CITY = "370200";
    private static final String PROGRAMME = "affordable-rental";
    private static final Instant START = Instant.parse("2026-03-04T01:00:00Z");
    private static final Letting LETTING = Letting.QINGDAO.in("终止苑");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

    private static Desk desk() {
        return Desk.of(anju, "city", "3702");
    }

    private static void goTo(LocalDate day) {
        anju.clock().set(day.atTime(1, 0).toInstant(ZoneOffset.UTC));
        anju.runJobs();
    }

    private record Let(Tenant tenant, String leaseId) {}

    private static Let let(LocalDate to) {
        var tenancies = new Tenancies(anju, desk());
        var tenant = tenancies.tenant();
        var id = tenancies.let(tenancies.order(LETTING, tenancies.home(LETTING.home()), tenant, DAY, to));
        tenancies.handOver(id, DAY);
        return new Let(tenant, id);
    }

    private static JsonNode act(String leaseId, String path, Map<String, ?> body) {
        return desk().post("/v1/staff/leases/" + leaseId + "/" + path, body)
                .expect(200)
                .json();
    }

    private static String state(String leaseId) {
        return desk().get("/v1/staff/leases/" + leaseId)
                .expect(200)
                .json()
                .path("state")
                .asText();
    }

    private static List<JsonNode> bills(String leaseId, String charge) {
        var page =
                desk().get("/v1/staff/leases/" + leaseId + "/bills").expect(200).json();
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(bill -> bill.path("charge").asText().equals(charge))
                .toList();
    }

    private static long fen(List<JsonNode> bills, String field) {
        return bills.stream().mapToLong(bill -> bill.path(field).asLong()).sum();
    }

    private static long held(AccountKind kind, String leaseId) {
        return -Anju.await(anju.domains().ledger.balance(anju.db(), new AccountKey(CITY, kind, leaseId)));
    }

    /** In the order of the days, because what comes again by the clock does not come again when that goes back. */
    @Test
    void each_lease_ends_with_its_money_to_the_fen() {
        anju.clock().set(START);
        var early = let(LocalDate.of(2028, 3, 3));
        var staying = let(LocalDate.of(2026, 3, 31));
        var renewed = let(LocalDate.of(2026, 7, 3));
        var refused = let(LocalDate.of(2026, 7, 3));
        var tenancies = new Tenancies(anju, desk());
        tenancies.bill(PROGRAMME, YearMonth.of(2026, 3));
        tenancies.payAll(early.tenant());
        payDeposit(tenancies, staying);
        tenancies.bill(PROGRAMME, YearMonth.of(2026, 7));
        tenancies.payAll(renewed.tenant());
        var next = decideRenewals(renewed, refused);

        a_home_given_back_early_is_billed_by_days_and_the_rest_of_the_deposit_is_credited(early);
        whoever_stays_on_pays_by_the_rules_and_the_deposit_pays_what_is_oldest(staying);
        a_lease_that_is_renewed_keeps_home_deposit_and_credit(renewed, next);
        a_renewal_that_is_refused_ends_with_the_term(refused);
    }

    private static void payDeposit(Tenancies tenancies, Let let) {
        var deposit = bills(let.leaseId(), "deposit").get(0).path("billId").asText();
        tenancies.pay(let.tenant(), List.of(deposit));
        assertThat(held(AccountKind.DEPOSIT, let.leaseId())).isEqualTo(60_000);
    }

    /** Approves the first and refuses the second; gives the lease that follows. */
    private static String decideRenewals(Let renewed, Let refused) {
        for (var let : List.of(renewed, refused)) {
            anju.http()
                    .post(
                            "/v1/me/leases/" + let.leaseId() + "/renewal-request",
                            let.tenant().token(),
                            null)
                    .expect(200);
        }
        var no = act(refused.leaseId(), "renewal-decision", Map.of("decision", "refuse", "reason", "收入超过标准"));
        assertThat(no.at("/renewal/nextLeaseId").isMissingNode()).isTrue();
        var decision = Map.of("decision", "approve", "to", "2028-07-03", "reason", "复核合格");
        return act(renewed.leaseId(), "renewal-decision", decision)
                .at("/renewal/nextLeaseId")
                .asText();
    }

    private static void a_home_given_back_early_is_billed_by_days_and_the_rest_of_the_deposit_is_credited(Let let) {
        goTo(LocalDate.of(2026, 3, 20));
        var end = Map.of("lastDay", "2026-03-20", "ground", "own-wish", "reason", "搬离", "returnedOn", "2026-03-20");
        assertThat(act(let.leaseId(), "termination", end).path("state").asText())
                .isEqualTo("ended");
        var rents = bills(let.leaseId(), "rent");
        // 17 of 31 days of 600 yuan
        assertThat(fen(rents, "amountFen") - fen(rents, "creditedFen")).isEqualTo(32_903);
        assertThat(held(AccountKind.DEPOSIT, let.leaseId())).isZero();
        assertThat(held(AccountKind.TENANT_CREDIT, let.leaseId())).isEqualTo(60_000 + 54_194 - 32_903);
        desk().post("/v1/staff/leases/" + let.leaseId() + "/termination", end).expect(409, "lease-state-forbids");
    }

    private static void whoever_stays_on_pays_by_the_rules_and_the_deposit_pays_what_is_oldest(Let let) {
        goTo(LocalDate.of(2026, 4, 2));
        assertThat(state(let.leaseId())).isEqualTo("staying_on");
        goTo(LocalDate.of(2026, 4, 15));
        var ended = act(let.leaseId(), "home-return", Map.of("returnedOn", "2026-04-15"));
        assertThat(ended.path("state").asText()).isEqualTo("ended");
        // 28 of 31 days of 600 yuan; 15 of 30 days of 80 % of the market's 1500 yuan
        assertThat(fen(bills(let.leaseId(), "rent"), "amountFen")).isEqualTo(54_194);
        assertThat(fen(bills(let.leaseId(), "after-end"), "amountFen")).isEqualTo(60_000);
        assertThat(fen(bills(let.leaseId(), "rent"), "dueFen")).isZero();
        // the deposit pays the late fee of the unpaid rent, too: it fell due before the days after the end
        var lateFee = fen(bills(let.leaseId(), "late-fee"), "amountFen");
        assertThat(fen(bills(let.leaseId(), "after-end"), "dueFen")).isEqualTo(54_194 + lateFee);
        assertThat(held(AccountKind.DEPOSIT, let.leaseId())).isZero();
    }

    private static void a_lease_that_is_renewed_keeps_home_deposit_and_credit(Let let, String next) {
        var paid = bills(let.leaseId(), "rent").get(0).path("billId").asText();
        desk().post("/v1/staff/bills/" + paid + "/credit-notes", Map.of("amountFen", 5_000, "reason", "停水减免"))
                .expect(200);
        goTo(LocalDate.of(2026, 7, 5));
        assertThat(state(let.leaseId())).isEqualTo("ended");
        assertThat(bills(let.leaseId(), "after-end")).isEmpty();
        assertThat(bills(next, "deposit")).isEmpty();
        assertThat(held(AccountKind.DEPOSIT, let.leaseId())).isZero();
        assertThat(held(AccountKind.DEPOSIT, next)).isEqualTo(60_000);
        assertThat(held(AccountKind.TENANT_CREDIT, next)).isEqualTo(5_000);

        act(next, "hand-over", Map.of("handedOverOn", "2026-07-04"));
        new Tenancies(anju, desk()).bill(PROGRAMME, YearMonth.of(2026, 8));
        var july = bills(next, "rent").stream()
                .filter(bill -> bill.path("from").asText().equals("2026-07-04"))
                .toList();
        // 28 of 31 days of 600 yuan, less what came along
        assertThat(fen(july, "dueFen")).isEqualTo(54_194 - 5_000);
        assertThat(held(AccountKind.TENANT_CREDIT, next)).isZero();
    }

    private static void a_renewal_that_is_refused_ends_with_the_term(Let let) {
        assertThat(state(let.leaseId())).isEqualTo("staying_on");
        var back = act(let.leaseId(), "home-return", Map.of("returnedOn", "2026-07-05"));
        assertThat(back.path("state").asText()).isEqualTo("ended");
        // two of the 31 days of a month at 80 % of the market's rent
        assertThat(fen(bills(let.leaseId(), "after-end"), "amountFen")).isEqualTo(7_742);
    }
}
