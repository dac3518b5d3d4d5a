package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every log-in leaves a row in the audit, whether it succeeded or not: whose, by which way, and why not. */
class LogInRecordsIT {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final Office OFFICE = new Office("370200", "street", "370202001", "测试街道");

    @RegisterExtension
    static final Anju anju = Anju.server();

    private record Recorded(String actor, UUID subject, String reason) {}

    @Test
    void of_residents_with_wechat() {
        anju.people().logInWithWeChat();
        var came = rows("resident.logged-in");
        assertThat(last(came).reason()).isEqualTo("wechat");
        assertThat(last(came).actor()).isEqualTo(last(came).subject().toString());
        anju.http()
                .post("/v1/sessions/wechat", null, Map.of("code", "nobody-was-given-this"))
                .expect(422, "wechat-code-invalid");
        assertThat(last(rows("resident.log-in-refused")))
                .isEqualTo(new Recorded("none", NOBODY, "wechat: wechat-code-invalid"));
    }

    @Test
    void of_residents_by_phone() {
        var challenge = anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", "13811112223"))
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
        anju.http()
                .post("/v1/sessions/phone", null, Map.of("challengeId", challenge, "code", "000000"))
                .expect(422, "one-time-code-wrong");
        assertThat(last(rows("resident.log-in-refused")))
                .isEqualTo(new Recorded("none", UUID.fromString(challenge), "phone: one-time-code-wrong"));
    }

    @Test
    void of_staff_who_are_known_and_who_are_not() {
        var password = UUID.randomUUID().toString();
        var now = anju.clock().instant();
        var staff = Anju.await(anju.domains()
                .identity
                .createStaff("recorded.one", password, "测试员", OFFICE, Set.of(Role.REVIEWER), now));
        logIn("recorded.one", password, 201);
        assertThat(last(rows("staff.logged-in")))
                .isEqualTo(new Recorded(staff.id().toString(), staff.id(), "password"));
        logIn("recorded.one", "not the password", 401);
        assertThat(last(rows("staff.log-in-refused")))
                .isEqualTo(new Recorded("none", staff.id(), "password: wrong-credentials"));
        logIn("recorded.nobody", password, 401);
        assertThat(last(rows("staff.log-in-refused")))
                .isEqualTo(new Recorded("none", NOBODY, "password: wrong-credentials"));
        for (int i = 0; i < 5; i++) {
            anju.http().post("/v1/sessions/staff", null, Map.of("username", "recorded.one", "password", "guess " + i));
        }
        assertThat(last(rows("staff.log-in-refused")).reason()).isEqualTo("password: too-many-log-ins");
    }

    @Test
    void of_partners() {
        var secret = IdentityService.newClientSecret();
        var partner = Anju.await(anju.domains()
                .identity
                .createPartner(
                        "recorded-program",
                        secret,
                        new Agency("370200", "civil-affairs"),
                        Set.of("partner.verification"),
                        anju.clock().instant()));
        ask("recorded-program", secret, 201);
        assertThat(last(rows("partner.logged-in")))
                .isEqualTo(new Recorded(partner.id().toString(), partner.id(), "secret"));
        ask("recorded-program", IdentityService.newClientSecret(), 401);
        assertThat(last(rows("partner.log-in-refused")))
                .isEqualTo(new Recorded("none", partner.id(), "secret: wrong-credentials"));
        ask("no-such-program", secret, 401);
        assertThat(last(rows("partner.log-in-refused")).subject()).isEqualTo(NOBODY);
    }

    @Test
    void once_for_each_however_often_the_request_is_repeated() {
        var code = anju.people().weChatCode();
        int before = rows("resident.logged-in").size();
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 3; i++) {
            anju.http()
                    .request("POST", "/v1/sessions/wechat")
                    .key(key)
                    .body(Map.of("code", code))
                    .send()
                    .expect(201);
        }
        assertThat(rows("resident.logged-in")).hasSize(before + 1);
    }

    private static void logIn(String username, String password, int status) {
        anju.http()
                .post("/v1/sessions/staff", null, Map.of("username", username, "password", password))
                .expect(status);
    }

    private static void ask(String clientId, String secret, int status) {
        anju.http()
                .post("/v1/partner-tokens", null, Map.of("clientId", clientId, "clientSecret", secret))
                .expect(status);
    }

    private static Recorded last(List<Recorded> rows) {
        return rows.get(rows.size() - 1);
    }

    private static List<Recorded> rows(String action) {
        return Anju.await(anju.db()
                .list(
                        """
                        SELECT coalesce(actor_id::text, 'none') AS actor, subject_id, reason
                          FROM platform.audit
                         WHERE action = $1
                         ORDER BY id
                        """,
                        row -> new Recorded(row.getString("actor"), row.getUUID("subject_id"), row.getString("reason")),
                        action));
    }
}
