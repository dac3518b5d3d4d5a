package io.anju.platform.audit;

import io.anju.platform.crypto.Tree;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * One sealed batch.
 *
 * @param number 1, 2, 3 … without a gap
 * @param root of the tree over its rows in the order of their ids
 * @param previous hash of the batch before; zeros for the first
 */
record AuditBatch(long number, int rowCount, long lastId, byte[] root, byte[] previous, byte[] hash, Instant sealedAt) {
    private static final byte CHAIN = 2;

    /** What the first batch follows. */
    static final AuditBatch NONE = new AuditBatch(
            0, 0, 0, new byte[Tree.HASH_BYTES], new byte[Tree.HASH_BYTES], new byte[Tree.HASH_BYTES], Instant.EPOCH);

    static AuditBatch after(AuditBatch before, int rowCount, long lastId, byte[] root, Instant now) {
        var sealedAt = now.truncatedTo(ChronoUnit.MICROS);
        var batch = new AuditBatch(
                before.number() + 1, rowCount, lastId, root, before.hash(), new byte[Tree.HASH_BYTES], sealedAt);
        return new AuditBatch(batch.number(), rowCount, lastId, root, before.hash(), batch.computedHash(), sealedAt);
    }

    static AuditBatch of(Row row) {
        return new AuditBatch(
                row.getLong("number"),
                row.getInteger("row_count"),
                row.getLong("last_id"),
                row.getBuffer("root").getBytes(),
                row.getBuffer("previous").getBytes(),
                row.getBuffer("hash").getBytes(),
                row.getOffsetDateTime("sealed_at").toInstant());
    }

    /** What the hash must be, from everything else. */
    byte[] computedHash() {
        var head = ByteBuffer.allocate(1 + 3 * Long.BYTES + Integer.BYTES)
                .put(CHAIN)
                .putLong(number)
                .putInt(rowCount)
                .putLong(lastId)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, sealedAt))
                .array();
        return Tree.sha256(head, previous, root);
    }

    Object[] columns() {
        return new Object[] {
            number,
            rowCount,
            lastId,
            Buffer.buffer(root),
            Buffer.buffer(previous),
            Buffer.buffer(hash),
            sealedAt.atOffset(ZoneOffset.UTC)
        };
    }
}
