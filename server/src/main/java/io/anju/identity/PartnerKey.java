package io.anju.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;

/** A partner's public key. Its kind says which one algorithm it is good for: the token's header has no choice. */
public final class PartnerKey {
    private static final int SHORTEST_RSA_BITS = 2_048;

    private final JWK jwk;
    private final JWSAlgorithm algorithm;

    private PartnerKey(JWK jwk, JWSAlgorithm algorithm) {
        this.jwk = jwk;
        this.algorithm = algorithm;
    }

    /** Reads a JWK (RFC 7517) with a {@code kid}: P-256, Ed25519, or RSA of 2048 bits or more; the public part alone. */
    public static PartnerKey parse(String json) {
        try {
            var jwk = JWK.parse(json);
            if (jwk.getKeyID() == null || jwk.getKeyID().isBlank()) {
                throw new IllegalArgumentException("the key has no kid");
            }
            if (jwk.isPrivate()) {
                throw new IllegalArgumentException("this is a private key: hand over the public part only");
            }
            return new PartnerKey(jwk, algorithm(jwk));
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a JWK", e);
        }
    }

    String kid() {
        return jwk.getKeyID();
    }

    String publicJwk() {
        return jwk.toJSONString();
    }

    boolean hasSigned(SignedJWT jwt) {
        try {
            return algorithm.equals(jwt.getHeader().getAlgorithm())
                    && jwt.getHeader().getCriticalParams() == null
                    && jwt.verify(verifier());
        } catch (JOSEException e) {
            return false;
        }
    }

    private static JWSAlgorithm algorithm(JWK jwk) {
        if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
            return JWSAlgorithm.ES256;
        }
        if (jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
            return JWSAlgorithm.EdDSA;
        }
        if (jwk instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA_BITS) {
            return JWSAlgorithm.RS256;
        }
        throw new IllegalArgumentException("a key is on P-256 or Ed25519, or RSA of at least 2048 bits");
    }

    private JWSVerifier verifier() throws JOSEException {
        if (jwk instanceof ECKey ec) {
            return new ECDSAVerifier(ec);
        }
        return jwk instanceof OctetKeyPair pair ? new Ed25519Verifier(pair) : new RSASSAVerifier(jwk.toRSAKey());
    }
}
