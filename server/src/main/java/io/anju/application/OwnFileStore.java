package io.anju.application;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code application.application} as those of one account. */
final class OwnFileStore {
    private static final String HAND_OVER_DRAFTS = """
            UPDATE application.application
               SET resident_id = $2, version = version + 1, updated_at = $3
             WHERE resident_id = $1 AND submissions = 0
            """;

    private static final String HAS_ANY = """
            SELECT 1 FROM application.application WHERE resident_id = $1 LIMIT 1
            """;

    Future<Integer> handOverDrafts(Tx tx, UUID from, UUID to, Instant now) {
        return tx.execute(HAND_OVER_DRAFTS, from, to, at(now));
    }

    Future<Boolean> hasAny(Sql sql, UUID residentId) {
        return sql.find(HAS_ANY, row -> true, residentId).map(Optional::isPresent);
    }
}
