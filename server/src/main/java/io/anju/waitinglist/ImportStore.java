package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.waitinglist.RegisterImport.Fault;
import io.anju.waitinglist.RegisterImport.State;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of imports: the file's sealed pieces, its rows as they would be entered, its faults. */
final class ImportStore {
    static {
        SqlErrors.constraint("register_import_once_per_file", WaitingListProblem.FILE_IMPORTED_ALREADY);
        SqlErrors.constraint("register_import_runs_alone", WaitingListProblem.IMPORT_RUNNING);
    }

    /** A row that nothing is wrong with, as it would be entered. */
    record Staged(
            int row,
            UUID registrationId,
            String sourceNumber,
            List<Buffer> persons,
            String areaCode,
            String receiptNumber,
            String maskedName,
            int householdSize,
            String category,
            Instant appliedAt,
            LocalDate qualifiedOn,
            LocalDate registeredOn,
            Buffer facts,
            Buffer household) {}

    private static final String INSERT = """
            INSERT INTO waitinglist.register_import
                   (import_id, city_code, programme, go_on, size_bytes, sha256, policy_digest, requested_by, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    Future<Void> insert(Tx tx, RegisterImport one, @Nullable UUID requestedBy) {
        return tx.execute(
                        INSERT,
                        one.id(),
                        one.list().cityCode(),
                        one.list().programme(),
                        one.goOn(),
                        one.sizeBytes(),
                        one.sha256(),
                        one.policyDigest(),
                        requestedBy,
                        one.requestedAt().atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    private static final String FIND = """
            SELECT import_id, city_code, programme, go_on, size_bytes, sha256, policy_digest, requested_at, state, rows_read,
                   faulty_rows, entered, finished_at
              FROM waitinglist.register_import
             WHERE import_id = $1
            """;

    Future<Optional<RegisterImport>> find(Sql sql, UUID id) {
        return sql.find(FIND, ImportStore::registerImport, id);
    }

    private static RegisterImport registerImport(Row row) {
        var finishedAt = row.getOffsetDateTime("finished_at");
        return new RegisterImport(
                row.getUUID("import_id"),
                new ListKey(row.getString("city_code"), row.getString("programme")),
                row.getBoolean("go_on"),
                row.getLong("size_bytes"),
                row.getString("sha256"),
                row.getString("policy_digest"),
                row.getOffsetDateTime("requested_at").toInstant(),
                State.of(row.getString("state")),
                row.getInteger("rows_read"),
                row.getInteger("faulty_rows"),
                row.getInteger("entered"),
                finishedAt == null ? null : finishedAt.toInstant());
    }

    private static final String INSERT_PIECE = """
            INSERT INTO waitinglist.import_piece (import_id, number, sealed)
            VALUES ($1, $2, $3)
            """;

    Future<Void> insertPiece(Sql sql, UUID id, int number, Buffer piece) {
        return sql.execute(INSERT_PIECE, id, number, piece).mapEmpty();
    }

    private static final String PIECE = """
            SELECT sealed
              FROM waitinglist.import_piece
             WHERE import_id = $1 AND number = $2
            """;

    /** Empty after the last. */
    Future<Optional<byte[]>> piece(Sql sql, UUID id, int number) {
        return sql.find(PIECE, row -> row.getBuffer(0).getBytes(), id, number);
    }

    private static final String ADVANCE = """
            UPDATE waitinglist.register_import
               SET rows_read = $3
             WHERE import_id = $1 AND rows_read = $2 AND state = 'running'
            """;

    /** Moves the progress on; false where another run has. */
    Future<Boolean> advance(Tx tx, UUID id, int from, int to) {
        return tx.execute(ADVANCE, id, from, to).map(rows -> rows == 1);
    }

    private static final String INSERT_ROWS = """
            INSERT INTO waitinglist.import_row
                   (import_id, row_number, registration_id, source_number, persons, area_code, receipt_number, masked_name,
                    household_size, category, applied_at, qualified_on, registered_on, facts_sealed, household_sealed)
            SELECT $1, one.row_number, one.registration_id, one.source_number,
                   ARRAY(SELECT substr(one.persons, 1 + 32 * n, 32) FROM generate_series(0, length(one.persons) / 32 - 1) n),
                   one.area_code, one.receipt_number, one.masked_name, one.household_size, one.category, one.applied_at,
                   one.qualified_on, one.registered_on, one.facts_sealed, one.household_sealed
              FROM unnest($2::integer[], $3::uuid[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[],
                          $9::integer[], $10::text[], $11::timestamptz[], $12::date[], $13::date[], $14::bytea[],
                          $15::bytea[])
                   one (row_number, registration_id, source_number, persons, area_code, receipt_number, masked_name,
                        household_size, category, applied_at, qualified_on, registered_on, facts_sealed, household_sealed)
            """;

    /** The persons' fingerprints of a row travel as one value, as arrays have no arrays of different lengths in them. */
    Future<Void> insertRows(Tx tx, UUID id, List<Staged> rows) {
        return tx.execute(
                        INSERT_ROWS,
                        id,
                        each(rows, Staged::row).toArray(Integer[]::new),
                        each(rows, Staged::registrationId).toArray(UUID[]::new),
                        each(rows, Staged::sourceNumber).toArray(String[]::new),
                        each(rows, ImportStore::joined).toArray(Buffer[]::new),
                        each(rows, Staged::areaCode).toArray(String[]::new),
                        each(rows, Staged::receiptNumber).toArray(String[]::new),
                        each(rows, Staged::maskedName).toArray(String[]::new),
                        each(rows, Staged::householdSize).toArray(Integer[]::new),
                        each(rows, Staged::category).toArray(String[]::new),
                        each(rows, row -> row.appliedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        each(rows, Staged::qualifiedOn).toArray(LocalDate[]::new),
                        each(rows, Staged::registeredOn).toArray(LocalDate[]::new),
                        each(rows, Staged::facts).toArray(Buffer[]::new),
                        each(rows, Staged::household).toArray(Buffer[]::new))
                .mapEmpty();
    }

    private static Buffer joined(Staged row) {
        var joined = Buffer.buffer();
        row.persons().forEach(joined::appendBuffer);
        return joined;
    }

    private static <T, R> List<R> each(List<T> rows, Function<T, R> part) {
        return rows.stream().map(part).toList();
    }

    private static final String INSERT_FAULTS = """
            INSERT INTO waitinglist.import_fault (import_id, row_number, column_name, code, is_cross)
            SELECT $1, one.*, false
              FROM unnest($2::integer[], $3::text[], $4::text[]) one
            ON CONFLICT DO NOTHING
            """;

    Future<Void> insertFaults(Tx tx, UUID id, List<Fault> faults) {
        return tx.execute(
                        INSERT_FAULTS,
                        id,
                        each(faults, Fault::row).toArray(Integer[]::new),
                        each(faults, Fault::column).toArray(String[]::new),
                        each(faults, Fault::code).toArray(String[]::new))
                .mapEmpty();
    }

    private static final String FAULTS = """
            SELECT row_number, column_name, code, until
              FROM waitinglist.import_fault
             WHERE import_id = $1 AND (row_number, column_name, code) > ($2, $3, $4)
             ORDER BY row_number, column_name, code
             LIMIT $5
            """;

    /** Faults after one of them, by row. */
    Future<List<Fault>> faults(Sql sql, UUID id, Fault after, int limit) {
        return sql.list(
                FAULTS,
                row -> new Fault(row.getInteger(0), row.getString(1), row.getString(2), row.getLocalDate(3)),
                id,
                after.row(),
                after.column(),
                after.code(),
                limit);
    }

    private static final String IS_UNREADABLE = """
            SELECT EXISTS (
                SELECT FROM waitinglist.import_fault
                 WHERE import_id = $1 AND (row_number <= 1 OR code IN ('unreadable', 'too-large')))
            """;

    /** Whether the file as a whole is not to be trusted: its head is wrong, or it breaks off. */
    Future<Boolean> isUnreadable(Tx tx, UUID id) {
        return tx.find(IS_UNREADABLE, row -> row.getBoolean(0), id).map(found -> found.orElse(false));
    }

    private static final String DELETE_LOOSE_ROWS = """
            DELETE FROM waitinglist.import_row r
             WHERE NOT EXISTS (
                   SELECT FROM waitinglist.register_import i WHERE i.import_id = r.import_id AND i.state = 'running')
            """;

    private static final String DELETE_LOOSE = """
            DELETE FROM waitinglist.import_piece p
             WHERE uuid_extract_timestamp(p.import_id) < $1
               AND NOT EXISTS (
                   SELECT FROM waitinglist.register_import i WHERE i.import_id = p.import_id AND i.state = 'running')
            """;

    /** Pieces of files that were never handed over whole, and what a run that died at its end did not let go of. */
    Future<Integer> deleteLoose(Sql sql, Instant before) {
        return sql.execute(DELETE_LOOSE_ROWS)
                .compose(rows -> sql.execute(DELETE_LOOSE, before.atOffset(ZoneOffset.UTC)));
    }

    private static final String FINISH = """
            UPDATE waitinglist.register_import
               SET state = $2, faulty_rows = $3, entered = $4, finished_at = $5
             WHERE import_id = $1 AND state = 'running'
            """;

    Future<Void> finish(Tx tx, UUID id, State state, int faultyRows, int entered, Instant now) {
        return tx.execute(FINISH, id, state.id(), faultyRows, entered, now.atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    /** Lets go of everything personal that it held, once it has ended: nobody needs to wait for that. */
    Future<Void> forget(Tx tx, UUID id) {
        return tx.execute("DELETE FROM waitinglist.import_row WHERE import_id = $1", id)
                .compose(done -> tx.execute("DELETE FROM waitinglist.import_piece WHERE import_id = $1", id))
                .mapEmpty();
    }
}
