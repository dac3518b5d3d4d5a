package io.anju.proxy;

import static io.anju.testing.Proxies.PATH;
import static io.anju.testing.Proxies.REPRESENTATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Cases;
import io.anju.testing.Proxies;
import io.anju.testing.Proxies.Someone;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Acting for somebody else: within the mandate, on record, and no longer than either side wants. */
class ProxyIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMMUNITY = "370202001001";
    private static final Proxies PROXIES = new Proxies(anju);

    @Test
    void writes_an_application_for_the_represented_who_reads_who_did_it() {
        var represented = person("被代办", LocalDate.of(1940, 2, 2));
        var proxy = person("代办人", LocalDate.of(1980, 2, 2));
        var mandate = mandate(represented, proxy, "read", "apply");
        var order = Map.of(
                "cityCode", "370200",
                "programme", "public-rental",
                "household", new Cases(anju).household(COMMUNITY));
        var made = as(proxy, mandate, "POST", "/v1/applications")
                .body(order)
                .send()
                .expect(201)
                .json();
        var path = "/v1/applications/" + made.path("id").asText();

        anju.http().get(path, represented.token()).expect(200);
        anju.http().get(path, proxy.token()).expect(404); // in their own name there is nothing of it
        var event = anju.http()
                .get(path + "/timeline", represented.token())
                .expect(200)
                .json()
                .at("/items/0/actor");
        assertThat(event.path("kind").asText()).isEqualTo("resident");
        assertThat(event.path("proxy").asText()).isEqualTo("代**");
        var views = views(represented.token());
        assertThat(views).extracting(view -> view.path("what").asText()).containsExactly("createApplication");
        assertThat(views.get(0).path("viewer").asText()).isEqualTo("proxy");
    }

    @Test
    void ends_at_once_on_every_instance_whichever_side_ends_it() {
        var second = anju.another();
        for (var byProxy : List.of(true, false)) {
            var represented = person("被代办", LocalDate.of(1950, 1, 1));
            var proxy = person("代办人", LocalDate.of(1981, 1, 1));
            var mandate = mandate(represented, proxy, "read");
            second.request("GET", "/v1/applications")
                    .token(proxy.token())
                    .header("Anju-On-Behalf-Of", mandate)
                    .send()
                    .expect(200);
            anju.http()
                    .delete(PATH + "/" + mandate, (byProxy ? proxy : represented).token())
                    .expect(204);
            second.request("GET", "/v1/applications")
                    .token(proxy.token())
                    .header("Anju-On-Behalf-Of", mandate)
                    .send()
                    .expect(403, "proxy-not-valid");
            anju.http().delete(PATH + "/" + mandate, represented.token()).expect(404);
        }
    }

    @Test
    void ends_after_its_last_day() {
        var represented = person("被代办", LocalDate.of(1950, 1, 2));
        var proxy = person("代办人", LocalDate.of(1981, 1, 2));
        var order = Map.of(
                "groups", List.of("read"), "expiresOn", anju.clock().today().toString());
        var offer =
                anju.http().post(PATH, represented.token(), order).expect(201).json();
        var mandate =
                accept(proxy.token(), offer).expect(201).json().path("proxyId").asText();
        as(proxy, mandate, "GET", "/v1/applications").send().expect(200);
        anju.clock().advance(Duration.ofDays(1));
        anju.http()
                .request("GET", "/v1/applications")
                .token(PROXIES.again(proxy))
                .header("Anju-On-Behalf-Of", mandate)
                .send()
                .expect(403, "proxy-not-valid");
    }

    @Test
    void a_proxy_appoints_nobody_and_sees_nothing_of_the_account() {
        var represented = person("被代办", LocalDate.of(1950, 1, 3));
        var proxy = person("代办人", LocalDate.of(1981, 1, 3));
        var mandate = mandate(represented, proxy, "read", "apply", "pay", "complain");
        for (var path : List.of("/v1/me", "/v1/me/sessions", PATH, "/v1/me/file-views")) {
            as(proxy, mandate, "GET", path).send().expect(403, "proxy-not-valid");
        }
        as(proxy, mandate, "POST", PATH)
                .body(Map.of("groups", List.of("read"), "expiresOn", inDays(3)))
                .send()
                .expect(403, "proxy-not-valid");
        as(proxy, "not-a-uuid", "GET", "/v1/applications").send().expect(400, "invalid-request");
    }

    @Test
    void a_stored_answer_is_not_given_across_the_two() {
        var represented = person("被代办", LocalDate.of(1950, 1, 4));
        var proxy = person("代办人", LocalDate.of(1981, 1, 4));
        var mandate = mandate(represented, proxy, "read", "apply");
        var order = Map.of(
                "cityCode", "370200",
                "programme", "public-rental",
                "household", new Cases(anju).household(COMMUNITY));
        var key = UUID.randomUUID().toString();
        var own = anju.http()
                .request("POST", "/v1/applications")
                .token(represented.token())
                .key(key)
                .body(order)
                .send()
                .expect(201);
        var others = as(proxy, mandate, "POST", "/v1/applications")
                .key(key)
                .body(order)
                .send()
                .expect(201);
        assertThat(others.json().path("id")).isNotEqualTo(own.json().path("id"));
    }

    @Test
    void an_offer_is_taken_once_however_many_take_it_at_once() {
        var represented = person("被代办", LocalDate.of(1950, 1, 5));
        var offer = offer(represented, "read");
        var takers = Stream.generate(() -> person("代办人", LocalDate.of(1982, 1, 5)))
                .limit(6)
                .toList();
        var answers = takers.stream()
                .map(taker -> anju.http()
                        .request("POST", REPRESENTATIONS)
                        .token(taker.token())
                        .body(Map.of("code", offer.path("code").asText()))
                        .sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 422).hasSize(5);
    }

    @Test
    void refuses_wrong_codes_oneself_strangers_and_too_many() {
        var represented = person("被代办", LocalDate.of(1950, 1, 6));
        var offer = offer(represented, "read");
        accept(represented.token(), offer).expect(409, "proxy-of-oneself");
        accept(anju.people().resident(), offer).expect(409, "proxy-needs-identity");
        var guesser = person("猜测者", LocalDate.of(1983, 1, 6));
        for (int i = 0; i < 10; i++) {
            anju.http()
                    .post(REPRESENTATIONS, guesser.token(), Map.of("code", "0000-0000-0000-%04d".formatted(i)))
                    .expect(422, "proxy-code-wrong");
        }
        accept(guesser.token(), offer).expect(429, "too-many-proxy-codes");
        offer(represented, "read");
        offer(represented, "read");
        anju.http()
                .post(PATH, represented.token(), Map.of("groups", List.of("read"), "expiresOn", inDays(3)))
                .expect(409, "too-many-proxies");
        var minor = person("小学生", anju.clock().today().minusYears(12));
        anju.http()
                .post(PATH, minor.token(), Map.of("groups", List.of("read"), "expiresOn", inDays(3)))
                .expect(409, "proxy-of-minor");
        anju.http()
                .post(PATH, minor.token(), Map.of("groups", List.of(), "expiresOn", inDays(3)))
                .expect(400);
        var tooLate = anju.clock().today().plusYears(1).plusDays(1).toString();
        anju.http()
                .post(PATH, guesser.token(), Map.of("groups", List.of("read"), "expiresOn", tooLate))
                .expect(422, "proxy-expiry-out-of-range");
    }

    private static Someone person(String name, LocalDate born) {
        return PROXIES.person(name, born);
    }

    private static JsonNode offer(Someone represented, String... groups) {
        return PROXIES.offer(represented.token(), List.of(groups));
    }

    private static Answer accept(String token, JsonNode offer) {
        return PROXIES.accept(token, offer);
    }

    private static String mandate(Someone represented, Someone proxy, String... groups) {
        return PROXIES.mandate(represented.token(), proxy.token(), List.of(groups));
    }

    private static ApiClient.Call as(Someone proxy, String mandate, String method, String path) {
        return PROXIES.as(proxy.token(), mandate, method, path);
    }

    private static List<JsonNode> views(String token) {
        return list(token, "/v1/me/file-views");
    }

    private static List<JsonNode> list(String token, String path) {
        var found = new ArrayList<JsonNode>();
        anju.http().get(path, token).expect(200).json().path("items").forEach(found::add);
        return found;
    }

    private static String inDays(int days) {
        return anju.clock().today().plusDays(days).toString();
    }
}
