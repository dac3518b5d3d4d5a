package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What changes within a month of Guangzhou that was billed, rent, tenant or end: each day is billed once, to the fen. */
class ChangeWithinPeriodIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    ChangeWithinPeriodIT() {
        super(anju, Letting.GUANGZHOU);
    }

    /** This income pays 40 %: 399.80 yuan a month. */
    private Let let() {
        return let(DAY, LocalDate.of(2028, 3, 3));
    }

    private static List<JsonNode> april(Let let) {
        return let.rents().stream()
                .filter(bill -> bill.path("from").asText().startsWith("2026-04"))
                .toList();
    }

    private static void change(Let let, String from, long incomeFen) {
        let.act(
                        "rent-changes",
                        Map.of("from", from, "household", Tenancies.single("440100", incomeFen), "reason", "收入变化"))
                .expect(200);
    }

    private Tenancies.Tenant pass(Let let, String from) {
        return let.passTo(new Tenancies(anju, city()).tenant(), from, "继承");
    }

    @Test
    void a_rent_changed_within_a_month_is_corrected_to_the_fen() {
        var let = let();
        run("2026-04");
        var change =
                Map.of("from", "2026-04-16", "household", Tenancies.single("440100", 100_000), "reason", "年度复核收入变化");
        city().post("/v1/staff/leases/" + let.leaseId() + "/rent-changes", change)
                .expect(200);
        // 12 000 yuan a year is the lowest band: 99.95 from the 16th on, half of April
        var april = let.rents().stream()
                .filter(bill -> bill.path("from").asText().equals("2026-04-01"))
                .mapToLong(bill -> bill.path("amountFen").asLong()
                        - bill.path("creditedFen").asLong())
                .sum();
        assertThat(april).isEqualTo(19_990 + 9_995 - 4_998);
        run("2026-05");
        assertThat(let.rents().get(0).path("amountFen").asLong()).isEqualTo(9_995);
    }

    @Test
    void the_final_bill_is_by_days_and_the_deposit_is_settled() {
        var let = let();
        run("2026-03");
        let.pays(79_960L, let.deposit());
        var end = Map.of("lastDay", DAY.toString(), "ground", "own-wish", "reason", "搬离", "returnedOn", DAY.toString());
        city().post("/v1/staff/leases/" + let.leaseId() + "/termination", end).expect(200);
        var march = let.rents().get(0);
        // one of 31 days: 399.80 ÷ 31 = 12.896…
        assertThat(march.path("amountFen").asLong() - march.path("creditedFen").asLong())
                .isEqualTo(1_290);
        assertThat(march.path("dueFen").asLong()).isZero();
        assertThat(let.statement(DAY, DAY).path("closingFen").asLong()).isEqualTo(-(79_960 - 1_290));
    }

    @Test
    void a_new_tenant_within_a_month_pays_from_the_first_own_day() {
        var let = let();
        run("2026-03");
        var next = new Tenancies(anju, city()).tenant();
        var change = Map.of(
                "fullName", next.fullName(), "nationalId", next.nationalId(), "from", "2026-03-20", "reason", "继承");
        city().post("/v1/staff/leases/" + let.leaseId() + "/tenant", change).expect(200);
        var rents = let.rents();
        assertThat(rents).hasSize(2);
        var later = rents.get(0);
        assertThat(later.path("from").asText()).isEqualTo("2026-03-20");
        // 12 of 31 days
        assertThat(later.path("amountFen").asLong())
                .isEqualTo(rents.get(1).path("creditedFen").asLong());
        assertThat(rents.stream()
                        .mapToLong(bill -> bill.path("amountFen").asLong()
                                - bill.path("creditedFen").asLong())
                        .sum())
                .isEqualTo(36_111);
        requireEachReadsTheirOwn(
                let,
                next,
                later.path("billId").asText(),
                rents.get(1).path("billId").asText());
    }

    /** Neither of the two learns what the other's household was billed, or who the other is. */
    private void requireEachReadsTheirOwn(Let let, Tenant next, String laterBill, String earlierBill) {
        var before = let.tenant().token();
        var after = next.token();
        assertThat(billIds(before)).contains(earlierBill).doesNotContain(laterBill);
        assertThat(billIds(after)).contains(laterBill).doesNotContain(earlierBill);
        anju.http().get("/v1/me/bills/" + earlierBill, before).expect(200);
        anju.http().get("/v1/me/bills/" + laterBill, before).expect(404);
        anju.http().get("/v1/me/bills/" + laterBill, after).expect(200);
        anju.http().get("/v1/me/bills/" + earlierBill, after).expect(404);
        anju.http()
                .post("/v1/payments", before, Map.of("billIds", List.of(laterBill)))
                .expect(422, "bill-not-payable");
        var path = "/v1/me/leases/" + let.leaseId();
        var left = anju.http().get(path, before).expect(200).json();
        var held = anju.http().get(path, after).expect(200).json();
        assertThat(left.at("/tenant/from").asText()).isEqualTo(DAY.toString());
        assertThat(held.at("/tenant/from").asText()).isEqualTo("2026-03-20");
        var days = "?from=2026-01-01&to=2026-12-31";
        var leftStatement =
                anju.http().get(path + "/statement" + days, before).expect(200).json();
        assertThat(leftStatement.path("lines").findValuesAsText("billId")).doesNotContain(laterBill);
        var heldStatement =
                anju.http().get(path + "/statement" + days, after).expect(200).json();
        assertThat(heldStatement.path("from").asText()).isEqualTo("2026-03-20");
        assertThat(heldStatement.path("lines").findValuesAsText("billId")).doesNotContain(earlierBill);
        // what is paid later of their own is read later
        anju.http()
                .get(path + "/statement?from=2026-04-01&to=2026-12-31", before)
                .expect(200);
        anju.http()
                .get(path + "/statement?from=2026-01-01&to=2026-03-19", after)
                .expect(404);
    }

    private static List<String> billIds(String token) {
        return anju.http()
                .get("/v1/me/bills?limit=100", token)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("billId");
    }

    @Test
    void changes_that_overlap_leave_each_day_with_one_rent() {
        var let = let();
        run("2026-04");
        change(let, "2026-04-16", 100_000);
        // 399.80 for 15 of 30 days, 99.95 for the others
        assertThat(net(april(let))).isEqualTo(19_990 + 9_995 - 4_998);
        change(let, "2026-04-10", 150_000);
        // this income pays 20 %: 199.90 from the 10th on, and nothing is left of what began on the 16th
        assertThat(net(april(let))).isEqualTo(11_994 + 19_990 - 5_997);
        run("2026-05");
        assertThat(let.rents().get(0).path("amountFen").asLong()).isEqualTo(19_990);
    }

    @Test
    void periods_that_merge_again_are_billed_as_one() {
        var let = let();
        run("2026-04");
        change(let, "2026-04-16", 100_000);
        change(let, "2026-04-10", 150_000);
        change(let, "2026-04-10", 180_000);
        assertThat(net(april(let))).isEqualTo(39_980);
        assertThat(sum(let.rents(), "dueFen")).isEqualTo(39_980 + 36_111);
        run("2026-05");
        assertThat(let.rents().get(0).path("amountFen").asLong()).isEqualTo(39_980);
    }

    @Test
    void a_new_tenant_in_a_period_that_is_not_billed_yet_gets_bills_of_their_own() {
        var let = let();
        run("2026-03");
        pass(let, "2026-04-11");
        run("2026-04");
        // 10 and 20 of the 30 days of 399.80
        assertThat(april(let))
                .extracting(bill -> bill.path("from").asText())
                .containsExactly("2026-04-11", "2026-04-01");
        assertThat(april(let))
                .extracting(bill -> bill.path("amountFen").asLong())
                .containsExactly(26_653L, 13_327L);
        assertThat(run("2026-04").path("bills").asInt()).isZero();
        change(let, "2026-04-16", 100_000);
        assertThat(net(april(let))).isEqualTo(19_990 + 9_995 - 4_998);
    }

    @Test
    void a_second_change_of_tenant_within_a_month_is_taken_from_who_has_the_days() {
        var let = let();
        run("2026-04");
        pass(let, "2026-04-11");
        pass(let, "2026-04-21");
        assertThat(net(april(let))).isEqualTo(39_980);
        assertThat(april(let))
                .extracting(bill -> bill.path("amountFen").asLong()
                        - bill.path("creditedFen").asLong())
                .containsExactly(13_327L, 26_653L - 13_327L, 39_980L - 26_653L);
    }
}
