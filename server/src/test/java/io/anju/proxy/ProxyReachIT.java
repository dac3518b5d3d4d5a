package io.anju.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Proxies;
import io.anju.testing.Tenancies;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How far each group of a mandate reaches: homes and bills, and complaints, which a resident may have about a proxy. */
class ProxyReachIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Proxies PROXIES = new Proxies(anju);
    private static final String COMPLAINTS = "/v1/complaints";

    @Test
    void reading_shows_leases_and_bills_and_changes_nothing() {
        var city = Desk.of(anju, "city", "3702");
        var tenancies = new Tenancies(anju, city);
        var tenant = tenancies.tenant();
        var leaseId = tenancies.let(Letting.QINGDAO, tenant);
        var billId = city.get("/v1/staff/leases/" + leaseId + "/bills")
                .expect(200)
                .json()
                .at("/items/0/billId")
                .asText();
        var today = anju.clock().today();
        var statement = "/v1/me/leases/" + leaseId + "/statement?from=" + today + "&to=" + today;
        var reader = proxy();
        var reads = PROXIES.mandate(tenant.token(), reader, List.of("read"));
        var payer = proxy();
        var pays = PROXIES.mandate(tenant.token(), payer, List.of("pay"));
        for (var path : List.of(
                "/v1/me/leases",
                "/v1/me/leases/" + leaseId,
                "/v1/me/bills",
                "/v1/me/bills/" + billId,
                statement,
                "/v1/me/registrations")) {
            PROXIES.as(reader, reads, "GET", path).send().expect(200);
            PROXIES.as(payer, pays, "GET", path).send().expect(403, "proxy-not-valid");
        }
        assertThat(PROXIES.as(reader, reads, "GET", "/v1/me/bills")
                        .send()
                        .json()
                        .path("items"))
                .isNotEmpty();
        var renewal = "/v1/me/leases/" + leaseId + "/renewal-request";
        PROXIES.as(reader, reads, "POST", renewal).send().expect(403, "proxy-not-valid");
        var asker = proxy();
        var asks = PROXIES.mandate(tenant.token(), asker, List.of("apply"));
        PROXIES.as(asker, asks, "POST", renewal).send().expect(409, "lease-state-forbids");
    }

    @Test
    void a_proxy_follows_what_they_filed_and_never_what_the_resident_filed() {
        var resident = PROXIES.person("投诉人", LocalDate.of(1950, 4, 4)).token();
        var own = filed(anju.http()
                .post(COMPLAINTS, resident, complaint("社区工作人员收取好处费。"))
                .expect(201)
                .json());
        var proxy = proxy();
        var mandate = PROXIES.mandate(resident, proxy, List.of("complain"));
        var answer = PROXIES.as(proxy, mandate, "POST", COMPLAINTS)
                .body(complaint("楼道照明损坏。"))
                .send()
                .expect(201)
                .json();
        assertThat(answer.path("similar")).isEmpty(); // about the same thing, and not theirs to see
        var theirs = filed(answer);

        var path = COMPLAINTS + "/" + own;
        PROXIES.as(proxy, mandate, "GET", path).send().expect(404);
        PROXIES.as(proxy, mandate, "POST", path + "/additions")
                .body(Map.of("text", "我不投诉了。"))
                .send()
                .expect(404);
        PROXIES.as(proxy, mandate, "POST", path + "/withdrawal")
                .body(Map.of("reason", "solved"))
                .send()
                .expect(404);
        PROXIES.as(proxy, mandate, "GET", COMPLAINTS + "/" + theirs).send().expect(200);
        PROXIES.as(proxy, mandate, "POST", COMPLAINTS + "/" + theirs + "/additions")
                .body(Map.of("text", "三单元也是。"))
                .send()
                .expect(201);
        assertThat(ids(PROXIES.as(proxy, mandate, "GET", COMPLAINTS).send().json()))
                .containsExactly(theirs);
        assertThat(ids(anju.http().get(COMPLAINTS, resident).expect(200).json()))
                .containsExactlyInAnyOrder(theirs, own);
        var other = proxy();
        var others = PROXIES.mandate(resident, other, List.of("complain"));
        PROXIES.as(other, others, "GET", COMPLAINTS + "/" + theirs).send().expect(404);
    }

    @Test
    void nobody_reports_through_a_proxy_or_joins_through_one() {
        var resident = PROXIES.person("举报人", LocalDate.of(1951, 4, 4)).token();
        var proxy = proxy();
        var mandate = PROXIES.mandate(resident, proxy, List.of("read", "apply", "pay", "complain"));
        var report = complaint("违规收费。");
        report.put("kind", "report");
        report.put("category", "abuse-of-office");
        PROXIES.as(proxy, mandate, "POST", COMPLAINTS).body(report).send().expect(422, "report-by-proxy");
        var anothers = filed(anju.http()
                .post(COMPLAINTS, anju.people().resident(), complaint("楼道照明损坏。"))
                .expect(201)
                .json());
        PROXIES.as(proxy, mandate, "POST", COMPLAINTS + "/" + anothers + "/supporters")
                .send()
                .expect(403, "proxy-not-valid");
    }

    private static String proxy() {
        return PROXIES.person("代办人", LocalDate.of(1981, 1, 1)).token();
    }

    private static Map<String, Object> complaint(String text) {
        return new LinkedHashMap<>(Map.of(
                "cityCode", "370200",
                "kind", "complaint",
                "category", "rent-and-fees",
                "areaCode", "370202001",
                "text", text));
    }

    private static String filed(JsonNode answer) {
        return answer.at("/complaint/complaintId").asText();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").findValuesAsText("complaintId");
    }
}
