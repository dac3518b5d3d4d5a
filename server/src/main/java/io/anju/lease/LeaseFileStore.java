package io.anju.lease;

import static io.anju.platform.db.Columns.bytes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Leases as a party may take them along: the other parties by their masked names. */
final class LeaseFileStore {
    private static final String OWN = """
             WHERE x.lease_id IN (SELECT lease_id FROM lease.party WHERE person_index = $1)
            """;

    private static final String LEASES = """
            SELECT x.lease_id AS "leaseId", x.lease_number AS "leaseNumber", x.city_code AS "cityCode", x.programme,
                   h.building, h.home_number AS "homeNumber", h.area_sqm AS "areaSqm", x.provider, x.state,
                   x.from_date AS "from", x.to_date AS "to", x.signed_on AS "signedOn", x.last_day AS "lastDay",
                   x.end_ground AS "endGround", x.returned_on AS "returnedOn", x.deposit_fen AS "depositFen",
                   x.policy_digest AS "policyDigest"
              FROM lease.lease x
              JOIN lease.home h ON h.home_id = x.home_id
            """ + OWN + " ORDER BY x.lease_id LIMIT 1000";

    private static final String PARTIES = """
            SELECT x.lease_id AS "leaseId", x.role, x.from_date AS "from", x.masked_name AS "maskedName"
              FROM lease.party x
            """ + OWN + " ORDER BY x.lease_id, x.from_date LIMIT 1000";

    private static final String TERMS = """
            SELECT x.lease_id AS "leaseId", x.number, x.from_date AS "from", x.monthly_rent_fen AS "monthlyRentFen",
                   x.monthly_subsidy_fen AS "monthlySubsidyFen", x.tier, x.policy_digest AS "policyDigest",
                   x.recorded_at AS "recordedAt"
              FROM lease.terms x
            """ + OWN + " ORDER BY x.lease_id, x.number LIMIT 1000";

    /** Tenants follow one another: of those of a lease the last one counts. */
    private static final String IS_HELD = """
            SELECT 1
              FROM lease.party_in_effect p
              JOIN lease.lease x ON x.lease_id = p.lease_id
             WHERE p.person_index = $1
               AND x.state NOT IN ('ended', 'withdrawn')
               AND (p.role = 'co-tenant'
                    OR p.from_date = (SELECT max(t.from_date)
                                        FROM lease.party_in_effect t
                                       WHERE t.lease_id = p.lease_id AND t.role = 'tenant'))
             LIMIT 1
            """;

    Future<Boolean> isHeld(Sql sql, byte[] person) {
        return sql.find(IS_HELD, row -> true, bytes(person)).map(Optional::isPresent);
    }

    Future<List<ObjectNode>> leases(Sql sql, byte[] person) {
        return HeldRows.list(sql, LEASES, bytes(person));
    }

    Future<List<ObjectNode>> parties(Sql sql, byte[] person) {
        return HeldRows.list(sql, PARTIES, bytes(person));
    }

    Future<List<ObjectNode>> terms(Sql sql, byte[] person) {
        return HeldRows.list(sql, TERMS, bytes(person));
    }
}
