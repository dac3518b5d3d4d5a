package io.anju.platform.http;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Stored answers whose period is over, and those of accounts that are erased. */
final class OnceRetentionStore {
    private static final String OLD = " FROM platform.idempotency WHERE created_at < $1";

    /** Answers of log-ins hold tokens: nobody asks for those again once they are no longer good. */
    private static final String OLD_TOKENS = OLD + """
               AND operation IN ('logInWithWeChat', 'logInWithPhone', 'refreshSession', 'logInStaff',
                                 'issuePartnerToken', 'createStaffAccount', 'resetStaffPassword', 'appointProxy')
            """;

    private static final String COUNT = "SELECT count(*) AS rows" + OLD;

    private static final String COUNT_TOKENS = "SELECT count(*) AS rows" + OLD_TOKENS;

    private static final String ERASE = erasing(OLD);

    private static final String ERASE_TOKENS = erasing(OLD_TOKENS);

    private static final String FORGET = "DELETE FROM platform.idempotency WHERE scope = $1";

    private OnceRetentionStore() {}

    private static String erasing(String which) {
        return "DELETE FROM platform.idempotency WHERE ctid = ANY (ARRAY(SELECT ctid" + which + " LIMIT $2))";
    }

    static Future<Long> count(Sql sql, Instant before) {
        return sql.find(COUNT, row -> row.getLong("rows"), Columns.at(before)).map(Optional::orElseThrow);
    }

    static Future<Integer> erase(Tx tx, Instant before, int most) {
        return tx.execute(ERASE, Columns.at(before), most);
    }

    static Future<Long> countTokens(Sql sql, Instant before) {
        return sql.find(COUNT_TOKENS, row -> row.getLong("rows"), Columns.at(before))
                .map(Optional::orElseThrow);
    }

    static Future<Integer> eraseTokens(Tx tx, Instant before, int most) {
        return tx.execute(ERASE_TOKENS, Columns.at(before), most);
    }

    static Future<Void> forget(Tx tx, String scope) {
        return tx.execute(FORGET, scope).mapEmpty();
    }
}
