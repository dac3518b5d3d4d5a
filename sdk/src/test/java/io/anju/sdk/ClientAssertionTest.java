package io.anju.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAssertionTest {
    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "EC, 256, ES256, SHA256withECDSAinP1363Format",
        "RSA, 2048, RS256, SHA256withRSA",
        "Ed25519, 255, EdDSA, Ed25519",
    })
    void is_signed_as_the_kind_of_the_key_asks(String kind, int bits, String algorithm, String signature)
            throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(bits);
        var pair = generator.generateKeyPair();
        var assertion =
                new ClientAssertion("agency", "k1", pair.getPrivate(), "https://anju.example/v1/partner-tokens");
        var parts = assertion.sign(NOW).split("\\.", -1);
        var json = new ObjectMapper();
        var header = json.readTree(Base64.getUrlDecoder().decode(parts[0]));
        assertThat(header.path("alg").asText()).isEqualTo(algorithm);
        assertThat(header.path("kid").asText()).isEqualTo("k1");
        var claims = json.readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss")).isEqualTo(claims.path("sub"));
        assertThat(claims.path("exp").asLong() - NOW.getEpochSecond()).isBetween(1L, 300L);

        var verifier = Signature.getInstance(signature);
        verifier.initVerify(pair.getPublic());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void is_another_one_each_time() throws GeneralSecurityException {
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        var assertion = new ClientAssertion("agency", "k1", key, "https://anju.example/v1/partner-tokens");
        assertThat(assertion.sign(NOW)).isNotEqualTo(assertion.sign(NOW));
    }

    @Test
    void refuses_a_key_that_cannot_sign() throws GeneralSecurityException {
        var key = KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate();
        assertThatThrownBy(() -> new ClientAssertion("agency", "k1", key, "https://anju.example"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
