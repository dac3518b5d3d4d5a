package io.anju.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.identity.Role;
import io.anju.platform.http.Office;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A member of staff who enters homes, signs leases and starts bill runs over HTTP. */
final class LeaseDesk {
    static final String CITY = "440100";
    static final String PROGRAMME = "public-rental";

    private static final ObjectMapper JSON = PlainJson.mapper();
    private static final Office OFFICE = new Office(CITY, "city", "4401", "bench");
    private static final String COLUMNS = "小区名称,楼栋,房号,建筑面积（平方米）,居室数,运营单位,项目租金标准,市场租金,标准起始日,标准截止日";
    /** A lower, a middle and a higher band of this city. */
    private static final long[] INCOMES_FEN = {100_000, 180_000, 260_000};

    private static final int ESTATES = 20;
    private static final int TERM_YEARS = 3;

    private final Client client = new Client();
    private final String url;
    private final String logIn;

    private LeaseDesk(String url, String logIn) {
        this.url = url;
        this.logIn = logIn;
    }

    static LeaseDesk open(World world, Instant now) {
        var password = UUID.randomUUID().toString();
        world.domains()
                .identity
                .createStaff("lease.desk", password, "bench", OFFICE, EnumSet.allOf(Role.class), now)
                .await();
        return new LeaseDesk(world.url(), "{\"username\":\"lease.desk\",\"password\":\"" + password + "\"}");
    }

    /** A token lasts ten minutes, which is longer than anything here. */
    private String token() throws IOException, InterruptedException {
        return client.post(url + "/v1/sessions/staff", null, logIn)
                .path("accessToken")
                .asText();
    }

    /** Signs so many leases, no two of the same rent and days if it can be; all begin in the month of this day. */
    void sign(int leases, LocalDate today) throws IOException, InterruptedException {
        var token = token();
        var homes = homes(token, leases);
        var first = today.withDayOfMonth(1);
        for (int i = 0; i < leases; i++) {
            client.post(url + "/v1/staff/leases", token, order(i, homes.get(i), first));
        }
    }

    private static String order(int number, String homeId, LocalDate first) throws IOException {
        var from = first.plusDays(number % 28);
        var person = World.nationalId(number);
        return JSON.writeValueAsString(Map.of(
                "programme", PROGRAMME,
                "homeId", homeId,
                "tenant", Map.of("fullName", "测试" + (char) ('\u4e00' + number % 20_000), "nationalId", person.value()),
                "household", household(person.birthDate(), INCOMES_FEN[number % INCOMES_FEN.length]),
                "from", from.toString(),
                "to", from.plusYears(TERM_YEARS).minusDays(1).toString(),
                "signedOn", first.toString()));
    }

    private static Map<String, Object> household(LocalDate born, long incomeFen) {
        var member = Map.of(
                "relation",
                "applicant",
                "birthDate",
                born.toString(),
                "hukouCityCode",
                CITY,
                "hukouSince",
                born.toString());
        return Map.of(
                "members", List.of(member), "ownedAreaSqm", "0.00", "monthlyIncomeFen", incomeFen, "assetsFen", 0);
    }

    /** Homes of many areas in some estates, each estate with a standard of its own. */
    private List<String> homes(String token, int count) throws IOException, InterruptedException {
        var lines = new ArrayList<String>();
        lines.add(COLUMNS);
        for (int i = 0; i < count; i++) {
            int estate = i % ESTATES;
            lines.add("示例苑%d,1号楼,%d,%d.%02d,2,示例公司%d,%d.%02d,45.00,2020-01-01,"
                    .formatted(estate, i, 30 + i % 37, i / 37 % 100, estate % 3, 15 + estate / 2, estate));
        }
        client.send(Client.request(url + "/v1/staff/home-imports", token)
                .header("Content-Type", "application/octet-stream")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(String.join("\n", lines))));
        var homes = new ArrayList<String>();
        for (String cursor = ""; cursor != null; ) {
            var page = get("/v1/staff/homes?limit=100" + cursor, token);
            page.path("items").forEach(home -> homes.add(home.path("homeId").asText()));
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asText()
                    : null;
        }
        return homes;
    }

    /** Asks for a run; it is done when the jobs have run. */
    String startRun(LocalDate month) throws IOException, InterruptedException {
        var body = JSON.writeValueAsString(
                Map.of("programme", PROGRAMME, "month", month.toString().substring(0, 7), "dryRun", false));
        return client.post(url + "/v1/staff/bill-runs", token(), body)
                .path("runId")
                .asText();
    }

    JsonNode run(String id) throws IOException, InterruptedException {
        return get("/v1/staff/bill-runs/" + id, token());
    }

    private JsonNode get(String path, String token) throws IOException, InterruptedException {
        return JSON.readTree(client.send(Client.request(url + path, token).GET()));
    }
}
