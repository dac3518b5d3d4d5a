package io.anju.application;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.identity.FileView;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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

    private static final String READINGS = """
            SELECT r.id, r.at, r.office, r.reason, r.application_id
              FROM application.reading r
              JOIN application.application a ON a.id = r.application_id
             WHERE a.resident_id = $1 AND ($2::uuid IS NULL OR r.id < $2)
             ORDER BY r.id DESC
             LIMIT $3
            """;

    /** Who opened the files of this resident, the newest first. */
    Future<List<FileView>> readings(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(
                READINGS,
                row -> new FileView(
                        row.getUUID("id"),
                        instant(row, "at"),
                        FileView.Viewer.OFFICE,
                        row.getString("office"),
                        row.getString("reason"),
                        row.getUUID("application_id")),
                residentId,
                before,
                limit);
    }

    Future<Integer> handOverDrafts(Tx tx, UUID from, UUID to, Instant now) {
        return tx.execute(HAND_OVER_DRAFTS, from, to, at(now));
    }

    Future<Boolean> hasAny(Sql sql, UUID residentId) {
        return sql.find(HAS_ANY, row -> true, residentId).map(Optional::isPresent);
    }
}
