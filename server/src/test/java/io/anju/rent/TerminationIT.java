package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A household asks to leave: from the wish to the last fen. The home costs 600 yuan, on the market 1500. */
class TerminationIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Map<String, String> APPROVE = Map.of("decision", "approve", "reason", "已预约查房");
    private static final LocalDate TO = LocalDate.of(2028, 3, 3);
    private static final long DEPOSIT_FEN = 60_000;
    /** 28 of the 31 days of March at 600 yuan. */
    private static final long MARCH_FEN = 54_194;

    TerminationIT() {
        super(anju, Letting.QINGDAO.in("退租苑"));
    }

    private Let let() {
        return let(anju.clock().today(), TO);
    }

    private static Map<String, String> until(String lastDay) {
        return Map.of("lastDay", lastDay);
    }

    private long waiting(Let let) {
        var page = city().get("/v1/staff/lease-requests?kind=termination&limit=100")
                .expect(200)
                .json();
        var found = 0;
        for (var one : page.path("items")) {
            found += one.path("leaseId").asText().equals(let.leaseId()) ? 1 : 0;
        }
        return found;
    }

    /** In the order of the days, because what comes again by the clock does not come again when that goes back. */
    @Test
    void a_household_leaves_with_its_money_to_the_fen() {
        anju.clock().set(Instant.parse("2026-03-04T01:00:00Z"));
        logIn();
        var leaving = let();
        var early = let();
        var staying = let();
        asks_once_and_may_take_it_back(leaving);
        is_refused_or_lapses(let(), let());
        a_tenant_before_may_not_ask(let());
        run("2026-03");
        var paid = leaving.pays(null, leaving.deposit(), leaving.rents().get(0));
        early.pays(null, early.deposit(), early.rents().get(0));
        is_approved_and_billed_to_the_last_day(leaving);
        early.act("termination", Map.of("lastDay", "2026-04-30", "ground", "agreement", "reason", "双方协商一致"))
                .expect(200);
        staying.act("termination", Map.of("lastDay", "2026-04-30", "ground", "breach", "reason", "转租"))
                .expect(200);
        is_brought_forward_but_never_put_off(staying);

        comes_back_before_the_day_that_was_announced(early);
        is_over_and_what_is_left_goes_back(leaving, paid);
        stays_on_after_the_day_that_was_announced(staying);
    }

    private void asks_once_and_may_take_it_back(Let let) {
        var stranger = new Tenancies(anju, city()).tenant().token();
        anju.http()
                .post("/v1/me/leases/" + let.leaseId() + "/termination-request", stranger, until("2026-04-15"))
                .expect(404);
        let.asks("termination-request", until("2026-03-03")).expect(422, "lease-date-out-of-range");
        let.asks("termination-request", until("2028-03-04")).expect(422, "lease-date-out-of-range");
        let.asks("termination-request/withdrawal", null).expect(409, "no-termination-asked");
        let.act("termination-decision", APPROVE).expect(409, "no-termination-asked");
        var asked =
                let.asks("termination-request", until("2026-04-01")).expect(200).json();
        assertThat(asked.at("/termination/state").asText()).isEqualTo("asked");
        let.asks("termination-request", until("2026-04-15")).expect(409, "termination-asked-already");
        assertThat(waiting(let)).isOne();
        assertThat(let.asks("termination-request/withdrawal", null)
                        .expect(200)
                        .json()
                        .at("/termination/state")
                        .asText())
                .isEqualTo("withdrawn");
        assertThat(waiting(let)).isZero();
        let.asks("termination-request", until("2026-04-15")).expect(200);
    }

    private void is_refused_or_lapses(Let refused, Let lapsed) {
        refused.asks("termination-request", until("2026-05-01")).expect(200);
        var decided = refused.act("termination-decision", Map.of("decision", "refuse", "reason", "欠租未缴"))
                .expect(200)
                .json();
        assertThat(decided.at("/termination/state").asText()).isEqualTo("refused");
        assertThat(decided.has("lastDay")).isFalse();
        lapsed.asks("termination-request", until("2026-05-01")).expect(200);
        var ended = lapsed.act(
                        "termination",
                        Map.of(
                                "lastDay",
                                "2026-03-04",
                                "ground",
                                "deceit",
                                "reason",
                                "材料不实",
                                "returnedOn",
                                "2026-03-04"))
                .expect(200)
                .json();
        assertThat(ended.at("/termination/state").asText()).isEqualTo("lapsed");
        lapsed.act("termination-decision", APPROVE).expect(409, "no-termination-asked");
        lapsed.asks("termination-request", until("2026-05-01")).expect(409, "lease-state-forbids");
    }

    private void a_tenant_before_may_not_ask(Let let) {
        var next = let.passTo(new Tenancies(anju, city()).tenant(), "2026-03-05", "离婚析产");
        let.asks("termination-request", until("2026-05-01")).expect(404);
        anju.http()
                .post("/v1/me/leases/" + let.leaseId() + "/termination-request", next.token(), until("2026-05-01"))
                .expect(200);
    }

    private void is_approved_and_billed_to_the_last_day(Let let) {
        var decided = let.act("termination-decision", APPROVE).expect(200).json();
        assertThat(decided.path("state").asText()).isEqualTo("active");
        assertThat(decided.path("lastDay").asText()).isEqualTo("2026-04-15");
        assertThat(decided.at("/termination/state").asText()).isEqualTo("approved");
        let.asks("termination-request", until("2026-04-10")).expect(409, "lease-end-set");
        let.asks("renewal-request", null).expect(409, "lease-state-forbids");
        run("2026-05");
        // 15 of the 30 days of April, and nothing of May
        assertThat(let.rents())
                .extracting(bill -> bill.path("amountFen").asLong())
                .containsExactly(30_000L, MARCH_FEN);
        assertThat(let.rents().get(0).path("to").asText()).isEqualTo("2026-04-15");
        let.pays(null, let.rents().get(0));
    }

    private void is_brought_forward_but_never_put_off(Let let) {
        // April was billed whole, to the day that was announced
        assertThat(net(let.rents())).isEqualTo(MARCH_FEN + 60_000);
        var later = Map.of("lastDay", "2026-05-15", "ground", "breach", "reason", "转租");
        let.act("termination", later).expect(409, "lease-end-set");
        var sooner = Map.of("lastDay", "2026-04-20", "ground", "breach", "reason", "转租");
        assertThat(let.act("termination", sooner)
                        .expect(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("active");
        // 20 of 30 days
        assertThat(net(let.rents())).isEqualTo(MARCH_FEN + 40_000);
    }

    private void comes_back_before_the_day_that_was_announced(Let let) {
        go(LocalDate.of(2026, 4, 10));
        let.act("home-return", Map.of("returnedOn", "2026-04-11")).expect(422, "lease-date-out-of-range");
        var ended = let.act("home-return", Map.of("returnedOn", "2026-04-10"))
                .expect(200)
                .json();
        assertThat(ended.path("state").asText()).isEqualTo("ended");
        assertThat(ended.path("lastDay").asText()).isEqualTo("2026-04-10");
        // 10 of 30 days; the deposit pays them
        assertThat(net(let.rents())).isEqualTo(MARCH_FEN + 20_000);
        assertThat(sum(let.bills(), "dueFen")).isZero();
        assertThat(let.held(AccountKind.TENANT_CREDIT)).isEqualTo(DEPOSIT_FEN - 20_000);
        let.act("home-return", Map.of("returnedOn", "2026-04-10")).expect(409, "lease-state-forbids");
    }

    private void is_over_and_what_is_left_goes_back(Let let, JsonNode paid) {
        go(LocalDate.of(2026, 4, 15));
        assertThat(let.state()).isEqualTo("active");
        let.act("home-return", Map.of("returnedOn", "2026-04-15")).expect(200);
        assertThat(let.state()).isEqualTo("ended");
        assertThat(net(let.rents())).isEqualTo(MARCH_FEN + 30_000);
        assertThat(let.held(AccountKind.DEPOSIT)).isZero();
        assertThat(let.held(AccountKind.TENANT_CREDIT)).isEqualTo(DEPOSIT_FEN);
        let.logsInAgain();
        var today = anju.clock().today();
        assertThat(let.statement(DAY, today).path("closingFen").asLong()).isEqualTo(-DEPOSIT_FEN);
        let.getsBack(DEPOSIT_FEN, paid);
        assertThat(let.held(AccountKind.TENANT_CREDIT)).isZero();
        assertThat(sum(let.bills(), "dueFen")).isZero();
        assertThat(let.statement(DAY, today).path("closingFen").asLong()).isZero();
    }

    private void stays_on_after_the_day_that_was_announced(Let let) {
        go(LocalDate.of(2026, 4, 21));
        assertThat(let.state()).isEqualTo("staying_on");
        go(LocalDate.of(2026, 5, 5));
        let.act("home-return", Map.of("returnedOn", "2026-05-05")).expect(200);
        // 15 of the 30 days from 21 April at 80 % of the market's 1500 yuan
        assertThat(sum(let.bills("after-end"), "amountFen")).isEqualTo(60_000);
        assertThat(net(let.rents())).isEqualTo(MARCH_FEN + 40_000);
    }
}
