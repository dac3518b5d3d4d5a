package io.anju.rights;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findInstant;
import static io.anju.platform.db.Columns.instant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code rights.export}. */
final class ExportStore {
    static final String TABLE = "rights.export";
    private static final String CONTENT = "content";

    private static final String INSERT = """
            INSERT INTO rights.export (id, resident_id, requested_at, expires_at)
            SELECT $1, $2, $3, $4
             WHERE NOT EXISTS (
                SELECT FROM rights.export WHERE resident_id = $2 AND ready_at IS NULL AND expires_at > $3)
            """;

    private static final String FIND = """
            SELECT id, resident_id, requested_at, expires_at, ready_at, size_bytes
              FROM rights.export
             WHERE id = $1 AND resident_id = $2 AND expires_at > $3
            """;

    private static final String FIND_TO_MAKE = """
            SELECT id, resident_id, requested_at, expires_at, ready_at, size_bytes
              FROM rights.export
             WHERE id = $1 AND ready_at IS NULL
               FOR UPDATE
            """;

    private static final String MADE = """
            UPDATE rights.export SET ready_at = $2, content = $3, size_bytes = $4 WHERE id = $1 AND ready_at IS NULL
            """;

    private static final String OPEN = """
            SELECT content FROM rights.export WHERE id = $1 AND content IS NOT NULL
            """;

    private static final String ERASE = """
            DELETE FROM rights.export WHERE resident_id = $1
            """;

    private static final String LIST_OF = """
            SELECT id AS "exportId", requested_at AS "requestedAt", ready_at AS "readyAt", expires_at AS "expiresAt"
              FROM rights.export
             WHERE resident_id = $1
             ORDER BY id
             LIMIT 100
            """;

    private static final String RECORDS = """
            SELECT at, actor_kind AS actor, office, action, subject_type AS "subjectType", reason
              FROM platform.audit
             WHERE actor_id = $1 OR subject_id = $1
             ORDER BY id DESC
             LIMIT 10000
            """;

    private static final String COUNT_EXPIRED = "SELECT count(*) AS rows FROM rights.export WHERE expires_at < $1";

    private static final String ERASE_EXPIRED = """
            DELETE FROM rights.export
             WHERE id IN (SELECT id FROM rights.export WHERE expires_at < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
            """;

    private final Vault vault;

    ExportStore(Vault vault) {
        this.vault = vault;
    }

    static Future<Long> countExpired(Sql sql, Instant before) {
        return sql.find(COUNT_EXPIRED, row -> row.getLong("rows"), at(before)).map(Optional::orElseThrow);
    }

    static Future<Integer> eraseExpired(Tx tx, Instant before, int most) {
        return tx.execute(ERASE_EXPIRED, at(before), most);
    }

    /** Gives whether it was entered: not while another of the same resident is being made. */
    Future<Boolean> insert(Tx tx, DataExport export) {
        return tx.execute(INSERT, export.id(), export.residentId(), at(export.requestedAt()), at(export.expiresAt()))
                .map(rows -> rows > 0);
    }

    Future<Optional<DataExport>> find(Sql sql, UUID id, UUID residentId, Instant now) {
        return sql.find(FIND, ExportStore::export, id, residentId, at(now));
    }

    Future<Optional<DataExport>> findToMake(Tx tx, UUID id) {
        return tx.find(FIND_TO_MAKE, ExportStore::export, id);
    }

    Future<Void> made(Tx tx, UUID id, byte[] content, Instant now) {
        var sealed = vault.seal(TABLE, CONTENT, id, content);
        return tx.execute(MADE, id, at(now), bytes(sealed), (long) content.length)
                .mapEmpty();
    }

    Future<byte[]> open(Sql sql, UUID id) {
        return sql.find(OPEN, row -> vault.open(TABLE, CONTENT, id, bytes(row, CONTENT)), id)
                .map(Optional::orElseThrow);
    }

    Future<Void> erase(Tx tx, UUID residentId) {
        return tx.execute(ERASE, residentId).mapEmpty();
    }

    Future<List<ObjectNode>> listOf(Sql sql, UUID residentId) {
        return HeldRows.list(sql, LIST_OF, residentId);
    }

    /** What is on record of what the account did, and of what was done to it. */
    Future<List<ObjectNode>> records(Sql sql, UUID residentId) {
        return HeldRows.list(sql, RECORDS, residentId);
    }

    private static DataExport export(Row row) {
        return new DataExport(
                row.getUUID("id"),
                row.getUUID("resident_id"),
                instant(row, "requested_at"),
                instant(row, "expires_at"),
                findInstant(row, "ready_at").orElse(null),
                row.getLong("size_bytes"));
    }
}
