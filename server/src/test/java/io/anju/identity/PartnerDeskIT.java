package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.anju.platform.audit.Audit;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Caller;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.LogCapture;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator changes about a partner's program holds at once, on every instance. */
class PartnerDeskIT {
    private static final String WORK = "/v1/partner/verification-requests";
    private static final Agency AGENCY = new Agency("370200", "civil-affairs");
    private static final String HOME = "198.51.100.7";
    private static final AtomicInteger COUNT = new AtomicInteger();

    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_TRUSTED_PROXIES", "1");

    @SuppressWarnings("NullAway.Init")
    private static ApiClient other;

    private final String clientId = "desk-" + COUNT.incrementAndGet();
    private final String secret = IdentityService.newClientSecret();

    @BeforeEach
    void create() {
        if (COUNT.get() == 1) {
            other = new ApiClient(
                    URI.create("http://127.0.0.1:" + anju.anotherApp().port()));
        }
        Anju.await(
                anju.domains().identity.createPartner(clientId, secret, AGENCY, Set.of("partner.verification"), now()));
    }

    @Test
    void the_address_is_looked_at_with_every_request() {
        Anju.await(desk().setNetworks(clientId, List.of("198.51.100.0/24"), now()));
        ask(secret, "203.0.113.9").expect(403, "address-not-allowed");
        var token = token(secret);
        for (var http : List.of(anju.http(), other)) {
            work(http, token, HOME).expect(200);
            work(http, token, "203.0.113.9").expect(403, "address-not-allowed");
            work(http, token, "198.51.101.7").expect(403, "address-not-allowed");
        }
        Anju.await(desk().setNetworks(clientId, List.of("203.0.113.0/24"), now()));
        work(anju.http(), token, HOME).expect(401, "unauthenticated");
        assertThatThrownBy(() -> desk().setNetworks(clientId, List.of("everywhere"), now()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_disabled_program_is_out_at_once_and_everywhere() {
        var token = token(secret);
        work(anju.http(), token, HOME).expect(200);
        work(other, token, HOME).expect(200);
        Anju.await(desk().setEnabled(clientId, false, "the agreement ended", now()));
        work(anju.http(), token, HOME).expect(401, "unauthenticated");
        isRefusedSoonBy(other, token);
        ask(secret, HOME).expect(401, "wrong-credentials");
        Anju.await(desk().setEnabled(clientId, true, "agreed anew", now()));
        work(anju.http(), token, HOME).expect(401, "unauthenticated");
        work(other, token(secret), HOME).expect(200);
    }

    @Test
    void a_secret_is_replaced_without_a_pause() {
        var fresh = IdentityService.newClientSecret();
        Anju.await(desk().replaceSecret(clientId, fresh, Duration.ofDays(7), now()));
        token(secret);
        token(fresh);
        anju.clock().advance(Duration.ofDays(7));
        ask(secret, HOME).expect(401, "wrong-credentials");
        token(fresh);
        assertThatThrownBy(() -> desk().replaceSecret(clientId, fresh, Duration.ofDays(31), now()))
                .isInstanceOf(IllegalArgumentException.class);
        Anju.await(desk().replaceSecret(clientId, IdentityService.newClientSecret(), Duration.ZERO, now()));
        ask(fresh, HOME).expect(401, "wrong-credentials");
    }

    @Test
    void a_key_ends_before_its_time_and_is_warned_about_before_its_end() throws JOSEException {
        var key = new ECKeyGenerator(Curve.P_256)
                .keyID("e")
                .generate()
                .toPublicJWK()
                .toJSONString();
        var identity = anju.domains().identity;
        Anju.await(identity.partners().addKey(clientId, PartnerKey.parse(key), now().plus(Duration.ofDays(31)), now()));
        try (var log = LogCapture.from(Level.WARN)) {
            Anju.await(desk().warn(now()));
            assertThat(log.text()).doesNotContain(clientId);
            Anju.await(desk().warn(now().plus(Duration.ofDays(2))));
            assertThat(log.text()).contains("The key e of the program " + clientId + " ends at");
        }
        var token = token(secret);
        Anju.await(desk().endKey(clientId, "e", now()));
        work(anju.http(), token, HOME).expect(401, "unauthenticated");
        assertThat(Anju.await(desk().goodKeys(now())))
                .noneMatch(one -> one.clientId().equals(clientId));
        assertThatThrownBy(() -> Anju.await(desk().endKey(clientId, "e", now())))
                .hasMessageContaining("no key e");
    }

    @Test
    void what_was_agreed_bounds_the_requests_and_stands_in_the_audit() {
        Anju.await(desk().setTerms(clientId, new Partner.Terms("checks of income for public rental", 3), now()));
        var token = token(secret);
        for (int i = 0; i < 3; i++) {
            var answer = work(anju.http(), token, HOME).expect(200);
            assertThat(answer.header("RateLimit-Policy")).contains("q=3");
        }
        work(anju.http(), token(secret), HOME).expect(429, "too-many-requests");
        var reasons = Anju.await(anju.db().list("""
                        SELECT a.purpose
                          FROM platform.audit a
                          JOIN identity.partner p ON p.id = a.actor_id
                         WHERE p.client_id = $1 AND a.action = 'partner.logged-in'
                        """, row -> row.getString(0), clientId));
        assertThat(reasons).isNotEmpty().containsOnly("checks of income for public rental");
    }

    @Test
    void whatever_a_program_does_is_on_record_with_its_purpose_of_that_time() {
        var subject = UUID.randomUUID();
        var id = Anju.await(anju.db()
                        .find(
                                "SELECT id FROM identity.partner WHERE client_id = $1",
                                row -> row.getUUID("id"),
                                clientId))
                .orElseThrow();
        var program = new Caller(Caller.Kind.PARTNER, id, Set.of("partner.verification"), null, null, AGENCY);
        for (var purpose : List.of("checks of income", "checks of homes")) {
            Anju.await(desk().setTerms(clientId, new Partner.Terms(purpose, null), now()));
            Anju.await(Audit.record(anju.db(), program, "verification.answered", "application", subject, "income"));
        }
        Anju.await(Audit.record(anju.db(), Caller.SYSTEM, "verification.closed", "application", subject, null));
        assertThat(Anju.await(anju.db().list("""
                        SELECT coalesce(purpose, 'none') FROM platform.audit WHERE subject_id = $1 ORDER BY id
                        """, row -> row.getString(0), subject)))
                .containsExactly("checks of income", "checks of homes", "none");
    }

    private static PartnerDesk desk() {
        return anju.domains().identity.partners();
    }

    private static Instant now() {
        return anju.clock().instant();
    }

    private String token(String with) {
        return ask(with, HOME).expect(201).json().path("accessToken").asText();
    }

    private Answer ask(String with, String from) {
        return anju.http()
                .request("POST", "/v1/partner-tokens")
                .header("X-Forwarded-For", from)
                .body(Map.of("clientId", clientId, "clientSecret", with))
                .send();
    }

    private static Answer work(ApiClient http, String token, String from) {
        return http.request("GET", WORK)
                .token(token)
                .header("X-Forwarded-For", from)
                .send();
    }

    /** A hint travels in milliseconds; where it is lost, the instance asks within a second. */
    private static void isRefusedSoonBy(ApiClient http, String token) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        var answer = work(http, token, HOME);
        while (answer.status() == 200 && System.nanoTime() < end) {
            answer = work(http, token, HOME);
        }
        answer.expect(401, "unauthenticated");
    }
}
