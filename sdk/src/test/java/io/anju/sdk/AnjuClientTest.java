package io.anju.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.sdk.api.IdentityApi;
import io.anju.sdk.api.WaitinglistApi;
import io.anju.sdk.model.RequestOneTimeCodeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnjuClientTest {
    private static final String CHALLENGE =
            "{\"challengeId\":\"01987a54-7c00-7a5b-8f3e-6d2c1b0a9f88\",\"expiresAt\":\"2026-11-22T08:10:00Z\"}";
    private static final String TOKEN = "{\"accessToken\":\"%s\",\"tokenType\":\"Bearer\",\"expiresAt\":\"%s\","
            + "\"scopes\":[\"partner.verification\"],\"agency\":\"civil-affairs\"}";

    private final ScriptedServer server = new ScriptedServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_write_keeps_its_idempotency_key_over_all_tries() {
        server.thenSilence()
                .then(503, problem("unavailable"), "Retry-After", "0")
                .then(201, CHALLENGE);

        client().api(IdentityApi::new).requestOneTimeCode(new RequestOneTimeCodeRequest());

        assertThat(server.received()).hasSize(3);
        assertThat(server.received().stream().map(each -> each.header("Idempotency-Key")))
                .doesNotContainNull()
                .containsOnly(server.received().get(0).header("Idempotency-Key"));
    }

    @Test
    void a_key_of_ones_own_is_sent_as_it_is() {
        server.then(201, CHALLENGE);

        client().api(IdentityApi::new)
                .with(CallOptions.none().idempotencyKey("my-own-key-0001-of-16"))
                .requestOneTimeCode(new RequestOneTimeCodeRequest());

        assertThat(server.received().get(0).header("Idempotency-Key")).isEqualTo("my-own-key-0001-of-16");
    }

    @Test
    void the_same_write_still_running_is_asked_again() {
        server.then(409, problem("request-in-progress")).then(201, CHALLENGE);

        client().api(IdentityApi::new).requestOneTimeCode(new RequestOneTimeCodeRequest());

        assertThat(server.received()).hasSize(2);
    }

    @Test
    void a_refusal_is_a_typed_problem_and_is_not_repeated() {
        server.then(
                400,
                "{\"type\":\"/problems/invalid-request\",\"title\":\"请求无效\",\"status\":400,\"code\":\"invalid-request\","
                        + "\"detail\":\"手机号不正确\",\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"errors\":["
                        + "{\"pointer\":\"/phone\",\"code\":\"pattern\",\"detail\":\"不是手机号\"}]}");

        assertThatThrownBy(() -> client().api(IdentityApi::new).requestOneTimeCode(new RequestOneTimeCodeRequest()))
                .isInstanceOfSatisfying(AnjuProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.code()).isEqualTo("invalid-request");
                    assertThat(problem).hasMessageContaining("手机号不正确");
                    assertThat(problem.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
                    assertThat(problem.errors()).hasSize(1);
                    assertThat(problem.errors().get(0).pointer()).isEqualTo("/phone");
                });
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void an_answer_that_is_no_problem_document_keeps_its_status() {
        server.then(404, "<html>nginx</html>");

        assertThatThrownBy(() -> client().api(WaitinglistApi::new).lookUpReceipt("X"))
                .isInstanceOfSatisfying(AnjuProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(404);
                    assertThat(problem).hasMessageContaining("nginx");
                });
    }

    @Test
    void silence_is_told_with_the_key_to_ask_again_with() {
        server.thenSilence().thenSilence();

        assertThatThrownBy(() -> AnjuClient.builder(server.uri())
                        .tries(2)
                        .build()
                        .api(IdentityApi::new)
                        .requestOneTimeCode(new RequestOneTimeCodeRequest()))
                .isInstanceOfSatisfying(
                        AnjuUnreachable.class,
                        silent -> assertThat(silent.idempotencyKey())
                                .isEqualTo(server.received().get(0).header("Idempotency-Key")));
    }

    @Test
    void a_partner_token_is_fetched_once_and_again_when_turned_away() {
        server.then(201, String.format(TOKEN, "first", "2999-01-01T00:00:00Z"))
                .then(200, "{\"items\":[]}")
                .then(401, problem("unauthenticated"))
                .then(201, String.format(TOKEN, "second", "2999-01-01T00:00:00Z"))
                .then(200, "{\"items\":[]}");
        var list = AnjuClient.builder(server.uri())
                .partner("civil-affairs", "secret")
                .build()
                .api(IdentityApi::new);

        list.getSigningKeys();
        list.getSigningKeys();

        assertThat(authorizations()).containsExactly(null, "Bearer first", "Bearer first", null, "Bearer second");
    }

    @Test
    void pages_are_fetched_as_they_are_needed() {
        var asked = new ArrayList<String>();
        var pages = Pages.<List<String>, String>of(
                cursor -> {
                    asked.add(String.valueOf(cursor));
                    return cursor == null ? List.of("a", "b") : List.of("c");
                },
                page -> page,
                page -> page.size() == 2 ? "next" : null);

        assertThat(pages.stream().limit(2)).containsExactly("a", "b");
        assertThat(asked).containsExactly("null");
        assertThat(pages).containsExactly("a", "b", "c");
    }

    @Test
    void pages_without_items_are_followed_to_the_next() {
        var found = Map.of(
                "", List.of("1"), "1", List.of("2"), "2", List.of("a", "3"), "3", List.of("4"), "4", List.of(""));
        var asked = new ArrayList<String>();
        var pages = Pages.<List<String>, String>of(
                cursor -> {
                    asked.add(cursor == null ? "" : cursor);
                    return found.get(cursor == null ? "" : cursor);
                },
                page -> page.subList(0, page.size() - 1),
                page -> page.get(page.size() - 1).isEmpty() ? null : page.get(page.size() - 1));

        assertThat(pages).containsExactly("a");
        assertThat(asked).containsExactly("", "1", "2", "3", "4");
    }

    @Test
    void parts_of_a_path_cannot_leave_their_place() {
        assertThat(Call.of("GET", "/v1/receipts/{receiptNumber}", "../me?x=1 #").pathAndQuery())
                .isEqualTo("/v1/receipts/..%2Fme%3Fx%3D1%20%23");
    }

    private AnjuClient client() {
        return AnjuClient.builder(server.uri()).build();
    }

    private List<String> authorizations() {
        var headers = new ArrayList<String>();
        server.received().forEach(each -> headers.add(each.header("Authorization")));
        return headers;
    }

    private static String problem(String code) {
        return "{\"type\":\"/problems/" + code + "\",\"title\":\"t\",\"status\":503,\"code\":\"" + code + "\"}";
    }
}
