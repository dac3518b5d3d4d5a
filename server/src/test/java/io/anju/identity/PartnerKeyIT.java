package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.http.Agency;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Partners that prove who they are with a key of their own (private_key_jwt). */
class PartnerKeyIT {
    private static final String URL = "https://anju.example.gov.cn";
    private static final String PATH = "/v1/partner-tokens";
    private static final Agency AGENCY = new Agency("370200", "civil-affairs");
    private static final AtomicInteger COUNT = new AtomicInteger();

    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_PUBLIC_URL", URL).with("ANJU_TRUSTED_PROXIES", "1");

    private final String clientId = "keyed-" + COUNT.incrementAndGet();
    private final String address = "192.0.2." + COUNT.get();

    @Test
    void keys_of_three_kinds_are_good() throws JOSEException {
        var rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        var ed = new OctetKeyPairGenerator(Curve.Ed25519).keyID("d").generate();
        var ec = ec("e");
        create(ec);
        add(rsa, Duration.ofDays(1));
        add(ed, Duration.ofDays(1));
        var token = ask(signed(JWSAlgorithm.ES256, "e", new ECDSASigner(ec), good()))
                .expect(201)
                .json();
        assertThat(token.path("agency").asText()).isEqualTo("civil-affairs");
        ask(signed(JWSAlgorithm.RS256, "r", new RSASSASigner(rsa), good())).expect(201);
        ask(signed(JWSAlgorithm.EdDSA, "d", new Ed25519Signer(ed), good())).expect(201);
    }

    @Test
    void an_assertion_is_good_once_also_in_a_race() throws JOSEException {
        var key = ec("e");
        create(key);
        var assertion = signed(key, good());
        var answers = IntStream.range(0, 4)
                .mapToObj(i -> anju.http()
                        .request("POST", PATH)
                        .header("X-Forwarded-For", address)
                        .body(Map.of("clientId", clientId, "clientAssertion", assertion))
                        .sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(3);
    }

    @Test
    void refuses_every_claim_that_is_not_as_it_must_be() throws JOSEException {
        var key = ec("e");
        create(key);
        var now = anju.clock().instant();
        List<UnaryOperator<JWTClaimsSet.Builder>> faults = List.of(
                claims -> claims.issuer("another"),
                claims -> claims.subject("another"),
                claims -> claims.audience("https://elsewhere.example"),
                claims -> claims.audience(List.of()),
                claims -> claims.expirationTime(null),
                claims -> claims.expirationTime(Date.from(now)),
                claims -> claims.expirationTime(Date.from(now.plusSeconds(331))),
                claims -> claims.issueTime(Date.from(now.plusSeconds(60))),
                claims -> claims.notBeforeTime(Date.from(now.plusSeconds(60))),
                claims -> claims.jwtID(null),
                claims -> claims.jwtID("x".repeat(129)));
        for (var fault : faults) {
            ask(signed(key, fault.apply(good())), "203.0.113." + COUNT.incrementAndGet())
                    .expect(401, "wrong-credentials");
        }
        ask(signed(key, good())).expect(201);
    }

    @Test
    void refuses_signatures_of_others_and_algorithms_that_the_key_is_not_for() throws JOSEException {
        var key = ec("e");
        create(key);
        ask(signed(ec("e"), good())).expect(401, "wrong-credentials");
        ask(signed(ec("unknown"), good())).expect(401, "wrong-credentials");
        var publicText = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        ask(signed(JWSAlgorithm.HS256, "e", new MACSigner(publicText), good())).expect(401, "wrong-credentials");
        ask("eyJhbGciOiJub25lIn0.e30.AA").expect(401, "wrong-credentials");
    }

    @Test
    void a_new_key_is_good_beside_the_old_one_until_that_ends() throws JOSEException {
        var old = ec("old");
        create(old);
        anju.clock().advance(Duration.ofDays(29));
        var fresh = ec("fresh");
        add(fresh, Duration.ofDays(365));
        ask(signed(old, good())).expect(201);
        ask(signed(fresh, good())).expect(201);
        anju.clock().advance(Duration.ofDays(1));
        ask(signed(old, good())).expect(401, "wrong-credentials");
        ask(signed(fresh, good())).expect(201);
    }

    @Test
    void tokens_go_to_the_registered_networks_only() throws JOSEException {
        var key = ec("e");
        create(key, "198.51.100.0/24");
        ask(signed(key, good()), "203.0.113.9").expect(403, "address-not-allowed");
        ask("a.b.c", "203.0.113.9").expect(401, "wrong-credentials");
        ask(signed(key, good()), "198.51.100.77").expect(201);
    }

    @Test
    void a_program_with_a_key_has_no_secret_and_exactly_one_proof_is_taken() throws JOSEException {
        var key = ec("e");
        create(key);
        anju.http()
                .post(PATH, null, Map.of("clientId", clientId, "clientSecret", "anything"))
                .expect(401, "wrong-credentials");
        anju.http().post(PATH, null, Map.of("clientId", clientId)).expect(422);
        anju.http()
                .post(
                        PATH,
                        null,
                        Map.of("clientId", clientId, "clientSecret", "x", "clientAssertion", signed(key, good())))
                .expect(422);
    }

    @Test
    void takes_no_key_that_is_private_weak_or_nameless() throws JOSEException {
        var ec = ec("e");
        var weak = new RSAKeyGenerator(1024, true).keyID("w").generate().toPublicJWK();
        var nameless = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
        for (JWK key : List.of(ec, weak, nameless)) {
            assertThatThrownBy(() -> PartnerKey.parse(key.toJSONString())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void create(JWK key, String... networks) {
        var now = anju.clock().instant();
        Anju.await(anju.domains()
                .identity
                .partners()
                .create(
                        Partner.make(
                                clientId,
                                AGENCY,
                                Set.of("partner.verification"),
                                List.of(networks),
                                Partner.Terms.NONE,
                                now),
                        PartnerKey.parse(key.toPublicJWK().toJSONString()),
                        now.plus(Duration.ofDays(30)),
                        now));
    }

    private void add(JWK key, Duration goodFor) {
        var now = anju.clock().instant();
        Anju.await(anju.domains()
                .identity
                .partners()
                .addKey(clientId, PartnerKey.parse(key.toPublicJWK().toJSONString()), now.plus(goodFor), now));
    }

    private JWTClaimsSet.Builder good() {
        var now = anju.clock().instant();
        return new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(URL + PATH)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .jwtID(UUID.randomUUID().toString());
    }

    private static ECKey ec(String kid) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
    }

    private static String signed(ECKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(JWSAlgorithm.ES256, key.getKeyID(), new ECDSASigner(key), claims);
    }

    private static String signed(JWSAlgorithm algorithm, String kid, JWSSigner signer, JWTClaimsSet.Builder claims)
            throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).build(), claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private Answer ask(String assertion) {
        return ask(assertion, address);
    }

    private Answer ask(String assertion, String from) {
        return anju.http()
                .request("POST", PATH)
                .header("X-Forwarded-For", from)
                .body(Map.of("clientId", clientId, "clientAssertion", assertion))
                .send();
    }
}
