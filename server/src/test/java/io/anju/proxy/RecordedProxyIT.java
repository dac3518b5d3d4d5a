package io.anju.proxy;

import static io.anju.testing.Proxies.REPRESENTATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.identity.NationalId;
import io.anju.identity.Role;
import io.anju.identity.StaffDesk;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.ApiClient;
import io.anju.testing.Desk;
import io.anju.testing.Proxies;
import io.anju.testing.Proxies.Someone;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guardians and community workers, whom an office records from papers and a second person approves. */
class RecordedProxyIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMMUNITY = "370202001001";
    private static final Proxies PROXIES = new Proxies(anju);

    @Test
    void a_guardian_is_recorded_by_one_and_approved_by_another_and_ends_with_childhood() {
        var street = Desk.of(anju, "street", "370202001");
        var colleague = Desk.of(anju, "street", "370202001");
        var guardian = person("监护人", LocalDate.of(1985, 5, 5));
        var child = Proxies.nationalId(anju.clock().today().minusYears(17));
        var paper = paper("guardian", "孩子", child, guardian);
        paper.put("expiresOn", anju.clock().today().plusYears(1).plusDays(1).toString());
        street.post("/v1/staff/proxies", paper).expect(422, "proxy-expiry-out-of-range");
        paper.put("expiresOn", inDays(30));
        var id = street.post("/v1/staff/proxies", paper)
                .expect(201)
                .json()
                .path("proxyId")
                .asText();
        as(guardian, id, "GET", "/v1/applications").send().expect(403, "proxy-not-valid");

        var decision = Map.of("decision", "approve", "reason", "户口簿已核对");
        street.post("/v1/staff/proxies/" + id + "/decision", decision).expect(409, "proxy-needs-a-second-person");
        Desk.of(anju, "street", "370203001")
                .post("/v1/staff/proxies/" + id + "/decision", decision)
                .expect(404);
        colleague.post("/v1/staff/proxies/" + id + "/decision", decision).expect(200);
        colleague.post("/v1/staff/proxies/" + id + "/decision", decision).expect(409, "proxy-decided");
        as(guardian, id, "GET", "/v1/applications").send().expect(200);
        assertThat(anju.http()
                        .get(REPRESENTATIONS, guardian.token())
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);

        street.post("/v1/staff/proxies/" + id + "/end", Map.of("reason", "监护关系变更"))
                .expect(200);
        as(guardian, id, "GET", "/v1/applications").send().expect(403, "proxy-not-valid");
    }

    @Test
    void a_community_worker_works_in_one_community_of_the_office() {
        var street = Desk.of(anju, "street", "370202001");
        var worker = person("社工", LocalDate.of(1990, 9, 9));
        var elder = Proxies.nationalId(LocalDate.of(1938, 3, 3));
        var paper = paper("community-worker", "老人", elder, worker);
        street.post("/v1/staff/proxies", paper).expect(201);
        var other = paper("community-worker", "老伴", Proxies.nationalId(LocalDate.of(1939, 3, 3)), worker);
        other.put("areaCode", "370202001002");
        street.post("/v1/staff/proxies", other).expect(409, "proxy-works-elsewhere");
        other.put("areaCode", "370203001001");
        street.post("/v1/staff/proxies", other).expect(422, "area-outside-office");
        other.put("areaCode", COMMUNITY);
        other.put("proxyName", "别人");
        street.post("/v1/staff/proxies", other).expect(422, "proxy-person-unknown");
        other.put("representedNationalId", "11010519491231002Y");
        street.post("/v1/staff/proxies", other).expect(400);
    }

    @Test
    void a_guardian_of_somebody_of_age_needs_a_paper_and_nobody_decides_on_themself() {
        var guardian = person("监护人", LocalDate.of(1985, 5, 6));
        var street = Desk.of(anju, "street", "370202001");
        var paper = paper("guardian", "成年人", Proxies.nationalId(LocalDate.of(1960, 6, 6)), guardian);
        street.post("/v1/staff/proxies", paper).expect(422, "proxy-evidence-needed");
        paper.put("evidenceNumber", "民特 2026-7");
        var office = new Office("370200", "street", "370202001", "测试街道");
        var username = "self.decider";
        Anju.await(anju.domains()
                .identity
                .staff()
                .create(
                        new StaffDesk.NewStaff(
                                username,
                                "本人",
                                office,
                                EnumSet.of(Role.INTAKE),
                                NationalId.parse(guardian.nationalId())),
                        "一个足够长的密码啊啊啊啊",
                        anju.clock().instant()));
        var self = anju.http()
                .post("/v1/sessions/staff", null, Map.of("username", username, "password", "一个足够长的密码啊啊啊啊"))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
        anju.http().post("/v1/staff/proxies", self, paper).expect(409, "proxy-own-case");
        var id = street.post("/v1/staff/proxies", paper)
                .expect(201)
                .json()
                .path("proxyId")
                .asText();
        anju.http()
                .post("/v1/staff/proxies/" + id + "/decision", self, Map.of("decision", "approve", "reason", "本人同意"))
                .expect(409, "proxy-own-case");
    }

    private static Someone person(String name, LocalDate born) {
        return PROXIES.person(name, born);
    }

    private static ApiClient.Call as(Someone proxy, String mandate, String method, String path) {
        return PROXIES.as(proxy.token(), mandate, method, path);
    }

    private static Map<String, Object> paper(String kind, String name, String nationalId, Someone proxy) {
        return new HashMap<>(Map.of(
                "kind",
                kind,
                "representedName",
                name,
                "representedNationalId",
                nationalId,
                "proxyName",
                proxy.name(),
                "proxyNationalId",
                proxy.nationalId(),
                "groups",
                List.of("read"),
                "areaCode",
                COMMUNITY,
                "expiresOn",
                inDays(30),
                "reason",
                "持户口簿原件"));
    }

    private static String inDays(int days) {
        return anju.clock().today().plusDays(days).toString();
    }
}
