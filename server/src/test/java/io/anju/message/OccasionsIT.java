package io.anju.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.Wallet;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who is told of what, and that nothing else in the house depends on it. */
class OccasionsIT extends MessageCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    OccasionsIT() {
        super(anju);
    }

    @Test
    void each_tenant_is_told_of_the_bills_of_their_own_days() {
        var let = let();
        var next = tenancies.tenant();
        city.post(
                        "/v1/staff/leases/" + let.leaseId() + "/tenant",
                        Map.of(
                                "fullName",
                                next.fullName(),
                                "nationalId",
                                next.nationalId(),
                                "from",
                                let.month(1).atDay(15).toString(),
                                "reason",
                                "离婚析产"))
                .expect(200);
        bill(let.month(0));
        allows(let.tenant(), RENT_DUE, 3);
        allows(next, RENT_DUE, 3);
        bill(let.month(1));
        assertThat(texts(let.tenant()))
                .extracting(text -> text.get(0))
                .containsExactly(MessagePolicy.date(let.month(1).atDay(1)) + "起租金");
        assertThat(texts(next))
                .extracting(text -> text.get(0))
                .containsExactly(MessagePolicy.date(let.month(1).atDay(15)) + "起租金");
    }

    @Test
    void whoever_paid_is_told_that_it_came_and_that_it_went_back() {
        var let = let();
        var tenant = let.tenant();
        bill(let.month(0));
        allows(tenant, PAYMENT, 2);
        var bills = new ArrayList<String>();
        anju.http()
                .get("/v1/me/bills?open=true", token(tenant))
                .expect(200)
                .json()
                .path("items")
                .forEach(bill -> bills.add(bill.path("billId").asText()));
        var paymentId = new Wallet(anju, "4401", token(tenant))
                .pays(10_000L, bills)
                .path("paymentId")
                .asText();
        work();
        new Wallet(anju, "4401", token(tenant)).getsBack(city, 2_550, paymentId);
        work();
        var day = MessagePolicy.date(anju.clock().today());
        // the fields as WeChat's template has them
        assertThat(texts(tenant))
                .containsExactly(List.of("已收到您的缴费", "100.00元", day), List.of("退款已原路退回", "25.50元", day));
    }

    @Test
    void arrears_and_bills_are_the_same_with_and_without_consent_and_with_the_channel_down() {
        var told = let();
        var silent = let();
        bill(told.month(0));
        allows(told.tenant(), ARREARS, 1);
        anju.people().failMessages(-1);
        var day = anju.clock().today();
        for (int i = 0; i < 40; i++) {
            anju.clock().set(day.plusDays(i), LocalTime.NOON);
            work();
        }
        assertThat(texts(told.tenant()))
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).contains(MessagePolicy.OVERDUE));
        requireNothingFor(silent.tenant());
        assertThat(steps(told)).isNotEmpty().isEqualTo(steps(silent));
        assertThat(delivered(told)).isEqualTo(delivered(silent)).isZero();
        assertThat(bills(told.tenant())).isNotEmpty().isEqualTo(bills(silent.tenant()));
    }

    private static List<String> steps(Let let) {
        return Anju.await(anju.db().list("""
                        SELECT s.rung || s.due_on || s.taken_on || s.overdue_fen || s.text_zh AS step
                          FROM arrears.step s
                          JOIN arrears.arrears_case c USING (case_id)
                         WHERE c.lease_id = $1
                         ORDER BY s.taken_on
                        """, row -> row.getString("step"), UUID.fromString(let.leaseId())));
    }

    /** Nobody opened a notice, and a message is no delivery of one. */
    private static long delivered(Let let) {
        return Anju.await(anju.db().find("""
                                SELECT count(*) AS deliveries
                                  FROM arrears.delivery d
                                  JOIN arrears.step s USING (step_id)
                                  JOIN arrears.arrears_case c USING (case_id)
                                 WHERE c.lease_id = $1
                                """, row -> row.getLong("deliveries"), UUID.fromString(let.leaseId())))
                .orElseThrow();
    }

    private List<String> bills(Tenant tenant) {
        var bills = new ArrayList<String>();
        anju.http()
                .get("/v1/me/bills?limit=100", token(tenant))
                .expect(200)
                .json()
                .path("items")
                .forEach(bill -> bills.add(bill.path("from").asText() + bill.path("amountFen") + bill.path("dueFen")));
        return bills;
    }
}
