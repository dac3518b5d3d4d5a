package io.anju.identity;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens, refreshes and ends sessions. */
final class Sessions {
    /** A token that was copied is still recognised as one of ours this long after its session. */
    private static final Duration KEPT = Duration.ofDays(30);

    /** A log-in counts as recent for so long. */
    private static final Duration RECENT = Duration.ofMinutes(30);

    private final Db db;
    private final Vault vault;
    private final AccessTokens accessTokens;
    private final Accounts accounts;
    private final EndedSessions ended;
    private final Limits limits;
    private final SessionStore store = new SessionStore();

    Sessions(Db db, Vault vault, AccessTokens accessTokens, Accounts accounts, EndedSessions ended, Limits limits) {
        this.db = db;
        this.vault = vault;
        this.accessTokens = accessTokens;
        this.accounts = accounts;
        this.ended = ended;
        this.limits = limits;
    }

    /**
     * How a session began.
     *
     * @param kind for residents
     */
    record Entrance(Device device, Resident.LogIn.@Nullable Kind kind) {}

    /** Opens a session with its first refresh token. */
    Future<Tokens> open(Tx tx, Grant grant, Entrance entrance, Instant now) {
        var sessionId = Ids.next(now);
        var sessionExpiresAt = now.plus(grant.audience().wholeLimit());
        var refresh = newToken(grant.audience(), sessionExpiresAt, now);
        return store.insertSession(tx, sessionId, grant, entrance, now, sessionExpiresAt)
                .compose(done -> store.insertToken(
                        tx, refresh.id(), sessionId, Secrets.hash(refresh.value()), now, refresh.expiresAt()))
                .map(done -> session(sessionId, grant, refresh.value(), refresh.expiresAt(), now));
    }

    /** Opens a session that cannot be refreshed; gives its one access token. */
    Future<AccessTokens.Signed> openOnce(Tx tx, Grant grant, Instant now) {
        var sessionId = Ids.next(now);
        var token = accessTokens.sign(grant, sessionId, now);
        var entrance = new Entrance(Device.OTHER, null);
        return store.insertSession(tx, sessionId, grant, entrance, now, token.expiresAt())
                .map(token);
    }

    /**
     * Refuses a refresh token that may not be exchanged, and ends the session of one that was copied. This commits on
     * its own, before anything that a refusal would roll back.
     */
    Future<Void> guard(String token, Instant now) {
        return store.findToken(db, Secrets.hash(token)).compose(row -> {
            if (row.isEmpty()) {
                return Refusal.failed(IdentityProblem.REFRESH_TOKEN_INVALID);
            }
            var refusal = refusal(row.get(), now);
            if (refusal == null) {
                return limits.takings()
                        .from(Budget.RENEWALS_PER_HOUR, row.get().sessionId().toString())
                        .take(db, now);
            }
            return refusal.code() == IdentityProblem.REFRESH_TOKEN_REUSED
                    ? endCopied(row.get().sessionId(), now).compose(done -> Future.failedFuture(refusal))
                    : Future.failedFuture(refusal);
        });
    }

    /** Exchanges a refresh token; of two that race, the second gets the first one's successor. */
    Future<Tokens> refresh(Tx tx, String token, Instant now) {
        return store.lockToken(tx, Secrets.hash(token)).compose(row -> {
            var refusal = row.isEmpty() ? Refusal.of(IdentityProblem.REFRESH_TOKEN_INVALID) : refusal(row.get(), now);
            return refusal == null ? exchange(tx, row.orElseThrow(), now) : Future.failedFuture(refusal);
        });
    }

    /** Refuses where the session that asks began long ago. */
    Future<Void> requireRecent(@Nullable UUID sessionId, Instant now) {
        return sessionId == null
                ? Refusal.failed(IdentityProblem.LOG_IN_AGAIN)
                : store.beganSince(db, sessionId, now.minus(RECENT))
                        .compose(recent ->
                                recent ? Future.succeededFuture() : Refusal.failed(IdentityProblem.LOG_IN_AGAIN));
    }

    /** Ends a session; the tokens of it are refused here once the transaction is through, elsewhere within a second. */
    Future<Void> end(Tx tx, UUID sessionId, Instant now) {
        return store.end(tx, sessionId, now, "log-out").mapEmpty();
    }

