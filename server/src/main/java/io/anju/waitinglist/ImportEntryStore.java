package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.application.ApplicationService.Place;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** The end of an import, in the database: rows held against each other and the register, and entered in one go. */
final class ImportEntryStore {
    private static final int PLACES_AT_ONCE = 20_000;

    private final ApplicationService applications;

    ImportEntryStore(ApplicationService applications) {
        this.applications = applications;
    }

    /** Holding a million rows against each other takes longer than a request may. */
    Future<Void> allowTime(Tx tx) {
        return tx.run("SET LOCAL statement_timeout = '15min'")
                .compose(set -> tx.run("SET LOCAL work_mem = '64MB'"))
                .mapEmpty();
    }

    private static final String FORGET_CROSS = """
            DELETE FROM waitinglist.import_fault
             WHERE import_id = $1 AND is_cross
            """;

    /** Of those who are in the file twice, nobody can tell which row is right: all are faulty. */
    private static final String DUPLICATES = """
            INSERT INTO waitinglist.import_fault (import_id, row_number, column_name, code, is_cross)
            SELECT DISTINCT $1::uuid, row_number, column_name, 'duplicate-in-file', true
              FROM (SELECT row_number, column_name, count(*) OVER (PARTITION BY column_name, value) AS times
                      FROM (SELECT row_number, 'nationalId' AS column_name, person AS value
                              FROM waitinglist.import_row, unnest(persons) person
                             WHERE import_id = $1
                            UNION ALL
                            SELECT row_number, 'sourceNumber', convert_to(source_number, 'UTF8')
                              FROM waitinglist.import_row
                             WHERE import_id = $1) AS said) AS counted
             WHERE times > 1
            """;

    private static final String TAKEN = """
            INSERT INTO waitinglist.import_fault (import_id, row_number, column_name, code, is_cross)
            SELECT DISTINCT $1::uuid, r.row_number, 'nationalId', 'already-' || t.kind, true
              FROM waitinglist.import_row r
              CROSS JOIN unnest(r.persons) person
              JOIN application.taken_place t ON t.city_code = $2 AND t.person_index = person
             WHERE r.import_id = $1
            """;

    private static final String IMPORTED = """
            INSERT INTO waitinglist.import_fault (import_id, row_number, column_name, code, is_cross)
            SELECT $1, r.row_number, 'sourceNumber', 'already-imported', true
              FROM waitinglist.import_row r
              JOIN waitinglist.imported_household h
                ON h.city_code = $2 AND h.programme = $3 AND h.source_number = r.source_number
             WHERE r.import_id = $1
            """;

    private static final String BARRED = """
            INSERT INTO waitinglist.import_fault (import_id, row_number, column_name, code, is_cross, until)
            SELECT $1::uuid, r.row_number, 'nationalId', 'barred', true, max(b.barred_until)
              FROM waitinglist.import_row r
              CROSS JOIN unnest(r.persons) person
              JOIN waitinglist.bar b
                ON b.city_code = $2 AND b.programme = $3 AND b.person_index = person AND b.barred_until >= $4
             WHERE r.import_id = $1
             GROUP BY r.row_number
            """;

    private static final String FAULTY = """
            SELECT count(DISTINCT row_number)::integer
              FROM waitinglist.import_fault
             WHERE import_id = $1
            """;

    /** Looks for what rows contradict in each other and in the register; gives how many rows have any fault. */
    Future<Integer> check(Tx tx, RegisterImport one) {
        var list = one.list();
        return tx.execute(FORGET_CROSS, one.id())
                .compose(forgot -> tx.execute(DUPLICATES, one.id()))
                .compose(found -> tx.execute(TAKEN, one.id(), list.cityCode()))
                .compose(found -> tx.execute(IMPORTED, one.id(), list.cityCode(), list.programme()))
                .compose(found -> tx.execute(
                        BARRED, one.id(), list.cityCode(), list.programme(), Shanghai.date(one.requestedAt())))
                .compose(found -> tx.find(FAULTY, row -> row.getInteger(0), one.id()))
                .map(found -> found.orElse(0));
    }

