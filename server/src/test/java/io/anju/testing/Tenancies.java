package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.NationalId;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Homes and leases for tests, made over HTTP; each home and each person is somebody's alone. */
public final class Tenancies {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Anju anju;
    private final Desk city;

    public Tenancies(Anju anju, Desk city) {
        this.anju = anju;
        this.city = city;
    }

    /** Somebody who rents, with an account that is bound to them. */
    public record Tenant(String fullName, String nationalId, String token) {
        public Map<String, Object> person() {
            return Map.of("fullName", fullName, "nationalId", nationalId);
        }
    }

    /** A person born in 1986 who logs in with WeChat. */
    public Tenant tenant() {
        var person = newcomer("");
        var token = anju.people().resident(person.fullName(), person.nationalId());
        return new Tenant(person.fullName(), person.nationalId(), token);
    }

    /** As {@link #tenant()}, somebody who has logged in already and whom nobody knows yet. */
    public Tenant tenant(Payer account) {
        var person = newcomer(account.token());
        anju.http()
                .post(
                        "/v1/me/identity",
                        account.token(),
                        Map.of("realName", person.fullName(), "nationalId", person.nationalId()))
                .expect(201);
        return person;
    }

    private static Tenant newcomer(String token) {
        var number = COUNT.incrementAndGet();
        var first = "110101"
                + LocalDate.of(1986, 1, 1).plusDays(number / 300).toString().replace("-", "")
                + "%03d".formatted(100 + number % 300 * 2 + 1);
        return new Tenant("租户" + (char) ('一' + number), first + NationalId.checkCharacter(first), token);
    }

    /** What a home is and costs. */
    public record Home(
            String estate, String areaSqm, String standardYuan, String marketYuan, String ratesFrom, String ratesTo) {}

    /** Imports one home and gives its id. */
    public String home(Home home) {
        var number = "H" + COUNT.incrementAndGet();
        importHomes(List.of(row(home, number))).expect(201);
        for (String cursor = ""; ; ) {
            var page =
                    city.get("/v1/staff/homes?limit=100" + cursor).expect(200).json();
            for (var one : page.path("items")) {
                if (one.path("homeNumber").asText().equals(number)) {
                    return one.path("homeId").asText();
                }
            }
            if (!page.has("nextCursor")) {
                throw new AssertionError("the home was not entered: " + number);
            }
            cursor = "&cursor=" + page.path("nextCursor").asText();
        }
    }

    public static List<String> row(Home home, String number) {
        return List.of(
                home.estate(),
                "1号楼",
                number,
                home.areaSqm(),
                "2",
                "测试运营公司",
                home.standardYuan(),
                home.marketYuan(),
                home.ratesFrom(),
                home.ratesTo());
    }

    public Answer importHomes(List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add("小区名称,楼栋,房号,建筑面积（平方米）,居室数,运营单位,项目租金标准,市场租金,标准起始日,标准截止日");
        rows.forEach(row -> lines.add(String.join(",", row)));
        return importFile(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    public Answer importFile(byte[] file) {
        return anju.http()
                .request("POST", "/v1/staff/home-imports")
                .token(city.token())
                .bytes("application/octet-stream", file)
                .send();
    }

    /** The facts of one person, who is the applicant, with an income. */
    public static Map<String, Object> single(String cityCode, long monthlyIncomeFen) {
        return new LinkedHashMap<>(Map.of(
                "members",
                List.of(Map.of(
                        "relation", "applicant",
                        "birthDate", "1986-01-01",
                        "hukouCityCode", cityCode,
                        "hukouSince", "1990-01-01")),
                "ownedAreaSqm",
                "0.00",
                "monthlyIncomeFen",
                monthlyIncomeFen,
                "assetsFen",
                0));
    }

    /** A lease that begins and is signed on the clock's day. */
    public Map<String, Object> order(
            String programme,
            String homeId,
            Tenant tenant,
            Map<String, Object> household,
            LocalDate from,
            LocalDate to) {
        return new LinkedHashMap<>(Map.of(
                "programme", programme,
                "homeId", homeId,
                "tenant", tenant.person(),
                "household", household,
                "from", from.toString(),
                "to", to.toString(),
                "signedOn", anju.clock().today().toString()));
    }

    /** As {@link #order(String, String, Tenant, Map, LocalDate, LocalDate)}, of this letting but in a home that is there. */
    public Map<String, Object> order(Letting letting, String homeId, Tenant tenant, LocalDate from, LocalDate to) {
        var household = single(letting.cityCode(), letting.incomeFen());
        return order(letting.programme(), homeId, tenant, household, from, to);
    }

    /** An order of a new home for three years from the clock's day on. */
    public Map<String, Object> order(Letting letting, Tenant tenant) {
        var from = anju.clock().today();
        return order(
                letting, home(letting.home()), tenant, from, from.plusYears(3).minusDays(1));
    }

    public Answer sign(Map<String, Object> order) {
        return city.post("/v1/staff/leases", order);
    }

    /** Signs, and gives the lease's id; the keys are still to be handed over. */
    public String let(Map<String, Object> order) {
        return sign(order).expect(201).json().path("leaseId").asText();
    }

    /** A new home for three years from the clock's day on. */
    public String let(Letting letting, Tenant tenant) {
        return let(order(letting, tenant));
    }

    public JsonNode handOver(String leaseId, LocalDate day) {
        return act(leaseId, "hand-over", Map.of("handedOverOn", day.toString()))
                .expect(200)
                .json();
    }

    /** Posts to one of a lease's own paths. */
    public Answer act(String leaseId, String path, Map<String, ?> body) {
        return city.post("/v1/staff/leases/" + leaseId + "/" + path, body);
    }

    /** The tenant pays all that is due, in WeChat. */
    public void payAll(Tenant tenant) {
        var bills = new ArrayList<String>();
        var page = anju.http()
                .get("/v1/me/bills?open=true", tenant.token())
                .expect(200)
                .json();
        page.path("items").forEach(bill -> bills.add(bill.path("billId").asText()));
        pay(tenant, bills);
    }

    /** The tenant pays what is due on these bills, in WeChat. */
    public void pay(Tenant tenant, List<String> bills) {
        var order = anju.http()
                .post("/v1/payments", tenant.token(), Map.of("billIds", bills))
                .expect(201)
                .json();
        Payer.control(anju, "payments", order.path("requestPayment")).expect(200);
        Payer.deliver(anju);
    }

    /** Issues the bills of a month. */
    public void bill(String programme, YearMonth month) {
        city.post("/v1/staff/bill-runs", Map.of("programme", programme, "month", month.toString()))
                .expect(202);
        anju.runJobs();
    }
}
