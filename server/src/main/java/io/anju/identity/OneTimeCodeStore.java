package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code identity.one_time_code} and {@code identity.known_address}. */
final class OneTimeCodeStore {
    static final String TABLE = "identity.one_time_code";
    static final String PHONE = "sealed_phone";
    static final String CODE = "sealed_code";

    private static final String INSERT = """
            INSERT INTO identity.one_time_code
                   (id, phone_index, sealed_phone, code_mac, sealed_code, language, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /** Counts the try first: tries that race each other are still at most five. */
    private static final String TRY = """
            UPDATE identity.one_time_code
               SET tries = tries + 1
             WHERE id = $1 AND tries < 5 AND spent_at IS NULL AND expires_at > $2
            RETURNING sealed_phone, code_mac
            """;

    private static final String SPEND = """
            UPDATE identity.one_time_code
               SET spent_at = $2, sealed_code = NULL
             WHERE id = $1 AND spent_at IS NULL AND expires_at > $2
            """;

    private static final String FIND_UNSENT = """
            SELECT sealed_phone, sealed_code, language
              FROM identity.one_time_code
             WHERE id = $1 AND spent_at IS NULL AND expires_at > $2 AND sealed_code IS NOT NULL
            """;

    private static final String SENT = """
            UPDATE identity.one_time_code SET sealed_code = NULL WHERE id = $1
            """;

    private static final String REMEMBER_ADDRESS = """
            INSERT INTO identity.known_address (phone_index, address, seen_at)
            VALUES ($1, $2, $3)
                ON CONFLICT (phone_index, address) DO UPDATE SET seen_at = $3
            """;

    private static final String KNOWS_ADDRESS = """
            SELECT 1
              FROM identity.known_address
             WHERE phone_index = $1 AND address = $2 AND seen_at > $3::timestamptz - interval '90 days'
            """;

    private static final String PURGE_CODES = """
            DELETE FROM identity.one_time_code WHERE expires_at < $1::timestamptz - interval '1 day'
            """;

    private static final String PURGE_ADDRESSES = """
            DELETE FROM identity.known_address WHERE seen_at < $1::timestamptz - interval '90 days'
            """;

    record NewCode(
            UUID id,
            byte[] phoneIndex,
            byte[] sealedPhone,
            byte[] mac,
            byte[] sealedCode,
            String language,
            Instant createdAt,
            Instant expiresAt) {}

    record TriedCode(byte[] sealedPhone, byte[] mac) {}

    record UnsentCode(byte[] sealedPhone, byte[] sealedCode, String language) {}

    Future<Void> insert(Tx tx, NewCode code) {
        return tx.execute(
                        INSERT,
                        code.id(),
                        bytes(code.phoneIndex()),
                        bytes(code.sealedPhone()),
                        bytes(code.mac()),
                        bytes(code.sealedCode()),
                        code.language(),
                        at(code.createdAt()),
                        at(code.expiresAt()))
                .mapEmpty();
    }

    /** Empty where the code is unknown, spent, expired or tried too often. */
    Future<Optional<TriedCode>> tryCode(Sql sql, UUID id, Instant now) {
        return sql.find(TRY, row -> new TriedCode(bytes(row, "sealed_phone"), bytes(row, "code_mac")), id, at(now));
    }

    /** Gives whether this is the one that spends the code. */
    Future<Boolean> spend(Tx tx, UUID id, Instant now) {
        return tx.execute(SPEND, id, at(now)).map(rows -> rows > 0);
    }

    Future<Optional<UnsentCode>> findUnsent(Sql sql, UUID id, Instant now) {
        return sql.find(
                FIND_UNSENT,
                row -> new UnsentCode(
                        bytes(row, "sealed_phone"),
                        findBytes(row, "sealed_code").orElseThrow(),
                        row.getString("language")),
                id,
                at(now));
    }

    Future<Void> sent(Sql sql, UUID id) {
        return sql.execute(SENT, id).mapEmpty();
    }

    Future<Void> rememberAddress(Tx tx, byte[] phoneIndex, byte[] address, Instant now) {
        return tx.execute(REMEMBER_ADDRESS, bytes(phoneIndex), bytes(address), at(now))
                .mapEmpty();
    }

    Future<Boolean> knowsAddress(Sql sql, byte[] phoneIndex, byte[] address, Instant now) {
        return sql.find(KNOWS_ADDRESS, row -> true, bytes(phoneIndex), bytes(address), at(now))
                .map(Optional::isPresent);
    }

    Future<Void> purge(Sql sql, Instant now) {
        return sql.execute(PURGE_CODES, at(now))
                .compose(done -> sql.execute(PURGE_ADDRESSES, at(now)))
                .mapEmpty();
    }
}
