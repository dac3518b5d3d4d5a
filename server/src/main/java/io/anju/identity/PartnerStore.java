package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What changes about partners' programs. */
final class PartnerStore {
    private static final String FIND_ID = """
            SELECT id FROM identity.partner WHERE client_id = $1 FOR UPDATE
            """;

    private static final String SET_ENABLED = """
            UPDATE identity.partner SET enabled = $2 WHERE id = $1
            """;

    private static final String SET_NETWORKS = """
            UPDATE identity.partner SET allowed_networks = $2 WHERE id = $1
            """;

    private static final String SET_TERMS = """
            UPDATE identity.partner SET purpose = $2, requests_per_minute = $3 WHERE id = $1
            """;

    private static final String REPLACE_SECRET = """
            UPDATE identity.partner
               SET previous_secret_hash = secret_hash,
                   previous_secret_until = CASE WHEN secret_hash IS NULL THEN NULL ELSE $3::timestamptz END,
                   secret_hash = $2
             WHERE id = $1
            """;

    private static final String END_KEY = """
            UPDATE identity.partner_key
               SET ended_at = $3
             WHERE partner_id = $1 AND kid = $2 AND ended_at IS NULL AND expires_at > $3
            """;

    private static final String GOOD_KEYS = """
            SELECT p.client_id, k.kid, k.expires_at
              FROM identity.partner_key k
              JOIN identity.partner p ON p.id = k.partner_id
             WHERE p.enabled AND k.ended_at IS NULL AND k.expires_at > $1
             ORDER BY k.expires_at, p.client_id
            """;

    /** A key by which a program proves who it is. */
    record GoodKey(String clientId, String kid, Instant expiresAt) {}

    /** Also of one that is disabled; nobody else changes it until the transaction ends. */
    Future<Optional<UUID>> findId(Tx tx, String clientId) {
        return tx.find(FIND_ID, row -> row.getUUID("id"), clientId);
    }

    Future<Void> setEnabled(Tx tx, UUID id, boolean isEnabled) {
        return tx.execute(SET_ENABLED, id, isEnabled).mapEmpty();
    }

    Future<Void> setNetworks(Tx tx, UUID id, List<String> networks) {
        return tx.execute(SET_NETWORKS, id, networks.toArray(String[]::new)).mapEmpty();
    }

    Future<Void> setTerms(Tx tx, UUID id, Partner.Terms terms) {
        return tx.execute(SET_TERMS, id, terms.purpose(), terms.requestsPerMinute())
                .mapEmpty();
    }

    Future<Void> replaceSecret(Tx tx, UUID id, byte[] hash, Instant previousUntil) {
        return tx.execute(REPLACE_SECRET, id, bytes(hash), at(previousUntil)).mapEmpty();
    }

    /** Gives whether the key was good. */
    Future<Boolean> endKey(Tx tx, UUID id, String kid, Instant now) {
        return tx.execute(END_KEY, id, kid, at(now)).map(rows -> rows == 1);
    }

    Future<List<GoodKey>> goodKeys(Sql sql, Instant now) {
        return sql.list(
                GOOD_KEYS,
                row -> new GoodKey(row.getString("client_id"), row.getString("kid"), instant(row, "expires_at")),
                at(now));
    }
}
