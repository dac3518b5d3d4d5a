package io.anju.complaint;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;
import static io.anju.platform.db.Columns.instant;

import io.anju.complaint.Happening.Actor;
import io.anju.complaint.Happening.Kind;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of what happened, who looked, and what was thought of the answer. */
final class EventStore {
    private static final String TABLE = "complaint.event";
    private static final String RATING_TABLE = "complaint.rating";
    private static final String CONTENT = "content";

    private static final String INSERT = """
            INSERT INTO complaint.event (id, complaint_id, kind, at, actor, staff_id, office, reason, content, inside)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String LIST = """
            SELECT id, kind, at, actor, staff_id, office, reason, content, inside
              FROM (SELECT *
                      FROM complaint.event
                     WHERE complaint_id = $1 AND ($2 OR NOT inside)
                     ORDER BY seq DESC
                     LIMIT 200) AS last
             ORDER BY seq
            """;

    private static final String LAST_ANSWER = """
            SELECT id
              FROM complaint.event
             WHERE complaint_id = $1 AND kind = 'replied'
             ORDER BY seq DESC
             LIMIT 1
            """;

    private static final String ANSWERED_BEFORE = """
            SELECT 1
              FROM complaint.event
             WHERE complaint_id = $1 AND staff_id = $2 AND kind IN ('accepted', 'replied', 'closed')
             LIMIT 1
            """;

    private static final String INSERT_VIEW = """
            INSERT INTO complaint.view (id, complaint_id, at, staff_id, office, what, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String LIST_VIEWS = """
            SELECT at, office, what, reason
              FROM complaint.view
             WHERE complaint_id = $1
             ORDER BY id DESC
             LIMIT 200
            """;

    private static final String INSERT_RATING = """
            INSERT INTO complaint.rating (complaint_id, answer_id, stars, content, rated_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT ON CONSTRAINT rating_once DO NOTHING
            """;

    private static final String LAST_RATING = """
            SELECT answer_id, stars, content, rated_at
              FROM complaint.rating
             WHERE complaint_id = $1
             ORDER BY rated_at DESC
             LIMIT 1
            """;

    private final Vault vault;

    EventStore(Vault vault) {
        this.vault = vault;
    }

    /** Words about a report are all of one size. */
    Future<Void> insert(Tx tx, Complaint complaint, Happening event) {
        var text = event.text();
        return tx.execute(
                        INSERT,
                        event.id(),
                        complaint.id(),
                        event.kind().id(),
                        at(event.at()),
                        event.actor().id(),
                        event.staffId(),
                        event.office(),
                        event.reason(),
                        text == null ? null : bytes(seal(TABLE, event.id(), text, complaint.isReport())),
                        event.inside())
                .mapEmpty();
    }

    private byte[] seal(String table, UUID row, String text, boolean padded) {
        return padded ? vault.sealPaddedText(table, CONTENT, row, text) : vault.sealText(table, CONTENT, row, text);
    }

    /** The last ones, the oldest first. */
    Future<List<Happening>> list(Sql sql, UUID complaintId, boolean withInside) {
        return sql.list(LIST, this::happening, complaintId, withInside);
    }

    Future<Optional<UUID>> lastAnswer(Sql sql, UUID complaintId) {
        return sql.find(LAST_ANSWER, row -> row.getUUID("id"), complaintId);
    }

    /** Whether this member of staff accepted, answered or closed it. */
    Future<Boolean> answeredBefore(Sql sql, UUID complaintId, UUID staffId) {
        return sql.find(ANSWERED_BEFORE, row -> true, complaintId, staffId).map(Optional::isPresent);
    }

    /** One look of an office. */
    record View(Instant at, String office, String what, String reason) {}

    Future<Void> insertView(Tx tx, AreaCaller caller, UUID complaintId, String what, String reason, Instant now) {
        return tx.execute(
                        INSERT_VIEW,
                        Ids.next(now),
                        complaintId,
                        at(now),
                        caller.id(),
                        caller.office().name(),
                        what,
                        reason)
                .mapEmpty();
    }

    Future<List<View>> listViews(Sql sql, UUID complaintId) {
        return sql.list(
                LIST_VIEWS,
                row -> new View(
                        instant(row, "at"), row.getString("office"), row.getString("what"), row.getString("reason")),
                complaintId);
    }

    record Rating(int stars, @Nullable String text, Instant at) {}

    /** Whether this answer had none before. */
    Future<Boolean> insertRating(Tx tx, Complaint complaint, UUID answerId, Rating rating) {
        var text = rating.text();
        return tx.execute(
                        INSERT_RATING,
                        complaint.id(),
                        answerId,
                        rating.stars(),
                        text == null ? null : bytes(seal(RATING_TABLE, answerId, text, complaint.isReport())),
                        at(rating.at()))
                .map(rows -> rows > 0);
    }

    Future<Optional<Rating>> lastRating(Sql sql, UUID complaintId) {
        return sql.find(
                LAST_RATING,
                row -> new Rating(
                        row.getInteger("stars"),
                        findBytes(row, CONTENT)
                                .map(kept ->
                                        vault.openPaddedText(RATING_TABLE, CONTENT, row.getUUID("answer_id"), kept))
                                .orElse(null),
                        instant(row, "rated_at")),
                complaintId);
    }

    private Happening happening(Row row) {
        var id = row.getUUID("id");
        return new Happening(
                id,
                Kind.of(row.getString("kind")),
                instant(row, "at"),
                Actor.of(row.getString("actor")),
                row.getUUID("staff_id"),
                row.getString("office"),
                row.getString("reason"),
                findBytes(row, CONTENT)
                        .map(kept -> vault.openPaddedText(TABLE, CONTENT, id, kept))
                        .orElse(null),
                row.getBoolean("inside"));
    }
}
