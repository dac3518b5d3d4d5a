package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.config.Settings;
import io.anju.testing.Anju;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a resident is logged in, and how they end it. */
class MySessionsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PATH = "/v1/me/sessions";

    private final String openId = "o" + UUID.randomUUID();

    @Test
    void lists_the_sessions_that_can_be_used_with_their_device_and_day() {
        var old = logIn("Mozilla/5.0 (Windows NT 10.0)");
        anju.clock().advance(Duration.ofDays(3));
        var here = logIn("Mozilla/5.0 (iPhone) MicroMessenger/8.0");
        anju.people().resident(); // somebody else's
        var shown = list(here);
        assertThat(shown).hasSize(2);
        assertThatObject(shown.get(0))
                .returns("mini-program", session -> text(session, "device"))
                .returns("wechat", session -> text(session, "logInMethod"))
                .returns(anju.clock().today().toString(), session -> text(session, "lastUsedOn"))
                .returns(true, session -> session.path("current").asBoolean());
        assertThatObject(shown.get(1))
                .returns("computer", session -> text(session, "device"))
                .returns(anju.clock().today().minusDays(3).toString(), session -> text(session, "lastUsedOn"))
                .returns(false, session -> session.path("current").asBoolean());

        refresh(old);
        assertThat(text(list(here).get(1), "lastUsedOn"))
                .isEqualTo(anju.clock().today().toString());
    }

    @Test
    void pages_through_many_and_leaves_out_what_lay_unused_for_a_month() {
        logIn("curl");
        anju.clock().advance(Duration.ofDays(31));
        var tokens = List.of(logIn("curl"), logIn("curl"), logIn("curl"));
        var first = anju.http()
                .get(PATH + "?limit=2", access(tokens.get(2)))
                .expect(200)
                .json();
        assertThat(first.path("items")).hasSize(2);
        var second = anju.http()
                .get(PATH + "?limit=2&cursor=" + text(first, "nextCursor"), access(tokens.get(2)))
                .expect(200)
                .json();
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.has("nextCursor")).isFalse();
    }

    @Test
    void ends_one_at_once_and_for_good() {
        var lost = logIn("android");
        var here = logIn("android");
        anju.http().get("/v1/me", access(lost)).expect(200);
        var path = PATH + "/" + text(lost, "sessionId");
        anju.http().delete(path, access(here)).expect(204);
        anju.http().get("/v1/me", access(lost)).expect(401);
        anju.http()
                .post("/v1/sessions/refresh", null, Map.of("refreshToken", text(lost, "refreshToken")))
                .expect(401, "refresh-token-invalid");
        anju.http().delete(path, access(here)).expect(404);
        assertThat(list(here)).hasSize(1);
    }

    @Test
    void a_repeated_request_gets_the_same_answer() {
        var lost = logIn("android");
        var here = logIn("android");
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            anju.http()
                    .request("DELETE", PATH + "/" + text(lost, "sessionId"))
                    .token(access(here))
                    .key(key)
                    .send()
                    .expect(204);
        }
    }

    @Test
    void does_not_find_the_session_of_another() {
        var mine = logIn("android");
        var other = anju.people().logInWithWeChat().json();
        anju.http().delete(PATH + "/" + text(other, "sessionId"), access(mine)).expect(404);
        anju.http().get("/v1/me", access(other)).expect(200);
    }

    @Test
    void ends_all_others_on_every_instance() throws ParseException {
        var elsewhere = List.of(logIn("android"), logIn("iphone"));
        var here = logIn("android");
        var stranger = anju.people().resident();
        var second = secondInstance(access(here));
        elsewhere.forEach(session -> Anju.await(second.authenticator()
                .authenticate(access(session), anju.clock().instant())));

        anju.http().delete(PATH, access(here)).expect(204);
        Anju.await(second.parts().endedSessions().look());
        for (var session : elsewhere) {
            anju.http().get("/v1/me", access(session)).expect(401);
            assertThatThrownBy(() -> Anju.await(second.authenticator()
                            .authenticate(access(session), anju.clock().instant())))
                    .hasMessage("unauthenticated");
        }
        anju.http().get("/v1/me", access(here)).expect(200);
        anju.http().get("/v1/me", stranger).expect(200);
        assertThat(list(here)).hasSize(1);
    }

    private static IdentityService secondInstance(String token) throws ParseException {
        var issuer = SignedJWT.parse(token).getJWTClaimsSet().getIssuer();
        var settings = Settings.read(Map.of());
        var second = new IdentityService(
                anju.vertx(), anju.db(), anju.domains().vault, IdentitySettings.of(issuer, settings));
        Anju.await(second.start(anju.clock()));
        return second;
    }

    private JsonNode logIn(String userAgent) {
        return anju.http()
                .request("POST", "/v1/sessions/wechat")
                .header("User-Agent", userAgent)
                .body(Map.of("code", anju.people().weChatCode(openId)))
                .send()
                .expect(201)
                .json();
    }

    private static void refresh(JsonNode session) {
        anju.http()
                .post("/v1/sessions/refresh", null, Map.of("refreshToken", text(session, "refreshToken")))
                .expect(200);
    }

    private static List<JsonNode> list(JsonNode session) {
        var shown = new ArrayList<JsonNode>();
        anju.http().get(PATH, access(session)).expect(200).json().path("items").forEach(shown::add);
        return shown;
    }

    private static String access(JsonNode session) {
        return text(session, "accessToken");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
