package io.anju.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.anju.testing.Workbooks;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leases over HTTP: signing, what follows, and the end. */
class LeaseIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PROGRAMME = "affordable-rental";
    private static final Home HOME = new Home("海棠苑", "50.00", "12.00", "30.00", "2026-01-01", "");

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @SuppressWarnings("NullAway.Init")
    private static Tenancies tenancies;

    @BeforeAll
    static void logIn() {
        city = Desk.of(anju, "city", "3702");
        tenancies = new Tenancies(anju, city);
    }

    private static LocalDate today() {
        return anju.clock().today();
    }

    private Map<String, Object> order(Tenancies.Tenant tenant) {
        return order(tenancies.home(HOME), tenant);
    }

    private Map<String, Object> order(String homeId, Tenancies.Tenant tenant) {
        var from = today();
        return tenancies.order(
                PROGRAMME,
                homeId,
                tenant,
                Tenancies.single("370200", 300_000),
                from,
                from.plusYears(3).minusDays(1));
    }

    @Test
    void freezes_the_rent_with_its_trace_and_the_rules_digest() {
        var tenant = tenancies.tenant();
        var lease = tenancies.sign(order(tenant)).expect(201).json();
        assertThat(lease.path("state").asText()).isEqualTo("signed");
        assertThat(lease.path("monthlyRentFen").asLong()).isEqualTo(60_000);
        assertThat(lease.path("depositFen").asLong()).isEqualTo(60_000);
        assertThat(lease.at("/tenant/maskedName").asText()).isEqualTo("租**");
        assertThat(lease.at("/terms/0/trace/0/text").asText())
                .contains("12 元 × 50 平方米")
                .contains("600.00");
        assertThat(lease.path("leaseNumber").asText()).startsWith("ZL-370200-2026-");
        var id = lease.path("leaseId").asText();
        var mine = anju.http()
                .get("/v1/me/leases/" + id, tenant.token())
                .expect(200)
                .json();
        assertThat(mine.path("policyDigest").asText())
                .isEqualTo(lease.path("policyDigest").asText());
        assertThat(anju.http()
                        .get("/v1/me/leases", tenant.token())
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(anju.http()
                        .get("/v1/me/leases", tenancies.tenant().token())
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        anju.http().get("/v1/me/leases/" + id, tenancies.tenant().token()).expect(404);
        Desk.of(anju, "city", "3203").get("/v1/staff/leases/" + id).expect(404);
    }

    @Test
    void a_home_has_one_lease_at_a_time() {
        var homeId = tenancies.home(HOME);
        var first =
                tenancies.sign(order(homeId, tenancies.tenant())).expect(201).json();
        tenancies.sign(order(homeId, tenancies.tenant())).expect(409, "home-taken");
        tenancies
                .act(first.path("leaseId").asText(), "withdrawal", Map.of("reason", "致电 13812345678"))
                .expect(422, "reason-names-a-person");
        tenancies
                .act(first.path("leaseId").asText(), "withdrawal", Map.of("reason", "承租人放弃"))
                .expect(200);
        var second =
                tenancies.sign(order(homeId, tenancies.tenant())).expect(201).json();
        var id = second.path("leaseId").asText();
        tenancies.handOver(id, today());
        var end = Map.of("lastDay", today().toString(), "ground", "own-wish", "reason", "搬离");
        tenancies.act(id, "termination", end).expect(200);
        var later = order(homeId, tenancies.tenant());
        later.put("from", today().plusMonths(2).toString());
        later.put("to", today().plusMonths(5).toString());
        // the household has not given the home back
        tenancies.sign(later).expect(409, "home-taken");
        tenancies
                .act(id, "home-return", Map.of("returnedOn", today().toString()))
                .expect(200);
        tenancies.sign(later).expect(201);
    }

    @Test
    void goes_its_way_in_order() {
        var id = tenancies
                .sign(order(tenancies.tenant()))
                .expect(201)
                .json()
                .path("leaseId")
                .asText();
        tenancies.act(id, "move-in", Map.of("movedInOn", today().toString())).expect(409, "lease-state-forbids");
        tenancies
                .act(id, "hand-over", Map.of("handedOverOn", today().plusDays(1).toString()))
                .expect(422, "lease-date-out-of-range");
        assertThat(tenancies.handOver(id, today()).path("state").asText()).isEqualTo("active");
        tenancies
                .act(id, "hand-over", Map.of("handedOverOn", today().toString()))
                .expect(409, "lease-state-forbids");
        tenancies.act(id, "move-in", Map.of("movedInOn", today().toString())).expect(200);
        tenancies.act(id, "move-in", Map.of("movedInOn", today().toString())).expect(409, "recorded-already");
        var filed = tenancies
                .act(id, "filing", Map.of("filingNumber", "QD-BA-2026-1", "filedOn", today().toString()))
                .expect(200)
                .json();
        assertThat(filed.path("filedLate").asBoolean()).isFalse();
        assertThat(filed.path("fileBy").asText()).isEqualTo(today().plusDays(30).toString());
        tenancies.act(id, "withdrawal", Map.of("reason", "放弃")).expect(409, "lease-state-forbids");
        assertThat(filed.path("version").asInt()).isEqualTo(4);
    }

    @Test
    void the_spouse_who_signed_too_becomes_the_tenant() {
        var tenant = tenancies.tenant();
        var spouse = tenancies.tenant();
        var order = order(tenant);
        order.put("coTenants", List.of(spouse.person()));
        var id = tenancies.sign(order).expect(201).json().path("leaseId").asText();
        tenancies.handOver(id, today());
        anju.http().get("/v1/me/leases/" + id, spouse.token()).expect(200);
        var change = Map.of(
                "fullName", spouse.fullName(),
                "nationalId", spouse.nationalId(),
                "from", today().plusDays(10).toString(),
                "reason", "原承租人去世");
        var changed = tenancies.act(id, "tenant", change).expect(200).json();
        assertThat(changed.at("/tenant/from").asText())
                .isEqualTo(today().plusDays(10).toString());
        tenancies.act(id, "tenant", change).expect(422, "lease-date-out-of-range");
    }

    @Test
    void refuses_what_the_law_or_the_rules_do_not_allow() {
        var tenant = tenancies.tenant();
        var long_ = order(tenant);
        long_.put("to", today().plusYears(5).toString());
        tenancies.sign(long_).expect(422, "term-too-long");
        long_.put("to", today().plusYears(5).minusDays(1).toString());
        tenancies.sign(long_).expect(201);
        var silent = order(tenant);
        silent.put("programme", "public-rental");
        tenancies.sign(silent).expect(422, "programme-sets-no-rent");
        var bare = order(tenancies.home(new Home("无标准苑", "50.00", "", "", "", "")), tenant);
        tenancies.sign(bare).expect(422, "rent-facts-missing");
        var past = order(tenancies.home(new Home("旧标准苑", "50.00", "10", "", "2025-01-01", "2025-12-31")), tenant);
        tenancies.sign(past).expect(422, "rent-facts-missing");
        var wrong = order(tenant);
        wrong.put("tenant", Map.of("fullName", "王小明", "nationalId", "110105194912310021"));
        tenancies.sign(wrong).expect(422, "person-not-valid");
        var nobody = order(tenant);
        nobody.remove("household");
        tenancies.sign(nobody).expect(422, "household-required");
    }

    @Test
    void whoever_was_waiting_leaves_the_list_housed_in_the_same_transaction() {
        var cases = new Cases(anju);
        var one = cases.handIn("370202001001");
        var street = Desk.of(anju, "street", "370202001");
        var district = Desk.of(anju, "district", "370202");
        street.approve(one).expect(200);
        close(street, "street-publicity");
        var taskId = district.verify(one);
        var etag = district.get("/v1/staff/tasks/" + taskId).expect(200).etag();
        district.decide(taskId, etag, Map.of("decision", "approve")).expect(200);
        close(district, "district-publicity");
        var registered = city.get("/v1/staff/registrations?receiptNumber=" + one.receiptNumber())
                .expect(200)
                .json()
                .at("/items/0/registrationId")
                .asText();
        var order = order(tenancies.tenant());
        order.remove("tenant");
        order.remove("household");
        order.put("registrationId", registered);
        var lease = tenancies.sign(order).expect(201).json();
        anju.http()
                .get(
                        "/v1/me/leases/" + lease.path("leaseId").asText(),
                        one.resident().token())
                .expect(200);
        var left = city.get("/v1/staff/registrations?receiptNumber=" + one.receiptNumber())
                .expect(200)
                .json();
        assertThat(left.at("/items/0/exitType").asText()).isEqualTo("housed");
        order.put("homeId", tenancies.home(HOME));
        tenancies.sign(order).expect(409);
    }

    private static void close(Desk desk, String step) {
        var opened = desk.publish(step).expect(201).json();
        anju.clock().set(Instant.parse(opened.at("/notice/closesAt").asText()));
        anju.runJobs();
    }

    @Test
    void renewal_is_asked_three_months_before_the_end_and_the_next_lease_follows_overnight() {
        var tenant = tenancies.tenant();
        var order = order(tenant);
        var to = today().plusMonths(4);
        order.put("to", to.toString());
        var id = tenancies.sign(order).expect(201).json().path("leaseId").asText();
        var path = "/v1/me/leases/" + id + "/renewal-request";
        anju.http().post(path, tenant.token(), null).expect(409, "lease-state-forbids");
        tenancies.handOver(id, today());
        tenancies
                .act(id, "renewal-decision", Map.of("decision", "refuse", "reason", "无申请"))
                .expect(409, "no-renewal-asked");
        var start = anju.clock().instant();
        try {
            var early = tenancies
                    .sign(order(tenant))
                    .expect(201)
                    .json()
                    .path("leaseId")
                    .asText();
            tenancies.handOver(early, today());
            anju.http()
                    .post("/v1/me/leases/" + early + "/renewal-request", tenant.token(), null)
                    .expect(409, "renewal-not-now");
            anju.http().post(path, tenant.token(), null).expect(200);
            anju.http().post(path, tenant.token(), null).expect(409, "renewal-asked-already");
            var decision = Map.of("decision", "approve", "to", to.plusYears(2).toString(), "reason", "复核合格");
            var decided =
                    tenancies.act(id, "renewal-decision", decision).expect(200).json();
            var next = decided.at("/renewal/nextLeaseId").asText();
            anju.http().get("/v1/me/leases/" + next, tenant.token()).expect(200);
            assertThat(state(id)).isEqualTo("active");
            anju.clock()
                    .set(to.plusDays(2).atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
            anju.runJobs();
            assertThat(state(id)).isEqualTo("ended");
        } finally {
            anju.clock().set(start);
        }
    }

    private static String state(String id) {
        return Desk.of(anju, "city", "3702")
                .get("/v1/staff/leases/" + id)
                .expect(200)
                .json()
                .path("state")
                .asText();
    }

    @Test
    void names_every_fault_of_a_file_of_homes_and_enters_none() {
        var good = Tenancies.row(new Home("新苑", "50.00", "12", "", "2026-01-01", ""), "1");
        var file = tenancies.importHomes(
                List.of(good, good, List.of("新苑", "", "2", "0", "x", "公司", "", "", "", ""), List.of("新苑")));
        var problem = file.expect(422, "faulty-homes").json();
        assertThat(problem.path("errors"))
                .extracting(error -> error.path("pointer").asText())
                .contains("/rows/3", "/rows/4/building", "/rows/4/areaSqm", "/rows/4/rooms", "/rows/5/provider");
        assertThat(city.get("/v1/staff/homes?estateName=" + "新苑")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        tenancies.importFile("x,y\n1,2\n".getBytes(StandardCharsets.UTF_8)).expect(422, "faulty-homes");
        var again = tenancies.importHomes(List.of(good)).expect(201).json();
        assertThat(again.path("homesAdded").asInt()).isEqualTo(1);
        assertThat(tenancies
                        .importHomes(List.of(good))
                        .expect(201)
                        .json()
                        .path("homesKnown")
                        .asInt())
                .isEqualTo(1);
        var dearer = Tenancies.row(new Home("新苑", "50.00", "13", "", "2026-02-01", ""), "1");
        tenancies.importHomes(List.of(dearer)).expect(422, "rate-differs");
        var vacant = city.get("/v1/staff/homes?vacant=true&limit=1").expect(200).json();
        assertThat(vacant.path("items")).hasSize(1);
    }

    @Test
    void enters_a_file_of_several_pages_in_one_piece() {
        // of a city of their own: other tests page through all homes
        var xuzhou = new Tenancies(anju, Desk.of(anju, "city", "3203"));
        var lines = new StringBuilder("estateName,building,homeNumber,areaSqm,rooms,provider\n");
        for (var number = 1; number <= 11_000; number++) {
            lines.append("大苑,1号楼,").append(number).append(",45.50,1,公司\n");
        }
        var first = xuzhou.importFile(lines.toString().getBytes(StandardCharsets.UTF_8))
                .expect(201)
                .json();
        assertThat(first.path("homesAdded").asInt()).isEqualTo(11_000);
        var faulty = lines.append("大苑,1号楼,11001,0,1,公司\n").toString();
        xuzhou.importFile(faulty.getBytes(StandardCharsets.UTF_8)).expect(422, "faulty-homes");
        var stored = Anju.await(anju.db()
                .find(
                        "SELECT count(*) AS homes FROM lease.home h JOIN lease.estate e USING (estate_id) WHERE e.name = '大苑'",
                        row -> row.getLong("homes")));
        assertThat(stored.orElseThrow()).isEqualTo(11_000);
    }

    @Test
    void takes_homes_from_a_workbook_and_from_a_text_of_either_encoding() {
        var head = List.of("estateName", "building", "homeNumber", "areaSqm", "rooms", "provider");
        var workbook = List.of(head, List.of("表格苑", "1号楼", "101", "45.5", "1", "公司"));
        assertThat(tenancies
                        .importFile(Workbooks.of(workbook))
                        .expect(201)
                        .json()
                        .path("homesAdded")
                        .asInt())
                .isEqualTo(1);
        var text = "小区名称,楼栋,房号,建筑面积,居室数,运营单位\n国标苑,1号楼,101,45.50,1,公司\n";
        tenancies.importFile(text.getBytes(Charset.forName("GB18030"))).expect(201);
        for (var estate : List.of("表格苑", "国标苑")) {
            var homes = city.get("/v1/staff/homes?estateName=" + URLEncoder.encode(estate, StandardCharsets.UTF_8))
                    .expect(200)
                    .json();
            assertThat(homes.at("/items/0/areaSqm").asText()).isEqualTo("45.50");
        }
        tenancies
                .importFile(Workbooks.of("no sheet".getBytes(StandardCharsets.UTF_8)))
                .expect(422, "homes-unreadable");
    }

    @Test
    void the_table_of_moves_is_the_databases_too() {
        var stored = Anju.await(anju.db()
                        .list(
                                "SELECT from_state, to_state FROM lease.legal_move",
                                row -> row.getString("from_state") + ">" + row.getString("to_state")))
                .stream()
                .collect(Collectors.toCollection(TreeSet::new));
        var known = Arrays.stream(LeaseState.values())
                .flatMap(from -> from.nextStates().stream().map(to -> from.id() + ">" + to.id()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(stored).isEqualTo(known);
    }
}
