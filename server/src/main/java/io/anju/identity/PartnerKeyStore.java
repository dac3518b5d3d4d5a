package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;

import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code identity.partner_key} and {@code identity.partner_assertion}. */
final class PartnerKeyStore {
    private static final String INSERT = """
            INSERT INTO identity.partner_key (id, partner_id, kid, public_jwk, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String FIND = """
            SELECT public_jwk FROM identity.partner_key WHERE partner_id = $1 AND kid = $2 AND expires_at > $3 AND ended_at IS NULL
            """;

    private static final String SPEND = """
            INSERT INTO identity.partner_assertion (partner_id, jti_hash, expires_at)
            VALUES ($1, $2, $3)
            ON CONFLICT (partner_id, jti_hash) DO NOTHING
            """;

    private static final String PURGE = """
            DELETE FROM identity.partner_assertion WHERE expires_at < $1
            """;

    Future<Void> insert(Tx tx, UUID partnerId, PartnerKey key, Instant now, Instant expiresAt) {
        return tx.execute(INSERT, Ids.next(now), partnerId, key.kid(), key.publicJwk(), at(now), at(expiresAt))
                .mapEmpty();
    }

    Future<Optional<PartnerKey>> find(Sql sql, UUID partnerId, String kid, Instant now) {
        return sql.find(FIND, row -> PartnerKey.parse(row.getString("public_jwk")), partnerId, kid, at(now));
    }

    /** Gives whether this assertion was never taken before. */
    Future<Boolean> spend(Tx tx, UUID partnerId, String jti, Instant expiresAt) {
        return tx.execute(SPEND, partnerId, bytes(Secrets.hash(jti)), at(expiresAt))
                .map(rows -> rows > 0);
    }

    Future<Void> purge(Sql sql, Instant now) {
        return sql.execute(PURGE, at(now)).mapEmpty();
    }
}
