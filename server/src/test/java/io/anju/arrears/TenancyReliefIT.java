package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Proxies;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What eases the arrears of one tenant eases nobody else's, and each reads and asks for their own alone. Qingdao. */
class TenancyReliefIT extends TwoTenants {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Map<String, Object> PLAN = Map.of("kind", "instalment-plan", "reason", "失业", "instalments", 3);

    TenancyReliefIT() {
        super(anju, Letting.QINGDAO);
    }

    /** Two tenants who both owe rent of their own days. */
    private record Both(Let let, Tenant left, Tenant held) {}

    private Both bothOwe(Tenant... coTenants) {
        var let = let(coTenants);
        goThrough(let.from(), let.from().plusDays(3));
        var change = anju.clock().today().plusDays(1);
        var next = passes(let, change);
        goThrough(change, change.plusDays(1));
        assertThat(cases(let)).hasSize(2);
        return new Both(let, let.tenant(), next);
    }

    private static String requestId(Answer asked) {
        return asked.expect(201).json().path("requestId").asText();
    }

    private void decide(String requestId, String decision) {
        var path = "/v1/staff/arrears-requests/" + requestId + "/decision";
        city.post(path, Map.of("decision", decision, "reason", "已核实")).expect(200);
    }

    private Answer withdraw(String requestId, Tenant by) {
        return anju.http().post("/v1/me/arrears-requests/" + requestId + "/withdrawal", token(by), null);
    }

    private Answer read(Both both, Tenant by, JsonNode tenantFrom) {
        var path = "/v1/me/leases/" + both.let().leaseId() + "/arrears?tenantFrom=" + tenantFrom.asText();
        return anju.http().get(path, token(by));
    }

    private static List<String> fromOf(List<JsonNode> cases) {
        return cases.stream().map(one -> one.path("tenantFrom").asText()).toList();
    }

    @Test
    void a_plan_of_who_left_does_not_pause_whoever_followed() {
        var both = bothOwe();
        var let = both.let();
        var today = anju.clock().today();
        var ofLeft = requestId(asks(let, both.left(), PLAN));
        asks(let, both.left(), PLAN).expect(409, "arrears-request-waits");
        var until = today.plusDays(20).toString();
        var ofHeld = requestId(asks(let, both.held(), Map.of("kind", "deferral", "reason", "住院", "until", until)));
        assertThat(cases(let, "&waiting=true")).hasSize(2);
        withdraw(ofLeft, both.held()).expect(404);
        withdraw(ofHeld, both.left()).expect(404);
        assertThat(arrears(let, both.held()).path("requests").findValuesAsText("requestId"))
                .containsExactly(ofHeld);
        decide(ofLeft, "grant");
        withdraw(ofHeld, both.held()).expect(200);

        var from = fromOf(cases(let));
        assertThat(fromOf(cases(let, "&paused=true"))).containsExactly(from.get(0));
        assertThat(fromOf(cases(let, "&paused=false"))).containsExactly(from.get(1));
        assertThat(cases(let, "&waiting=true")).isEmpty();
        var plan = arrears(let, both.left()).path("plan");
        assertThat(plan.path("debtFen").asLong()).isEqualTo(due(of("rent", bills(both.left()))));
        var other = arrears(let, both.held());
        assertThat(other.has("plan")).isFalse();
        assertThat(other.path("pauses")).isEmpty();

        goThrough(today.plusDays(1), today.plusDays(29));
        assertThat(actions(arrears(let, both.left()))).containsExactly("kind-reminder");
        assertThat(arrears(let, both.left()).path("lateFeeAccruedFen").asLong()).isZero();
        assertThat(actions(arrears(let, both.held()))).startsWith("kind-reminder", "formal-notice");
        assertThat(arrears(let, both.held()).path("lateFeeAccruedFen").asLong()).isPositive();

        wallet(both.left()).pays(null, dueIds(both.left()));
        go(today.plusDays(30));
        assertThat(arrears(let, both.left()).at("/plan/state").asText()).isEqualTo("kept");
        assertThat(fromOf(cases(let))).containsExactly(from.get(1));
        var topics = text(
                let,
                "SELECT string_agg(topic || ' ' || (payload ->> 'tenantFrom'), ',' ORDER BY xact, id) AS text FROM platform.outbox WHERE subject_id = $1 AND topic IN ('arrears.plan-kept', 'arrears.case-closed', 'arrears.relief-granted')");
        assertThat(topics)
                .isEqualTo("arrears.relief-granted %1$s,arrears.plan-kept %1$s,arrears.case-closed %1$s"
                        .formatted(from.get(0)));
    }

    @Test
    void staff_pause_the_case_that_they_see() {
        var both = bothOwe();
        var let = both.let();
        var today = anju.clock().today();
        var held = cases(let).get(1);
        var pause = Map.of(
                "reason",
                "hospital",
                "from",
                today.toString(),
                "to",
                today.plusDays(90).toString(),
                "note",
                "住院");
        var paused = city.post("/v1/staff/arrears-cases/" + held.path("caseId").asText() + "/pauses", pause)
                .expect(200)
                .json();
        assertThat(paused.at("/case/paused").asBoolean()).isTrue();
        assertThat(fromOf(cases(let, "&paused=true")))
                .containsExactly(held.path("tenantFrom").asText());
        assertThat(arrears(let, both.left()).path("pauses")).isEmpty();
        goThrough(today.plusDays(1), today.plusDays(29));
        assertThat(actions(arrears(let, both.left()))).containsExactly("kind-reminder", "formal-notice");
        assertThat(actions(arrears(let, both.held()))).containsExactly("kind-reminder");
        assertThat(arrears(let, both.held()).path("lateFeeAccruedFen").asLong()).isZero();
    }

