package io.anju.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.anju.platform.db.Db;
import io.anju.platform.http.Authenticator;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks a token once and remembers the verdict until it expires or its session ends: afterwards a request's
 * authentication is two map look-ups. Refused tokens are not remembered.
 */
final class TokenAuthenticator implements Authenticator {
    private static final int REMEMBERED = 100_000;

    private final Db db;
    private final AccessTokens tokens;
    private final EndedSessions ended;
    private final SessionStore store = new SessionStore();
    private final OfficialStore officials = new OfficialStore();
    private final Cache<Presented, Remembered> verdicts = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            // the upkeep is short; handing it to another thread costs each request more than doing it
            .executor(Runnable::run)
            .expireAfterWrite(AccessTokens.LIFETIME)
            .build();

    /** What was agreed with the partners that hold sessions; a change of it ends them. */
    private final Cache<UUID, Partner> partners = Caffeine.newBuilder()
            .expireAfterWrite(AccessTokens.LIFETIME.multipliedBy(2))
            .build();

    TokenAuthenticator(Db db, AccessTokens tokens, EndedSessions ended) {
        this.db = db;
        this.tokens = tokens;
        this.ended = ended;
    }

    /** A token as a key. What tells tokens apart is the end of their signature: to hash all of it takes longer than the rest. */
    private record Presented(String token) {
        private static final int TELLING = 16;

        @Override
        public int hashCode() {
            int hash = 0;
            for (int i = Math.max(0, token.length() - TELLING); i < token.length(); i++) {
                hash = 31 * hash + token.charAt(i);
            }
            return hash;
        }
    }

    /** A verdict and the future that is handed out for it, made once. */
    private record Remembered(AccessTokens.Verified verified, Future<Caller> answer) {}

    @Override
    public Future<Caller> authenticate(String bearerToken, Instant now) {
        var remembered = verdicts.getIfPresent(new Presented(bearerToken));
        return remembered == null ? firstSight(bearerToken, now) : recall(remembered, now);
    }

    private Future<Caller> recall(Remembered remembered, Instant now) {
        if (ended.contains(remembered.verified().sessionId())) {
            return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
        }
        return now.isBefore(remembered.verified().expiresAt())
                ? remembered.answer()
                : Refusal.failed(PlatformProblem.TOKEN_EXPIRED);
    }

    private Future<Caller> firstSight(String token, Instant now) {
        return tokens.verify(token, now)
                .compose(verified -> store.isLive(db, verified.sessionId(), now).compose(live -> {
                    if (!live) {
                        return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
                    }
                    return know(verified).compose(known -> remember(token, verified, now));
                }));
    }

    /** Reads what was agreed with a partner; one that was disabled meanwhile is nobody. */
    private Future<Void> know(AccessTokens.Verified verified) {
        var caller = verified.caller();
        if (caller.kind() != Caller.Kind.PARTNER) {
            return Future.succeededFuture();
        }
        return officials.findPartner(db, Objects.requireNonNull(caller.id())).compose(found -> {
            if (found.isEmpty()) {
                return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
            }
            partners.put(verified.sessionId(), found.get());
            return Future.succeededFuture();
        });
    }

    private Future<Caller> remember(String token, AccessTokens.Verified verified, Instant now) {
        var remembered = new Remembered(verified, Future.succeededFuture(verified.caller()));
        verdicts.put(new Presented(token), remembered);
        return recall(remembered, now);
    }

    @Override
    public void requireAddress(Caller caller, String address) {
        var partner = partner(caller);
        if (partner == null || !partner.mayComeFrom(address)) {
            throw Refusal.of(IdentityProblem.ADDRESS_NOT_ALLOWED);
        }
    }

    @Override
    public OptionalInt agreedRequestsPerMinute(Caller caller) {
        var partner = partner(caller);
        var agreed = partner == null ? null : partner.terms().requestsPerMinute();
        return agreed == null ? OptionalInt.empty() : OptionalInt.of(agreed);
    }

    private @Nullable Partner partner(Caller caller) {
        var session = caller.sessionId();
        return session == null ? null : partners.getIfPresent(session);
    }
}
