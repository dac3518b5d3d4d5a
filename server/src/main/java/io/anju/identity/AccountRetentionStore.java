package io.anju.identity;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Sessions and codes that have been over for their period. */
final class AccountRetentionStore {
    private static final String COUNT_SESSIONS = """
            SELECT count(*) AS rows FROM identity.session WHERE least(expires_at, ended_at) < $1
            """;

    private static final String ERASE_SESSIONS = """
            DELETE FROM identity.session
             WHERE id IN (
                SELECT id FROM identity.session WHERE least(expires_at, ended_at) < $1 ORDER BY id LIMIT $2
                   FOR UPDATE SKIP LOCKED)
            """;

    private static final String COUNT_CODES =
            "SELECT count(*) AS rows FROM identity.one_time_code WHERE expires_at < $1";

    private static final String ERASE_CODES = """
            DELETE FROM identity.one_time_code
             WHERE id IN (
                SELECT id FROM identity.one_time_code WHERE expires_at < $1 ORDER BY id LIMIT $2
                   FOR UPDATE SKIP LOCKED)
            """;

    private AccountRetentionStore() {}

    static Future<Long> countSessions(Sql sql, Instant before) {
        return count(sql, COUNT_SESSIONS, before);
    }

    static Future<Integer> eraseSessions(Tx tx, Instant before, int most) {
        return tx.execute(ERASE_SESSIONS, at(before), most);
    }

    static Future<Long> countCodes(Sql sql, Instant before) {
        return count(sql, COUNT_CODES, before);
    }

    static Future<Integer> eraseCodes(Tx tx, Instant before, int most) {
        return tx.execute(ERASE_CODES, at(before), most);
    }

    private static Future<Long> count(Sql sql, String query, Instant before) {
        return sql.find(query, row -> row.getLong("rows"), at(before)).map(Optional::orElseThrow);
    }
}
