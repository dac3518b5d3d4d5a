package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The rows of {@code identity.staff_totp}. */
final class TotpStore {
    static final String TABLE = "identity.staff_totp";
    static final String SECRET = "sealed_secret";

    /** Replaces one that was not confirmed, and no other. */
    private static final String BEGIN = """
            INSERT INTO identity.staff_totp AS t (staff_id, sealed_secret, created_at)
            VALUES ($1, $2, $3)
                ON CONFLICT (staff_id) DO UPDATE
               SET sealed_secret = $2, created_at = $3, last_step = 0
             WHERE t.confirmed_at IS NULL
            """;

    private static final String FIND = """
            SELECT sealed_secret, last_step
              FROM identity.staff_totp
             WHERE staff_id = $1 AND (confirmed_at IS NOT NULL) = $2
            """;

    private static final String CONFIRM = """
            UPDATE identity.staff_totp
               SET confirmed_at = $2, last_step = $3
             WHERE staff_id = $1 AND confirmed_at IS NULL
            """;

    /** Of two log-ins with one password, the second finds the step taken. */
    private static final String TAKE_STEP = """
            UPDATE identity.staff_totp
               SET last_step = $2
             WHERE staff_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2
            """;

    private static final String REMOVE = """
            DELETE FROM identity.staff_totp WHERE staff_id = $1
            """;

    record Row(byte[] sealedSecret, long lastStep) {}

    /** Gives whether there was no confirmed one. */
    Future<Boolean> begin(Tx tx, UUID staffId, byte[] sealedSecret, Instant now) {
        return tx.execute(BEGIN, staffId, bytes(sealedSecret), at(now)).map(rows -> rows > 0);
    }

    Future<Optional<Row>> find(Sql sql, UUID staffId, boolean confirmed) {
        return sql.find(FIND, row -> new Row(bytes(row, SECRET), row.getLong("last_step")), staffId, confirmed);
    }

    Future<Boolean> confirm(Tx tx, UUID staffId, Instant now, long step) {
        return tx.execute(CONFIRM, staffId, at(now), step).map(rows -> rows > 0);
    }

    /** Gives whether no password of this step or of a later one was taken before. */
    Future<Boolean> takeStep(Tx tx, UUID staffId, long step) {
        return tx.execute(TAKE_STEP, staffId, step).map(rows -> rows > 0);
    }

    Future<Boolean> remove(Tx tx, UUID staffId) {
        return tx.execute(REMOVE, staffId).map(rows -> rows > 0);
    }
}
