package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Dump;
import io.anju.testing.LogCapture;
import io.anju.testing.People;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A household with values that stand nowhere else goes through everything the product does; after that no table, file,
 * log line, metric or refusal holds one of them in clear.
 */
class CanaryIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String NAME = "欧阳鹂鹀";
    private static final String CHILD = "欧阳鸲鹟";
    private static final String ID = People.nationalId(LocalDate.of(1984, 7, 19), 731);
    private static final String CHILD_ID = People.nationalId(LocalDate.of(2019, 2, 23), 733);
    private static final String PHONE = "18973164907";
    private static final String LOG_IN_PHONE = "18973164911";
    private static final String ADDRESS = "金丝雀里七十三弄九一六号";
    private static final String HOME = "苇莺路八十四弄五二七号";
    private static final String OPEN_ID = "oCanary-" + UUID.randomUUID();
    private static final String CLAIM = "该户在苇莺路另有住房一套";
    private static final String CONTACT = "请联系 18973164913 柳先生";
    private static final String FINDING = "申请人患病休养须安排低楼层";

    private static final String COMPLAINT = "窗口人员当众念出本人病历及电话 18973164917";
    private static final String PROXY = "欧阳鸫鹪";
    private static final String PROXY_ID = People.nationalId(LocalDate.of(1979, 11, 5), 737);

    private static final List<String> CANARIES = List.of(
            NAME,
            CHILD,
            ID,
            CHILD_ID,
            PHONE,
            LOG_IN_PHONE,
            ADDRESS,
            HOME,
            OPEN_ID,
            CLAIM,
            CONTACT,
            FINDING,
            COMPLAINT,
            PROXY,
            PROXY_ID);

    private final StringBuilder refusals = new StringBuilder();

    @Test
    void nothing_personal_stands_anywhere_in_clear() throws Exception {
        try (var log = LogCapture.from(Level.DEBUG)) {
            var world = World.build(anju, household());
            logInWithPhone();
            anju.people().logInWithWeChat(OPEN_ID);
            object(world);
            complain(world);
            appointProxy(world);
            exit(world);
            provoke(world);
            anju.runJobs();

            var dump = Dump.of(anju.databaseAddress())
                    .with("the log", log.text())
                    .with("the metrics", metrics())
                    .with("the files", files(anju.folder()))
                    .with("the refusals", refusals.toString());
            finds_what_is_there(dump, world);
            assertThat(CANARIES).flatMap(dump::places).isEmpty();
        }
    }

    /** The search is no use if it would not find what may be there: numbers that are no secret, and the log's lines. */
    private static void finds_what_is_there(Dump dump, World world) {
        assertThat(dump.tables()).isGreaterThan(40);
        assertThat(dump.places(world.id("receiptNumber"))).isNotEmpty();
        assertThat(dump.with("x", "a" + NAME + "b").places(NAME)).hasSize(1);
        assertThat(dump.places("submitApplication")).anyMatch(place -> place.startsWith("the log"));
        assertThat(dump.places("submitApplication")).anyMatch(place -> place.startsWith("the metrics"));
        assertThat(dump.places("invalid-request")).anyMatch(place -> place.startsWith("the refusals"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> household() {
        var household = new Cases(anju).household(World.COMMUNITY);
        var parent = ((List<Map<String, Object>>) Objects.requireNonNull(household.get("members"))).get(0);
        parent.putAll(
                Map.of("fullName", NAME, "nationalId", ID, "birthDate", "1984-07-19", "maritalStatus", "divorced"));
        parent.put("hukou", Map.of("cityCode", "370200", "since", "1984-07-19"));
        var child = new LinkedHashMap<>(parent);
        child.putAll(Map.of(
                "fullName",
                CHILD,
                "nationalId",
                CHILD_ID,
                "birthDate",
                "2019-02-23",
                "maritalStatus",
                "never-married",
                "relation",
                "child",
                "incomes",
                List.of()));
        child.put("hukou", Map.of("cityCode", "370200", "since", "2019-02-23"));
        household.put("members", List.of(parent, child));
        household.put("contactPhone", PHONE);
        household.put("currentAddress", Map.of("areaCode", World.COMMUNITY, "line", ADDRESS));
        household.put(
                "homes", List.of(Map.of("tenure", "owned", "kind", "apartment", "areaSqm", "19.50", "address", HOME)));
        return household;
    }

    private static void logInWithPhone() {
        var challenge = anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", LOG_IN_PHONE))
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
        anju.runJobs();
        var code = anju.people().messages(LOG_IN_PHONE).at("/0/parameters/code").asText();
        anju.http()
                .post("/v1/sessions/phone", null, Map.of("challengeId", challenge, "code", code))
                .expect(201);
    }

    private static void object(World world) {
        var notice = anju.http()
                .get("/v1/notices/" + world.id("noticeId"))
                .expect(200)
                .json();
        var objection = Map.of(
                "receiptNumber", notice.at("/lines/0/receiptNumber").asText(), "reason", CLAIM, "contact", CONTACT);
        anju.http()
                .post("/v1/notices/" + world.id("noticeId") + "/objections", null, objection)
                .expect(201);
    }

    private static void complain(World world) {
        anju.http()
                .post(
                        "/v1/complaints",
                        owner(world, "fileComplaint"),
                        Map.of(
                                "cityCode",
                                "370200",
                                "kind",
                                "complaint",
                                "category",
                                "application-handling",
                                "text",
                                COMPLAINT,
                                "subject",
                                Map.of("type", "application", "subjectId", world.id("applicationId"))))
                .expect(201);
    }

    /** The world's copy of all data, its leases, bills and payments are this household's already. */
    private static void appointProxy(World world) {
        anju.people().resident(PROXY, PROXY_ID);
        var paper = new LinkedHashMap<String, Object>(Map.of(
                "kind",
                "community-worker",
                "representedName",
                NAME,
                "representedNationalId",
                ID,
                "proxyName",
                PROXY,
                "proxyNationalId",
                PROXY_ID,
                "groups",
                List.of("read"),
                "areaCode",
                World.COMMUNITY,
                "expiresOn",
                anju.clock().today().plusDays(30).toString()));
        paper.put("reason", "本人书面委托");
        anju.http()
                .post("/v1/staff/proxies", owner(world, "recordProxy"), paper)
                .expect(201);
    }

    private static String owner(World world, String operation) {
        return Objects.requireNonNull(world.owners().get(World.owner(Contract.byId(operation))));
    }

    private static void exit(World world) {
        anju.http()
                .post(
                        "/v1/staff/registrations/" + world.id("registrationId") + "/exit",
                        Objects.requireNonNull(world.owners().get("staff of the city")),
                        Map.of(
                                "exitType", "housed",
                                "occurredOn", anju.clock().today().toString(),
                                "finding", FINDING,
                                "basis", "《公共租赁住房管理办法》第十七条",
                                "evidenceNumber", "ZL-2036-000001",
                                "remedy", "可自收到通知之日起六十日内申请行政复议"))
                .expect(200);
    }

    /** Every operation is sent the canaries where they do not belong, and refuses; all of it is kept. */
    private void provoke(World world) {
        var owners = world.owners();
        for (ContractOperation operation : Contract.all()) {
            if (operation.hasJsonBody() && !operation.id().equals("requestOneTimeCode")) {
                for (String canary : List.of(NAME, ID, PHONE)) {
                    var token = operation.audience() == null ? null : owners.get(World.owner(operation));
                    var answer = operation
                            .withoutBody(anju.http())
                            .token(token)
                            .body(spoilt(operation.body(), canary).toString())
                            .send();
                    refusals.append(new String(answer.body(), StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        }
    }

    /** Every text becomes the canary, and every number too. */
    private static JsonNode spoilt(JsonNode body, String canary) {
        var nodes = JsonNodeFactory.instance;
        if (body instanceof ObjectNode object) {
            var other = nodes.objectNode();
            object.properties().forEach(field -> other.set(field.getKey(), spoilt(field.getValue(), canary)));
            return other;
        }
        if (body instanceof ArrayNode array) {
            var other = nodes.arrayNode();
            array.forEach(item -> other.add(spoilt(item, canary)));
            return other;
        }
        return nodes.textNode(canary);
    }

    private static String metrics() throws IOException, InterruptedException {
        var port = anju.app().managementPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    /** The names and the bytes of everything in the data folder. */
    private static String files(Path folder) throws IOException {
        var text = new StringBuilder();
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                text.append(path).append('\n').append(Files.readString(path, StandardCharsets.ISO_8859_1));
                text.append(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }
}
