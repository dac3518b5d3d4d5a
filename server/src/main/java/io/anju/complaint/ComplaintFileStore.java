package io.anju.complaint;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.complaint.ComplaintFiles.Attachment;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code complaint.attachment}. */
final class ComplaintFileStore {
    private static final String COLUMNS = """
            SELECT id, complaint_id, media_type, size_bytes, sha256, file_key, padded, uploaded_at
              FROM complaint.attachment
            """;

    /** The bytes are needed from now on, so they are loose no more. */
    private static final String INSERT = """
            WITH bound AS (
                DELETE FROM complaint.loose_file WHERE file_key = $6)
            INSERT INTO complaint.attachment (id, complaint_id, media_type, size_bytes, sha256, file_key, uploaded_at, padded)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private static final String BIND = "DELETE FROM complaint.loose_file WHERE file_key = $1";

    private static final String LOOSEN = "INSERT INTO complaint.loose_file (file_key, since) VALUES ($1, '-infinity')";

    private static final String LIST = COLUMNS + " WHERE complaint_id = $1 ORDER BY uploaded_at, id LIMIT 20";

    private static final String FIND = COLUMNS + " WHERE complaint_id = $1 AND id = $2";

    Future<Void> insert(Tx tx, Attachment file) {
        return tx.execute(
                        INSERT,
                        file.id(),
                        file.complaintId(),
                        file.mediaType(),
                        file.sizeBytes(),
                        file.sha256(),
                        file.fileKey(),
                        at(file.addedAt()),
                        file.padded())
                .mapEmpty();
    }

    /** The bytes are needed by a row that is none of an attachment's yet. */
    Future<Void> bind(Tx tx, String fileKey) {
        return tx.execute(BIND, fileKey).mapEmpty();
    }

    /** The bytes are needed no more, and go with the next sweep. */
    Future<Void> loosen(Tx tx, String fileKey) {
        return tx.execute(LOOSEN, fileKey).mapEmpty();
    }

    Future<List<Attachment>> list(Sql sql, UUID complaintId) {
        return sql.list(LIST, ComplaintFileStore::attachment, complaintId);
    }

    Future<Optional<Attachment>> find(Sql sql, UUID complaintId, UUID id) {
        return sql.find(FIND, ComplaintFileStore::attachment, complaintId, id);
    }

    private static Attachment attachment(Row row) {
        return new Attachment(
                row.getUUID("id"),
                row.getUUID("complaint_id"),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getString("file_key"),
                row.getBoolean("padded"),
                instant(row, "uploaded_at"));
    }
}
