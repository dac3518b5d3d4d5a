package io.anju.platform.audit;

import io.anju.platform.crypto.Tree;
import io.vertx.sqlclient.Row;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One row as it is hashed: every column, each after its length, so that no two rows give the same bytes. */
record AuditRow(
        long id,
        Instant at,
        String actorKind,
        @Nullable UUID actorId,
        @Nullable String office,
        String action,
        String subjectType,
        UUID subjectId,
        @Nullable String reason,
        @Nullable UUID onBehalfOf,
        @Nullable String purpose) {

    static AuditRow of(Row row) {
        return new AuditRow(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor_kind"),
                row.getUUID("actor_id"),
                row.getString("office"),
                row.getString("action"),
                row.getString("subject_type"),
                row.getUUID("subject_id"),
                row.getString("reason"),
                row.getUUID("on_behalf_of"),
                row.getString("purpose"));
    }

    byte[] hash() {
        var bytes = new ByteArrayOutputStream();
        put(bytes, Long.toString(id));
        put(bytes, Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at)));
        put(bytes, actorKind);
        put(bytes, actorId == null ? null : actorId.toString());
        put(bytes, office);
        put(bytes, action);
        put(bytes, subjectType);
        put(bytes, subjectId.toString());
        put(bytes, reason);
        // rows of before there were proxies keep their hash
        if (onBehalfOf != null) {
            put(bytes, onBehalfOf.toString());
        }
        // as above; the name keeps it apart from the represented
        if (purpose != null) {
            put(bytes, "purpose");
            put(bytes, purpose);
        }
        return Tree.leaf(bytes.toByteArray());
    }

    private static void put(ByteArrayOutputStream bytes, @Nullable String text) {
        if (text == null) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(-1).array());
            return;
        }
        var content = text.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        bytes.writeBytes(content);
    }
}
