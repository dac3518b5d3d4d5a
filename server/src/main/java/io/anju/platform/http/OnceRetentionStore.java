package io.anju.platform.http;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stored answers whose period is over, and those of accounts that are erased. */
final class OnceRetentionStore {
    /** Answers of log-ins hold tokens: nobody asks for those again once they are no longer good. */
    private static final String[] TOKENS = {
        "logInWithWeChat",
        "logInWithPhone",
        "refreshSession",
        "logInStaff",
        "issuePartnerToken",
        "createStaffAccount",
        "resetStaffPassword",
        "appointProxy"
    };

    private static final String COUNT = """
            SELECT count(*) AS answers
              FROM platform.idempotency
             WHERE created_at < $1 AND ($2::text[] IS NULL OR operation = ANY ($2::text[]))
            """;

    private static final String ERASE = """
            SELECT platform.erase_answers($1, $2::text[], $3) AS erased
            """;

    private static final String FORGET = """
            SELECT platform.forget_answers($1)
            """;

    private OnceRetentionStore() {}

    static Future<Long> count(Sql sql, Instant before) {
        return count(sql, before, null);
    }

    static Future<Integer> erase(Tx tx, Instant before, int most) {
        return erase(tx, before, null, most);
    }

    static Future<Long> countTokens(Sql sql, Instant before) {
        return count(sql, before, TOKENS);
    }

    static Future<Integer> eraseTokens(Tx tx, Instant before, int most) {
        return erase(tx, before, TOKENS, most);
    }

    static Future<Void> forget(Tx tx, String scope) {
        return tx.run(FORGET, scope).mapEmpty();
    }

    private static Future<Long> count(Sql sql, Instant before, String @Nullable [] operations) {
        return sql.find(COUNT, row -> row.getLong("answers"), Columns.at(before), operations)
                .map(Optional::orElseThrow);
    }

    private static Future<Integer> erase(Tx tx, Instant before, String @Nullable [] operations, int most) {
        return tx.find(ERASE, row -> row.getInteger("erased"), Columns.at(before), operations, most)
                .map(Optional::orElseThrow);
    }
}
