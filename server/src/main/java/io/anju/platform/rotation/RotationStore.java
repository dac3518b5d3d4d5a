package io.anju.platform.rotation;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.crypto.SealedColumns.Column;
import io.anju.platform.crypto.Suite;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of rotations, and the sealed fields of all tables. */
final class RotationStore {
    private static final String SELECT_ROTATION = """
            SELECT id, to_version, key_id, suite, state, begun_at, primary_from
              FROM platform.key_rotation
            """;

    private static final String RUNNING = SELECT_ROTATION + """
             WHERE state = 'running'
            """;

    private static final String LATEST = SELECT_ROTATION + """
             ORDER BY begun_at DESC, to_version DESC
             LIMIT 1
            """;

    /** The first call takes the transaction's number; true once every transaction that is older has ended. */
    private static final String SETTLE = """
            UPDATE platform.key_rotation
               SET settled_xact = coalesce(settled_xact, pg_current_xact_id())
             WHERE id = $1
            RETURNING settled_xact < pg_snapshot_xmin(pg_current_snapshot()) AS settled
            """;

    private static final String BEGIN = """
            INSERT INTO platform.key_rotation_part (rotation_id, part, pages)
            VALUES ($1, $2, $3)
            ON CONFLICT (rotation_id, part) DO UPDATE SET pages = greatest(key_rotation_part.pages, excluded.pages)
            RETURNING part, pass, position, pages, resealed, is_finished
            """;

    private static final String ADVANCE = """
            UPDATE platform.key_rotation_part AS p
               SET position = $3, resealed = resealed + $4, is_finished = $5
              FROM platform.key_rotation AS r
             WHERE p.rotation_id = $1 AND p.part = $2 AND p.position = $6 AND p.pass = $7
               AND r.id = p.rotation_id AND r.state = 'running'
            """;

    private static final String PASS_AGAIN = """
            UPDATE platform.key_rotation_part
               SET pass = pass + 1, position = '', pages = 0, is_finished = false
             WHERE rotation_id = $1 AND part = $2
            """;

    private static final String PARTS = """
            SELECT part, pass, position, pages, resealed, is_finished
              FROM platform.key_rotation_part
             WHERE rotation_id = $1
             ORDER BY part
            """;

    private static final String FINISH = """
            UPDATE platform.key_rotation SET state = 'done', finished_at = $2 WHERE id = $1 AND state = 'running'
            """;

    private static final String RETIRE = """
            SELECT platform.retire_keys($1, $2) AS retired
            """;

    private static final String PAGES = """
            SELECT pg_relation_size($1::text::regclass) / current_setting('block_size')::bigint AS pages
            """;

    private static final String REWRAP = """
            SELECT platform.rewrap($1, $2, $3, $4, $5) AS changed
            """;

    /** Counting reads the whole table. */
    private static final String ALLOW_TIME = "SET LOCAL statement_timeout = '10min'";

    private static final String INSERT = """
            INSERT INTO platform.key_rotation (id, to_version, key_id, suite, begun_at, primary_from)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            """;

    private static final String MOVE = """
            UPDATE platform.key_rotation SET state = $2 WHERE state = $1
            """;

    /** Fields that another key has sealed: those that can be sealed again, and those that cannot. */
    record Left(long old, long fixed) {
        Left plus(Left other) {
            return new Left(old + other.old, fixed + other.fixed);
        }
    }

    /** A sealed field: where its row lies, and what it is bound to. */
    record Field(String place, UUID row, String boundColumn, byte[] sealed) {}

    /** What a chunk did. */
    record Step(String position, long pages, long changed, boolean isLast) {
        Step resealed(long fields) {
            return new Step(position, pages, fields, isLast);
        }
    }

    /** For the owner of the database; false where another rotation has not ended. */
    Future<Boolean> insert(Tx tx, Rotation rotation) {
        return tx.execute(
                        INSERT,
                        rotation.id(),
                        rotation.toVersion(),
                        rotation.keyId(),
                        rotation.suite().id(),
                        at(rotation.begunAt()),
                        at(rotation.primaryFrom()))
                .map(rows -> rows == 1);
    }

    /** Gives whether a rotation was in the first state. */
    Future<Boolean> move(Sql sql, Rotation.State from, Rotation.State to) {
        return sql.execute(MOVE, from.id(), to.id()).map(rows -> rows == 1);
    }

    Future<Optional<Rotation>> running(Sql sql) {
        return sql.find(RUNNING, RotationStore::rotation);
    }

