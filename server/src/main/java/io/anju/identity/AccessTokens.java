package io.anju.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Signs and checks access tokens: JWTs of type {@code at+jwt} (RFC 9068), signed with ES256 and nothing else (RFC 8725).
 *
 * <p>A token is its own proof and is not stored; it is short-lived, and its session can be ended (see
 * {@link EndedSessions}).
 */
final class AccessTokens {
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    private static final String SESSION = "sid";
    private static final int LONGEST = 4096;
    /** Clocks of our instances may differ by this much; expiry itself is not stretched. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private final SigningKeys keys;
    private final String issuer;

    AccessTokens(SigningKeys keys, String issuer) {
        this.keys = keys;
        this.issuer = issuer;
    }

    /** A signed token and when it expires. */
    record Signed(String token, Instant expiresAt) {}

    /** Who a good token belongs to, and how long the verdict holds. */
    record Verified(Caller caller, UUID sessionId, Instant expiresAt) {}

    Signed sign(Grant grant, UUID sessionId, Instant now) {
        var key = keys.signingKey(now);
        // whole seconds, as in the token
        var expiresAt = Instant.ofEpochSecond(now.plus(LIFETIME).getEpochSecond());
        var claims = AccessClaims.write(grant)
                .issuer(issuer)
                .claim(SESSION, sessionId.toString())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiresAt))
                .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(key.id())
                .build();
        var jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign with key " + key.id(), e);
        }
        return new Signed(jwt.serialize(), expiresAt);
    }

    /** Gives the verdict, or fails with {@code unauthenticated} or {@code token-expired}. */
    Future<Verified> verify(String token, Instant now) {
        SignedJWT jwt;
        try {
            jwt = parse(token);
        } catch (ParseException e) {
            return refused();
        }
        var keyId = jwt.getHeader().getKeyID();
        if (keyId == null) {
            return refused();
        }
        return keys.trustedKey(keyId, now)
                .compose(key -> key.isPresent() && isSignedBy(jwt, key.get()) ? verdict(jwt, now) : refused());
    }

    private static SignedJWT parse(String token) throws ParseException {
        if (token.length() > LONGEST) {
            throw new ParseException("too long", LONGEST);
        }
        var jwt = SignedJWT.parse(token);
        var header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())
                || !TYPE.equals(header.getType())
                || header.getCriticalParams() != null
                || !isCanonical(jwt)) {
            throw new ParseException("not one of ours", 0);
        }
        return jwt;
    }

    /**
     * Base64url leaves unused bits in a last character, so that one signature has several spellings: only the one that
     * we write is taken, so that a token cannot be changed in any character.
     */
    private static boolean isCanonical(SignedJWT jwt) {
        for (Base64URL part : List.of(jwt.getParsedParts())) {
            if (!Base64URL.encode(part.decode()).equals(part)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSignedBy(SignedJWT jwt, SigningKeys.Trusted key) {
        try {
            return jwt.verify(new ECDSAVerifier(key.publicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }

    private Future<Verified> verdict(SignedJWT jwt, Instant now) {
        try {
            var claims = jwt.getJWTClaimsSet();
            var expires = claims.getExpirationTime();
            var issued = claims.getIssueTime();
            var begins = claims.getNotBeforeTime();
            if (!issuer.equals(claims.getIssuer())
                    || expires == null
                    || issued == null
                    || issued.toInstant().isAfter(now.plus(SKEW))
                    || begins != null && begins.toInstant().isAfter(now.plus(SKEW))) {
                return refused();
            }
            if (!now.isBefore(expires.toInstant())) {
                return Refusal.failed(PlatformProblem.TOKEN_EXPIRED);
            }
            var sessionId = sessionId(claims);
            var caller = AccessClaims.read(claims).caller(sessionId);
            return Future.succeededFuture(new Verified(caller, sessionId, expires.toInstant()));
        } catch (ParseException | IllegalArgumentException e) {
            return refused();
        }
    }

    private static UUID sessionId(JWTClaimsSet claims) throws ParseException {
        return UUID.fromString(AccessClaims.text(claims, SESSION));
    }

    private static <T> Future<T> refused() {
        return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
    }
}
