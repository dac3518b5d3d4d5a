package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Log-in of staff and partners. */
class OfficialLogInIT {
    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_TRUSTED_PROXIES", "1");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String PASSWORD = "correct horse battery";

    private final int number = COUNT.incrementAndGet();
    private final String username = "reviewer." + number;
    private final String address = "192.0.2." + number;

    @BeforeEach
    void createAccount() {
        Anju.await(anju.domains()
                .identity
                .createStaff(
                        username,
                        PASSWORD,
                        "李审核",
                        new Office("370200", "street", "370202001", "香港中路街道住房保障窗口"),
                        Set.of(Role.REVIEWER, Role.PUBLICITY_CLERK),
                        anju.clock().instant()));
    }

    @Test
    void opens_a_session_with_office_and_scopes() {
        var session = logIn(username.toUpperCase(java.util.Locale.ROOT), PASSWORD)
                .expect(201)
                .json();
        assertThat(session.path("office").path("areaCode").asText()).isEqualTo("370202001");
        assertThat(session.path("scopes"))
                .extracting(scope -> scope.asText())
                .containsExactly("staff.account", "staff.files", "staff.publicity", "staff.tasks");
        var caller = Anju.await(anju.domains()
                .identity
                .authenticator()
                .authenticate(session.path("accessToken").asText(), anju.clock().instant()));
        assertThat(caller.office()).extracting(Office::name).isEqualTo("香港中路街道住房保障窗口");
    }

    @Test
    void answers_a_wrong_name_and_a_wrong_password_alike() {
        var wrongPassword = logIn(username, "wrong").expect(401, "wrong-credentials");
        var wrongName = logIn("nobody." + number, PASSWORD).expect(401, "wrong-credentials");
        assertThat(wrongName.json().path("detail"))
                .isEqualTo(wrongPassword.json().path("detail"));
    }

    @Test
    void after_five_failures_the_address_waits_longer_and_longer() {
        for (int i = 0; i < 5; i++) {
            logIn(username, "wrong").expect(401);
        }
        assertThat(retryAfter(logIn(username, PASSWORD))).isEqualTo(1);
        anju.clock().advance(Duration.ofSeconds(1));
        logIn(username, "wrong").expect(401);
        assertThat(retryAfter(logIn(username, PASSWORD))).isEqualTo(2);
        anju.clock().advance(Duration.ofSeconds(2));
        logIn(username, "wrong").expect(401);
        assertThat(retryAfter(logIn(username, PASSWORD))).isEqualTo(4);
        anju.clock().advance(Duration.ofSeconds(4));
        logIn(username, PASSWORD).expect(201);
        logIn(username, "wrong").expect(401);
        logIn(username, PASSWORD).expect(201);
    }

    @Test
    void waits_are_a_quarter_of_an_hour_at_most() {
        for (int i = 0; i < 30; i++) {
            logIn(username, "wrong");
            anju.clock().advance(Duration.ofMinutes(15));
        }
        logIn(username, PASSWORD).expect(201);
    }

    @Test
    void nobody_locks_the_owner_out_from_elsewhere() {
        for (int i = 0; i < 8; i++) {
            logIn(username, "wrong", "198.51.100.9");
        }
        logIn(username, PASSWORD, "198.51.100.9").expect(429, "too-many-log-ins");
        logIn(username, PASSWORD).expect(201);
    }

    @Test
    void guesses_that_race_are_five_at_most() {
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/sessions/staff")
                        .header("X-Forwarded-For", address)
                        .body(Map.of("username", username, "password", "wrong" + i))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> future.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
        assertThat(answers).filteredOn(status -> status == 429).hasSize(35);
    }

