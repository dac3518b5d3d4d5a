package io.anju.platform.jobs;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.UUID;

/** Events that others follow; written in the transaction that makes them true. */
public final class Outbox {
    private static final String INSERT = """
            INSERT INTO platform.outbox (topic, subject_id, payload)
            VALUES ($1, $2, $3::text::jsonb)
            """;

    private Outbox() {}

    /** Adds an event; the payload is JSON without personal data. */
    public static Future<Void> append(Tx tx, String topic, UUID subjectId, String payload) {
        return tx.execute(INSERT, topic, subjectId, payload).mapEmpty();
    }
}
