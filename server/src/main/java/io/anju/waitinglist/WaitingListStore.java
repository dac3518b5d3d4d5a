package io.anju.waitinglist;

import io.anju.application.CaseFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.waitinglist.Registration.Exit;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.Freeze;
import io.anju.waitinglist.Registration.FreezeType;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The register's rows: facts that are added and never changed. */
final class WaitingListStore {
    static final String TABLE = "waitinglist.registration";
    private static final String EXIT_TABLE = "waitinglist.exit";

    static {
        SqlErrors.constraint("registration_exits_once", WaitingListProblem.ALREADY_EXITED);
    }

    private final Vault vault;

    WaitingListStore(Vault vault) {
        this.vault = vault;
    }

    private static final String INSERT = """
            WITH fact AS (
                INSERT INTO waitinglist.list AS l (city_code, programme, version)
                VALUES ($3, $4, 1)
                ON CONFLICT (city_code, programme) DO UPDATE SET version = l.version + 1
                RETURNING version
            )
            INSERT INTO waitinglist.registration
                   (registration_id, application_id, resident_id, city_code, programme, sequence, area_code, receipt_number, masked_name,
                    household_size, category, applied_at, qualified_on, registered_at, registered_on, policy_digest,
                    facts_sealed)
            SELECT $1, $2, $16, $3, $4, fact.version, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
              FROM fact
            """;

    /** Adds a household under the next number of its list; the list stays locked until commit. */
    Future<Void> insert(Tx tx, CaseFile file, HouseholdFacts facts, LocalDate qualifiedOn, Instant now) {
        var id = Ids.next(now);
        return tx.execute(
                        INSERT,
                        id,
                        file.id(),
                        file.cityCode(),
                        file.programme(),
                        file.areaCode(),
                        file.receiptNumber(),
                        file.maskedName(),
                        file.householdSize(),
                        file.category(),
                        file.submittedAt().atOffset(ZoneOffset.UTC),
                        qualifiedOn,
                        now.atOffset(ZoneOffset.UTC),
                        Shanghai.date(now),
                        file.policyDigest(),
                        Buffer.buffer(vault.sealJson(TABLE, "facts_sealed", id, facts)),
                        file.residentId())
                .mapEmpty();
    }

    /** Of a resident's applications, and of registers that were taken over. */
    private static final String OF_RESIDENT = """
                   SELECT registration_id
                     FROM waitinglist.registration
                    WHERE resident_id = $1
                    UNION ALL
                   SELECT registration_id
                     FROM waitinglist.household_account
                    WHERE resident_id = $1
            """;

    private static final String EARLIER_QUALIFICATION = """
            SELECT min(r.qualified_on)
              FROM waitinglist.registration r
              JOIN waitinglist.exit x USING (registration_id)
             WHERE r.registration_id IN (
            """ + OF_RESIDENT + """
                   )
               AND r.city_code = $2
               AND r.programme = $3
               AND x.exit_type IN ('withdrawn', 'no-longer-eligible', 'other')
            """;

    /** The first day on which the resident qualified before and left again; who was housed or deceived begins anew. */
    Future<Optional<LocalDate>> earlierQualification(Tx tx, CaseFile file) {
        return tx.find(
                        EARLIER_QUALIFICATION,
                        row -> Optional.ofNullable(row.getLocalDate(0)),
                        file.residentId(),
                        file.cityCode(),
                        file.programme())
                .map(found -> found.flatMap(Function.identity()));
    }

    private static final String INSERT_EXIT = """
            WITH fact AS (
                UPDATE waitinglist.list
                   SET version = version + 1
                 WHERE city_code = $2 AND programme = $3
                RETURNING version
            )
            INSERT INTO waitinglist.exit
                   (registration_id, city_code, programme, sequence, exit_type, occurred_on, reason_sealed, recorded_at,
                    recorded_by, office, estate_name, home_rooms)
            SELECT $1, $2, $3, fact.version, $4, $5, $6, $7, $8, $9, $10, $11
              FROM fact
            """;

    Future<Void> insertExit(Tx tx, Registration registration, RegistrationExit exit, Caller caller, Instant now) {
        var office = caller.office();
        return tx.execute(
                        INSERT_EXIT,
                        registration.id(),
                        registration.list().cityCode(),
                        registration.list().programme(),
                        exit.type().id(),
                        exit.occurredOn(),
                        Buffer.buffer(vault.sealJson(EXIT_TABLE, "reason_sealed", registration.id(), exit.reason())),
                        now.atOffset(ZoneOffset.UTC),
                        caller.id(),
                        office == null ? null : office.name(),
                        exit.home().estateName(),
                        exit.home().rooms())
                .mapEmpty();
    }