    @Test
    void a_repeated_request_gets_the_same_answer() {
        var key = UUID.randomUUID().toString();
        var body = Map.of("username", username, "password", PASSWORD);
        var first = anju.http()
                .request("POST", "/v1/sessions/staff")
                .key(key)
                .body(body)
                .send()
                .expect(201);
        var again = anju.http()
                .request("POST", "/v1/sessions/staff")
                .key(key)
                .body(body)
                .send()
                .expect(201);
        assertThat(again.body()).isEqualTo(first.body());
    }

    @Test
    void a_disabled_account_neither_logs_in_nor_refreshes() {
        var session = logIn(username, PASSWORD).expect(201).json();
        Anju.await(anju.db().execute("UPDATE identity.staff SET enabled = false WHERE username = $1", username));
        logIn(username, PASSWORD).expect(401, "wrong-credentials");
        anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(401, "refresh-token-invalid");
    }

    @Test
    void a_day_ends_the_session_however_often_it_is_refreshed() {
        var token = logIn(username, PASSWORD)
                .expect(201)
                .json()
                .path("refreshToken")
                .asText();
        anju.clock().advance(Duration.ofHours(8));
        token = anju.http()
                .post("/v1/sessions/refresh", null, Map.of("refreshToken", token))
                .expect(200)
                .json()
                .path("refreshToken")
                .asText();
        anju.clock().advance(Duration.ofHours(4));
        anju.http()
                .post("/v1/sessions/refresh", null, Map.of("refreshToken", token))
                .expect(401, "refresh-token-invalid");
    }

    @Test
    void refuses_a_taken_user_name_and_a_short_password() {
        var office = new Office("370200", "city", "3702", "市中心");
        Assertions.assertThatThrownBy(() -> Anju.await(anju.domains()
                        .identity
                        .createStaff(
                                username,
                                PASSWORD,
                                "王",
                                office,
                                Set.of(Role.REVIEWER),
                                anju.clock().instant())))
                .hasMessageContaining("username-taken");
        Assertions.assertThatThrownBy(() -> Anju.await(anju.domains()
                        .identity
                        .createStaff(
                                "new",
                                "short",
                                "王",
                                office,
                                Set.of(Role.REVIEWER),
                                anju.clock().instant())))
                .hasMessageContaining("12 characters");
    }

    @Test
    void a_partner_gets_a_token_for_its_agency() {
        var secret = IdentityService.newClientSecret();
        Anju.await(anju.domains()
                .identity
                .createPartner(
                        "civil-affairs-" + number,
                        secret,
                        new Agency("370200", "civil-affairs"),
                        Set.of("partner.verification"),
                        anju.clock().instant()));
        var token = partnerToken("civil-affairs-" + number, secret).expect(201).json();
        assertThat(token.path("agency").asText()).isEqualTo("civil-affairs");
        var caller = Anju.await(anju.domains()
                .identity
                .authenticator()
                .authenticate(token.path("accessToken").asText(), anju.clock().instant()));
        assertThat(caller.agency()).isEqualTo(new Agency("370200", "civil-affairs"));
        anju.http()
                .delete("/v1/sessions/current", token.path("accessToken").asText())
                .expect(204);
        anju.http()
                .delete("/v1/sessions/current", token.path("accessToken").asText())
                .expect(401);
        partnerToken("civil-affairs-" + number, secret + "x").expect(401, "wrong-credentials");
        partnerToken("nobody", secret).expect(401, "wrong-credentials");
    }

    private Answer logIn(String name, String password) {
        return logIn(name, password, address);
    }

    private static Answer logIn(String name, String password, String from) {
        return anju.http()
                .request("POST", "/v1/sessions/staff")
                .header("X-Forwarded-For", from)
                .body(Map.of("username", name, "password", password))
                .send();
    }

    private static Answer partnerToken(String clientId, String secret) {
        return anju.http().post("/v1/partner-tokens", null, Map.of("clientId", clientId, "clientSecret", secret));
    }

    private static int retryAfter(Answer answer) {
        return Integer.parseInt(answer.expect(429, "too-many-log-ins").header("Retry-After"));
    }
}