    Future<Optional<Progress>> progress(Sql sql) {
        return sql.find(LATEST, RotationStore::rotation)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : sql.list(PARTS, RotationStore::part, found.get().id())
                                .map(parts -> Optional.of(new Progress(found.get(), parts))));
    }

    Future<Boolean> settle(Sql sql, UUID rotationId) {
        return sql.find(SETTLE, row -> row.getBoolean("settled"), rotationId).map(Optional::orElseThrow);
    }

    Future<Progress.Part> begin(Sql sql, UUID rotationId, String part, long pages) {
        return sql.find(BEGIN, RotationStore::part, rotationId, part, pages).map(Optional::orElseThrow);
    }

    /** Notes a chunk in its own transaction; false where the rotation was stopped or somebody else is further. */
    Future<Boolean> advance(Tx tx, Job job, UUID rotationId, Progress.Part part, Step step) {
        return Jobs.hold(tx, job)
                .compose(held -> tx.execute(
                        ADVANCE,
                        rotationId,
                        part.name(),
                        step.position(),
                        step.changed(),
                        step.isLast(),
                        part.position(),
                        part.pass()))
                .map(rows -> rows == 1);
    }

    Future<Void> passAgain(Sql sql, UUID rotationId, String part) {
        return sql.execute(PASS_AGAIN, rotationId, part).mapEmpty();
    }

    Future<Void> finish(Tx tx, UUID rotationId, Instant now) {
        return tx.execute(FINISH, rotationId, at(now)).mapEmpty();
    }

    Future<Integer> retire(Tx tx, UUID rotationId, Instant now) {
        return tx.find(RETIRE, row -> row.getInteger("retired"), rotationId, at(now))
                .map(Optional::orElseThrow);
    }

    Future<Long> pages(Sql sql, String table) {
        return sql.find(PAGES, row -> row.getLong("pages"), table).map(Optional::orElseThrow);
    }

    /**
     * The fields of these pages that another key has sealed. Rows that somebody else holds are left for the next pass: we
     * never wait for a row, so nobody ever waits for us in a circle.
     */
    Future<List<Field>> fields(Tx tx, Column column, int keyId, long fromPage, long toPage) {
        var select = """
                SELECT ctid::text AS place, (%s) AS row_id, (%s) AS bound_column, %s AS sealed
                  FROM %s
                 WHERE ctid >= $1::text::tid AND ctid < $2::text::tid AND substring(%s FROM 2 FOR 4) <> $3
                %s
                """.formatted(
                        column.rowSql(),
                        column.boundColumnSql(),
                        column.name(),
                        column.table(),
                        column.name(),
                        column.isKept() ? "AND get_byte(" + column.name() + ", 0) = 3" : "FOR UPDATE SKIP LOCKED");
        return tx.list(select, RotationStore::field, tid(fromPage), tid(toPage), Buffer.buffer(idBytes(keyId)));
    }

    /** Puts the new bytes where the old ones still stand. */
    Future<Long> replace(Tx tx, Column column, List<Field> fields, List<byte[]> after) {
        if (fields.isEmpty()) {
            return Future.succeededFuture(0L);
        }
        var places = fields.stream().map(Field::place).toArray(String[]::new);
        var befores = fields.stream().map(field -> bytes(field.sealed())).toArray(Buffer[]::new);
        var afters = after.stream().map(Buffer::buffer).toArray(Buffer[]::new);
        if (column.isKept()) {
            return tx.find(
                            REWRAP,
                            row -> row.getLong("changed"),
                            column.table(),
                            column.name(),
                            places,
                            befores,
                            afters)
                    .map(Optional::orElseThrow);
        }
        var update = """
                UPDATE %s AS changed SET %s = one.after
                  FROM unnest($1::text[]::tid[], $2::bytea[], $3::bytea[]) AS one (place, before, after)
                 WHERE changed.ctid = one.place AND changed.%s = one.before
                """.formatted(column.table(), column.name(), column.name());
        return tx.execute(update, places, befores, afters).map(Integer::longValue);
    }

    /**
     * What another key has sealed: first what can be sealed again, then what cannot, since it was sealed before rows that
     * are never changed had a form for it.
     */
    Future<Left> countOld(Db db, Column column, int keyId) {
        var fixed = column.isKept() ? "get_byte(" + column.name() + ", 0) <> 3" : "false";
        var count = """
                SELECT count(*) FILTER (WHERE NOT %s) AS old, count(*) FILTER (WHERE %s) AS fixed
                  FROM %s
                 WHERE substring(%s FROM 2 FOR 4) <> $1
                """.formatted(fixed, fixed, column.table(), column.name());
        return db.inTransaction(tx -> tx.execute(ALLOW_TIME)
                .compose(allowed -> tx.find(
                        count,
                        row -> new Left(row.getLong("old"), row.getLong("fixed")),
                        Buffer.buffer(idBytes(keyId))))
                .map(Optional::orElseThrow));
    }

    private static String tid(long page) {
        return "(" + page + ",0)";
    }

    private static byte[] idBytes(int keyId) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array();
    }

    private static Field field(Row row) {
        return new Field(
                row.getString("place"), row.getUUID("row_id"), row.getString("bound_column"), bytes(row, "sealed"));
    }

    private static Progress.Part part(Row row) {
        return new Progress.Part(
                row.getString("part"),
                row.getInteger("pass"),
                row.getString("position"),
                row.getLong("pages"),
                row.getLong("resealed"),
                row.getBoolean("is_finished"));
    }

    private static Rotation rotation(Row row) {
        return new Rotation(
                row.getUUID("id"),
                row.getInteger("to_version"),
                row.getInteger("key_id"),
                Suite.of(row.getString("suite")),
                Rotation.State.of(row.getString("state")),
                instant(row, "begun_at"),
                instant(row, "primary_from"));
    }
}
