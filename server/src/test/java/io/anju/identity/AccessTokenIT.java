package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.testing.Anju;
import io.anju.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of every wrong kind (RFC 8725), most of them signed with the server's own key. */
class AccessTokenIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private final String good = anju.people().resident();
    private SigningKeys.Signing key;
    private JWTClaimsSet claims;

    @BeforeEach
    void readTheServersKey() throws ParseException {
        var keys = new SigningKeys(anju.db(), anju.domains().vault);
        Anju.await(keys.start(now()));
        key = keys.signingKey(now());
        claims = SignedJWT.parse(good).getJWTClaimsSet();
    }

    @Test
    void our_own_are_taken_and_remembered() {
        isTaken(good);
        isTaken(sign(header(), claims));
        var authenticator = anju.domains().identity.authenticator();
        assertThat(authenticator.authenticate(good, now()).succeeded()).isTrue();
    }

    @Test
    void unsigned_ones_are_refused() {
        isRefused(new PlainJWT(claims).serialize());
        var parts = good.split("\\.");
        isRefused(parts[0] + "." + parts[1] + ".");
        isRefused(new PlainJWT(claims).serialize() + parts[2]);
    }

    @Test
    void other_algorithms_are_refused() throws JOSEException {
        var secret = anju.http().get("/v1/signing-keys").expect(200).json().toString();
        var hmac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(TYPE)
                        .keyID(key.id())
                        .build(),
                claims);
        hmac.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        isRefused(hmac.serialize());
        var p384 = new ECKeyGenerator(Curve.P_384).generate();
        isRefused(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES384)
                        .type(TYPE)
                        .keyID(key.id())
                        .build(),
                claims,
                new ECDSASigner(p384)));
    }

    @Test
    void other_keys_are_refused() throws JOSEException {
        var stranger = new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate());
        isRefused(sign(header(), claims, stranger));
        isRefused(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID("unknown")
                        .build(),
                claims));
        isRefused(sign(new JWSHeader.Builder(JWSAlgorithm.ES256).type(TYPE).build(), claims));
        var withKeyInside = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.id())
                .jwk(new ECKeyGenerator(Curve.P_256).generate().toPublicJWK())
                .build();
        isRefused(sign(withKeyInside, claims, stranger));
    }

    @Test
    void other_types_are_refused() {
        isRefused(sign(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.id()).build(), claims));
        isRefused(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.id())
                        .build(),
                claims));
        isRefused(sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(key.id())
                        .criticalParams(Set.of("exp"))
                        .build(),
                claims));
    }

    @Test
    void other_claims_are_refused() {
        isRefused(with(c -> c.issuer("https://elsewhere.example")));
        isRefused(with(c -> c.issuer(null)));
        isRefused(with(c -> c.subject("someone")));
        isRefused(with(c -> c.subject(null)));
        isRefused(with(c -> c.claim("sid", null)));
        isRefused(with(c -> c.claim("sid", UUID.randomUUID().toString())));
        isRefused(with(c -> c.audience("staff")));
        isRefused(with(c -> c.audience("everyone")));
        isRefused(with(c -> c.audience(List.of("resident", "staff"))));
        isRefused(with(c -> c.audience((String) null)));
        isRefused(with(c -> c.claim("scope", "resident.profile staff.tasks")));
        isRefused(with(c -> c.claim("scope", null)));
        isRefused(with(c -> c.claim("scope", List.of("resident.profile"))));
        isRefused(with(c -> c.issueTime(Date.from(now().plusSeconds(60)))));
        isRefused(with(c -> c.expirationTime(null)));
        isRefused(with(c -> c.claim("office", "street")));
    }

    @Test
    void tokens_that_are_not_good_yet_are_refused() {
        isRefused(with(c -> c.notBeforeTime(Date.from(now().plusSeconds(60)))));
        isTaken(with(c -> c.notBeforeTime(Date.from(now()))));
    }

    /** A key's id is looked up among known ids, and is never a path, a statement or an address. */
    @Test
    void ids_of_keys_are_only_compared() {
        var ids = List.of(
                "../../../../dev/null",
                "/etc/passwd",
                "file:///etc/passwd",
                "https://elsewhere.example/keys",
                "' OR '1'='1",
                key.id() + "'--",
                "",
                key.id().toUpperCase(Locale.ROOT),
                " " + key.id(),
                "k".repeat(2_000));
        for (String id : ids) {
            isRefused(sign(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .type(TYPE)
                            .keyID(id)
                            .build(),
                    claims));
        }
    }

    @Test
    void other_content_under_the_same_signature_is_refused() {
        var parts = good.split("\\.");
        var staff = new JWTClaimsSet.Builder(claims)
                .audience("staff")
                .claim("scope", "staff.tasks staff.files")
                .build();
        isRefused(parts[0] + "." + Base64URL.encode(staff.toString()) + "." + parts[2]);
        var another = anju.people().resident().split("\\.");
        isRefused(parts[0] + "." + another[1] + "." + parts[2]);
    }

    @Test
    void a_token_cut_short_anywhere_is_refused() {
        var authenticator = anju.domains().identity.authenticator();
        for (int length = 0; length < good.length(); length++) {
            var verdict = authenticator.authenticate(good.substring(0, length), now());
            Anju.await(verdict.otherwiseEmpty());
            assertThat(verdict.failed()).as("cut to %d", length).isTrue();
        }
    }

    /** Three tokens in four get one bit changed, the others up to eight. */
    @Test
    void ten_thousand_tokens_with_bits_changed_are_refused() {
        long seed = Seeds.of(AccessTokenIT.class);
        var random = new Random(seed);
        var authenticator = anju.domains().identity.authenticator();
        for (int i = 0; i < 10_000; i++) {
            var bytes = good.getBytes(StandardCharsets.ISO_8859_1);
            for (int flips = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(8); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var changed = new String(bytes, StandardCharsets.ISO_8859_1);
            var verdict = authenticator.authenticate(changed, now());
            Anju.await(verdict.otherwiseEmpty());
            if (!changed.equals(good)) {
                assertThat(verdict.failed())
                        .as("seed %d, number %d: %s", seed, i, changed)
                        .isTrue();
                assertThat(((Refusal) verdict.cause()).code()).isEqualTo(PlatformProblem.UNAUTHENTICATED);
            }
        }
    }

    @Test
    void ten_minutes_are_enough() {
        isTaken(good);
        anju.clock().advance(Duration.ofMinutes(10));
        anju.http().get("/v1/me", good).expect(401, "token-expired");
        // also where the verdict was not remembered
        anju.http().get("/v1/me", sign(header(), claims)).expect(401, "token-expired");
    }

    @Test
    void a_token_with_one_character_changed_is_refused() {
        var authenticator = anju.domains().identity.authenticator();
        for (int place = 0; place < good.length(); place++) {
            var other = good.charAt(place) == 'A' ? 'B' : 'A';
            var changed = good.substring(0, place) + other + good.substring(place + 1);
            var verdict = authenticator.authenticate(changed, now());
            Anju.await(verdict.otherwiseEmpty());
            assertThat(verdict.failed()).as("changed at %d: %s", place, changed).isTrue();
            assertThat(((Refusal) verdict.cause()).code()).isEqualTo(PlatformProblem.UNAUTHENTICATED);
        }
    }

    @Test
    void junk_is_refused() {
        List.of("x", "x.y.z", "..", "null", "ey.ey.ey", "A".repeat(4000), good + "A", good + ".A", "{}")
                .forEach(AccessTokenIT::isRefused);
    }

    @Test
    void a_token_of_another_audience_lacks_the_scope() {
        anju.http().get("/v1/me", anju.people().staff("street", "370202001")).expect(403, "forbidden");
    }

    private String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(header(), change.apply(new JWTClaimsSet.Builder(claims)).build());
    }

    private JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.id())
                .build();
    }

    private String sign(JWSHeader header, JWTClaimsSet content) {
        return sign(header, content, key.signer());
    }

    private static String sign(JWSHeader header, JWTClaimsSet content, JWSSigner signer) {
        var jwt = new SignedJWT(header, content);
        try {
            jwt.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }

    private static void isTaken(String token) {
        anju.http().get("/v1/me", token).expect(200);
    }

    private static void isRefused(String token) {
        anju.http().get("/v1/me", token).expect(401, "unauthenticated");
    }

    private static Instant now() {
        return anju.clock().instant();
    }
}
