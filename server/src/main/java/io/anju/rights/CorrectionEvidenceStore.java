package io.anju.rights;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.rights.CorrectionEvidence.Paper;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code rights.attachment}. */
final class CorrectionEvidenceStore {
    private static final String COLUMNS = """
            SELECT id, correction_id, media_type, size_bytes, sha256, file_key, uploaded_at
              FROM rights.attachment
            """;

    /** The bytes are needed from now on, so they are loose no more. */
    private static final String INSERT = """
            WITH bound AS (
                DELETE FROM rights.loose_file WHERE file_key = $6)
            INSERT INTO rights.attachment (id, correction_id, media_type, size_bytes, sha256, file_key, uploaded_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String LIST = COLUMNS + " WHERE correction_id = $1 ORDER BY uploaded_at, id LIMIT 10";

    private static final String FIND = COLUMNS + " WHERE correction_id = $1 AND id = $2";

    /** Of requests that go with the account. */
    private static final String LOOSEN = """
            INSERT INTO rights.loose_file (file_key, since)
            SELECT a.file_key, '-infinity'
              FROM rights.attachment a
              JOIN rights.correction c ON c.id = a.correction_id
             WHERE c.resident_id = $1 AND c.subject IN ('identity', 'contact')
            """;

    Future<Void> insert(Tx tx, Paper paper) {
        return tx.execute(
                        INSERT,
                        paper.id(),
                        paper.correctionId(),
                        paper.mediaType(),
                        paper.sizeBytes(),
                        paper.sha256(),
                        paper.fileKey(),
                        at(paper.addedAt()))
                .mapEmpty();
    }

    Future<List<Paper>> list(Sql sql, UUID correctionId) {
        return sql.list(LIST, CorrectionEvidenceStore::paper, correctionId);
    }

    Future<Optional<Paper>> find(Sql sql, UUID correctionId, UUID id) {
        return sql.find(FIND, CorrectionEvidenceStore::paper, correctionId, id);
    }

    /** The bytes go with the next sweep. */
    Future<Void> loosen(Tx tx, UUID residentId) {
        return tx.execute(LOOSEN, residentId).mapEmpty();
    }

    private static Paper paper(Row row) {
        return new Paper(
                row.getUUID("id"),
                row.getUUID("correction_id"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getString("file_key"),
                instant(row, "uploaded_at"));
    }
}