    private static void complains(Let let, String token) {
        var body = Map.of(
                "cityCode", "370200",
                "kind", "complaint",
                "category", "rent-and-fees",
                "text", "三月账单多收了一个月租金。",
                "subject", Map.of("type", "lease", "subjectId", let.leaseId()));
        anju.http().post("/v1/complaints", token, body).expect(201);
    }

    @Test
    void a_complaint_pauses_whoever_complained_and_a_co_tenants_whoever_has_the_home() {
        var ofLeft = bothOwe();
        complains(ofLeft.let(), token(ofLeft.left()));
        var coTenant = new Tenancies(anju, city).tenant();
        var ofBoth = bothOwe(coTenant);
        complains(ofBoth.let(), token(coTenant));
        go(anju.clock().today().plusDays(1));
        assertThat(fromOf(cases(ofLeft.let(), "&paused=true")))
                .containsExactly(fromOf(cases(ofLeft.let())).get(0));
        assertThat(arrears(ofLeft.let(), ofLeft.held()).path("pauses")).isEmpty();
        assertThat(fromOf(cases(ofBoth.let(), "&paused=true")))
                .containsExactly(fromOf(cases(ofBoth.let())).get(1));
        // an older complaint of one keeps no complaint of the other away
        complains(ofLeft.let(), token(ofLeft.held()));
        go(anju.clock().today().plusDays(1));
        assertThat(cases(ofLeft.let(), "&paused=true")).hasSize(2);
    }

    @Test
    void each_reads_and_asks_for_their_own_and_a_co_tenant_for_either() {
        var coTenant = new Tenancies(anju, city).tenant();
        var both = bothOwe(coTenant);
        var let = both.let();
        var left = cases(let).get(0).path("tenantFrom");
        var held = cases(let).get(1).path("tenantFrom");
        assertThat(arrears(let, both.left()).path("tenantFrom")).isEqualTo(left);
        assertThat(arrears(let, both.held()).path("tenantFrom")).isEqualTo(held);
        read(both, both.left(), held).expect(404);
        read(both, both.held(), left).expect(404);
        assertThat(arrears(let, coTenant)).isEqualTo(arrears(let, both.held()));
        assertThat(read(both, coTenant, left).expect(200).json()).isEqualTo(arrears(let, both.left()));
        var path = "/v1/me/leases/" + let.leaseId() + "/arrears";
        var noOnesFirst = LocalDate.parse(left.asText()).plusDays(1);
        anju.http().get(path + "?tenantFrom=" + noOnesFirst, token(coTenant)).expect(404);
        anju.http()
                .post(path + "-requests?tenantFrom=" + left.asText(), token(both.held()), PLAN)
                .expect(404);
        var asked = requestId(anju.http().post(path + "-requests?tenantFrom=" + left.asText(), token(coTenant), PLAN));
        assertThat(arrears(let, both.left()).path("requests").findValuesAsText("requestId"))
                .containsExactly(asked);
        assertThat(arrears(let, both.held()).path("requests")).isEmpty();
        withdraw(asked, both.held()).expect(404);
        withdraw(asked, coTenant).expect(200);
    }

    private static String delivered(JsonNode file) {
        return file.at("/standing/steps/0/deliveries").toString();
    }

    @Test
    void what_one_reads_counts_as_delivered_to_them_and_never_by_a_proxy() {
        var both = bothOwe();
        var let = both.let();
        var proxy = new Tenancies(anju, city).tenant().token();
        var proxies = new Proxies(anju);
        var mandate = proxies.mandate(token(both.left()), proxy, List.of("read"));
        var path = "/v1/me/leases/" + let.leaseId() + "/arrears";
        var read = proxies.as(proxy, mandate, "GET", path).send().expect(200).json();
        assertThat(read.path("tenantFrom")).isEqualTo(cases(let).get(0).path("tenantFrom"));
        proxies.as(
                        proxy,
                        mandate,
                        "GET",
                        path + "?tenantFrom="
                                + cases(let).get(1).path("tenantFrom").asText())
                .send()
                .expect(404);
        for (var one : cases(let)) {
            assertThat(delivered(file(one))).isEqualTo("[]");
        }
        arrears(let, both.left());
        assertThat(delivered(file(cases(let).get(0)))).contains("app");
        assertThat(delivered(file(cases(let).get(1)))).isEqualTo("[]");
    }

    @Test
    void who_is_close_to_one_household_may_work_for_the_other() {
        var both = bothOwe();
        var close = Desk.of(anju, "city", Letting.QINGDAO.area());
        close.post("/v1/staff/recusals", Map.of("nationalId", both.left().nationalId(), "ground", "sibling"))
                .expect(201);
        var path = "/v1/staff/arrears-cases/";
        var cases = cases(both.let());
        close.get(path + cases.get(0).path("caseId").asText()).expect(409, "recusal-required");
        close.get(path + cases.get(1).path("caseId").asText()).expect(200);
        var asked = requestId(asks(both.let(), both.left(), PLAN));
        var decision = "/v1/staff/arrears-requests/" + asked + "/decision";
        close.post(decision, Map.of("decision", "grant", "reason", "已核实")).expect(409, "recusal-required");
        decide(asked, "decline");
    }
}
