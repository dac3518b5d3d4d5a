package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bouncycastle.util.encoders.Base32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The second step of staff's log-in; registrars must have one here. */
class TotpLogInIT {
    @RegisterExtension
    static final Anju anju =
            Anju.server().with("ANJU_TRUSTED_PROXIES", "1").with("ANJU_STAFF_TOTP_ROLES", "registrar,policy-officer");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String PASSWORD = "correct horse battery";
    private static final String ENROL = "/v1/staff/me/totp";
    private static final String CONFIRM = "/v1/staff/me/totp/confirmation";

    private final String username = "second." + COUNT.incrementAndGet();

    @BeforeEach
    void createAccount() {
        create(username, Role.REVIEWER);
        anju.clock().advance(Duration.ofHours(1)); // where the budgets of an hour begin
    }

    @Test
    void whoever_has_an_app_needs_its_password_from_then_on() {
        var secret = enrolled(username);
        logIn(username, null).expect(401, "totp-required");
        logIn(username, wrong(secret)).expect(401, "totp-refused");
        var session = logIn(username, next(secret)).expect(201).json();
        assertThat(session.path("scopes")).extracting(JsonNode::asText).contains("staff.tasks");
    }

    @Test
    void a_password_is_good_once() {
        var secret = enrolled(username);
        var password = next(secret);
        logIn(username, password).expect(201);
        logIn(username, password).expect(401, "totp-refused");
    }

    @Test
    void of_four_log_ins_with_one_password_one_succeeds() {
        var secret = enrolled(username);
        var password = next(secret);
        var answers = IntStream.range(0, 4)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/sessions/staff")
                        .body(body(username, password))
                        .sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(3);
    }

    @Test
    void a_stranger_without_the_password_learns_nothing_of_the_app_and_locks_nobody_out() {
        var secret = enrolled(username);
        for (int i = 0; i < 40; i++) {
            anju.http()
                    .request("POST", "/v1/sessions/staff")
                    .header("X-Forwarded-For", "198.51.100." + i)
                    .body(Map.of("username", username, "password", "wrong", "totp", "000000"))
                    .send()
                    .expect(401, "wrong-credentials");
        }
        logIn(username, next(secret)).expect(201);
    }

    @Test
    void whoever_knows_the_password_has_thirty_tries_an_hour_from_everywhere() {
        var secret = enrolled(username);
        anju.clock().advance(Duration.ofHours(1));
        for (int i = 0; i < 30; i++) {
            from("198.51.100." + i, wrong(secret)).expect(401, "totp-refused");
        }
        from("198.51.100.99", next(secret)).expect(429, "too-many-log-ins");
        anju.clock().advance(Duration.ofHours(1));
        from("198.51.100.99", next(secret)).expect(201);
    }

    @Test
    void wrong_second_steps_count_as_failures_of_the_address() {
        var secret = enrolled(username);
        for (int i = 0; i < 5; i++) {
            logIn(username, wrong(secret)).expect(401);
        }
        var right = Totp.password(secret, Totp.step(anju.clock().instant()) + 1);
        logIn(username, right).expect(429, "too-many-log-ins");
    }

    @Test
    void a_role_that_needs_an_app_may_do_nothing_before_it_has_one() {
        var registrar = "registrar." + COUNT.incrementAndGet();
        create(registrar, Role.REGISTRAR);
        var session = logIn(registrar, null).expect(201).json();
        assertThat(session.path("mustEnrolTotp").asBoolean()).isTrue();
        assertThat(session.path("scopes")).extracting(JsonNode::asText).containsExactly("staff.account");
        anju.http().get("/v1/staff/registrations", access(session)).expect(403);
        assertThat(scopes(refreshed(session))).containsExactly("staff.account");

        var again = logIn(registrar, null).expect(201).json();
        confirm(again);
        assertThat(scopes(refreshed(again))).contains("staff.register");
    }

    @Test
    void confirming_ends_the_sessions_that_a_password_alone_opened() {
        var other = logIn(username, null).expect(201).json();
        enrolled(username);
        anju.http().get("/v1/staff/tasks", access(other)).expect(401);
    }

