package io.anju.complaint;

import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the box that reports without a name wait in, and of what is left of them afterwards. Whatever changes the box
 * holds it first, so that writing it anew loses nothing.
 */
final class BoxStore {
    /** So many are written anew with each that comes; of a fuller box others are drawn each time. */
    private static final int STIRRED = 200;

    private static final String HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('complaint.box', 0))";

    private static final String PUT = """
            WITH stirred AS (
                DELETE FROM complaint.box
                 WHERE id = ANY (ARRAY(SELECT id FROM complaint.box ORDER BY random() LIMIT $8))
                RETURNING id, kind, lookup, secret_hash, day, digest, content),
            together AS (
                SELECT * FROM stirred
                 UNION ALL
                SELECT $1::uuid, $2::text, $3::text, $4::text, $5::date, $6::bytea, $7::bytea)
            INSERT INTO complaint.box (id, kind, lookup, secret_hash, day, digest, content)
            SELECT id, kind, lookup, secret_hash, day, digest, content FROM together ORDER BY random()
            """;

    private static final String STIR = """
            WITH stirred AS (
                DELETE FROM complaint.box RETURNING id, kind, lookup, secret_hash, day, digest, content)
            INSERT INTO complaint.box (id, kind, lookup, secret_hash, day, digest, content)
            SELECT id, kind, lookup, secret_hash, day, digest, content FROM stirred ORDER BY random()
            """;

    private static final String LIST = """
            SELECT id, kind, lookup, secret_hash, day, digest, content
              FROM complaint.box
             WHERE lookup = $1 AND day < $2
             ORDER BY random()
            """;

    private static final String LIST_FILES = """
            SELECT id
              FROM complaint.box
             WHERE kind = 'file' AND ($1::uuid IS NULL OR id > $1)
             ORDER BY id
             LIMIT $2
            """;

    private static final String FIND_ENTRY = """
            SELECT id, kind, lookup, secret_hash, day, digest, content FROM complaint.box WHERE id = $1
            """;

    private static final String LOOKUPS = """
            SELECT lookup FROM complaint.box WHERE day < $1 GROUP BY lookup ORDER BY random() LIMIT $2
            """;

    private static final String REMOVE = """
            WITH gone AS (
                DELETE FROM complaint.box WHERE id = ANY ($1) RETURNING id, digest, day)
            INSERT INTO complaint.handed_over (id, digest, day)
            SELECT id, digest, day FROM gone ORDER BY random()
            """;

    private static final String FIND_DONE = """
            SELECT digest, day FROM complaint.box WHERE id = $1
             UNION ALL
            SELECT digest, day FROM complaint.handed_over WHERE id = $1
             LIMIT 1
            """;

    private static final String FIND = """
            SELECT secret_hash, day, NULL::uuid AS complaint_id
              FROM complaint.box
             WHERE lookup = $1 AND kind = 'report'
             UNION ALL
            SELECT t.secret_hash, c.filed_on, t.complaint_id
              FROM complaint.tracking AS t
              JOIN complaint.complaint AS c ON c.id = t.complaint_id
             WHERE t.lookup = $1
             LIMIT 1
            """;

    private static final String COUNT_WAITING = """
            SELECT count(*) AS waiting, count(*) FILTER (WHERE kind = 'file') AS files
              FROM complaint.box
             WHERE lookup = $1 AND kind <> 'report'
            """;

    private static final String INSERT_TRACKING = """
            INSERT INTO complaint.tracking (lookup, secret_hash, complaint_id)
            VALUES ($1, $2, $3)
            """;

    private static final String HOLD_COUNTS =
            "SELECT pg_advisory_xact_lock(hashtextextended('complaint.allowance', 0))";

    private static final String COUNTS = "SELECT counts FROM complaint.allowance WHERE id = $1";

    private static final String SAVE_COUNTS = """
            INSERT INTO complaint.allowance (id, counts)
            VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET counts = excluded.counts
            """;

    enum Kind {
        REPORT,
        WORDS,
        FILE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Something that waits.
     *
     * @param secretHash of a report; null for what is added to one
     * @param content sealed for this row
     */
    record Entry(
            UUID id,
            Kind kind,
            String lookup,
            @Nullable String secretHash,
            LocalDate day,
            Buffer digest,
            Buffer content) {}

    /** What a request before had done. */
    record Done(Buffer digest, LocalDate day) {}

    /** @param complaintId null as long as the report is in the box */
    record Held(
            String secretHash, LocalDate filedOn, @Nullable UUID complaintId) {}

    record Waiting(int all, int files) {}

    /** Nobody else changes the box until this transaction ends. */
    Future<Void> hold(Tx tx) {
        return tx.run(HOLD).mapEmpty();
    }

    Future<Void> put(Tx tx, Entry entry) {
        return tx.execute(
                        PUT,
                        entry.id(),
                        entry.kind().id(),
                        entry.lookup(),
                        entry.secretHash(),
                        entry.day(),
                        entry.digest(),
                        entry.content(),
                        STIRRED)
                .mapEmpty();
    }

    /** Writes all of it anew, in an order drawn by lot. */
    Future<Void> stir(Tx tx) {
        return tx.execute(STIR).mapEmpty();
    }

    Future<List<String>> lookupsBefore(Sql sql, LocalDate day, int limit) {
        return sql.list(LOOKUPS, row -> row.getString("lookup"), day, limit);
    }

    Future<List<Entry>> listBefore(Sql sql, String lookup, LocalDate day) {
        return sql.list(LIST, BoxStore::entry, lookup, day);
    }

    Future<List<UUID>> listFiles(Sql sql, @Nullable UUID after, int limit) {
        return sql.list(LIST_FILES, row -> row.getUUID("id"), after, limit);
    }

    Future<Optional<Entry>> findEntry(Sql sql, UUID id) {
        return sql.find(FIND_ENTRY, BoxStore::entry, id);
    }

    /** Takes them out, and notes them as handed over. */
    Future<Void> remove(Tx tx, List<Entry> entries) {
        return tx.execute(REMOVE, (Object) entries.stream().map(Entry::id).toArray(UUID[]::new))
                .mapEmpty();
    }

    Future<Optional<Done>> findDone(Sql sql, UUID id) {
        return sql.find(FIND_DONE, row -> new Done(row.getBuffer("digest"), row.getLocalDate("day")), id);
    }

    Future<Optional<Held>> find(Sql sql, String lookup) {
        return sql.find(
                FIND,
                row -> new Held(row.getString("secret_hash"), row.getLocalDate("day"), row.getUUID("complaint_id")),
                lookup);
    }

    Future<Waiting> countWaiting(Sql sql, String lookup) {
        return sql.find(COUNT_WAITING, row -> new Waiting(row.getInteger("waiting"), row.getInteger("files")), lookup)
                .map(Optional::orElseThrow);
    }

    Future<Void> insertTracking(Tx tx, String lookup, String secretHash, UUID complaintId) {
        return tx.execute(INSERT_TRACKING, lookup, secretHash, complaintId).mapEmpty();
    }

    /** The counts, which nobody else changes until this transaction ends; null where there are none yet. */
    Future<byte @Nullable []> lockCounts(Tx tx, UUID id) {
        return tx.run(HOLD_COUNTS)
                .compose(held -> tx.find(COUNTS, row -> findBytes(row, "counts").orElseThrow(), id))
                .map(found -> found.orElse(null));
    }

    Future<Void> saveCounts(Tx tx, UUID id, byte[] counts) {
        return tx.execute(SAVE_COUNTS, id, bytes(counts)).mapEmpty();
    }

    private static Entry entry(Row row) {
        return new Entry(
                row.getUUID("id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("lookup"),
                row.getString("secret_hash"),
                row.getLocalDate("day"),
                row.getBuffer("digest"),
                row.getBuffer("content"));
    }
}
