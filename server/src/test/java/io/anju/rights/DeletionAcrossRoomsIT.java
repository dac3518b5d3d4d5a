package io.anju.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.retention.Periods;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Biller;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Payer;
import io.anju.testing.Proxies;
import io.anju.testing.Tenancies;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each room says when an account is to end: what has to be over first, and what stays. */
class DeletionAcrossRoomsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMPLAINTS = "/v1/complaints";

    @Test
    void a_lease_that_runs_and_a_debt_that_it_left_come_first() {
        var city = Desk.of(anju, "city", "3702");
        var tenancies = new Tenancies(anju, city);
        var tenant = tenancies.tenant();
        var leaseId = tenancies.let(Letting.QINGDAO, tenant);
        assertThat(goingOn(tenant.token())).contains("leases", "bills");

        var today = anju.clock().today();
        tenancies.handOver(leaseId, today);
        var end = Map.of(
                "lastDay", today.toString(), "ground", "own-wish", "reason", "搬离", "returnedOn", today.toString());
        tenancies.act(leaseId, "termination", end).expect(200);
        assertThat(goingOn(tenant.token())).contains("bills").doesNotContain("leases");

        forgive(city, leaseId);
        var kept = kept(delete(tenant.token()).expect(200));
        assertThat(kept).contains("leases", "lease-parties", "lease-terms", "bills");
    }

    @Test
    void whoever_was_followed_by_another_tenant_is_free() {
        var city = Desk.of(anju, "city", "3702");
        var tenancies = new Tenancies(anju, city);
        var first = tenancies.tenant();
        var second = tenancies.tenant();
        var leaseId = tenancies.let(Letting.QINGDAO, first);
        var today = anju.clock().today();
        tenancies.handOver(leaseId, today);
        anju.clock().advance(Duration.ofDays(1));
        var change = Map.of(
                "fullName", second.fullName(),
                "nationalId", second.nationalId(),
                "from", today.plusDays(1).toString(),
                "reason", "夫妻双方协商变更");
        tenancies.act(leaseId, "tenant", change).expect(200);
        var files = anju.domains().residentFiles;
        var firstId = idOf(first);
        var secondId = idOf(second);
        var free = Anju.await(anju.db().inTransaction(tx -> files.goingOn(tx, firstId)));
        assertThat(free).doesNotContain("leases", "bills");
        var bound = Anju.await(anju.db().inTransaction(tx -> files.goingOn(tx, secondId)));
        assertThat(bound).contains("leases");
    }

    @Test
    void orders_and_refunds_that_wait_come_first() {
        var biller = new Biller();
        anju.domains().payments.usePayables(biller);
        var payer = Payer.of(anju);
        var order = payer.order(null, biller.bill(anju, 10_000, payer.id()))
                .expect(201)
                .json();
        assertThat(goingOn(payer.token())).isEqualTo("payments");
        payer.cancel(order.path("paymentId").asText()).expect(200);

        var paid = payer.pays(null, biller.bill(anju, 20_000, payer.id()));
        payer.askBack(paid.path("paymentId").asText(), 5_000).expect(201);
        assertThat(goingOn(payer.token())).isEqualTo("payments");

        var other = Payer.of(anju);
        other.pays(null, biller.bill(anju, 30_000, other.id()));
        var gone = delete(other.token()).expect(200);
        assertThat(kept(gone)).contains("payments").doesNotContain("refunds");
        var until = gone.json().path("kept").findValuesAsText("until");
        assertThat(until).anyMatch(day -> day.compareTo("2050") > 0);
    }

    @Test
    void a_complaint_that_is_open_comes_first() {
        var token = anju.people().resident();
        var body = Map.of(
                "cityCode", "370200",
                "kind", "complaint",
                "category", "rent-and-fees",
                "areaCode", "370202001",
                "text", "三月账单多收了一个月租金。");
        var filed = anju.http().post(COMPLAINTS, token, body).expect(201).json();
        assertThat(goingOn(token)).isEqualTo("complaints");
        var path = COMPLAINTS + "/" + filed.at("/complaint/complaintId").asText() + "/withdrawal";
        anju.http().post(path, token, Map.of("reason", "solved")).expect(200);
        assertThat(kept(delete(token).expect(200))).contains("complaints", "complaint-history");
    }

    @Test
    void a_place_on_a_list_comes_first_and_the_whole_file_is_named_afterwards() {
        var one = new Cases(anju).handIn("370202001001");
        Desk.of(anju, "street", "370202001").approve(one).expect(200);
        anju.http()
                .post(one.path() + "/withdrawal", one.resident().token(), Map.of("reason", "不再申请"))
                .expect(200);
        assertThat(kept(delete(one.resident().token()).expect(200)))
                .contains("applications", "submissions", "timeline", "documents", "review-tasks", "decisions")
                .doesNotContain("log-in-methods", "drafts");
    }

    @Test
    void what_proxies_were_answered_in_its_name_goes_with_the_account() {
        var proxies = new Proxies(anju);
        var represented = proxies.person("被代办", LocalDate.of(1945, 5, 5));
        var proxy = proxies.person("代办人", LocalDate.of(1985, 5, 5));
        var mandate = proxies.mandate(represented.token(), proxy.token(), List.of("apply"));
        var draft = Map.of(
                "cityCode", "370200",
                "programme", "public-rental",
                "household", new Cases(anju).household("370202001001"));
        proxies.as(proxy.token(), mandate, "POST", "/v1/applications")
                .body(draft)
                .send()
                .expect(201);
        assertThat(answersOf(mandate)).isEqualTo(1);
        assertThat(kept(delete(represented.token()).expect(200))).contains("proxies", "acts-of-proxies");
        assertThat(answersOf(mandate)).isZero();
    }

    @Test
    void every_kind_that_is_kept_has_a_period_and_a_title() {
        var kept = anju.domains().residentFiles.kept();
        var periods = Periods.load(null);
        assertThat(kept).hasSizeGreaterThan(30);
        kept.forEach((kind, period) -> {
            assertThat(periods.of(period).law()).isNotBlank();
            assertThat(OwnDataPage.hasTitle(kind)).as(kind).isTrue();
        });
    }

    private static void forgive(Desk city, String leaseId) {
        for (var bill : city.get("/v1/staff/leases/" + leaseId + "/bills")
                .expect(200)
                .json()
                .path("items")) {
            var due = bill.path("dueFen").asLong();
            if (due > 0) {
                var path = "/v1/staff/bills/" + bill.path("billId").asText() + "/credit-notes";
                city.post(path, Map.of("amountFen", due, "reason", "未入住，减免")).expect(200);
            }
        }
    }

    private static Answer delete(String token) {
        return anju.http().post("/v1/me/deletion", token, null);
    }

    private static String goingOn(String token) {
        var detail = delete(token)
                .expect(409, "account-in-use")
                .json()
                .path("detail")
                .asText();
        return detail.substring(detail.indexOf('：') + 1, detail.length() - 1);
    }

    private static List<String> kept(Answer answer) {
        return answer.json().path("kept").findValuesAsText("kind");
    }

    private static UUID idOf(Tenancies.Tenant tenant) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT id FROM identity.resident WHERE person_index = $1",
                                row -> row.getUUID("id"),
                                Buffer.buffer(anju.domains().identity.personIndex(tenant.nationalId()))))
                .orElseThrow();
    }

    private static long answersOf(String mandate) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT count(*) FROM platform.idempotency WHERE scope = $1",
                                row -> row.getLong(0),
                                "PROXY:" + mandate))
                .orElseThrow();
    }
}
