package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.ApiClient;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An operator ends the sessions of one account or of everybody, on every instance. */
class SessionDeskIT {
    private static final Office OFFICE = new Office("370200", "street", "370202001", "测试街道");

    @RegisterExtension
    static final Anju anju = Anju.server();

    @Test
    void those_of_one_account_end_and_no_others() {
        var password = UUID.randomUUID().toString();
        Anju.await(anju.domains()
                .identity
                .createStaff("ended.one", password, "测试员", OFFICE, Set.of(Role.REVIEWER), now()));
        var staff = logIn("ended.one", password);
        var other = anju.people().staff(OFFICE, Set.of(Role.REVIEWER));
        var resident = anju.people().resident();

        assertThat(Anju.await(desk().endOfStaff("ended.one", "a lost laptop", now())))
                .isEqualTo(1);

        anju.http().get("/v1/staff/tasks", staff).expect(401);
        anju.http().get("/v1/staff/tasks", other).expect(200);
        anju.http().get("/v1/me", resident).expect(200);
        logIn("ended.one", password);
        assertThatThrownBy(() -> Anju.await(desk().endOfStaff("nobody.here", "why", now())))
                .hasMessageContaining("nobody.here");
    }

    @Test
    void those_of_a_resident_and_of_a_program_end_too() {
        var session = anju.people().logInWithWeChat().json();
        var token = session.path("accessToken").asText();
        var id = anju.http()
                .get("/v1/me", token)
                .expect(200)
                .json()
                .path("residentId")
                .asText();
        assertThat(Anju.await(desk().endOfResident(UUID.fromString(id), "asked by phone", now())))
                .isEqualTo(1);
        anju.http().get("/v1/me", token).expect(401);

        var secret = IdentityService.newClientSecret();
        var agency = new Agency("370200", "civil-affairs");
        Anju.await(anju.domains()
                .identity
                .createPartner("ended-program", secret, agency, Set.of("partner.verification"), now()));
        var program = anju.http()
                .post("/v1/partner-tokens", null, Map.of("clientId", "ended-program", "clientSecret", secret))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
        Anju.await(desk().endOfPartner("ended-program", "its server was broken into", now()));
        anju.http().get("/v1/partner/verification-requests", program).expect(401);
    }

    @Test
    void those_of_everybody_end_on_every_instance() {
        var other = anju.another();
        var session = anju.people().logInWithWeChat().json();
        var token = session.path("accessToken").asText();
        var staff = anju.people().staff(OFFICE, Set.of(Role.REVIEWER));
        other.get("/v1/me", token).expect(200);

        assertThat(Anju.await(desk().endAll("the signing key was seen elsewhere", now())))
                .isGreaterThanOrEqualTo(2);

        isSoonOver(anju.http(), "/v1/me", token);
        isSoonOver(other, "/v1/me", token);
        isSoonOver(anju.http(), "/v1/staff/tasks", staff);
        anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(401);
        anju.http().get("/v1/me", anju.people().resident()).expect(200);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT reason FROM platform.audit WHERE subject_type = 'everybody'",
                                row -> row.getString(0))))
                .containsExactly("the signing key was seen elsewhere");
    }

    /** Instances ask once a second. */
    private static void isSoonOver(ApiClient http, String path, String token) {
        long end = System.nanoTime() + 60_000_000_000L;
        int status = 200;
        while (status == 200 && System.nanoTime() < end) {
            status = http.get(path, token).status();
        }
        assertThat(status).isEqualTo(401);
    }

    private static String logIn(String username, String password) {
        return anju.http()
                .post("/v1/sessions/staff", null, Map.of("username", username, "password", password))
                .expect(201)
                .json()
                .path("accessToken")
                .asText();
    }

    private static SessionDesk desk() {
        return anju.domains().identity.sessionDesk();
    }

    private static Instant now() {
        return anju.clock().instant();
    }
}
