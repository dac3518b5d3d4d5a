package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the debts of somebody who left may still lead to, and what not. Xiamen, where half a year of them ends a lease. */
class FormerTenantLimitsIT extends TwoTenants {
    @RegisterExtension
    static final Anju anju = Anju.server();

    FormerTenantLimitsIT() {
        super(anju, Letting.XIAMEN);
    }

    private static JsonNode proposal(JsonNode standing, String kind) {
        for (var one : standing.path("proposals")) {
            if (one.path("kind").asText().equals(kind)) {
                return one;
            }
        }
        throw new AssertionError("nobody proposes " + kind + " in " + standing.path("proposals"));
    }

    private static Map<String, String> decision(String what) {
        return Map.of("decision", what, "reason", "已核实");
    }

    private static String path(JsonNode proposal) {
        return "/v1/staff/arrears-proposals/" + proposal.path("proposalId").asText() + "/decision";
    }

    @Test
    void they_never_end_the_lease_of_whoever_followed_but_are_recorded_and_lose_their_own_subsidy() {
        var let = let();
        var month = let.from().withDayOfMonth(1);
        for (var number = 1; number <= 7; number++) {
            month = month.plusMonths(1);
            bill(month.toString().substring(0, 7));
            go(month.plusDays(11));
            mine(let);
        }
        var end = proposal(mine(let), "lease-end");
        city.post(path(end), decision("endorse")).expect(200);
        var second = Desk.of(anju, "city", Letting.XIAMEN.area());
        var change = anju.clock().today().plusDays(3);
        var next = passes(let, change);
        // to pass on is enough: nobody ends the lease that somebody else is to have
        second.post(path(end), decision("approve")).expect(409, "arrears-proposal-lapsed");
        go(anju.clock().today().plusDays(1));
        assertThat(proposal(mine(let), "lease-end").path("state").asText()).isEqualTo("lapsed");
        goThrough(anju.clock().today().plusDays(1), change.plusDays(1));
        assertThat(mine(let).path("proposals").findValuesAsText("kind"))
                .containsOnlyOnce("lease-end")
                .containsOnlyOnce("credit-record");
        assertThat(arrears(let, next).path("proposals")).isEmpty();

        var ofNext = due(bills(next));
        var owed = mine(let).path("overdueFen").asLong();
        var subsidies = mine(let).path("bills").findValues("subsidyFen").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
        assertThat(subsidies).isPositive();
        var empty = proposal(mine(let), "subsidy-void");
        var record = proposal(mine(let), "credit-record");
        for (var one : new JsonNode[] {record, empty}) {
            city.post(path(one), decision("endorse")).expect(200);
            var file = second.post(path(one), decision("approve"))
                    .expect(200)
                    .json()
                    .path("file");
            assertThat(file.at("/lease/tenantTo").asText())
                    .isEqualTo(change.minusDays(1).toString());
            assertThat(file.at("/lease/maskedTenant").asText().charAt(0))
                    .isEqualTo(let.tenant().fullName().charAt(0));
            assertThat(file.path("overdueFen").asLong()).isEqualTo(owed);
            assertThat(ids(bills(let.tenant()))).containsAll(file.path("bills").findValuesAsText("billId"));
        }
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(owed + subsidies);
        assertThat(due(bills(next))).isEqualTo(ofNext);

        paysAll(let.tenant());
        go(anju.clock().today().plusDays(1));
        assertThat(proposal(mine(let), "credit-record").path("state").asText()).isEqualTo("withdrawn");
        assertThat(cases(let)).hasSize(1);
        assertThat(cases(let).get(0).path("tenantFrom").asText()).isEqualTo(change.toString());
        var lease = city.get("/v1/staff/leases/" + let.leaseId()).expect(200).json();
        assertThat(lease.path("state").asText()).isEqualTo("active");
    }
}
