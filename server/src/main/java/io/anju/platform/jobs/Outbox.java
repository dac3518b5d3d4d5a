package io.anju.platform.jobs;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Events that others follow; written in the transaction that makes them true.
 *
 * <p>Readers go by transaction number and only as far as every running transaction has ended. A sequence alone would
 * lose an event whose transaction commits after a later one was read.
 */
public final class Outbox {
    /** How far a consumer has read: transaction number and, inside it, the event's id. */
    public record Position(long xact, long id) {
        public static final Position START = new Position(0, 0);
    }

    public record Event(Position position, Instant at, String topic, UUID subjectId, String payload) {}

    private static final String INSERT = """
            INSERT INTO platform.outbox (topic, subject_id, payload)
            VALUES ($1, $2, $3::text::jsonb)
            """;

    private static final String INSERT_ALL = """
            INSERT INTO platform.outbox (topic, subject_id, payload)
            SELECT topic, subject_id, payload::jsonb
              FROM unnest($1::text[], $2::uuid[], $3::text[]) WITH ORDINALITY AS draft (topic, subject_id, payload, place)
             ORDER BY place
            """;

    private static final String READ = """
            SELECT xact::text::bigint AS xact, id, at, topic, subject_id, payload::text AS payload
              FROM platform.outbox
             WHERE (xact, id) > ($1::bigint::text::xid8, $2::bigint)
               AND xact < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY xact, id
             LIMIT $3
            """;

    private static final String POSITION = """
            SELECT xact::text::bigint AS xact, id
              FROM platform.outbox_position
             WHERE consumer = $1
            """;

    private static final String COUNT_OLD = "SELECT count(*) AS events FROM platform.outbox WHERE at < $1";

    private static final String ERASE = "SELECT platform.erase_events($1, $2) AS erased";

    private static final String ADVANCE = """
            INSERT INTO platform.outbox_position (consumer, xact, id)
            VALUES ($1, $2::bigint::text::xid8, $3)
            ON CONFLICT (consumer) DO UPDATE SET xact = excluded.xact, id = excluded.id
            """;

    private Outbox() {}

    /** Adds an event; the payload is JSON without personal data. */
    public static Future<Void> append(Tx tx, String topic, UUID subjectId, String payload) {
        return tx.execute(INSERT, topic, subjectId, payload).mapEmpty();
    }

    /** An event to be added. */
    public record Draft(String topic, UUID subjectId, String payload) {}

    /** As {@link #append}, for many at once and in their order. */
    public static Future<Void> appendAll(Tx tx, List<Draft> drafts) {
        return drafts.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                INSERT_ALL,
                                drafts.stream().map(Draft::topic).toArray(String[]::new),
                                drafts.stream().map(Draft::subjectId).toArray(UUID[]::new),
                                drafts.stream().map(Draft::payload).toArray(String[]::new))
                        .mapEmpty();
    }

    /** The next events after this position, in an order that never changes. */
    public static Future<List<Event>> read(Sql sql, Position after, int limit) {
        return sql.list(READ, Outbox::event, after.xact(), after.id(), limit);
    }

    /** Where the consumer stopped reading. */
    public static Future<Position> position(Sql sql, String consumer) {
        return sql.find(POSITION, Outbox::position, consumer).map(found -> found.orElse(Position.START));
    }

    /** Notes, in the transaction of what the consumer did, that it has read up to here. */
    public static Future<Void> advance(Tx tx, String consumer, Position position) {
        return tx.execute(ADVANCE, consumer, position.xact(), position.id()).mapEmpty();
    }

    /** What is erased here when its period is over: events that every consumer has read. */
    public static List<Retained> retained() {
        return List.of(new Retained(
                "events",
                (sql, before) -> sql.find(COUNT_OLD, row -> row.getLong("events"), Columns.at(before))
                        .map(Optional::orElseThrow),
                (tx, before, most) -> tx.find(ERASE, row -> row.getInteger("erased"), Columns.at(before), most)
                        .map(Optional::orElseThrow)));
    }

    private static Event event(Row row) {
        return new Event(
                position(row),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("topic"),
                row.getUUID("subject_id"),
                row.getString("payload"));
    }

    private static Position position(Row row) {
        return new Position(row.getLong("xact"), row.getLong("id"));
    }
}
