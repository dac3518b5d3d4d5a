package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;
import static io.anju.platform.db.Columns.findInstant;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of {@code identity.session} and {@code identity.refresh_token}. */
final class SessionStore {
    static final String ENDED_CHANNEL = "anju_session_ended";
    static final String TOKEN_TABLE = "identity.refresh_token";
    static final String SUCCESSOR = "sealed_successor";

    private static final String INSERT_SESSION = """
            INSERT INTO identity.session (id, audience, subject_id, started_at, expires_at, device, log_in_kind)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String INSERT_TOKEN = """
            INSERT INTO identity.refresh_token (id, session_id, token_hash, issued_at, expires_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String LOCK_SESSION = """
            SELECT s.id
              FROM identity.session s
             WHERE s.id = (SELECT t.session_id FROM identity.refresh_token t WHERE t.token_hash = $1)
               FOR UPDATE
            """;

    private static final String FIND_TOKEN = """
            SELECT t.id, t.session_id, t.expires_at, t.used_at, t.sealed_successor,
                   n.expires_at AS successor_expires_at,
                   n.used_at IS NOT NULL AS successor_used,
                   s.audience, s.subject_id, s.expires_at AS session_expires_at,
                   s.ended_at IS NOT NULL AS session_ended
              FROM identity.refresh_token t
              JOIN identity.session s ON s.id = t.session_id
              LEFT JOIN identity.refresh_token n ON n.id = t.successor_id
             WHERE t.token_hash = $1
            """;

    /** The token before this one can no longer be retried, so what was kept for that goes. */
    private static final String USE_TOKEN = """
            WITH forgotten AS (
                UPDATE identity.refresh_token SET sealed_successor = NULL WHERE successor_id = $1
            )
            UPDATE identity.refresh_token
               SET used_at = $2, successor_id = $3, sealed_successor = $4
             WHERE id = $1
            """;

    private static final String END = """
            WITH ended AS (
                UPDATE identity.session
                   SET ended_at = $2, end_reason = $3, end_seen_at = clock_timestamp()
                 WHERE id = $1 AND ended_at IS NULL
                RETURNING id
            )
            SELECT pg_notify('anju_session_ended', id::text) FROM ended
            """;

    private static final String END_ONE_OF = """
            WITH ended AS (
                UPDATE identity.session
                   SET ended_at = $3, end_reason = $4, end_seen_at = clock_timestamp()
                 WHERE id = $1 AND audience = 'resident' AND subject_id = $2 AND ended_at IS NULL AND expires_at > $3
                RETURNING id
            )
            SELECT id, pg_notify('anju_session_ended', id::text) FROM ended
            """;

    private static final String END_ALL_OF = """
            WITH ended AS (
                UPDATE identity.session
                   SET ended_at = $2, end_reason = $3, end_seen_at = clock_timestamp()
                 WHERE audience = $5 AND subject_id = $1 AND ended_at IS NULL AND expires_at > $2
                   AND ($4::uuid IS NULL OR id <> $4)
                RETURNING id
            )
            SELECT id, pg_notify('anju_session_ended', id::text) FROM ended
            """;

    /** A piece of all sessions: whoever waits for one of them is waited for in the next piece. */
    private static final String END_SOME = """
            UPDATE identity.session
               SET ended_at = $1, end_reason = $2, end_seen_at = clock_timestamp()
             WHERE id IN (SELECT id
                            FROM identity.session
                           WHERE ended_at IS NULL AND expires_at > $1
                           ORDER BY id
                           LIMIT $3
                             FOR UPDATE)
            """;

    /** A session whose newest refresh token lay unused for too long cannot be used any more. */
    private static final String LIST_OF = """
            SELECT s.id, s.device, s.log_in_kind, s.started_at, newest.issued_at
              FROM identity.session s
             CROSS JOIN LATERAL (
                SELECT issued_at, expires_at
                  FROM identity.refresh_token
                 WHERE session_id = s.id
                 ORDER BY issued_at DESC
                 LIMIT 1) AS newest
             WHERE s.audience = 'resident' AND s.subject_id = $1 AND s.ended_at IS NULL AND s.expires_at > $2
               AND newest.expires_at > $2
               AND ($3::uuid IS NULL OR s.id < $3)
             ORDER BY s.id DESC
             LIMIT $4
            """;

    private static final String IS_LIVE = """
            SELECT 1 FROM identity.session WHERE id = $1 AND ended_at IS NULL AND expires_at > $2
            """;

    private static final String BEGAN_SINCE = """
            SELECT 1 FROM identity.session WHERE id = $1 AND started_at > $2
            """;

    private static final String JUST_ENDED = """
            SELECT id FROM identity.session WHERE end_seen_at > clock_timestamp() - make_interval(secs => $1)
            """;

    private static final String PURGE = """
            DELETE FROM identity.session
             WHERE id IN (
                SELECT id FROM identity.session WHERE least(expires_at, ended_at) < $1 ORDER BY id LIMIT 10000
                   FOR UPDATE SKIP LOCKED
             )
            """;

    /** A session as its owner sees it. */
    record OwnSession(
            UUID id, Device device, Optional<Resident.LogIn.Kind> kind, Instant startedAt, Instant lastUsedAt) {}

    /** A refresh token that somebody handed in, and its session. */
    record TokenRow(
            UUID id,
            UUID sessionId,
            Audience audience,
            UUID subjectId,
            Instant sessionExpiresAt,
            SessionPolicy.TokenState state,
            Optional<byte[]> sealedSuccessor,
            Optional<Instant> successorExpiresAt) {}

    Future<Void> insertSession(
            Tx tx, UUID id, Grant grant, Sessions.Entrance entrance, Instant startedAt, Instant expiresAt) {
        var kind = entrance.kind();
        return tx.execute(
                        INSERT_SESSION,
                        id,
                        grant.audience().id(),
                        grant.subjectId(),
                        at(startedAt),
                        at(expiresAt),
                        entrance.device().id(),
                        kind == null ? null : kind.id())
                .mapEmpty();
    }

    /** The sessions of a resident that can still be used, the newest first, those with an id before {@code before}. */
    Future<List<OwnSession>> listOf(Sql sql, UUID residentId, Instant now, @Nullable UUID before, int limit) {
        return sql.list(LIST_OF, SessionStore::ownSession, residentId, at(now), before, limit);
    }

    /** Ends one session of a resident; gives whether it was running. */
    Future<Boolean> endOneOf(Sql sql, UUID residentId, UUID id, Instant now) {
        return sql.execute(END_ONE_OF, id, residentId, at(now), "ended-by-owner")
                .map(rows -> rows > 0);
    }

    /** Ends the sessions of an account but the one to keep; gives which were running. */
    Future<List<UUID>> endAllOf(
            Sql sql, Audience audience, UUID subjectId, @Nullable UUID kept, Instant now, String reason) {
        return sql.list(END_ALL_OF, row -> row.getUUID("id"), subjectId, at(now), reason, kept, audience.id());
    }

    /** Ends so many sessions, whosever they are; gives how many those were. */
    Future<Integer> endSome(Sql sql, Instant now, String reason, int most) {
        return sql.execute(END_SOME, at(now), reason, most);
    }

    Future<Void> insertToken(Tx tx, UUID id, UUID sessionId, byte[] hash, Instant now, Instant expiresAt) {
        return tx.execute(INSERT_TOKEN, id, sessionId, bytes(hash), at(now), at(expiresAt))
                .mapEmpty();
    }

    /** Locks the session of a token and then reads the token, so that two refreshes see one after the other. */
    Future<Optional<TokenRow>> lockToken(Tx tx, byte[] hash) {
        return tx.execute(LOCK_SESSION, bytes(hash)).compose(locked -> findToken(tx, hash));
    }

    Future<Optional<TokenRow>> findToken(Sql sql, byte[] hash) {
        return sql.find(FIND_TOKEN, SessionStore::tokenRow, bytes(hash));
    }

    Future<Void> useToken(Tx tx, UUID id, Instant now, UUID successorId, byte[] sealedSuccessor) {
        return tx.execute(USE_TOKEN, id, at(now), successorId, bytes(sealedSuccessor))
                .mapEmpty();
    }

    /** Gives whether the session was still running. */
    Future<Boolean> end(Sql sql, UUID id, Instant now, String reason) {
        return sql.execute(END, id, at(now), reason).map(rows -> rows > 0);
    }

    Future<Boolean> isLive(Sql sql, UUID id, Instant now) {
        return sql.find(IS_LIVE, row -> true, id, at(now)).map(Optional::isPresent);
    }

    /** Whether the session began after this, so that its owner has shown a short while ago who they are. */
    Future<Boolean> beganSince(Sql sql, UUID id, Instant since) {
        return sql.find(BEGAN_SINCE, row -> true, id, at(since)).map(Optional::isPresent);
    }

    /** The sessions that ended within the last seconds, by the database's clock. */
    Future<List<UUID>> justEnded(Sql sql, double seconds) {
        return sql.list(JUST_ENDED, row -> row.getUUID("id"), seconds);
    }

    /** Forgets some sessions that were over before this; gives how many. */
    Future<Integer> purge(Sql sql, Instant before) {
        return sql.execute(PURGE, at(before));
    }

    private static OwnSession ownSession(Row row) {
        return new OwnSession(
                row.getUUID("id"),
                Device.of(row.getString("device")),
                Optional.ofNullable(row.getString("log_in_kind")).map(Resident.LogIn.Kind::of),
                instant(row, "started_at"),
                instant(row, "issued_at"));
    }

    private static TokenRow tokenRow(Row row) {
        var sessionExpiresAt = instant(row, "session_expires_at");
        var state = new SessionPolicy.TokenState(
                instant(row, "expires_at"),
                sessionExpiresAt,
                row.getBoolean("session_ended"),
                findInstant(row, "used_at").orElse(null),
                row.getBoolean("successor_used"));
        return new TokenRow(
                row.getUUID("id"),
                row.getUUID("session_id"),
                Audience.of(row.getString("audience")),
                row.getUUID("subject_id"),
                sessionExpiresAt,
                state,
                findBytes(row, "sealed_successor"),
                findInstant(row, "successor_expires_at"));
    }
}
