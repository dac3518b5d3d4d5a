package io.anju.application;

import static io.anju.platform.db.Columns.at;

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

    private static final String ERASING = """
            ),
            gone AS (
                DELETE FROM application.draft WHERE application_id IN (SELECT id FROM mine)),
            files AS (
                DELETE FROM application.attachment WHERE application_id IN (SELECT id FROM mine)
                RETURNING file_key),
            loose AS (
                INSERT INTO application.loose_file (file_key, since) SELECT file_key, $2 FROM files),
            moved AS (
                UPDATE application.application
                   SET state = 'withdrawn', version = version + 1, updated_at = $2
                 WHERE id IN (SELECT id FROM mine) AND state = 'draft'
                RETURNING id, version),
            told AS (
                INSERT INTO application.event (application_id, version, at, kind, actor_kind, from_state, to_state)
                SELECT id, version, $2, 'withdrawn', 'system', 'draft', 'withdrawn' FROM moved)
            SELECT (SELECT count(*) FROM mine)::integer AS erased
            """;

    /** The household and its documents go, the bytes with the next sweep; that there was a draft stays. */
    private static final String ERASE_DRAFTS = """
            WITH mine AS (
                SELECT id FROM application.application
                 WHERE resident_id = $1 AND submissions = 0
                   FOR UPDATE
            """ + ERASING;

    private static final String UNTOUCHED = """
              FROM application.application a
             WHERE a.submissions = 0 AND a.updated_at < $1
               AND EXISTS (SELECT FROM application.draft d WHERE d.application_id = a.id)
            """;

    private static final String COUNT_UNTOUCHED = "SELECT count(*) AS rows " + UNTOUCHED;

    private static final String ERASE_UNTOUCHED =
            "WITH mine AS (SELECT a.id " + UNTOUCHED + " ORDER BY a.id LIMIT $3 FOR UPDATE OF a SKIP LOCKED" + ERASING;

    private static final String GOING_ON = """
            SELECT 1
              FROM application.application
             WHERE resident_id = $1 AND state NOT IN ('draft', 'refused', 'registered', 'withdrawn')
             LIMIT 1
            """;

    /** Drafts that were begun beside the joining or the end of their account. */
    private static final String ORPHANED = """
            SELECT a.id, a.resident_id, g.merged_into
              FROM application.application a
              JOIN identity.gone_account g USING (resident_id)
             WHERE a.submissions = 0 AND a.state = 'draft'
             ORDER BY a.id
             LIMIT $1
            """;

    /** A draft whose account was joined to another, or has ended. */
    record Orphan(UUID residentId, @Nullable UUID mergedInto) {}

    Future<List<Orphan>> orphaned(Sql sql, int limit) {
        return sql.list(ORPHANED, row -> new Orphan(row.getUUID("resident_id"), row.getUUID("merged_into")), limit);
    }

    Future<Integer> eraseDrafts(Tx tx, UUID residentId, Instant now) {
        return tx.find(ERASE_DRAFTS, row -> row.getInteger("erased"), residentId, at(now))
                .map(Optional::orElseThrow);
    }

    static Future<Long> countUntouched(Sql sql, Instant before) {
        return sql.find(COUNT_UNTOUCHED, row -> row.getLong("rows"), at(before)).map(Optional::orElseThrow);
    }

    /** Erased as of the instant before which nobody touched them: that is when their time was over. */
    static Future<Integer> eraseUntouched(Tx tx, Instant before, int most) {
        return tx.find(ERASE_UNTOUCHED, row -> row.getInteger("erased"), at(before), at(before), most)
                .map(Optional::orElseThrow);
    }

    Future<Boolean> isGoingOn(Sql sql, UUID residentId) {
        return sql.find(GOING_ON, row -> true, residentId).map(Optional::isPresent);
    }

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
        return FileView.byOffices(sql, READINGS, residentId, before, limit);
    }

    Future<Integer> handOverDrafts(Tx tx, UUID from, UUID to, Instant now) {
        return tx.execute(HAND_OVER_DRAFTS, from, to, at(now));
    }

    Future<Boolean> hasAny(Sql sql, UUID residentId) {
        return sql.find(HAS_ANY, row -> true, residentId).map(Optional::isPresent);
    }
}
