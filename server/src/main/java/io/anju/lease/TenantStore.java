package io.anju.lease;

import static io.anju.platform.db.Columns.bytes;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows about those who signed, read as whose the days of a lease are; nothing sealed is opened. */
final class TenantStore {
    private static final String TENANTS = """
            SELECT lease_id, from_date, masked_name
              FROM lease.party_in_effect
             WHERE lease_id = ANY ($1::uuid[]) AND role = 'tenant'
             ORDER BY lease_id, from_date
            """;

    private record OneTenant(UUID leaseId, Lease.Tenant tenant) {}

    /** Who was the tenant of each of these leases, one after another. */
    Future<Map<UUID, Tenants>> tenants(Sql sql, List<UUID> ids) {
        return sql.list(
                        TENANTS,
                        row -> new OneTenant(
                                row.getUUID("lease_id"),
                                new Lease.Tenant(row.getString("masked_name"), row.getLocalDate("from_date"))),
                        (Object) ids.toArray(UUID[]::new))
                .map(found -> {
                    var byLease = found.stream()
                            .collect(groupingBy(OneTenant::leaseId, mapping(OneTenant::tenant, toList())));
                    return byLease.entrySet().stream()
                            .collect(toMap(Map.Entry::getKey, one -> new Tenants(one.getKey(), one.getValue())));
                });
    }

    private static final String PERSONS = """
            SELECT DISTINCT person_index
              FROM lease.party
             WHERE lease_id = $1
             LIMIT 100
            """;

    private static final String PERSONS_ON = """
            SELECT DISTINCT p.person_index
              FROM lease.party_in_effect p
             WHERE p.lease_id = $1
               AND (p.role = 'co-tenant'
                    OR p.from_date = (SELECT coalesce(max(t.from_date) FILTER (WHERE t.from_date <= $2), min(t.from_date))
                                        FROM lease.party_in_effect t
                                       WHERE t.lease_id = $1 AND t.role = 'tenant'))
             LIMIT 100
            """;

    /** The tenant of a day, and the co-tenants. */
    Future<List<byte[]>> personsOn(Sql sql, UUID leaseId, LocalDate day) {
        return sql.list(PERSONS_ON, row -> bytes(row, "person_index"), leaseId, day);
    }

    Future<List<byte[]>> persons(Sql sql, UUID leaseId) {
        return sql.list(PERSONS, row -> bytes(row, "person_index"), leaseId);
    }

    private static final String TENANTS_ON = """
            SELECT asked.place, p.person_index
              FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS asked (lease_id, day, place)
              JOIN lease.party p
                ON p.lease_id = asked.lease_id AND p.role = 'tenant'
               AND p.from_date = (SELECT coalesce(max(t.from_date) FILTER (WHERE t.from_date <= asked.day),
                                                  min(t.from_date))
                                    FROM lease.party t
                                   WHERE t.lease_id = asked.lease_id AND t.role = 'tenant')
             ORDER BY asked.place
            """;

    /** The tenants of these leases on these days, in the order of the questions; each lease has one. */
    Future<List<byte[]>> tenantsOn(Sql sql, List<UUID> ids, List<LocalDate> days) {
        return sql.list(
                TENANTS_ON,
                row -> bytes(row, "person_index"),
                ids.toArray(UUID[]::new),
                days.toArray(LocalDate[]::new));
    }

    /** Somebody may have been a co-tenant before taking over. */
    private static final String TENANCIES = """
            SELECT p.lease_id, min(p.from_date) AS from_date,
                   CASE WHEN bool_and(next.day IS NOT NULL) THEN max(next.day) END AS until
              FROM lease.party_in_effect p
              LEFT JOIN LATERAL (
                    SELECT min(t.from_date) AS day
                      FROM lease.party_in_effect t
                     WHERE p.role = 'tenant' AND t.lease_id = p.lease_id AND t.role = 'tenant'
                       AND t.from_date > p.from_date) next ON true
             WHERE p.person_index = $1 AND ($2::uuid IS NULL OR p.lease_id = $2)
             GROUP BY p.lease_id
             ORDER BY p.lease_id
             LIMIT 200
            """;

    /** A person's days of the leases that it signed, or of one of them; nobody signs two hundred. */
    Future<List<Tenancy>> tenancies(Sql sql, byte[] personIndex, @Nullable UUID leaseId) {
        return sql.list(
                TENANCIES,
                row -> new Tenancy(row.getUUID("lease_id"), row.getLocalDate("from_date"), row.getLocalDate("until")),
                bytes(personIndex),
                leaseId);
    }

    private static final String HELD_BY = """
            SELECT p.lease_id
              FROM lease.party_in_effect p
             WHERE p.person_index = $1
               AND (p.role = 'co-tenant'
                    OR p.from_date = (SELECT max(t.from_date)
                                        FROM lease.party_in_effect t
                                       WHERE t.lease_id = p.lease_id AND t.role = 'tenant'))
             ORDER BY p.lease_id
             LIMIT 200
            """;

    /** The leases that a person signed, without those that have had another tenant since. */
    Future<List<UUID>> heldBy(Sql sql, byte[] personIndex) {
        return sql.list(HELD_BY, row -> row.getUUID("lease_id"), bytes(personIndex));
    }
}
