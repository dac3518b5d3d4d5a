package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Tenancies.Home;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Xiamen: an own share unpaid for more than six months makes the subsidy void, if two officials say so. */
class VoidIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    @Override
    Anju server() {
        return anju;
    }

    @Override
    String area() {
        return "3502";
    }

    /** 40 ㎡ at 37.55 yuan: 1502 yuan, 40 % of them subsidised. */
    @Override
    Home home() {
        return new Home("湖里苑", "40.00", "", "37.55", "2026-01-01", "");
    }

    @Override
    long incomeFen() {
        return 300_000;
    }

    private static JsonNode proposal(JsonNode standing, String kind) {
        for (var one : standing.path("proposals")) {
            if (one.path("kind").asText().equals(kind)) {
                return one;
            }
        }
        throw new AssertionError("nobody proposes " + kind + " in " + standing.path("proposals"));
    }

    @Test
    void more_than_six_months_make_the_whole_rent_due_once_two_have_decided() {
        var let = let();
        var month = let.from().withDayOfMonth(1);
        for (var number = 1; number <= 6; number++) {
            month = month.plusMonths(1);
            bill(month.toString().substring(0, 7));
            go(month.plusDays(11));
        }
        assertThat(mine(let).path("monthsOwed").asInt()).isEqualTo(6);
        assertThat(mine(let).path("proposals").toString()).doesNotContain("subsidy-void");
        assertThat(proposal(mine(let), "lease-end").path("state").asText()).isEqualTo("proposed");
        month = month.plusMonths(1);
        bill(month.toString().substring(0, 7));
        go(month.plusDays(11));
        assertThat(mine(let).path("monthsOwed").asInt()).isEqualTo(7);

        var before = mine(let).path("overdueFen").asLong();
        var subsidies = 0L;
        for (var bill : mine(let).path("bills")) {
            subsidies += bill.path("subsidyFen").asLong();
        }
        var path = "/v1/staff/arrears-proposals/"
                + proposal(mine(let), "subsidy-void").path("proposalId").asText() + "/decision";
        var approve = Map.of("decision", "approve", "reason", "已核实");
        city.post(path, approve).expect(409, "arrears-second-person");
        city.post(path, Map.of("decision", "endorse", "reason", "已核实")).expect(200);
        city.post(path, approve).expect(409, "arrears-second-person");
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(before);
        var approved =
                Desk.of(anju, "city", "3502").post(path, approve).expect(200).json();
        assertThat(approved.path("state").asText()).isEqualTo("approved");
        assertThat(approved.at("/file/overdueFen").asLong()).isEqualTo(before);
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(before + subsidies);

        pay(let, before + subsidies);
        go(month.plusDays(12));
        assertThat(mine(let).path("overdueFen").asLong()).isZero();
        assertThat(proposal(mine(let), "lease-end").path("state").asText()).isEqualTo("lapsed");
        assertThat(proposal(mine(let), "subsidy-void").path("state").asText()).isEqualTo("approved");
    }
}
