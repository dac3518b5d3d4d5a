package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies.Tenant;
import io.anju.testing.TestDatabases;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each tenant of a lease is followed up for their own bills, and for nothing of the other's. Qingdao. */
class TenancyArrearsIT extends TwoTenants {
    @RegisterExtension
    static final Anju anju = Anju.server();

    TenancyArrearsIT() {
        super(anju, Letting.QINGDAO);
    }

    private static List<String> texts(JsonNode of, String list, String field) {
        return of.path(list).findValuesAsText(field);
    }

    private static long fen(JsonNode of, String field) {
        return of.path(field).asLong();
    }

    private void requireTheirOwn(Let let, Tenant tenant, JsonNode line) {
        var own = arrears(let, tenant);
        var rents = of("rent", bills(tenant));
        assertThat(fen(own, "overdueFen")).isEqualTo(due(rents));
        assertThat(fen(own, "lateFeeDueFen")).isEqualTo(due(of("late-fee", bills(tenant))));
        assertThat(ids(rents)).containsAll(texts(own, "bills", "billId"));
        assertThat(ids(bills(tenant))).containsAll(texts(own, "lateFees", "billId"));
        assertThat(fen(line, "overdueFen")).isEqualTo(fen(own, "overdueFen"));
        for (var field : List.of("tenantFrom", "tenantTo", "unpaidSince")) {
            assertThat(line.path(field)).as(field).isEqualTo(own.path(field));
        }
        assertThat(line.path("maskedTenant").asText().charAt(0))
                .isEqualTo(tenant.fullName().charAt(0));
        var file = file(line);
        assertThat(file.path("case")).isEqualTo(line);
        assertThat(texts(file.path("standing"), "steps", "stepId")).isEqualTo(texts(own, "steps", "stepId"));
        assertThat(texts(file.path("standing"), "bills", "billId")).isEqualTo(texts(own, "bills", "billId"));
    }

