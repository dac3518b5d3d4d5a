package io.anju.platform.audit;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of the audit rows and their seals. */
final class AuditStore {
    /** A row of a batch: its stored hash, and the row itself where it is still there. */
    record Leaf(long auditId, byte[] hash, @Nullable AuditRow row) {}

    private static final String INSERT = """
            INSERT INTO platform.audit
                   (actor_kind, actor_id, on_behalf_of, office, action, subject_type, subject_id, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    /** One sealer at a time: 'anju' and 'audi' in ASCII. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(1634625141, 1635083369)";

    private static final String LAST_BATCH = """
            SELECT number, row_count, last_id, root, previous, hash, sealed_at
              FROM platform.audit_batch
             ORDER BY number DESC
             LIMIT 1
            """;

    private static final String UNSEALED = """
            SELECT id, at, actor_kind, actor_id, office, action, subject_type, subject_id, reason, on_behalf_of,
                   purpose
              FROM platform.audit
             WHERE id > $1
               AND NOT EXISTS (SELECT FROM platform.audit_leaf WHERE audit_id = audit.id)
             ORDER BY id
             LIMIT $2
            """;

    private static final String INSERT_BATCH = """
            INSERT INTO platform.audit_batch (number, row_count, last_id, root, previous, hash, sealed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String INSERT_LEAF = """
            INSERT INTO platform.audit_leaf (audit_id, batch, hash)
            VALUES ($1, $2, $3)
            """;

    private static final String BATCHES_AFTER = """
            SELECT number, row_count, last_id, root, previous, hash, sealed_at
              FROM platform.audit_batch
             WHERE number > $1
             ORDER BY number
             LIMIT 1
            """;

    private static final String LEAVES = """
            SELECT leaf.audit_id, leaf.hash, audit.id, audit.at, audit.actor_kind, audit.actor_id, audit.office,
                   audit.action, audit.subject_type, audit.subject_id, audit.reason, audit.on_behalf_of, audit.purpose
              FROM platform.audit_leaf AS leaf
              LEFT JOIN platform.audit ON audit.id = leaf.audit_id
             WHERE leaf.batch = $1
             ORDER BY leaf.audit_id
            """;

    private static final String COUNT_UNSEALED = """
            SELECT count(*) AS rows
              FROM platform.audit
             WHERE NOT EXISTS (SELECT FROM platform.audit_leaf WHERE audit_id = audit.id)
            """;

    private AuditStore() {}

    static Future<Void> insert(
            Sql sql,
            String actorKind,
            @Nullable UUID actorId,
            @Nullable UUID onBehalfOf,
            @Nullable String office,
            String action,
            String subjectType,
            UUID subjectId,
            @Nullable String reason) {
        return sql.execute(INSERT, actorKind, actorId, onBehalfOf, office, action, subjectType, subjectId, reason)
                .mapEmpty();
    }

    static Future<Void> lock(Tx tx) {
        return tx.run(LOCK).mapEmpty();
    }

    static Future<AuditBatch> lastBatch(Tx tx) {
        return tx.find(LAST_BATCH, AuditBatch::of).map(found -> found.orElse(AuditBatch.NONE));
    }

    static Future<List<AuditRow>> unsealed(Tx tx, long afterId, int most) {
        return tx.list(UNSEALED, AuditRow::of, afterId, most);
    }

    static Future<Void> insertBatch(Tx tx, AuditBatch batch) {
        return tx.execute(INSERT_BATCH, batch.columns()).mapEmpty();
    }

    static Future<Void> insertLeaves(Tx tx, AuditBatch batch, List<AuditRow> rows) {
        return tx.batch(
                INSERT_LEAF,
                rows.stream()
                        .map(row -> Tuple.of(row.id(), batch.number(), Buffer.buffer(row.hash())))
                        .toList());
    }

    static Future<Optional<AuditBatch>> batchAfter(Sql sql, long number) {
        return sql.find(BATCHES_AFTER, AuditBatch::of, number);
    }

    static Future<List<Leaf>> leaves(Sql sql, AuditBatch batch) {
        return sql.list(LEAVES, AuditStore::leaf, batch.number());
    }

    static Future<Long> countUnsealed(Sql sql) {
        return sql.find(COUNT_UNSEALED, row -> row.getLong("rows")).map(found -> found.orElse(0L));
    }

    private static Leaf leaf(Row row) {
        return new Leaf(
                row.getLong("audit_id"),
                row.getBuffer("hash").getBytes(),
                row.getLong("id") == null ? null : AuditRow.of(row));
    }
}
