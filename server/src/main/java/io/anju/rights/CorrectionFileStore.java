package io.anju.rights;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.identity.FileView;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.rights.Correction.Content;
import io.anju.rights.Correction.Reason;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Corrections as those of one account, and who opened them. */
final class CorrectionFileStore {
    private static final String INSERT_VIEW = """
            INSERT INTO rights.correction_view (id, correction_id, at, staff_id, office, reason)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String VIEWS = """
            SELECT v.id, v.at, v.office, v.reason,
                   CASE c.subject WHEN 'application' THEN c.subject_id END AS application_id
              FROM rights.correction_view v
              JOIN rights.correction c ON c.id = v.correction_id
             WHERE c.resident_id = $1 AND ($2::uuid IS NULL OR v.id < $2)
             ORDER BY v.id DESC
             LIMIT $3
            """;

    private static final String CORRECTIONS = """
            SELECT id AS "correctionId", subject, state, requested_at AS "requestedAt", due_on AS "dueOn",
                   decided_at AS "decidedAt", office, by_proxy AS "proxy", content, decision
              FROM rights.correction
             WHERE resident_id = $1
             ORDER BY id
             LIMIT 10000
            """;

    private static final String DOCUMENTS = """
            SELECT a.id AS "attachmentId", a.correction_id AS "correctionId", a.media_type AS "mediaType",
                   a.size_bytes AS "sizeBytes", a.sha256, a.uploaded_at AS "uploadedAt"
              FROM rights.attachment a
              JOIN rights.correction c ON c.id = a.correction_id
             WHERE c.resident_id = $1
             ORDER BY a.id
             LIMIT 10000
            """;

    private static final String HAS_OPEN =
            "SELECT 1 FROM rights.correction WHERE resident_id = $1 AND state = 'requested' LIMIT 1";

    private static final String HAND_OVER = "UPDATE rights.correction SET resident_id = $2 WHERE resident_id = $1";

    /** What concerns the account alone; the others belong to a file. */
    private static final String ERASE =
            "DELETE FROM rights.correction WHERE resident_id = $1 AND subject IN ('identity', 'contact')";

    private final Vault vault;

    CorrectionFileStore(Vault vault) {
        this.vault = vault;
    }

    Future<Void> insertView(Tx tx, AreaCaller caller, UUID correctionId, String reason, Instant now) {
        return tx.execute(
                        INSERT_VIEW,
                        Ids.next(now),
                        correctionId,
                        at(now),
                        caller.id(),
                        caller.office().name(),
                        reason)
                .mapEmpty();
    }

    Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return FileView.byOffices(sql, VIEWS, residentId, before, limit);
    }

    Future<List<ObjectNode>> corrections(Sql sql, UUID residentId) {
        return HeldRows.list(
                sql,
                CORRECTIONS,
                (row, node) -> {
                    var id = row.getUUID("correctionId");
                    put(node, open(CorrectionStore.CONTENT, id, bytes(row, CorrectionStore.CONTENT), Content.class));
                    findBytes(row, CorrectionStore.DECISION)
                            .ifPresent(told -> put(node, open(CorrectionStore.DECISION, id, told, Reason.class)));
                },
                residentId);
    }

    private <T> T open(String column, UUID id, byte[] sealed, Class<T> type) {
        return vault.openJson(CorrectionStore.TABLE, column, id, sealed, type);
    }

    /** Of files what they are; the bytes are fetched one by one. */
    Future<List<ObjectNode>> documents(Sql sql, UUID residentId) {
        return HeldRows.list(sql, DOCUMENTS, residentId);
    }

    private static void put(ObjectNode node, Reason reason) {
        put(node, "finding", reason.finding());
        put(node, "basis", reason.basis());
        put(node, "evidenceNumber", reason.evidenceNumber());
        put(node, "remedy", reason.remedy());
    }

    private static void put(ObjectNode node, Content content) {
        put(node, "item", content.item());
        put(node, "stated", content.stated());
        put(node, "correct", content.correct());
        put(node, "reason", content.reason());
        put(node, "evidence", content.evidence());
        put(node, "contactPhone", content.phone());
        put(node, "address", content.addressLine());
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    Future<Boolean> hasOpen(Sql sql, UUID residentId) {
        return sql.find(HAS_OPEN, row -> true, residentId).map(Optional::isPresent);
    }

    Future<Void> handOver(Tx tx, UUID from, UUID to) {
        return tx.execute(HAND_OVER, from, to).mapEmpty();
    }

    Future<Void> erase(Tx tx, UUID residentId) {
        return tx.execute(ERASE, residentId).mapEmpty();
    }
}
