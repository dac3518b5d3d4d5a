package io.anju.message;

import static io.anju.platform.db.Columns.at;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages, from the consent that was taken for them to WeChat's answer. */
final class MessageStore {
    private static final String MAKE = """
            WITH taken AS (
                UPDATE message.consent
                   SET unused = unused - 1
                 WHERE resident_id = $2 AND template_id = $5 AND unused > 0
                   AND NOT EXISTS (SELECT FROM message.message WHERE event_id = $3 AND resident_id = $2)
                RETURNING resident_id)
            INSERT INTO message.message
                   (message_id, resident_id, event_id, kind, template_id, thing, amount_fen, day, state, made_at)
            SELECT $1, resident_id, $3, $4, $5, $6, $7, $8, 'waiting', $9
              FROM taken
            """;

    private static final String WAITING = """
            SELECT message_id, resident_id, kind, template_id, thing, amount_fen, day, tries
              FROM message.message
             WHERE message_id = $1 AND state = 'waiting'
            """;

    private static final String TRIED = "UPDATE message.message SET tries = $2, errcode = $3 WHERE message_id = $1";

    private static final String END = """
            UPDATE message.message
               SET state = $2, errcode = $3, ended_at = $4
             WHERE message_id = $1 AND state = 'waiting'
            """;

    private static final String HELD = """
            SELECT kind, thing, amount_fen AS "amountFen", day, state, made_at AS "madeAt", ended_at AS "endedAt"
              FROM message.message
             WHERE resident_id = $1
             ORDER BY message_id
             LIMIT 10000
            """;

    /** An event that told both is told already. */
    private static final String HAND_OVER = """
            UPDATE message.message m
               SET resident_id = $2
             WHERE m.resident_id = $1
               AND NOT EXISTS (SELECT FROM message.message o WHERE o.event_id = m.event_id AND o.resident_id = $2)
            """;

    private static final String ERASE = "DELETE FROM message.message WHERE resident_id = $1";

    private static final String COUNT_OLD = "SELECT count(*) AS rows FROM message.message WHERE made_at < $1";

    private static final String ERASE_OLD = """
            DELETE FROM message.message
             WHERE message_id IN (SELECT message_id
                                    FROM message.message
                                   WHERE made_at < $1
                                   ORDER BY made_at
                                   LIMIT $2
                                     FOR UPDATE SKIP LOCKED)
            """;

    private static final String NOW = "SELECT clock_timestamp() AS now";

    /** Takes a consent and makes the message of it; gives whether there was one, and no message of this event yet. */
    Future<Boolean> make(Tx tx, UUID id, Occasion of, String templateId, Instant now) {
        return tx.execute(
                        MAKE,
                        id,
                        of.residentId(),
                        of.eventId(),
                        of.kind().id(),
                        templateId,
                        of.thing(),
                        of.amountFen(),
                        of.day(),
                        at(now))
                .map(rows -> rows == 1);
    }

    /** A message that has not ended. */
    Future<Optional<Message>> waiting(Sql sql, UUID id) {
        return sql.find(WAITING, MessageStore::message, id);
    }

    Future<Void> tried(Tx tx, UUID id, int tries, @Nullable Integer errcode) {
        return tx.execute(TRIED, id, tries, errcode).mapEmpty();
    }

    Future<Void> end(Tx tx, UUID id, String state, @Nullable Integer errcode, Instant now) {
        return tx.execute(END, id, state, errcode, at(now)).mapEmpty();
    }

    Future<List<ObjectNode>> held(Sql sql, UUID residentId) {
        return HeldRows.list(sql, HELD, residentId);
    }

    Future<Void> handOver(Tx tx, UUID from, UUID to) {
        return tx.execute(HAND_OVER, from, to).mapEmpty();
    }

    Future<Void> erase(Tx tx, UUID residentId) {
        return tx.execute(ERASE, residentId).mapEmpty();
    }

    static Future<Long> countOld(Sql sql, Instant before) {
        return sql.find(COUNT_OLD, row -> row.getLong("rows"), at(before)).map(Optional::orElseThrow);
    }

    static Future<Integer> eraseOld(Tx tx, Instant before, int most) {
        return tx.execute(ERASE_OLD, at(before), most);
    }

    /** The time on the clock by which events are dated. */
    Future<Instant> now(Sql sql) {
        return sql.find(NOW, row -> row.getOffsetDateTime("now").toInstant()).map(Optional::orElseThrow);
    }

    private static Message message(Row row) {
        return new Message(
                row.getUUID("message_id"),
                row.getUUID("resident_id"),
                MessageKind.of(row.getString("kind")),
                row.getString("template_id"),
                row.getString("thing"),
                row.getLong("amount_fen"),
                row.getLocalDate("day"),
                row.getInteger("tries"));
    }
}
