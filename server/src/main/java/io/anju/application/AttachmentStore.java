package io.anju.application;

import static io.anju.application.ApplicationStore.at;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of documents. */
final class AttachmentStore {
    private static final String TABLE = "application.attachment";

    private static final String COLUMNS =
            "id, application_id, kind, file_name, media_type, size_bytes, sha256, file_key, uploaded_at, handed_in";

    /** The bytes are needed from now on, so they are loose no more. */
    private static final String INSERT = """
            WITH bound AS (
                DELETE FROM application.loose_file WHERE file_key = $8)
            INSERT INTO application.attachment (id, application_id, kind, file_name, media_type, size_bytes, sha256,
                                                file_key, uploaded_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    private static final String LIST = "SELECT " + COLUMNS
            + " FROM application.attachment WHERE application_id = $1 ORDER BY uploaded_at, id LIMIT 60";

    private static final String DOCUMENTS =
            "SELECT kind, sha256 FROM application.attachment WHERE application_id = $1 LIMIT 60";

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM application.attachment WHERE application_id = $1 AND id = $2";

    private static final String DELETE = """
            WITH gone AS (
                DELETE FROM application.attachment WHERE application_id = $1 AND id = $2
                RETURNING file_key)
            INSERT INTO application.loose_file (file_key, since)
            SELECT file_key, $3 FROM gone
            """;

    private final Vault vault;

    AttachmentStore(Vault vault) {
        this.vault = vault;
    }

    Future<Void> insert(Tx tx, Attachment attachment) {
        var fileName = vault.sealText(TABLE, "file_name", attachment.id(), attachment.fileName());
        return tx.execute(
                        INSERT,
                        attachment.id(),
                        attachment.applicationId(),
                        attachment.kind(),
                        Buffer.buffer(fileName),
                        attachment.mediaType(),
                        attachment.sizeBytes(),
                        attachment.sha256(),
                        attachment.fileKey(),
                        at(attachment.uploadedAt()))
                .mapEmpty();
    }

    /** In the order of their upload. */
    Future<List<Attachment>> list(Sql sql, UUID applicationId) {
        return sql.list(LIST, this::attachment, applicationId);
    }

    /** What a submission says of the documents, ordered by kind and digest; opens nothing. */
    Future<List<Submission.Document>> documents(Sql sql, UUID applicationId) {
        return sql.list(
                        DOCUMENTS,
                        row -> new Submission.Document(row.getString("kind"), row.getString("sha256")),
                        applicationId)
                .map(found -> found.stream()
                        .sorted(Comparator.comparing(Submission.Document::kind)
                                .thenComparing(Submission.Document::sha256))
                        .toList());
    }

    Future<Optional<Attachment>> find(Sql sql, UUID applicationId, UUID id) {
        return sql.find(FIND, this::attachment, applicationId, id);
    }

    Future<Void> delete(Tx tx, UUID applicationId, UUID id, Instant now) {
        return tx.execute(DELETE, applicationId, id, at(now)).mapEmpty();
    }

    private Attachment attachment(Row row) {
        var id = row.getUUID("id");
        return new Attachment(
                id,
                row.getUUID("application_id"),
                row.getString("kind"),
                vault.openText(
                        TABLE, "file_name", id, row.getBuffer("file_name").getBytes()),
                row.getString("media_type"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getString("file_key"),
                row.getOffsetDateTime("uploaded_at").toInstant(),
                row.getBoolean("handed_in"));
    }
}
