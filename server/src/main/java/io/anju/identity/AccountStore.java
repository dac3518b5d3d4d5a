package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;
import static io.anju.platform.db.Columns.findInstant;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of {@code identity.resident} and {@code identity.log_in_method}; personal data stays sealed here. */
final class AccountStore {
    static {
        SqlErrors.constraint("one_person_one_account", IdentityProblem.PERSON_HAS_ACCOUNT);
    }

    static final String RESIDENT = "identity.resident";
    static final String NAME = "sealed_name";
    static final String NATIONAL_ID = "sealed_national_id";
    static final String METHOD = "identity.log_in_method";
    static final String VALUE = "sealed_value";

    /** Waits for a racing insert of the same method, and then does nothing. */
    private static final String INSERT_METHOD = """
            INSERT INTO identity.log_in_method (id, resident_id, kind, value_index, sealed_value, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (kind, value_index) DO NOTHING
            """;

    private static final String INSERT_RESIDENT = """
            INSERT INTO identity.resident (id, created_at) VALUES ($1, $2)
            """;

    private static final String FIND_BY_METHOD = """
            SELECT resident_id FROM identity.log_in_method WHERE kind = $1 AND value_index = $2
            """;

    /** Holds the way where it is until the transaction ends, so that no session opens on an account just merged. */
    private static final String HOLD_BY_METHOD = FIND_BY_METHOD + "FOR SHARE";

    private static final String LOCK_BY_METHOD = FIND_BY_METHOD + "FOR UPDATE";

    private static final String LOCK_RESIDENTS = """
            SELECT id, person_index IS NOT NULL AS bound
              FROM identity.resident
             WHERE id = ANY ($1::uuid[]) AND merged_into IS NULL AND deleted_at IS NULL
             ORDER BY id
               FOR UPDATE
            """;

    private static final String COUNT_METHODS = """
            SELECT count(*) AS methods FROM identity.log_in_method WHERE resident_id = ANY ($1::uuid[])
            """;

    private static final String MERGE = """
            WITH moved AS (
                UPDATE identity.log_in_method SET resident_id = $2 WHERE resident_id = $1
            )
            UPDATE identity.resident SET merged_into = $2, merged_at = $3 WHERE id = $1
            """;

    private static final String FIND_RESIDENT = """
            SELECT r.created_at, r.sealed_name, r.sealed_national_id, r.bound_at,
                   m.id AS method_id, m.kind, m.sealed_value
              FROM identity.resident r
              LEFT JOIN identity.log_in_method m ON m.resident_id = r.id
             WHERE r.id = $1
             ORDER BY m.kind, m.id
             LIMIT 16
            """;

    private static final String BIND = """
            UPDATE identity.resident
               SET person_index = $2, sealed_name = $3, sealed_national_id = $4, bound_at = $5
             WHERE id = $1 AND person_index IS NULL AND merged_into IS NULL AND deleted_at IS NULL
            """;

    /** A row of the account joined with one of its ways to log in. */
    record AccountRow(
            Instant createdAt,
            Optional<byte[]> sealedName,
            Optional<byte[]> sealedNationalId,
            Optional<Instant> boundAt,
            Optional<MethodRow> method) {}

    record MethodRow(UUID id, Resident.LogIn.Kind kind, byte[] sealedValue) {}

    /** Gives whether the method is new; otherwise it belongs to an account already. */
    Future<Boolean> insertMethod(
            Tx tx, UUID id, UUID residentId, Resident.LogIn.Kind kind, byte[] index, byte[] sealed, Instant now) {
        return tx.execute(INSERT_METHOD, id, residentId, kind.id(), bytes(index), bytes(sealed), at(now))
                .map(rows -> rows > 0);
    }

    Future<Void> insertResident(Tx tx, UUID id, Instant now) {
        return tx.execute(INSERT_RESIDENT, id, at(now)).mapEmpty();
    }

    Future<Optional<UUID>> findByMethod(Sql sql, Resident.LogIn.Kind kind, byte[] index) {
        return sql.find(FIND_BY_METHOD, row -> row.getUUID("resident_id"), kind.id(), bytes(index));
    }

    /** As {@link #findByMethod}, and the way stays with this account until the transaction ends. */
    Future<Optional<UUID>> holdByMethod(Tx tx, Resident.LogIn.Kind kind, byte[] index) {
        return tx.find(HOLD_BY_METHOD, row -> row.getUUID("resident_id"), kind.id(), bytes(index));
    }

