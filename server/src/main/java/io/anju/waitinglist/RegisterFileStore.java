package io.anju.waitinglist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.identity.NationalId;
import io.anju.identity.Resident;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.http.Json;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The register's rows as the household may take them along: no official is named, and no other household. */
final class RegisterFileStore {
    /** Those that the account's applications led to, and those that were taken over and tied to it. */
    private static final String OWN = """
             WHERE x.registration_id IN (
                SELECT registration_id FROM waitinglist.registration WHERE resident_id = $1
                 UNION
                SELECT registration_id FROM waitinglist.household_account WHERE resident_id = $1)
            """;

    private static final String REGISTRATIONS = """
            SELECT x.registration_id AS "registrationId", x.application_id AS "applicationId",
                   x.city_code AS "cityCode", x.programme, x.area_code AS "areaCode",
                   x.receipt_number AS "receiptNumber", x.household_size AS "householdSize", x.category,
                   x.applied_at AS "appliedAt", x.qualified_on AS "qualifiedOn", x.registered_on AS "registeredOn",
                   x.policy_digest AS "policyDigest", x.facts_sealed
              FROM waitinglist.registration x
            """ + OWN + " ORDER BY x.registration_id LIMIT 1000";

    private static final String TIES = """
            SELECT x.registration_id AS "registrationId", x.tied_at AS "tiedAt", i.source_number AS "sourceNumber"
              FROM waitinglist.household_account x
              JOIN waitinglist.imported_household i ON i.registration_id = x.registration_id
             WHERE x.resident_id = $1
             LIMIT 1000
            """;

    private static final String BARS = """
            SELECT city_code AS "cityCode", programme, barred_until AS "barredUntil", recorded_at AS "recordedAt"
              FROM waitinglist.bar
             WHERE person_index = $1
             LIMIT 1000
            """;

    private static final String EXITS = """
            SELECT x.registration_id AS "registrationId", x.exit_type AS "exitType", x.occurred_on AS "occurredOn",
                   x.recorded_at AS "recordedAt", x.office, x.estate_name AS "estateName", x.home_rooms AS "homeRooms",
                   x.reason_sealed
              FROM waitinglist.exit x
            """ + OWN + " LIMIT 1000";

    private static final String FREEZES = """
            SELECT x.registration_id AS "registrationId", x.freeze_type AS "freezeType", x.from_date AS "from",
                   x.recorded_at AS "recordedAt", x.office, x.reason_sealed
              FROM waitinglist.freeze x
            """ + OWN + " ORDER BY x.sequence LIMIT 1000";

    private static final String WAIVERS = """
            SELECT x.registration_id AS "registrationId", x.offer_number AS "offerNumber", x.waived_on AS "waivedOn",
                   x.consequence, x.barred_until AS "barredUntil", x.recorded_at AS "recordedAt", x.office,
                   x.reason_sealed
              FROM waitinglist.waiver x
            """ + OWN + " ORDER BY x.sequence LIMIT 1000";

    private static final String CHANGES = """
            SELECT x.inputs_id AS "changeId", x.registration_id AS "registrationId", x.effective_on AS "effectiveOn",
                   x.area_code AS "areaCode", x.household_size AS "householdSize", x.category,
                   x.recorded_at AS "recordedAt", x.office, x.facts_sealed, x.reason_sealed
              FROM waitinglist.inputs x
            """ + OWN + " ORDER BY x.sequence LIMIT 1000";

    private static final String PLACES = """
            SELECT x.registration_id AS "registrationId", s.as_of AS "asOf", s.derived_at AS "derivedAt", p.rank,
                   p.district_rank AS "districtRank", p.score, p.ahead, p.frozen
              FROM waitinglist.registration x
              JOIN waitinglist.standing s ON s.city_code = x.city_code AND s.programme = x.programme
             CROSS JOIN LATERAL waitinglist.place(s.standing_id, x.sequence) p
            """ + OWN + " ORDER BY s.standing_id LIMIT 1000";

    private static final String DEPARTURES = """
            SELECT x.registration_id AS "registrationId", x.rank, x.home_rooms AS "homeRooms"
              FROM waitinglist.departure x
            """ + OWN + " LIMIT 1000";

    private static final String VISITS = """
            SELECT x.registration_id AS "registrationId", x.seen_on AS "seenOn" FROM waitinglist.visit x
            """ + OWN + " ORDER BY x.seen_on LIMIT 1000";

    private final Vault vault;

    RegisterFileStore(Vault vault) {
        this.vault = vault;
    }

    private static final String IS_WAITING = """
            SELECT 1 FROM waitinglist.registration x
            """ + OWN
            + " AND NOT EXISTS (SELECT FROM waitinglist.exit e WHERE e.registration_id = x.registration_id) LIMIT 1";

    Future<Boolean> isWaiting(Sql sql, UUID residentId) {
        return sql.find(IS_WAITING, row -> true, residentId).map(Optional::isPresent);
    }

    Future<List<ObjectNode>> registrations(Sql sql, UUID residentId) {
        return HeldRows.list(sql, REGISTRATIONS, (row, node) -> facts(row, node, null), residentId);
    }

    Future<List<ObjectNode>> exits(Sql sql, UUID residentId) {
        return HeldRows.list(sql, EXITS, (row, node) -> reason(row, node, "waitinglist.exit"), residentId);
    }

    Future<List<ObjectNode>> freezes(Sql sql, UUID residentId) {
        return HeldRows.list(sql, FREEZES, (row, node) -> reason(row, node, "waitinglist.freeze"), residentId);
    }

    Future<List<ObjectNode>> waivers(Sql sql, UUID residentId) {
        return HeldRows.list(sql, WAIVERS, (row, node) -> reason(row, node, "waitinglist.waiver"), residentId);
    }

    Future<List<ObjectNode>> changes(Sql sql, UUID residentId) {
        return HeldRows.list(
                sql,
                CHANGES,
                (row, node) -> {
                    facts(row, node, row.getUUID("changeId"));
                    reason(row, node, "waitinglist.inputs");
                },
                residentId);
    }

    Future<List<ObjectNode>> places(Sql sql, UUID residentId) {
        return HeldRows.list(sql, PLACES, residentId);
    }

    Future<List<ObjectNode>> departures(Sql sql, UUID residentId) {
        return HeldRows.list(sql, DEPARTURES, residentId);
    }

    Future<List<ObjectNode>> visits(Sql sql, UUID residentId) {
        return HeldRows.list(sql, VISITS, residentId);
    }

    Future<List<ObjectNode>> ties(Sql sql, UUID residentId) {
        return HeldRows.list(sql, TIES, residentId);
    }

    /** Bars name persons and no accounts. */
    Future<List<ObjectNode>> bars(Sql sql, Resident owner) {
        var person = owner.person();
        if (person == null) {
            return Future.succeededFuture(List.of());
        }
        var index =
                vault.blindIndex(NationalId.INDEX_PURPOSE, person.nationalId().value());
        return HeldRows.list(sql, BARS, Columns.bytes(index));
    }

    private void facts(Row row, ObjectNode node, @Nullable UUID inputsId) {
        var sealed = Columns.bytes(row, "facts_sealed");
        var facts = FactStore.open(vault, row.getUUID("registrationId"), inputsId, sealed, 0);
        node.set("facts", Json.mapper().valueToTree(facts.sums()));
    }

    private void reason(Row row, ObjectNode node, String table) {
        var id = row.getUUID("registrationId");
        var reason = vault.openJson(table, "reason_sealed", id, Columns.bytes(row, "reason_sealed"), Reason.class);
        node.set("reason", Json.mapper().valueToTree(reason));
    }
}
