package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findInstant;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code identity.signing_key}. */
final class SigningKeyStore {
    static final String TABLE = "identity.signing_key";
    static final String PRIVATE = "sealed_private";

    /** Any number that no other advisory lock of this schema uses. */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(hashtextextended('identity.signing_key', 0))
            """;

    private static final String COUNT = """
            SELECT count(*) AS keys FROM identity.signing_key
            """;

    private static final String NEWEST = """
            SELECT max(created_at) AS created_at FROM identity.signing_key
            """;

    private static final String INSERT = """
            INSERT INTO identity.signing_key (id, public_jwk, sealed_private, created_at, signs_from)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String END_TRUST = """
            UPDATE identity.signing_key SET trusted_until = $1 WHERE trusted_until IS NULL
            """;

    private static final String FORGET = """
            DELETE FROM identity.signing_key WHERE trusted_until <= $1
            """;

    private static final String LIST = """
            SELECT id, sealed_private, signs_from, trusted_until
              FROM identity.signing_key
             ORDER BY signs_from DESC, id DESC
             LIMIT 16
            """;

    /** A key as stored. */
    record KeyRow(UUID id, byte[] sealedPrivate, Instant signsFrom, Optional<Instant> trustedUntil) {}

    /** One instance at a time makes keys. */
    Future<Void> lock(Tx tx) {
        return tx.execute(LOCK).mapEmpty();
    }

    Future<Long> count(Tx tx) {
        return tx.run(COUNT).map(rows -> rows.iterator().next().getLong("keys"));
    }

    /** When the newest key was made; there is one. */
    Future<Instant> newest(Tx tx) {
        return tx.run(NEWEST).map(rows -> instant(rows.iterator().next(), "created_at"));
    }

    Future<Void> insert(Tx tx, UUID id, String publicJwk, byte[] sealedPrivate, Instant now, Instant signsFrom) {
        return tx.execute(INSERT, id, publicJwk, bytes(sealedPrivate), at(now), at(signsFrom))
                .mapEmpty();
    }

    Future<Void> endTrust(Tx tx, Instant trustedUntil) {
        return tx.execute(END_TRUST, at(trustedUntil)).mapEmpty();
    }

    Future<Void> forget(Tx tx, Instant now) {
        return tx.execute(FORGET, at(now)).mapEmpty();
    }

    Future<List<KeyRow>> list(Sql sql) {
        return sql.list(
                LIST,
                row -> new KeyRow(
                        row.getUUID("id"),
                        bytes(row, "sealed_private"),
                        instant(row, "signs_from"),
                        findInstant(row, "trusted_until")));
    }
}
