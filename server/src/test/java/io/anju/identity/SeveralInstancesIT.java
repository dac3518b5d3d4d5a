package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.config.Settings;
import io.anju.testing.Anju;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server, and a second instance of the domain on the same database. */
class SeveralInstancesIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private IdentityService other;

    @BeforeEach
    void startAnother() throws ParseException {
        var issuer = SignedJWT.parse(anju.people().resident()).getJWTClaimsSet().getIssuer();
        var settings = Settings.read(Map.of());
        other = new IdentityService(
                anju.vertx(), anju.db(), anju.domains().vault, IdentitySettings.of(issuer, settings));
        Anju.await(other.start(anju.clock()));
        // what the server does every half minute, while the clock of these tests goes on by minutes and days
        Anju.await(anju.domains().identity.parts().keys().reload());
    }

    @Test
    void a_token_of_one_is_good_on_the_other_until_the_session_ends_on_either() {
        var token = anju.people().resident();
        isGoodOnOther(token);
        anju.http().delete("/v1/sessions/current", token).expect(204);
        anju.http().get("/v1/me", token).expect(401);
        Anju.await(other.parts().endedSessions().look());
        isRefusedOnOther(token);
    }

    @Test
    void a_session_that_ended_before_the_other_saw_it_is_over_there_too() {
        var token = anju.people().resident();
        anju.http().delete("/v1/sessions/current", token).expect(204);
        isRefusedOnOther(token);
    }

    @Test
    void a_new_key_is_published_before_it_signs_and_no_token_is_refused_meanwhile() {
        var known = publishedKeys();
        var before = anju.people().resident();
        var oldKey = keyId(before);
        Anju.await(anju.db()
                .inTransaction(
                        tx -> other.parts().keys().rotate(tx, anju.clock().instant())));
        Anju.await(other.parts().keys().reload());

        assertThat(publishedKeys()).isEqualTo(known); // this instance has not looked yet
        assertThat(keyId(anju.people().resident())).isEqualTo(oldKey);

        anju.clock().advance(SigningKeys.NOTICE);
        var atOther = tokenOfOther();
        assertThat(keyId(atOther)).isNotEqualTo(oldKey);
        // met here for the first time: looked up, not refused
        anju.http().get("/v1/me", atOther).expect(200);
        anju.http().get("/v1/me", before).expect(200);
        assertThat(publishedKeys()).contains(oldKey, keyId(atOther));

        anju.clock().advance(AccessTokens.LIFETIME.plus(Duration.ofMinutes(2)));
        anju.http().get("/v1/me", before).expect(401);
        assertThat(publishedKeys()).containsExactly(keyId(atOther));
        anju.http().get("/v1/me", anju.people().resident()).expect(200);
    }

    @Test
    void two_that_start_at_once_on_an_empty_database_make_one_key() {
        Anju.await(anju.db().execute("DELETE FROM identity.signing_key"));
        var first = other.parts().keys().start(anju.clock().instant());
        var second = anju.domains().identity.parts().keys().start(anju.clock().instant());
        Anju.await(first);
        Anju.await(second);
        assertThat(other.parts().keys().publicKeys(anju.clock().instant())).hasSize(1);
    }

    @Test
    void a_key_is_replaced_after_ninety_days_by_one_of_them() {
        anju.clock().advance(Duration.ofDays(91));
        var now = anju.clock().instant();
        Anju.await(other.parts().keys().rotateWhenDue(now));
        Anju.await(anju.domains().identity.parts().keys().rotateWhenDue(now));
        assertThat(other.parts().keys().publicKeys(now)).hasSize(2);
    }

    private static List<String> publishedKeys() {
        var ids = new ArrayList<String>();
        anju.http()
                .get("/v1/signing-keys")
                .expect(200)
                .json()
                .path("keys")
                .forEach(key -> ids.add(key.path("kid").asText()));
        return ids;
    }

    private String tokenOfOther() {
        return Anju.await(anju.db()
                        .inTransaction(tx -> other.parts()
                                .logIns()
                                .withWeChat(
                                        tx,
                                        io.vertx.core.Future.succeededFuture("oOther"),
                                        Device.OTHER,
                                        anju.clock().instant())))
                .accessToken();
    }

    private void isGoodOnOther(String token) {
        Anju.await(other.authenticator().authenticate(token, anju.clock().instant()));
    }

    private void isRefusedOnOther(String token) {
        var verdict = other.authenticator().authenticate(token, anju.clock().instant());
        assertThatThrownBy(() -> Anju.await(verdict)).hasMessage("unauthenticated");
    }

    private static String keyId(String token) {
        try {
            return SignedJWT.parse(token).getHeader().getKeyID();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
