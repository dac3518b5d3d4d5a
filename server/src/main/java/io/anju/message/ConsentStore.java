package io.anju.message;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How many messages residents have consented to. */
final class ConsentStore {
    private static final String ACCEPT = """
            INSERT INTO message.consent AS c (resident_id, template_id, unused, accepted, answered_at)
            VALUES ($1, $2, 1, true, $3)
            ON CONFLICT (resident_id, template_id) DO UPDATE
               SET unused = least(c.unused + 1, $4), accepted = true, answered_at = excluded.answered_at
            """;

    private static final String REJECT = """
            INSERT INTO message.consent (resident_id, template_id, unused, accepted, answered_at)
            VALUES ($1, $2, 0, false, $3)
            ON CONFLICT (resident_id, template_id) DO UPDATE
               SET accepted = false, answered_at = excluded.answered_at
            """;

    private static final String OF = """
            SELECT resident_id, template_id, unused, accepted, answered_at
              FROM message.consent
             WHERE resident_id = $1
             ORDER BY template_id
             LIMIT 1000
            """;

    private static final String ANY = """
            SELECT EXISTS (SELECT
                             FROM message.consent
                            WHERE template_id = ANY ($1::text[]) AND unused > 0) AS given
            """;

    private static final String END = """
            UPDATE message.consent
               SET unused = 0
             WHERE resident_id = $1 AND template_id = $2 AND answered_at <= $3
            """;

    private static final String HELD = """
            SELECT template_id AS "templateId", unused, accepted, answered_at AS "answeredAt"
              FROM message.consent
             WHERE resident_id = $1
             ORDER BY template_id
             LIMIT 1000
            """;

    private static final String ERASE = "DELETE FROM message.consent WHERE resident_id = $1";

    private static final String HAND_OVER = """
            WITH moved AS (
                DELETE FROM message.consent WHERE resident_id = $1
                RETURNING template_id, unused, accepted, answered_at)
            INSERT INTO message.consent AS c (resident_id, template_id, unused, accepted, answered_at)
            SELECT $2, template_id, unused, accepted, answered_at
              FROM moved
            ON CONFLICT (resident_id, template_id) DO UPDATE
               SET unused = least(c.unused + excluded.unused, $3)
            """;

    /** One message more, up to the most. */
    Future<Void> accept(Tx tx, UUID residentId, String templateId, Instant now) {
        return tx.execute(ACCEPT, residentId, templateId, at(now), MessagePolicy.MOST_UNUSED)
                .mapEmpty();
    }

    Future<Void> reject(Tx tx, UUID residentId, String templateId, Instant now) {
        return tx.execute(REJECT, residentId, templateId, at(now)).mapEmpty();
    }

    Future<List<Consent>> of(Sql sql, UUID residentId) {
        return sql.list(OF, ConsentStore::consent, residentId);
    }

    /** Whether anybody at all has consented to a message of one of these templates. */
    Future<Boolean> any(Sql sql, List<String> templateIds) {
        return sql.find(ANY, row -> row.getBoolean("given"), (Object) templateIds.toArray(String[]::new))
                .map(Optional::orElseThrow);
    }

    /** WeChat says that there is no consent; what was answered after we asked may be another one. */
    Future<Void> end(Tx tx, UUID residentId, String templateId, Instant asked) {
        return tx.execute(END, residentId, templateId, at(asked)).mapEmpty();
    }

    Future<List<ObjectNode>> held(Sql sql, UUID residentId) {
        return HeldRows.list(sql, HELD, residentId);
    }

    Future<Void> erase(Tx tx, UUID residentId) {
        return tx.execute(ERASE, residentId).mapEmpty();
    }

    /** The user at WeChat is one of the other account's now. */
    Future<Void> handOver(Tx tx, UUID from, UUID to) {
        return tx.execute(HAND_OVER, from, to, MessagePolicy.MOST_UNUSED).mapEmpty();
    }

    private static Consent consent(Row row) {
        return new Consent(
                row.getUUID("resident_id"),
                row.getString("template_id"),
                row.getInteger("unused"),
                row.getBoolean("accepted"),
                instant(row, "answered_at"));
    }
}