    @Test
    void nothing_counts_before_it_is_confirmed_and_nothing_replaces_it_afterwards() {
        var session = logIn(username, null).expect(201).json();
        anju.http().post(CONFIRM, access(session), Map.of("totp", "123456")).expect(409, "totp-not-begun");
        anju.http().post(ENROL, access(session), null).expect(201);
        logIn(username, null).expect(201);
        var secret = confirm(session);
        anju.http().post(ENROL, access(session), null).expect(409, "totp-enrolled");
        logIn(username, next(secret)).expect(201);
    }

    @Test
    void a_wrong_first_password_confirms_nothing() {
        var session = logIn(username, null).expect(201).json();
        var secret = secret(anju.http().post(ENROL, access(session), null).expect(201));
        anju.http()
                .post(CONFIRM, access(session), Map.of("totp", wrong(secret)))
                .expect(422, "totp-wrong");
        logIn(username, null).expect(201);
    }

    @Test
    void the_administrator_removes_a_lost_app_and_that_is_on_record() {
        var secret = enrolled(username);
        var session = logIn(username, next(secret)).expect(201).json();
        assertThat(Anju.await(anju.domains()
                        .identity
                        .staff()
                        .removeTotp(
                                username,
                                "lost phone, seen by two",
                                anju.clock().instant())))
                .isTrue();
        Anju.await(anju.domains().identity.parts().endedSessions().look());
        anju.http().get("/v1/staff/tasks", access(session)).expect(401);
        logIn(username, null).expect(201);
        var recorded = Anju.await(anju.db()
                .list(
                        "SELECT reason FROM platform.audit WHERE action = 'staff.totp-removed'",
                        row -> row.getString("reason")));
        assertThat(recorded).contains("lost phone, seen by two");
    }

    private static void create(String username, Role role) {
        Anju.await(anju.domains()
                .identity
                .createStaff(
                        username,
                        PASSWORD,
                        "李审核",
                        new Office("370200", "street", "370202001", "测试街道"),
                        Set.of(role),
                        anju.clock().instant()));
    }

    private static byte[] enrolled(String username) {
        return confirm(logIn(username, null).expect(201).json());
    }

    private static byte[] confirm(JsonNode session) {
        var secret = secret(anju.http().post(ENROL, access(session), null).expect(201));
        anju.http().post(CONFIRM, access(session), Map.of("totp", next(secret))).expect(204);
        return secret;
    }

    private static byte[] secret(Answer enrolment) {
        return Base32.decode(enrolment.json().path("secret").asText());
    }

    /** The password of a step that is later than any before. */
    private static String next(byte[] secret) {
        anju.clock().advance(Duration.ofSeconds(30));
        return Totp.password(secret, Totp.step(anju.clock().instant()));
    }

    private static String wrong(byte[] secret) {
        var right =
                Integer.parseInt(Totp.password(secret, Totp.step(anju.clock().instant())));
        return "%06d".formatted((right + 500_001) % 1_000_000);
    }

    private static Answer logIn(String username, @Nullable String totp) {
        return anju.http().post("/v1/sessions/staff", null, body(username, totp));
    }

    private Answer from(String address, String totp) {
        return anju.http()
                .request("POST", "/v1/sessions/staff")
                .header("X-Forwarded-For", address)
                .body(body(username, totp))
                .send();
    }

    private static Map<String, String> body(String username, @Nullable String totp) {
        var body = new HashMap<>(Map.of("username", username, "password", PASSWORD));
        if (totp != null) {
            body.put("totp", totp);
        }
        return body;
    }

    private static JsonNode refreshed(JsonNode session) {
        return anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(200)
                .json();
    }

    private static List<String> scopes(JsonNode session) {
        var scopes = new ArrayList<String>();
        session.path("scopes").forEach(scope -> scopes.add(scope.asText()));
        return scopes;
    }

    private static String access(JsonNode session) {
        return session.path("accessToken").asText();
    }
}