    static final String COLUMNS = """
            SELECT r.registration_id, r.application_id, r.resident_id, r.city_code, r.programme, r.sequence, r.area_code,
                   r.receipt_number, r.masked_name, r.household_size, r.category, r.applied_at, r.qualified_on,
                   r.registered_on, r.policy_digest, r.effective_on, r.waivers, r.freeze_type, r.frozen_from, r.exit_type,
                   r.occurred_on, r.recorded_at
              FROM waitinglist.household r
            """;

    private static final String BY_ID = COLUMNS + " WHERE r.registration_id = $1";

    Future<Optional<Registration>> byId(Sql sql, UUID registrationId) {
        return sql.find(BY_ID, WaitingListStore::registration, registrationId);
    }

    private static final String OF_APPLICATION = COLUMNS + " WHERE r.application_id = $1";

    Future<Optional<Registration>> ofApplication(Sql sql, UUID applicationId) {
        return sql.find(OF_APPLICATION, WaitingListStore::registration, applicationId);
    }

    private static final String OWN = COLUMNS + " WHERE r.registration_id IN (" + OF_RESIDENT + """
                   )
               AND ($2::uuid IS NULL OR r.registration_id < $2)
             ORDER BY r.registration_id DESC
             LIMIT $3
            """;

    /** Registrations of a resident's account, newest first. */
    Future<List<Registration>> own(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(OWN, WaitingListStore::registration, residentId, before, limit);
    }

    private static final String OWN_ONE =
            COLUMNS + " WHERE r.registration_id = $2 AND r.registration_id IN (" + OF_RESIDENT + ")";

    Future<Optional<Registration>> ofResident(Sql sql, UUID residentId, UUID registrationId) {
        return sql.find(OWN_ONE, WaitingListStore::registration, residentId, registrationId);
    }

    private static final String BY_RECEIPT = COLUMNS + " WHERE r.receipt_number = $1";

    Future<Optional<Registration>> byReceipt(Sql sql, String receiptNumber) {
        return sql.find(BY_RECEIPT, WaitingListStore::registration, receiptNumber);
    }

    private static final String OF_OFFICE = COLUMNS + """
             WHERE r.registration_id = $1
               AND r.city_code = $2
               AND starts_with(r.area_code, $3)
            """;

    Future<Optional<Registration>> ofOffice(Sql sql, UUID registrationId, Office office) {
        return sql.find(
                OF_OFFICE, WaitingListStore::registration, registrationId, office.cityCode(), office.areaCode());
    }

    /** @param barredUntil last day on which nobody of the household may apply again; null for no bar */
    record ToldExit(Reason reason, @Nullable LocalDate barredUntil) {}

    private static final String EXIT_REASON = """
            SELECT reason_sealed, (SELECT max(barred_until) FROM waitinglist.bar WHERE registration_id = $1) AS barred_until
              FROM waitinglist.exit
             WHERE registration_id = $1
            """;

    Future<ToldExit> exitReason(Sql sql, UUID registrationId) {
        return sql.find(
                        EXIT_REASON,
                        row -> new ToldExit(reason(registrationId, row), row.getLocalDate("barred_until")),
                        registrationId)
                .map(Optional::orElseThrow);
    }

    private Reason reason(UUID registrationId, Row row) {
        return vault.openJson(
                EXIT_TABLE, "reason_sealed", registrationId, row.getBuffer(0).getBytes(), Reason.class);
    }

    static Registration registration(Row row) {
        var exitType = row.getString("exit_type");
        var freezeType = row.getString("freeze_type");
        return new Registration(
                row.getUUID("registration_id"),
                row.getUUID("application_id"),
                row.getUUID("resident_id"),
                new ListKey(row.getString("city_code"), row.getString("programme")),
                row.getLong("sequence"),
                row.getString("area_code"),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                row.getInteger("household_size"),
                row.getString("category"),
                row.getOffsetDateTime("applied_at").toInstant(),
                row.getLocalDate("qualified_on"),
                row.getLocalDate("registered_on"),
                row.getString("policy_digest"),
                row.getLocalDate("effective_on"),
                row.getInteger("waivers"),
                freezeType == null ? null : new Freeze(FreezeType.of(freezeType), row.getLocalDate("frozen_from")),
                exitType == null
                        ? null
                        : new Exit(
                                ExitType.of(exitType),
                                row.getLocalDate("occurred_on"),
                                row.getOffsetDateTime("recorded_at").toInstant()));
    }
}
