package io.anju.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Signs the short-lived statements by which a program proves who it is (private_key_jwt, RFC 7523). */
final class ClientAssertion {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    /** Well below the five minutes that are taken, for clocks that differ. */
    private static final int LIFETIME_SECONDS = 120;

    /** By the name that Java gives to the kind of key. */
    private static final Map<String, String> ALGORITHMS =
            Map.of("EC", "ES256", "RSA", "RS256", "EdDSA", "EdDSA", "Ed25519", "EdDSA");

    private static final Map<String, String> SIGNATURES =
            Map.of("ES256", "SHA256withECDSAinP1363Format", "RS256", "SHA256withRSA", "EdDSA", "Ed25519");

    private final String clientId;
    private final String keyId;
    private final PrivateKey key;
    private final String audience;

    /** @param audience the server's address with the path of the token operation */
    ClientAssertion(String clientId, String keyId, PrivateKey key, String audience) {
        this.clientId = clientId;
        this.keyId = keyId;
        this.key = key;
        this.audience = audience;
        algorithm(key);
    }

    String sign(Instant now) {
        var header = new LinkedHashMap<String, Object>();
        header.put("alg", algorithm(key));
        header.put("kid", keyId);
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", audience);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.getEpochSecond() + LIFETIME_SECONDS);
        var text = base64(header) + "." + base64(claims);
        return text + "." + BASE64.encodeToString(signature(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(byte[] text) {
        try {
            var signer = Signature.getInstance(SIGNATURES.get(algorithm(key)));
            signer.initSign(key);
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this key cannot sign", e);
        }
    }

    private static String algorithm(PrivateKey key) {
        var algorithm = ALGORITHMS.get(key.getAlgorithm());
        if (algorithm == null) {
            throw new IllegalArgumentException("a key on P-256 or Ed25519, or of RSA, is needed");
        }
        return algorithm;
    }

    private static String base64(Map<String, Object> part) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
