package io.anju.identity;

import com.nimbusds.jwt.SignedJWT;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Checks how a partner's program proves who it is with a key of its own: a short-lived JWT (private_key_jwt, RFC 7523
 * §3), good once. Whatever is wrong with one is answered alike.
 */
final class PartnerAssertions {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /** Clocks of partners may differ from ours by this much. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST_JTI = 128;

    private final Db db;
    private final List<String> audiences;
    private final PartnerKeyStore store = new PartnerKeyStore();

    PartnerAssertions(Db db, String issuer) {
        this.db = db;
        this.audiences = List.of(issuer, issuer + "/v1/partner-tokens");
    }

    /** What identifies an assertion, and until when it must be remembered. */
    record Identified(String jti, Instant until) {}

    /** Checks all but whether it was taken before; empty where anything is wrong. */
    Future<Optional<Identified>> check(Partner partner, String assertion, Instant now) {
        try {
            var jwt = SignedJWT.parse(assertion);
            var kid = jwt.getHeader().getKeyID();
            var identified = kid == null ? Optional.<Identified>empty() : claims(jwt, partner.clientId(), now);
            return identified.isEmpty()
                    ? Future.succeededFuture(identified)
                    : store.find(db, partner.id(), kid, now)
                            .map(key -> key.isPresent() && key.get().hasSigned(jwt) ? identified : Optional.empty());
        } catch (ParseException e) {
            return Future.succeededFuture(Optional.empty());
        }
    }

    /** Takes an assertion; refuses one that was taken before, also by another instance at this moment. */
    Future<Void> spend(Tx tx, Partner partner, Identified identified) {
        return store.spend(tx, partner.id(), identified.jti(), identified.until())
                .compose(isNew -> isNew ? Future.succeededFuture() : Refusal.failed(IdentityProblem.WRONG_CREDENTIALS));
    }

    Future<Void> purge(Instant now) {
        return store.purge(db, now);
    }

    private Optional<Identified> claims(SignedJWT jwt, String clientId, Instant now) throws ParseException {
        var claims = jwt.getJWTClaimsSet();
        var expires = claims.getExpirationTime();
        var issued = claims.getIssueTime();
        var notBefore = claims.getNotBeforeTime();
        var jti = claims.getJWTID();
        if (!clientId.equals(claims.getIssuer())
                || !clientId.equals(claims.getSubject())
                || claims.getAudience().stream().noneMatch(audiences::contains)
                || expires == null
                || jti == null
                || jti.isEmpty()
                || jti.length() > LONGEST_JTI) {
            return Optional.empty();
        }
        var end = expires.toInstant();
        var soon = now.plus(SKEW);
        var isOfNow = now.isBefore(end)
                && !end.isAfter(soon.plus(LONGEST))
                && (issued == null || !issued.toInstant().isAfter(soon))
                && (notBefore == null || !notBefore.toInstant().isAfter(soon));
        return isOfNow ? Optional.of(new Identified(jti, end)) : Optional.empty();
    }
}
