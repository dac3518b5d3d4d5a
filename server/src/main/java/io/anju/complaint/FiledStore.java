package io.anju.complaint;

import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.complaint.Complaint.Content;
import io.anju.identity.FileView;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of this room as those of one account. */
final class FiledStore {
    private static final String COMPLAINTS = """
            SELECT id AS "complaintId", number, kind, category, state, filed_on AS "filedOn", content
              FROM complaint.complaint
             WHERE resident_id = $1
             ORDER BY id
             LIMIT 10000
            """;

    private static final String EVENTS = """
            SELECT e.id AS "eventId", c.number, e.kind, e.at, e.reason, e.content
              FROM complaint.event AS e
              JOIN complaint.complaint AS c ON c.id = e.complaint_id
             WHERE c.resident_id = $1 AND NOT e.inside
             ORDER BY e.complaint_id, e.seq
             LIMIT 10000
            """;

    private static final String JOINED = """
            SELECT c.number, s.joined_at AS "joinedAt"
              FROM complaint.supporter AS s
              JOIN complaint.complaint AS c ON c.id = s.complaint_id
             WHERE s.resident_id = $1
             ORDER BY s.complaint_id
             LIMIT 10000
            """;

    private static final String DOCUMENTS = """
            SELECT a.id AS "attachmentId", c.number, a.media_type AS "mediaType", a.size_bytes AS "sizeBytes",
                   a.uploaded_at AS "uploadedAt"
              FROM complaint.attachment AS a
              JOIN complaint.complaint AS c ON c.id = a.complaint_id
             WHERE c.resident_id = $1
             ORDER BY a.complaint_id, a.id
             LIMIT 10000
            """;

    private static final String RATINGS = """
            SELECT r.answer_id AS "eventId", c.number, r.stars, r.content, r.rated_at AS "ratedAt"
              FROM complaint.rating AS r
              JOIN complaint.complaint AS c ON c.id = r.complaint_id
             WHERE c.resident_id = $1
             ORDER BY r.complaint_id, r.answer_id
             LIMIT 10000
            """;

    private static final String VIEWS = """
            SELECT v.id, v.at, v.office, v.reason, NULL::uuid AS application_id
              FROM complaint.view AS v
              JOIN complaint.complaint AS c ON c.id = v.complaint_id
             WHERE c.resident_id = $1 AND ($2::uuid IS NULL OR v.id < $2)
             ORDER BY v.id DESC
             LIMIT $3
            """;

    private static final String HAS_OPEN = """
            SELECT 1
              FROM complaint.complaint
             WHERE resident_id = $1 AND state IN ('received', 'handling', 'in_review')
             LIMIT 1
            """;

    private static final String HAND_OVER =
            "UPDATE complaint.complaint SET resident_id = $2, version = version + 1 WHERE resident_id = $1";

    /** Whoever joined with both accounts stays on it once. */
    private static final String HAND_OVER_JOINED = """
            UPDATE complaint.supporter AS s
               SET resident_id = $2
             WHERE s.resident_id = $1
               AND NOT EXISTS (SELECT
                                 FROM complaint.supporter AS t
                                WHERE t.complaint_id = s.complaint_id AND t.resident_id = $2)
            """;

    private final Vault vault;

    FiledStore(Vault vault) {
        this.vault = vault;
    }

    Future<List<ObjectNode>> complaints(Sql sql, UUID residentId) {
        return HeldRows.list(
                sql,
                COMPLAINTS,
                (row, node) -> {
                    var content = vault.openJson(
                            "complaint.complaint",
                            "content",
                            row.getUUID("complaintId"),
                            bytes(row, "content"),
                            Content.class);
                    node.put("text", content.text());
                    if (content.contact() != null) {
                        node.put("contact", content.contact());
                    }
                },
                residentId);
    }

    Future<List<ObjectNode>> events(Sql sql, UUID residentId) {
        return HeldRows.list(sql, EVENTS, (row, node) -> putText("complaint.event", row, node), residentId);
    }

    /** What somebody wrote, where they did. */
    private void putText(String table, Row row, ObjectNode node) {
        findBytes(row, "content")
                .ifPresent(
                        kept -> node.put("text", vault.openPaddedText(table, "content", row.getUUID("eventId"), kept)));
    }

    Future<List<ObjectNode>> joined(Sql sql, UUID residentId) {
        return HeldRows.list(sql, JOINED, residentId);
    }

    /** Of files what they are; the bytes are fetched one by one. */
    Future<List<ObjectNode>> documents(Sql sql, UUID residentId) {
        return HeldRows.list(sql, DOCUMENTS, residentId);
    }

    Future<List<ObjectNode>> ratings(Sql sql, UUID residentId) {
        return HeldRows.list(sql, RATINGS, (row, node) -> putText("complaint.rating", row, node), residentId);
    }

    Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return FileView.byOffices(sql, VIEWS, residentId, before, limit);
    }

    Future<Boolean> hasOpen(Sql sql, UUID residentId) {
        return sql.find(HAS_OPEN, row -> true, residentId).map(Optional::isPresent);
    }

    Future<Void> handOver(Tx tx, UUID from, UUID to) {
        return tx.execute(HAND_OVER, from, to).mapEmpty();
    }

    Future<Void> handOverJoined(Tx tx, UUID from, UUID to) {
        return tx.execute(HAND_OVER_JOINED, from, to).mapEmpty();
    }
}
