package io.anju.reconciliation;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.reconciliation.Item.Resolution;
import io.anju.reconciliation.Item.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of items and of what happened to them. */
final class ItemStore {
    private static final String COLUMNS = """
            SELECT item_id, channel, bill_date, kind, subject, city_code, ours, theirs, difference_fen, found_at, state,
                   owner_id, resolution, reason, proposed_by, resolved_by, resolved_at, posting_id
              FROM reconciliation.item
            """;

    private static final String LIST = COLUMNS + """
             WHERE (city_code IS NULL OR city_code = $1)
               AND ($2::text IS NULL OR state = $2)
               AND ($3::text IS NULL OR kind = $3)
               AND ($4::date IS NULL OR bill_date = $4)
               AND ($5::uuid IS NULL OR owner_id = $5)
               AND (NOT $6::boolean OR owner_id IS NULL)
               AND ($7::timestamptz IS NULL OR (found_at, item_id) < ($7, $8))
             ORDER BY found_at DESC, item_id DESC
             LIMIT $9
            """;

    /**
     * Which items are wanted.
     *
     * @param ownerId only those that this person looks after
     * @param unowned only those that nobody looks after
     * @param beforeAt where the page before ended
     */
    record Wanted(
            String cityCode,
            @Nullable String state,
            @Nullable String kind,
            @Nullable LocalDate billDate,
            @Nullable UUID ownerId,
            boolean unowned,
            @Nullable Instant beforeAt,
            @Nullable UUID beforeId,
            int limit) {}

    /** Items that a city may see: its own, and those that no city is known for; the newest first. */
    Future<List<Item>> list(Sql sql, Wanted wanted) {
        return sql.list(
                LIST,
                ItemStore::item,
                wanted.cityCode(),
                wanted.state(),
                wanted.kind(),
                wanted.billDate(),
                wanted.ownerId(),
                wanted.unowned(),
                wanted.beforeAt() == null ? null : Columns.at(wanted.beforeAt()),
                wanted.beforeId(),
                wanted.limit());
    }

    private static final String FIND = COLUMNS + " WHERE item_id = $1 AND (city_code IS NULL OR city_code = $2)";

    private static final String LOCK = FIND + " FOR UPDATE";

    Future<Optional<Item>> find(Sql sql, UUID id, String cityCode) {
        return sql.find(FIND, ItemStore::item, id, cityCode);
    }

    Future<Optional<Item>> lock(Tx tx, UUID id, String cityCode) {
        return tx.find(LOCK, ItemStore::item, id, cityCode);
    }

    private static final String HISTORY = """
            SELECT at, actor_id, action, note
              FROM reconciliation.item_event
             WHERE item_id = $1
             ORDER BY event_id
             LIMIT 200
            """;

    Future<List<Item.Event>> history(Sql sql, UUID id) {
        return sql.list(
                HISTORY,
                row -> new Item.Event(
                        Columns.instant(row, "at"),
                        row.getUUID("actor_id"),
                        row.getString("action"),
                        row.getString("note")),
                id);
    }

    private static final String TELL =
            "INSERT INTO reconciliation.item_event (item_id, at, actor_id, action, note) VALUES ($1, $2, $3, $4, $5)";

    Future<Void> tell(Tx tx, UUID id, UUID actor, String action, @Nullable String note, Instant now) {
        return tx.execute(TELL, id, Columns.at(now), actor, action, note).mapEmpty();
    }

    private static final String ASSIGN = "UPDATE reconciliation.item SET owner_id = $2 WHERE item_id = $1";

    Future<Void> assign(Tx tx, UUID id, UUID owner) {
        return tx.execute(ASSIGN, id, owner).mapEmpty();
    }

    private static final String EXPLAIN = """
            UPDATE reconciliation.item
               SET state = 'resolved', resolution = 'explained', reason = $2, resolved_by = $3, resolved_at = $4
             WHERE item_id = $1
            """;

    Future<Void> explain(Tx tx, UUID id, String reason, UUID by, Instant now) {
        return tx.execute(EXPLAIN, id, reason, by, Columns.at(now)).mapEmpty();
    }

    private static final String PROPOSE = """
            UPDATE reconciliation.item
               SET state = 'proposed', resolution = 'booked', reason = $2, proposed_by = $3
             WHERE item_id = $1
            """;

    Future<Void> propose(Tx tx, UUID id, String reason, UUID by) {
        return tx.execute(PROPOSE, id, reason, by).mapEmpty();
    }

    private static final String BOOK = """
            UPDATE reconciliation.item
               SET state = 'resolved', resolved_by = $2, resolved_at = $3, posting_id = $4
             WHERE item_id = $1
            """;

    Future<Void> book(Tx tx, UUID id, UUID by, UUID postingId, Instant now) {
        return tx.execute(BOOK, id, by, Columns.at(now), postingId).mapEmpty();
    }

    private static final String REOPEN = """
            UPDATE reconciliation.item
               SET state = 'open', resolution = NULL, reason = NULL, proposed_by = NULL
             WHERE item_id = $1
            """;

    Future<Void> reopen(Tx tx, UUID id) {
        return tx.execute(REOPEN, id).mapEmpty();
    }

    /** What the meters show. */
    record Watch(long open, long unowned, long oldestDays) {
        static final Watch NOTHING = new Watch(0, 0, 0);
    }

    private static final String WATCH = """
            SELECT (SELECT count(*) FROM reconciliation.item WHERE state <> 'resolved') AS open,
                   (SELECT count(*) FROM reconciliation.item WHERE state <> 'resolved' AND owner_id IS NULL) AS unowned,
                   (SELECT coalesce(extract(day FROM $1 - min(found_at)), 0)::bigint
                      FROM reconciliation.item
                     WHERE state <> 'resolved') AS oldest
            """;

    Future<Watch> watch(Sql sql, Instant now) {
        return sql.find(
                        WATCH,
                        row -> new Watch(row.getLong("open"), row.getLong("unowned"), row.getLong("oldest")),
                        Columns.at(now))
                .map(found -> found.orElse(Watch.NOTHING));
    }

    private static Item item(Row row) {
        var resolution = row.getString("resolution");
        return new Item(
                row.getUUID("item_id"),
                row.getString("channel"),
                row.getLocalDate("bill_date"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("city_code"),
                row.getString("ours"),
                row.getString("theirs"),
                row.getLong("difference_fen"),
                Columns.instant(row, "found_at"),
                State.of(row.getString("state")),
                row.getUUID("owner_id"),
                resolution == null ? null : Resolution.of(resolution),
                row.getString("reason"),
                row.getUUID("proposed_by"),
                row.getUUID("resolved_by"),
                Columns.findInstant(row, "resolved_at").orElse(null),
                row.getUUID("posting_id"));
    }
}