    /** The sessions of a resident that can still be used, the newest first. */
    Future<List<SessionStore.OwnSession>> list(UUID residentId, Instant now, @Nullable UUID before, int limit) {
        return store.listOf(db, residentId, now, before, limit);
    }

    /** Ends a session of this resident; refuses with 404 one that is over, or another's. */
    Future<Void> endOwn(Tx tx, UUID residentId, UUID sessionId, Instant now) {
        return store.endOneOf(tx, residentId, sessionId, now)
                .compose(ended -> ended ? Future.succeededFuture() : Refusal.failed(PlatformProblem.NOT_FOUND));
    }

    /** Ends the sessions of an account but the one to keep; gives which those were, for {@link #forget}. */
    Future<List<UUID>> endAll(
            Tx tx, Audience audience, UUID subjectId, @Nullable UUID kept, Instant now, String reason) {
        return store.endAllOf(tx, audience, subjectId, kept, now, reason);
    }

    /** Tells this instance at once of a session that has ended. */
    void forget(UUID sessionId) {
        ended.add(sessionId);
    }

    /** Runs what ends sessions, and tells this instance of those once they are over for good. */
    <T> Future<T> ending(Function<Queue<UUID>, Future<T>> work) {
        var over = new ConcurrentLinkedQueue<UUID>();
        return work.apply(over).onSuccess(done -> List.copyOf(over).forEach(this::forget));
    }

    /** Forgets sessions that have been over for long. */
    Future<Void> purge(Instant now) {
        return store.purge(db, now.minus(KEPT)).mapEmpty();
    }

    private static @Nullable Refusal refusal(SessionStore.TokenRow row, Instant now) {
        return switch (SessionPolicy.judge(row.state(), now)) {
            case FRESH, RETRY -> null;
            case REUSED -> Refusal.of(IdentityProblem.REFRESH_TOKEN_REUSED);
            case DEAD -> Refusal.of(IdentityProblem.REFRESH_TOKEN_INVALID);
        };
    }

    private Future<Void> endCopied(UUID sessionId, Instant now) {
        return store.end(db, sessionId, now, "refresh-token-reused")
                .onSuccess(done -> forget(sessionId))
                .mapEmpty();
    }

    private Future<Tokens> exchange(Tx tx, SessionStore.TokenRow row, Instant now) {
        return accounts.findGrant(tx, row.audience(), row.subjectId()).compose(grant -> {
            if (grant.isEmpty()) {
                return Refusal.failed(IdentityProblem.REFRESH_TOKEN_INVALID);
            }
            return row.state().usedAt() == null
                    ? succeed(tx, row, grant.get(), now)
                    : Future.succeededFuture(repeat(row, grant.get(), now));
        });
    }

    private Future<Tokens> succeed(Tx tx, SessionStore.TokenRow row, Grant grant, Instant now) {
        var next = newToken(row.audience(), row.sessionExpiresAt(), now);
        var sealed = vault.sealText(SessionStore.TOKEN_TABLE, SessionStore.SUCCESSOR, row.id(), next.value());
        return store.insertToken(tx, next.id(), row.sessionId(), Secrets.hash(next.value()), now, next.expiresAt())
                .compose(done -> store.useToken(tx, row.id(), now, next.id(), sealed))
                .map(done -> session(row.sessionId(), grant, next.value(), next.expiresAt(), now));
    }

    private Tokens repeat(SessionStore.TokenRow row, Grant grant, Instant now) {
        var sealed = row.sealedSuccessor().orElseThrow();
        var successor = vault.openText(SessionStore.TOKEN_TABLE, SessionStore.SUCCESSOR, row.id(), sealed);
        return session(
                row.sessionId(), grant, successor, row.successorExpiresAt().orElseThrow(), now);
    }

    private Tokens session(UUID id, Grant grant, String refreshToken, Instant refreshExpiresAt, Instant now) {
        var access = accessTokens.sign(grant, id, now);
        return new Tokens(id, access.token(), access.expiresAt(), refreshToken, refreshExpiresAt, grant.scopes());
    }

    /** A refresh token that is not stored yet. */
    private record NewToken(UUID id, String value, Instant expiresAt) {}

    private static NewToken newToken(Audience audience, Instant sessionExpiresAt, Instant now) {
        var idleEnd = now.plus(audience.idleLimit());
        return new NewToken(
                Ids.next(now), Secrets.refreshToken(), idleEnd.isBefore(sessionExpiresAt) ? idleEnd : sessionExpiresAt);
    }
}
