package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.complaint.Filings.Filed;
import io.anju.identity.IdentityService;
import io.anju.platform.http.Agency;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Open311 GeoReport v2 as a program of another city would speak it. */
class Open311IT {
    private static final String BASE = "/open311/v2/";
    private static final String CITY = "?jurisdiction_id=370200";

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    @Test
    void services_are_the_open_ones_in_both_forms() {
        var json = get("services.json" + CITY).expect(200).json();
        assertThat(json.findValuesAsText("service_code")).containsExactly("home-repair");
        assertThat(json.at("/0/type").asText()).isEqualTo("realtime");
        var xml = xml(get("services.xml" + CITY).expect(200));
        assertThat(xml.getTagName()).isEqualTo("services");
        assertThat(text(xml, "service_code")).containsExactly("home-repair");
        assertThat(xml(get("services/home-repair.xml" + CITY).expect(200)).getTagName())
                .isEqualTo("service_definition");
        var discovery = get("discovery.json").expect(200).json();
        assertThat(discovery.at("/endpoints/0/url").asText()).endsWith("/open311/v2");
        assertThat(text(xml(get("discovery.xml").expect(200)), "format"))
                .containsExactly("text/xml", "application/json");
    }

    @Test
    void refusals_are_lists_of_errors() {
        var missing = get("services.json").expect(400);
        assertThat(missing.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(missing.json().at("/0/code").asInt()).isEqualTo(400);
        assertThat(missing.json().at("/0/description").asText()).isNotBlank();
        var unknown = get("services.xml?jurisdiction_id=990000").expect(404);
        assertThat(unknown.header("Content-Type")).isEqualTo("text/xml; charset=utf-8");
        var errors = xml(unknown);
        assertThat(errors.getTagName()).isEqualTo("errors");
        assertThat(text(errors, "code")).containsExactly("404");
        get("services/rent-and-fees.json" + CITY).expect(404);
        get("services/false-declaration.json" + CITY).expect(404);
        get("requests/370200-2026-0000001-X.json" + CITY).expect(404);
        get("requests.json" + CITY + "&status=half").expect(400);
        get("requests.json" + CITY + "&start_date=yesterday").expect(400);
        get("requests.json" + CITY + "&start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z")
                .expect(400);
        assertThat(xml(get("nothing-here").expect(404)).getTagName()).isEqualTo("errors");
    }

    @Test
    void shows_what_is_open_and_nothing_by_which_somebody_is_found() {
        var repair = Filings.body("repair", "home-repair", "370202001001");
        repair.put("text", "独特的漏水描述");
        repair.put("contact", "13900001111");
        var shown = filings.file(filings.resident(), repair);
        filings.file("complaint", "home-repair");
        filings.file("petition", "application-handling");
        filings.file("report", "false-declaration");
        var number = filings.get(shown).json().at("/complaint/number").asText();
        var listed = get("requests.json" + CITY).expect(200);
        var requests = listed.json();
        assertThat(requests.findValuesAsText("service_code")).containsOnly("home-repair");
        var request = find(requests, number);
        assertThat(request.path("status").asText()).isEqualTo("open");
        assertThat(request.path("requested_datetime").asText()).isEqualTo(LocalDate.of(2026, 3, 4) + "T00:00:00+08:00");
        // as coarse as the office that answers
        assertThat(request.path("address_id").asText()).isEqualTo("370202");
        for (var hidden : List.of("description", "lat", "long", "media_url")) {
            assertThat(request.path(hidden).isNull()).as(hidden).isTrue();
        }
        var text = new String(listed.body(), StandardCharsets.UTF_8);
        assertThat(text).doesNotContain("漏水", "13900001111", "370202001", shown.id());
        var complaint = requests.findValuesAsText("service_request_id");
        var others = Anju.await(anju.db()
                .list("SELECT number FROM complaint.complaint WHERE kind <> 'repair'", row -> row.getString("number")));
        assertThat(complaint).doesNotContainAnyElementsOf(others);
        for (var other : others) {
            get("requests/" + other + ".json" + CITY).expect(404);
            get("tokens/" + other + ".xml" + CITY).expect(404);
            assertThat(get("requests.json" + CITY + "&service_request_id=" + other)
                            .expect(200)
                            .json())
                    .isEmpty();
        }
        assertThat(text(xml(get("requests/" + number + ".xml" + CITY).expect(200)), "service_request_id"))
                .containsExactly(number);
        assertThat(get("requests.json" + CITY + "&status=closed").expect(200).json())
                .noneMatch(one -> one.path("service_request_id").asText().equals(number));
        assertThat(get("tokens/" + number + ".json" + CITY)
                        .expect(200)
                        .json()
                        .at("/0/token")
                        .asText())
                .isEqualTo(number);
    }

    @Test
    void is_filed_with_a_partners_key_and_answered_by_the_office() {
        var key = key("370200", "partner.complaints");
        var filed = file(form(key, "电梯停运", "370202001"), null).expect(201).json();
        var number = filed.at("/0/service_request_id").asText();
        var desk = filings.handler();
        var id = Anju.await(anju.db()
                        .find(
                                "SELECT id FROM complaint.complaint WHERE number = $1",
                                row -> row.getUUID("id").toString(),
                                number))
                .orElseThrow();
        var one = new Filed(id, filings.resident());
        assertThat(Filings.open(desk, one).expect(200).json().path("text").asText())
                .contains("电梯停运");
        Filings.accept(desk, one).expect(200);
        Filings.reply(desk, one).expect(200);
        assertThat(find(
                                get("requests.json" + CITY + "&status=closed")
                                        .expect(200)
                                        .json(),
                                number)
                        .path("status_notes")
                        .asText())
                .isEqualTo("answered");
    }

    @Test
    void wrong_keys_and_forms_are_refused() {
        var good = key("370200", "partner.complaints");
        for (var bad : List.of(
                "",
                "x",
                good + "x",
                "nobody.secret",
                key("320300", "partner.complaints"),
                key("370200", "partner.verification"))) {
            assertThat(file(form(bad, "电梯停运", "370202001"), null)
                            .expect(403)
                            .json()
                            .at("/0/code")
                            .asInt())
                    .isEqualTo(403);
        }
        var nowhere = form(good, "电梯停运", "370202001");
        nowhere.remove("address_id");
        file(nowhere, null).expect(400);
        var closed = form(good, "电梯停运", "370202001");
        closed.put("service_code", "false-declaration");
        file(closed, null).expect(404);
        var silent = form(good, "电梯停运", "370202001");
        silent.remove("description");
        file(silent, null).expect(400);
        send("a=1&a=2&jurisdiction_id=370200", null).expect(400);
        send("%zz", null).expect(400);
        file(form(good, "电梯停运", "370202001"), "short").expect(400);
    }

    /** The same form ten times at once, and again with a key of its own each: one request. Another form is another. */
    @Test
    void a_form_that_is_sent_again_is_filed_once() {
        var key = key("370200", "partner.complaints");
        var form = encoded(form(key, "同一处积水", "370202002"));
        var sent = IntStream.range(0, 10)
                .mapToObj(i -> call(form, i % 2 == 0 ? null : UUID.randomUUID().toString())
                        .sendAsync())
                .toList();
        var numbers = new ArrayList<String>();
        for (var one : sent) {
            numbers.add(
                    one.join().expect(201).json().at("/0/service_request_id").asText());
        }
        assertThat(numbers.stream().distinct()).hasSize(1);
        var other = file(form(key, "另一处积水", "370202002"), null).expect(201).json();
        assertThat(other.at("/0/service_request_id").asText()).isNotEqualTo(numbers.get(0));
        anju.clock().advanceDays(2);
        var later = send(form, null).expect(201).json();
        assertThat(later.at("/0/service_request_id").asText()).isNotEqualTo(numbers.get(0));
    }

    /** Forty forms of one program at once; somebody who tries wrong secrets under its name keeps none of them out. */
    @Test
    void many_at_once_with_one_key_wait_for_nobody() {
        var key = key("370200", "partner.complaints");
        var guess = encoded(form(key + "x", "猜测密钥", "370202001002"));
        for (int i = 0; i < 12; i++) {
            // refused, and after some tries told to wait
            assertThat(send(guess, null).status()).isIn(403, 429);
        }
        var sent = IntStream.range(0, 40)
                .mapToObj(i -> call(encoded(form(key, "第" + i + "处积水", "370202001002")), null)
                        .sendAsync())
                .toList();
        var numbers = sent.stream()
                .map(one -> one.join()
                        .expect(201)
                        .json()
                        .at("/0/service_request_id")
                        .asText())
                .distinct();
        assertThat(numbers).hasSize(40);
    }

    @Test
    void a_key_that_ended_is_refused_at_once() {
        var key = key("370200", "partner.complaints");
        var clientId = key.substring(0, key.indexOf('.'));
        var partners = anju.domains().identity.partners();
        var now = anju.clock().instant();
        file(form(key, "停用之前", "370202002001"), null).expect(201);
        Anju.await(partners.setNetworks(clientId, List.of("203.0.113.0/24"), now));
        file(form(key, "网络之外", "370202002001"), null).expect(403);
        Anju.await(partners.setNetworks(clientId, List.of(), now));
        var secret = IdentityService.newClientSecret();
        Anju.await(partners.replaceSecret(clientId, secret, Duration.ZERO, now));
        file(form(key, "旧密钥", "370202002001"), null).expect(403);
        var next = clientId + "." + secret;
        file(form(next, "新密钥", "370202002001"), null).expect(201);
        Anju.await(partners.setEnabled(clientId, false, "ended", now));
        file(form(next, "停用之后", "370202002001"), null).expect(403);
    }

    private static Answer get(String path) {
        return anju.http().request("GET", BASE + path).unchecked().send();
    }

    private static Map<String, String> form(String key, String words, String area) {
        return new LinkedHashMap<>(Map.of(
                "jurisdiction_id",
                "370200",
                "service_code",
                "home-repair",
                "address_id",
                area,
                "description",
                words,
                "email",
                "someone@example.org",
                "api_key",
                key));
    }

    private static Answer file(Map<String, String> form, @Nullable String idempotencyKey) {
        return send(encoded(form), idempotencyKey);
    }

    private static Answer send(String form, @Nullable String idempotencyKey) {
        return call(form, idempotencyKey).send();
    }

    private static ApiClient.Call call(String form, @Nullable String idempotencyKey) {
        var call = anju.http()
                .request("POST", BASE + "requests.json")
                .unchecked()
                .bytes("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
        return idempotencyKey == null ? call.withoutKey() : call.key(idempotencyKey);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String key(String cityCode, String scope) {
        var clientId = "open311-" + UUID.randomUUID();
        var secret = IdentityService.newClientSecret();
        Anju.await(anju.domains()
                .identity
                .createPartner(
                        clientId,
                        secret,
                        new Agency(cityCode, "housing"),
                        Set.of(scope),
                        anju.clock().instant()));
        return clientId + "." + secret;
    }

    private static JsonNode find(JsonNode requests, String number) {
        for (var request : requests) {
            if (request.path("service_request_id").asText().equals(number)) {
                return request;
            }
        }
        throw new AssertionError("no request " + number + " in " + requests);
    }

    private static Element xml(Answer answer) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(answer.body()))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("no XML: " + answer, e);
        }
    }

    private static List<String> text(Element element, String name) {
        var nodes = element.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> nodes.item(i).getTextContent())
                .toList();
    }
}