    @Test
    void each_climbs_the_ladder_for_their_own_bills_and_pays_their_own_case_away() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(3));
        assertThat(actions(mine(let))).containsExactly("kind-reminder");
        var change = anju.clock().today().plusDays(1);
        var next = passes(let, change);
        go(change);
        assertThat(cases(let)).hasSize(1);
        assertThat(fen(arrears(let, next), "overdueFen")).isZero();
        assertThat(actions(arrears(let, next))).isEmpty();
        assertThat(arrears(let, next).path("advice")).hasSize(1);

        go(change.plusDays(1));
        var both = cases(let);
        assertThat(both).hasSize(2);
        assertThat(both.get(0).path("tenantTo").asText())
                .isEqualTo(change.minusDays(1).toString());
        assertThat(both.get(1).path("tenantFrom").asText()).isEqualTo(change.toString());
        assertThat(both.get(1).has("tenantTo")).isFalse();
        assertThat(both.get(1).path("openedOn").asText())
                .isEqualTo(change.plusDays(1).toString());
        assertThat(actions(arrears(let, let.tenant()))).containsExactly("kind-reminder");
        assertThat(actions(arrears(let, next))).containsExactly("kind-reminder");
        requireTheirOwn(let, let.tenant(), both.get(0));
        requireTheirOwn(let, next, both.get(1));
        var least = Math.max(fen(both.get(0), "overdueFen"), fen(both.get(1), "overdueFen"));
        assertThat(cases(let, "&leastFen=" + least)).hasSize(1);
        assertThat(cases(let, "&leastFen=" + (least + 1))).isEmpty();
        assertThat(cases(let, "&leastDays=3")).hasSize(1);

        // nobody calls at the home about the debt of whoever left
        goThrough(change.plusDays(2), change.plusMonths(1).plusDays(3));
        assertThat(actions(arrears(let, let.tenant()))).containsExactly("kind-reminder", "formal-notice");
        assertThat(actions(arrears(let, next))).containsExactly("kind-reminder", "formal-notice", "estate-notice");
        both = cases(let);
        requireTheirOwn(let, let.tenant(), both.get(0));
        requireTheirOwn(let, next, both.get(1));
        assertThat(texts(arrears(let, let.tenant()), "lateFees", "feeBillId")).isNotEmpty();
        assertThat(texts(arrears(let, next), "lateFees", "feeBillId"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(texts(arrears(let, let.tenant()), "lateFees", "feeBillId"));

        paysAll(next);
        go(anju.clock().today().plusDays(1));
        assertThat(cases(let)).hasSize(1);
        assertThat(cases(let).get(0).path("caseId")).isEqualTo(both.get(0).path("caseId"));
        assertThat(actions(arrears(let, next))).hasSize(3);
        paysAll(let.tenant());
        go(anju.clock().today().plusDays(1));
        assertThat(cases(let)).isEmpty();
        assertThat(fen(arrears(let, let.tenant()), "overdueFen")).isZero();
    }

    @Test
    void a_change_that_becomes_known_later_leaves_each_with_what_is_theirs() {
        var let = let();
        bill(let.from().plusMonths(1).toString().substring(0, 7));
        goThrough(let.from(), let.from().plusMonths(1).plusDays(4));
        assertThat(actions(mine(let))).containsExactly("kind-reminder", "formal-notice", "estate-notice");
        var known = cases(let).get(0);
        var billed = fen(mine(let), "lateFeeDueFen");
        assertThat(billed).isPositive();
        var first = LocalDate.parse(known.path("tenantFrom").asText());
        var next = passes(let, first.plusDays(3));
        // what is issued again is due today at the soonest: nobody is late with what they were not asked for
        assertThat(fen(arrears(let, next), "overdueFen")).isZero();
        assertThat(due(of("rent", bills(next)))).isPositive();
        assertThat(of("rent", bills(next)).stream()
                        .filter(bill -> bill.path("dueFen").asLong() > 0)
                        .map(bill -> bill.path("dueOn").asText()))
                .hasSizeGreaterThan(1)
                .containsOnly(anju.clock().today().toString());
        go(anju.clock().today().plusDays(1));
        var both = cases(let);
        assertThat(both).hasSize(2);
        assertThat(both.get(0).path("caseId")).isEqualTo(known.path("caseId"));
        assertThat(actions(arrears(let, let.tenant()))).hasSize(3);
        assertThat(actions(arrears(let, next))).containsExactly("kind-reminder");
        requireTheirOwn(let, let.tenant(), both.get(0));
        requireTheirOwn(let, next, both.get(1));
        assertThat(arrears(let, next).path("lateFees")).isEmpty();

        // three days of rent are paid: the steps stay as they were taken, and the fee is that of three days of rent
        paysAll(let.tenant());
        go(anju.clock().today().plusDays(1));
        assertThat(cases(let)).hasSize(1);
        assertThat(cases(let).get(0).path("tenantFrom").asText())
                .isEqualTo(first.plusDays(3).toString());
        var left = arrears(let, let.tenant());
        assertThat(actions(left)).hasSize(3);
        var fees = left.path("lateFees").findValues("amountFen").stream()
                .mapToLong(JsonNode::asLong)
                .sum();
        assertThat(fees).isLessThan(billed);
        assertThat(of("late-fee", bills(let.tenant())).stream()
                        .mapToLong(fee -> fee.path("amountFen").asLong()
                                - fee.path("creditedFen").asLong())
                        .sum())
                .isEqualTo(fees);
    }

    private static final String WHOSE = """
            SELECT string_agg(of || ' ' || tenant_from, ',' ORDER BY of) AS text
              FROM (SELECT 'case ' || case_id AS of, tenant_from FROM arrears.arrears_case
                     UNION ALL
                    SELECT 'pause ' || pause_id, tenant_from FROM arrears.pause
                     UNION ALL
                    SELECT 'request ' || request_id, tenant_from FROM arrears.request
                     UNION ALL
                    SELECT 'plan ' || request_id, tenant_from FROM arrears.plan) whose
            """;

    @Test
    void what_is_there_from_before_is_whose_the_home_was_then() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(3));
        var today = anju.clock().today();
        var asked = asks(let, let.tenant(), Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 3))
                .expect(201)
                .json();
        city.post(
                        "/v1/staff/arrears-requests/" + asked.path("requestId").asText() + "/decision",
                        Map.of("decision", "grant", "reason", "已核实"))
                .expect(200);
        var next = passes(let, today.plusDays(1));
        goThrough(today.plusDays(1), today.plusDays(2));
        var until = today.plusDays(20).toString();
        asks(let, next, Map.of("kind", "deferral", "reason", "住院", "until", until))
                .expect(201);
        assertThat(cases(let)).hasSize(2);

        var now =
                Anju.await(anju.db().find(WHOSE, row -> row.getString("text"))).orElseThrow();
        var undo = List.of(
                "UPDATE arrears.arrears_case SET closed_on = opened_on",
                "ALTER TABLE arrears.arrears_case DROP COLUMN tenant_from",
                "ALTER TABLE arrears.pause DROP COLUMN tenant_from",
                "ALTER TABLE arrears.request DROP COLUMN tenant_from",
                "ALTER TABLE arrears.plan DROP COLUMN tenant_from",
                "CREATE UNIQUE INDEX arrears_case_one_open ON arrears.arrears_case (lease_id) WHERE closed_on IS NULL",
                "CREATE UNIQUE INDEX request_waits_alone ON arrears.request (lease_id) WHERE state = 'asked'",
                "CREATE UNIQUE INDEX plan_runs_alone ON arrears.plan (lease_id) WHERE state = 'running'");
        assertThat(now).contains("plan ", "request ", "pause ", "case ");
        assertThat(TestDatabases.afterMigratingAgain(anju.databaseAddress(), "874", undo, WHOSE))
                .isEqualTo(now);
    }
}