    Future<Optional<UUID>> lockByMethod(Tx tx, Resident.LogIn.Kind kind, byte[] index) {
        return tx.find(LOCK_BY_METHOD, row -> row.getUUID("resident_id"), kind.id(), bytes(index));
    }

    /** Locks accounts, in the order of their ids; gives of each that still stands whether it is bound to a person. */
    Future<Map<UUID, Boolean>> lockResidents(Tx tx, UUID... ids) {
        return tx.list(LOCK_RESIDENTS, row -> Map.entry(row.getUUID("id"), row.getBoolean("bound")), (Object) ids)
                .map(rows -> rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** Waits for a log-in that is on its way by one of these; afterwards each of them opens another account. */
    private static final String ERASE_METHODS = "DELETE FROM identity.log_in_method WHERE resident_id = $1";

    private static final String ERASE = """
            UPDATE identity.resident
               SET person_index = NULL, sealed_name = NULL, sealed_national_id = NULL, bound_at = NULL, deleted_at = $2
             WHERE id = $1 AND deleted_at IS NULL
            """;

    Future<Void> erase(Tx tx, UUID id, Instant now) {
        return tx.execute(ERASE_METHODS, id)
                .compose(gone -> tx.execute(ERASE, id, at(now)))
                .mapEmpty();
    }

    /** Taken before any row, by whoever may make somebody's account the one of a person. */
    private static final String LOCK_PERSON =
            "SELECT pg_advisory_xact_lock(hashtextextended('identity.person/' || encode($1::bytea, 'hex'), 0))";

    Future<Void> lockPerson(Tx tx, byte[] personIndex) {
        return tx.run(LOCK_PERSON, bytes(personIndex)).mapEmpty();
    }

    private static final String FIND_BY_PERSON = """
            SELECT id FROM identity.resident WHERE person_index = $1
            """;

    Future<Optional<UUID>> findByPerson(Sql sql, byte[] personIndex) {
        return sql.find(FIND_BY_PERSON, row -> row.getUUID("id"), bytes(personIndex));
    }

    private static final String FIND_BY_PERSONS = """
            SELECT r.id
              FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (person_index, place)
              LEFT JOIN identity.resident r ON r.person_index = asked.person_index
             ORDER BY asked.place
            """;

    /** In the order of the question; empty for a person without an account. */
    Future<List<Optional<UUID>>> findByPersons(Sql sql, List<byte[]> personIndexes) {
        return sql.list(FIND_BY_PERSONS, row -> Optional.ofNullable(row.getUUID("id")), (Object)
                personIndexes.stream().map(Buffer::buffer).toArray(Buffer[]::new));
    }

    Future<Integer> countMethods(Tx tx, UUID... residentIds) {
        return tx.find(COUNT_METHODS, row -> row.getInteger("methods"), (Object) residentIds)
                .map(Optional::orElseThrow);
    }

    /** Moves every way to log in from one account to another, and closes the emptied one. */
    Future<Void> merge(Tx tx, UUID from, UUID to, Instant now) {
        return tx.execute(MERGE, from, to, at(now)).mapEmpty();
    }

    /** Gives one row for each way to log in, at least one for an account that exists. */
    Future<List<AccountRow>> findResident(Sql sql, UUID id) {
        return sql.list(FIND_RESIDENT, AccountStore::accountRow, id);
    }

    /** Gives whether the account was free to be bound. */
    Future<Boolean> bind(Tx tx, UUID id, byte[] personIndex, byte[] sealedName, byte[] sealedNationalId, Instant now) {
        return tx.execute(BIND, id, bytes(personIndex), bytes(sealedName), bytes(sealedNationalId), at(now))
                .map(rows -> rows > 0);
    }

    private static final String CORRECT_NAME = """
            UPDATE identity.resident
               SET sealed_name = $2
             WHERE id = $1 AND person_index IS NOT NULL AND merged_into IS NULL AND deleted_at IS NULL
            """;

    Future<Boolean> correctName(Tx tx, UUID id, byte[] sealedName) {
        return tx.execute(CORRECT_NAME, id, bytes(sealedName)).map(rows -> rows > 0);
    }

    private static AccountRow accountRow(Row row) {
        return new AccountRow(
                instant(row, "created_at"),
                findBytes(row, NAME),
                findBytes(row, NATIONAL_ID),
                findInstant(row, "bound_at"),
                Optional.ofNullable(row.getUUID("method_id"))
                        .map(id ->
                                new MethodRow(id, Resident.LogIn.Kind.of(row.getString("kind")), bytes(row, VALUE))));
    }
}
