package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Proxies;
import java.text.ParseException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Administrators look after the accounts of their area, and nobody after their own. */
class StaffAccountsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String ACCOUNTS = "/v1/staff/accounts";
    private static final String RESIDENTS = "/v1/staff/resident-session-ends";
    private static final String PASSWORD = "/v1/staff/me/password";
    private static final String CHOSEN = "海边的灯塔在第七个转角处亮着";

    private final String admin = staff("district", "370202", EnumSet.of(Role.ADMINISTRATOR));
    private final String username = "clerk." + COUNT.incrementAndGet();

    @Test
    void a_first_password_opens_one_session_that_does_nothing_but_choose_another() {
        var opened = open("reviewer").expect(201).json();
        var first = opened.path("oneTimePassword").asText();
        var session = logIn(first).expect(201).json();
        assertThat(session.path("mustChangePassword").asBoolean()).isTrue();
        assertThat(session.path("scopes")).extracting(JsonNode::asText).containsExactly("staff.account");
        var token = session.path("accessToken").asText();
        anju.http().get("/v1/staff/tasks", token).expect(403, "forbidden");
        logIn(first).expect(401, "wrong-credentials");

        change(token, first, "short").expect(400);
        change(token, first, "passwordpassword").expect(422, "password-too-weak");
        change(token, first, "123456789012345").expect(422, "password-too-weak");
        change(token, first, username + "-abcdefgh").expect(422, "password-too-weak");
        change(token, first, first).expect(422, "password-too-weak");
        change(token, "not the password", CHOSEN).expect(422, "password-wrong");
        change(token, first, CHOSEN).expect(204);
        logIn(first).expect(401, "wrong-credentials");
        var later = logIn(CHOSEN).expect(201).json();
        assertThat(later.path("mustChangePassword").asBoolean()).isFalse();
        anju.http().get("/v1/staff/tasks", later.path("accessToken").asText()).expect(200);
    }

    @Test
    void a_password_that_is_good_once_opens_one_session_however_many_try() {
        var first = open("reviewer").expect(201).json().path("oneTimePassword").asText();
        var answers = Stream.generate(() -> anju.http()
                        .request("POST", "/v1/sessions/staff")
                        .body(Map.of("username", username, "password", first)))
                .limit(6)
                .map(call -> call.sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
    }

    @Test
    void a_password_that_was_handed_over_is_good_for_a_day() {
        var first = open("reviewer").expect(201).json().path("oneTimePassword").asText();
        anju.clock().advance(Duration.ofDays(1));
        logIn(first).expect(401, "wrong-credentials");
    }

    @Test
    void disabling_ends_every_session_at_once_on_every_instance() {
        var id = open("reviewer").expect(201).json().path("staffId").asText();
        var reset = post(admin, "/" + id + "/password-reset", Map.of("reason", "忘记密码"))
                .expect(201)
                .json();
        var first = reset.path("oneTimePassword").asText();
        var token = logIn(first).expect(201).json().path("accessToken").asText();
        change(token, first, CHOSEN).expect(204);
        var session = logIn(CHOSEN).expect(201).json();
        var second = anju.another();
        second.get("/v1/staff/tasks", session.path("accessToken").asText()).expect(200);

        var shown = post(admin, "/" + id + "/disabling", Map.of("reason", "离职"))
                .expect(200)
                .json();
        assertThat(shown.path("enabled").asBoolean()).isFalse();
        anju.http().get("/v1/staff/tasks", session.path("accessToken").asText()).expect(401);
        anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(401);
        logIn(CHOSEN).expect(401, "wrong-credentials");
        awaitEnd(() -> second.get("/v1/staff/tasks", session.path("accessToken").asText()));
        post(admin, "/" + id + "/enabling", Map.of("reason", "返岗")).expect(200);
        logIn(CHOSEN).expect(201);
    }

    @Test
    void an_administrator_ends_the_sessions_of_an_account_on_every_instance_and_leaves_it_as_it_is() {
        var id = open("reviewer").expect(201).json().path("staffId").asText();
        var first = post(admin, "/" + id + "/password-reset", Map.of("reason", "忘记密码"))
                .expect(201)
                .json()
                .path("oneTimePassword")
                .asText();
        change(logIn(first).expect(201).json().path("accessToken").asText(), first, CHOSEN)
                .expect(204);
        var session = logIn(CHOSEN).expect(201).json();
        var token = session.path("accessToken").asText();
        var second = anju.another();
        second.get("/v1/staff/tasks", token).expect(200);

        post(admin, "/" + id + "/session-ends", Map.of("reason", "电脑遗失")).expect(204);
        anju.http().get("/v1/staff/tasks", token).expect(401);
        anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(401);
        awaitEnd(() -> second.get("/v1/staff/tasks", token));
        logIn(CHOSEN).expect(201);
        assertThat(records("staff.sessions-ended", UUID.fromString(id))).containsExactly("电脑遗失");

        post(admin, "/" + ownId(admin) + "/session-ends", Map.of("reason", "自己"))
                .expect(403, "own-account");
        var peer = staff("district", "370202", EnumSet.of(Role.ADMINISTRATOR));
        post(admin, "/" + ownId(peer) + "/session-ends", Map.of("reason", "同级")).expect(403, "role-not-yours-to-give");
        var stranger = staff("district", "370203", EnumSet.of(Role.ADMINISTRATOR));
        post(stranger, "/" + id + "/session-ends", Map.of("reason", "外区")).expect(404);
    }

    @Test
    void the_sessions_of_a_resident_at_the_counter_end_and_nobody_learns_who_has_an_account() {
        var person = new Proxies(anju).person("赵遗失", LocalDate.of(1983, 4, 5));
        var other = anju.people().resident();
        var second = anju.another();
        second.get("/v1/me", person.token()).expect(200);

        var lost = endResident("赵遗失", person.nationalId());
        lost.expect(204);
        anju.http().get("/v1/me", person.token()).expect(401);
        awaitEnd(() -> second.get("/v1/me", person.token()));
        anju.http().get("/v1/me", other).expect(200);
        var again = new Proxies(anju).again(person);
        anju.http().get("/v1/me", again).expect(200);

        for (var nobody : List.of(
                endResident("赵别人", person.nationalId()),
                endResident("赵遗失", Proxies.nationalId(LocalDate.of(1931, 1, 1))))) {
            assertThat(nobody.expect(204).body()).isEqualTo(lost.body());
        }
        anju.http().get("/v1/me", again).expect(200);
        endResident("赵遗失", "110105194912310020").expect(422, "identity-not-valid");
        var body = Map.of("realName", "赵遗失", "nationalId", person.nationalId(), "reason", "手机遗失");
        anju.http()
                .post(RESIDENTS, staff("district", "370202", EnumSet.of(Role.REVIEWER)), body)
                .expect(403, "forbidden");
    }

    private Answer endResident(String name, String nationalId) {
        return anju.http().post(RESIDENTS, admin, Map.of("realName", name, "nationalId", nationalId, "reason", "手机遗失"));
    }

    private static List<String> records(String action, UUID subject) {
        return Anju.await(anju.db()
                .list(
                        "SELECT reason FROM platform.audit WHERE action = $1 AND subject_id = $2",
                        row -> row.getString("reason"),
                        action,
                        subject));
    }

    @Test
    void nobody_raises_themself_or_takes_over_a_peer() {
        var me = ownId(admin);
        post(admin, "/" + me + "/roles", Map.of("roles", List.of("auditor"), "reason", "自己"))
                .expect(403, "own-account");
        post(admin, "/" + me + "/password-reset", Map.of("reason", "自己")).expect(403, "own-account");
        open("auditor").expect(403, "role-not-yours-to-give");
        open("no-such-role").expect(422, "role-unknown");
        var peer = staff("district", "370202", EnumSet.of(Role.ADMINISTRATOR));
        post(admin, "/" + ownId(peer) + "/password-reset", Map.of("reason", "同级"))
                .expect(403, "role-not-yours-to-give");
        var above = staff("city", "3702", EnumSet.of(Role.ADMINISTRATOR));
        post(above, "/" + ownId(peer) + "/roles", Map.of("roles", List.of("reviewer"), "reason", "调岗"))
                .expect(200);
        post(admin, "/" + ownId(above) + "/disabling", Map.of("reason", "上级")).expect(404);
        var stranger = staff("district", "370203", EnumSet.of(Role.ADMINISTRATOR));
        post(stranger, "/" + me + "/disabling", Map.of("reason", "外区")).expect(404);
    }

    @Test
    void an_auditor_reads_what_staff_of_the_area_did_and_no_others() {
        var auditor = staff("city", "3702", EnumSet.of(Role.AUDITOR));
        var outside = staff("city", "3203", EnumSet.of(Role.AUDITOR));
        var id = open("reviewer").expect(201).json().path("staffId").asText();
        var records = anju.http()
                .get("/v1/staff/records?staffId=" + ownId(admin), auditor)
                .expect(200)
                .json()
                .path("items");
        assertThat(records).anySatisfy(record -> {
            assertThat(record.path("action").asText()).isEqualTo("staff.created");
            assertThat(record.path("subjectId").asText()).isEqualTo(id);
        });
        assertThat(anju.http()
                        .get("/v1/staff/records?staffId=" + ownId(admin), outside)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        anju.http().get("/v1/staff/records", admin).expect(403, "forbidden");
    }

    private Answer open(String role) {
        return post(
                admin,
                "",
                Map.of(
                        "username", username,
                        "displayName", "新同事",
                        "officeName", "测试街道",
                        "officeLevel", "street",
                        "areaCode", "370202001",
                        "roles", List.of(role)));
    }

    private Answer logIn(String password) {
        return anju.http().post("/v1/sessions/staff", null, Map.of("username", username, "password", password));
    }

    private static Answer change(String token, String present, String next) {
        return anju.http().post(PASSWORD, token, Map.of("password", present, "newPassword", next));
    }

    private static Answer post(String token, String path, Object body) {
        return anju.http().post(ACCOUNTS + path, token, body);
    }

    private static String ownId(String token) {
        try {
            return SignedJWT.parse(token).getJWTClaimsSet().getSubject();
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    /** Other instances ask once a second, and are told by a hint before that. */
    private static void awaitEnd(Supplier<Answer> ask) {
        for (int i = 0; i < 200; i++) {
            if (ask.get().status() == 401) {
                return;
            }
        }
        throw new AssertionError("the session is still good elsewhere");
    }

    private static String staff(String level, String area, Set<Role> roles) {
        var office = new Office(area.substring(0, 4) + "00", level, area, "测试" + level + area);
        return anju.people().staff(office, roles);
    }
}
