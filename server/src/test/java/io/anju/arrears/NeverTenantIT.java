package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A change of tenant that was recorded ahead, and an end of the lease before its day. */
class NeverTenantIT extends TwoTenants {
    @RegisterExtension
    static final Anju anju = Anju.server();

    NeverTenantIT() {
        super(anju, Letting.QINGDAO);
    }

    @Test
    void who_was_to_come_after_the_end_reads_nothing_and_is_followed_up_for_nothing() {
        var let = let();
        go(let.from().plusDays(1));
        var change = anju.clock().today().plusDays(20);
        var last = change.minusDays(10);
        var next = passes(let, change);
        var path = "/v1/me/leases/" + let.leaseId();
        anju.http().get(path, token(next)).expect(200);
        assertThat(leaseForStaff(let).at("/tenant/from").asText()).isEqualTo(change.toString());

        var end = Map.of("lastDay", last.toString(), "ground", "agreement", "reason", "双方协商一致");
        city.post("/v1/staff/leases/" + let.leaseId() + "/termination", end).expect(200);

        anju.http().get(path, token(next)).expect(404);
        anju.http().get(path + "/arrears", token(next)).expect(404);
        assertThat(bills(next)).isEmpty();
        assertThat(leaseForStaff(let).at("/tenant/maskedName").asText().charAt(0))
                .isEqualTo(let.tenant().fullName().charAt(0));
        assertThat(leaseForStaff(let).at("/tenant/from").asText()).isNotEqualTo(change.toString());

        // the household stays on, and is billed for days on which somebody else was to have the home
        goThrough(last.plusDays(1), change);
        bill(change.plusMonths(1).toString().substring(0, 7));
        goThrough(change.plusDays(1), change.plusDays(20));
        assertThat(cases(let)).hasSize(1);
        assertThat(cases(let).get(0).path("tenantFrom").asText())
                .isEqualTo(leaseForStaff(let).at("/tenant/from").asText());
        assertThat(cases(let).get(0).has("tenantTo")).isFalse();
        assertThat(mine(let).path("overdueFen").asLong())
                .isPositive()
                .isEqualTo(cases(let).get(0).path("overdueFen").asLong());
        assertThat(bills(let.tenant()))
                .anySatisfy(bill -> assertThat(bill.path("from").asText()).isGreaterThanOrEqualTo(change.toString()));
        assertThat(bills(next)).isEmpty();
    }

    private JsonNode leaseForStaff(Let let) {
        return city.get("/v1/staff/leases/" + let.leaseId()).expect(200).json();
    }
}