    private static final String FAULTLESS = """
              FROM waitinglist.import_row r
             WHERE r.import_id = $1
               AND NOT EXISTS (
                   SELECT FROM waitinglist.import_fault f
                    WHERE f.import_id = r.import_id AND f.row_number = r.row_number)
            """;

    /** The numbers of the facts follow the rows, so that the same file gives the same register. */
    private static final String REGISTER = """
            WITH faultless AS (
                SELECT r.*, row_number() OVER (ORDER BY r.row_number) AS number
            """ + FAULTLESS + """
            ), fact AS (
                INSERT INTO waitinglist.list AS l (city_code, programme, version)
                SELECT $2, $3, count(*) FROM faultless
                ON CONFLICT (city_code, programme) DO UPDATE SET version = l.version + excluded.version
                RETURNING version - (SELECT count(*) FROM faultless) AS before
            )
            INSERT INTO waitinglist.registration
                   (registration_id, application_id, resident_id, city_code, programme, sequence, area_code, receipt_number,
                    masked_name, household_size, category, applied_at, qualified_on, registered_at, registered_on,
                    policy_digest, facts_sealed)
            SELECT r.registration_id, r.registration_id, r.registration_id, $2, $3, fact.before + r.number, r.area_code,
                   r.receipt_number, r.masked_name, r.household_size, r.category, r.applied_at, r.qualified_on, $5,
                   r.registered_on, $4, r.facts_sealed
              FROM faultless r, fact
            """;

    private static final String KEEP = """
            INSERT INTO waitinglist.imported_household
                   (registration_id, import_id, city_code, programme, source_number, household_sealed, applicant_index)
            SELECT r.registration_id, r.import_id, $2, $3, r.source_number, r.household_sealed, r.persons[1]
            """ + FAULTLESS;

    /** A household's row refers to its registration, which comes after it; looked at when all is there. */
    private static final String LATER = "SET CONSTRAINTS waitinglist.imported_household_registration_id_fkey DEFERRED";

    private static final String REGISTER_AHEAD = "SELECT waitinglist.register_ahead($1, $2, $3)";

    /**
     * Takes the places of the members of every faultless row and enters it; gives how many rows. The list stays locked from
     * its new numbers on until commit, so what needs no number goes first: nobody else waits for it.
     */
    Future<Integer> enter(Tx tx, RegisterImport one, Instant now) {
        var list = one.list();
        return takePlaces(tx, one, 0, now)
                .compose(taken -> tx.run(LATER))
                .compose(set -> tx.execute(KEEP, one.id(), list.cityCode(), list.programme()))
                .compose(kept -> tx.run(REGISTER_AHEAD, one.id(), list.cityCode(), list.programme()))
                .compose(ahead -> tx.execute(
                        REGISTER,
                        one.id(),
                        list.cityCode(),
                        list.programme(),
                        one.policyDigest(),
                        now.atOffset(ZoneOffset.UTC)));
    }

    private static final String PLACES = """
            SELECT r.row_number, r.registration_id, r.persons
            """ + FAULTLESS + """
               AND r.row_number > $2
             ORDER BY r.row_number
             LIMIT $3
            """;

    private record Persons(int row, UUID registrationId, List<Buffer> persons) {}

    private Future<Void> takePlaces(Tx tx, RegisterImport one, int after, Instant now) {
        return tx.list(
                        PLACES,
                        row -> new Persons(row.getInteger(0), row.getUUID(1), List.of(row.getArrayOfBuffers(2))),
                        one.id(),
                        after,
                        PLACES_AT_ONCE)
                .compose(page -> page.isEmpty()
                        ? Future.succeededFuture()
                        : applications
                                .takePlaces(tx, one.list().cityCode(), places(page), now)
                                .compose(taken -> takePlaces(
                                        tx, one, page.get(page.size() - 1).row(), now)));
    }

    private static List<Place> places(List<Persons> page) {
        return page.stream()
                .flatMap(household ->
                        household.persons().stream().map(person -> new Place(household.registrationId(), person)))
                .toList();
    }
}
