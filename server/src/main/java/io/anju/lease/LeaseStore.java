package io.anju.lease;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;

import io.anju.lease.Lease.Course;
import io.anju.lease.Lease.End;
import io.anju.lease.RentTermsDesk.Among;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of leases. */
final class LeaseStore {
    static {
        SqlErrors.constraint("lease_home_one_at_a_time", LeaseProblem.HOME_TAKEN);
        SqlErrors.constraint("lease_once_per_registration", LeaseProblem.REGISTRATION_HAS_LEASE);
        SqlErrors.constraint("lease_legal_move", LeaseProblem.LEASE_STATE_FORBIDS);
    }

    /** With the newest tenant and terms, which every reader of a lease wants. */
    private static final String SELECT = "SELECT " + HomeStore.COLUMNS + """
                 , l.lease_id, l.lease_number, l.city_code, l.programme, l.provider, l.registration_id, l.follows, l.state, l.version,
                   l.from_date, l.to_date, l.signed_on, l.handed_over_on, l.moved_in_on, l.filing_number, l.filed_on,
                   l.last_day, l.end_ground, l.returned_on, l.deposit_fen, l.policy_digest,
                   tenant.masked_name, tenant.from_date AS tenant_from, rent.monthly_rent_fen, rent.monthly_subsidy_fen,
                   r.requested_on, r.decided_on, r.approved, r.reason, next.lease_id AS next_lease_id,
                   leaving.requested_on AS leaving_asked_on, leaving.wished_last_day, leaving.state AS leaving_state,
                   leaving.decided_on AS leaving_decided_on, leaving.last_day AS leaving_last_day,
                   leaving.reason AS leaving_reason
              FROM lease.lease l
              JOIN lease.home h USING (home_id)
              JOIN lease.estate e USING (estate_id)
              JOIN LATERAL (
                    SELECT p.masked_name, p.from_date
                      FROM lease.party_in_effect p
                     WHERE p.lease_id = l.lease_id AND p.role = 'tenant'
                     ORDER BY p.from_date DESC
                     LIMIT 1) tenant ON true
              JOIN LATERAL (
                    SELECT t.monthly_rent_fen, t.monthly_subsidy_fen
                      FROM lease.terms t
                     WHERE t.lease_id = l.lease_id
                     ORDER BY t.number DESC
                     LIMIT 1) rent ON true
              LEFT JOIN lease.renewal r ON r.lease_id = l.lease_id
              LEFT JOIN lease.lease next ON next.follows = l.lease_id
              LEFT JOIN LATERAL (
                    SELECT q.requested_on, q.wished_last_day, q.state, q.decided_on, q.last_day, q.reason
                      FROM lease.termination q
                     WHERE q.lease_id = l.lease_id
                     ORDER BY q.termination_id DESC
                     LIMIT 1) leaving ON true
            """;

    private static final String FIND = SELECT + " WHERE l.lease_id = $1";

    Future<Optional<Lease>> find(Sql sql, UUID id) {
        return sql.find(FIND, LeaseRowStore::lease, id);
    }

    private static final String LOCK = """
            SELECT lease_id
              FROM lease.lease
             WHERE lease_id = $1
               FOR UPDATE
            """;

    /** As {@link #find}, with nobody else changing it until commit. */
    Future<Optional<Lease>> lock(Tx tx, UUID id) {
        return tx.run(LOCK, id).compose(locked -> find(tx, id));
    }

    private static final String LIST = SELECT + """
             WHERE l.city_code = $1
               AND ($2::text IS NULL OR l.state = $2)
               AND ($3::uuid IS NULL OR l.lease_id < $3)
             ORDER BY l.lease_id DESC
             LIMIT $4
            """;

    Future<List<Lease>> list(Sql sql, String cityCode, @Nullable LeaseState state, @Nullable UUID before, int limit) {
        return sql.list(LIST, LeaseRowStore::lease, cityCode, state == null ? null : state.id(), before, limit);
    }

    private static final String OF_PERSON = SELECT + """
             WHERE l.lease_id IN (SELECT p.lease_id FROM lease.party_in_effect p WHERE p.person_index = $1)
               AND ($2::uuid IS NULL OR l.lease_id < $2)
             ORDER BY l.lease_id DESC
             LIMIT $3
            """;

    /** The leases that a person signed. */
    Future<List<Lease>> ofPerson(Sql sql, byte[] personIndex, @Nullable UUID before, int limit) {
        return sql.list(OF_PERSON, LeaseRowStore::lease, bytes(personIndex), before, limit);
    }

    private static final String OF_PERSON_AT = SELECT + """
             WHERE l.lease_id IN (SELECT p.lease_id FROM lease.party_in_effect p WHERE p.person_index = $1)
               AND l.home_id = $2
             ORDER BY l.lease_id DESC
             LIMIT 1
            """;

    /** The newest lease of a home that a person signed. */
    Future<Optional<Lease>> ofPersonAt(Sql sql, byte[] personIndex, UUID homeId) {
        return sql.find(OF_PERSON_AT, LeaseRowStore::lease, bytes(personIndex), homeId);
    }

    private static final String OF_IDS = SELECT + " WHERE l.lease_id = ANY ($1::uuid[]) ORDER BY l.lease_id";

    Future<List<Lease>> ofIds(Sql sql, List<UUID> ids) {
        return sql.list(OF_IDS, LeaseRowStore::lease, (Object) ids.toArray(UUID[]::new));
    }

    private static final String NEXT_NUMBER = "SELECT nextval('lease.number') AS number";

    Future<Long> nextNumber(Tx tx) {
        return tx.find(NEXT_NUMBER, row -> row.getLong("number")).map(Optional::orElseThrow);
    }

    private static final String INSERT = """
            INSERT INTO lease.lease
                   (lease_id, lease_number, city_code, programme, home_id, provider, registration_id, follows, state,
                    from_date, to_date, signed_on, deposit_fen, policy_digest, signed_by, recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'signed', $9, $10, $11, $12, $13, $14, $15)
            """;

    /** A lease as it is signed. */
    record Signed(
            UUID id,
            String number,
            String programme,
            Home home,
            @Nullable UUID registrationId,
            @Nullable UUID follows,
            LocalDate from,
            LocalDate to,
            LocalDate signedOn,
            long depositFen,
            String policyDigest) {}

    Future<Void> insert(Tx tx, Signed signed, @Nullable UUID by, Instant now) {
        return tx.execute(
                        INSERT,
                        signed.id(),
                        signed.number(),
                        signed.home().cityCode(),
                        signed.programme(),
                        signed.home().id(),
                        signed.home().provider(),
                        signed.registrationId(),
                        signed.follows(),
                        signed.from(),
                        signed.to(),
                        signed.signedOn(),
                        signed.depositFen(),
                        signed.policyDigest(),
                        by,
                        at(now))
                .mapEmpty();
    }

    private static final String UPDATE = """
            UPDATE lease.lease
               SET state = $2, version = version + 1, handed_over_on = $3, moved_in_on = $4, filing_number = $5,
                   filed_on = $6, last_day = $7, end_ground = $8, returned_on = $9
             WHERE lease_id = $1
            """;

    /** Writes what can change of a locked lease. */
    Future<Void> update(Tx tx, UUID id, LeaseState state, Course course, @Nullable End end) {
        return tx.execute(
                        UPDATE,
                        id,
                        state.id(),
                        course.handedOverOn(),
                        course.movedInOn(),
                        course.filingNumber(),
                        course.filedOn(),
                        end == null ? null : end.lastDay(),
                        end == null ? null : end.ground().id(),
                        end == null ? null : end.returnedOn())
                .mapEmpty();
    }

    private static final String EXPIRED = """
            SELECT lease_id
              FROM lease.lease
             WHERE state = 'active' AND coalesce(last_day, to_date) < $1
             ORDER BY lease_id
             LIMIT $2
            """;

    /** Leases in force whose last day is over: of the term, or the one that was announced. */
    Future<List<UUID>> expired(Sql sql, LocalDate today, int limit) {
        return sql.list(EXPIRED, row -> row.getUUID("lease_id"), today, limit);
    }

    private static final String AMONG = """
              FROM lease.lease l
              JOIN lease.home h USING (home_id)
              JOIN lease.estate e USING (estate_id)
             WHERE l.city_code = $1 AND l.programme = $2 AND l.state IN ('signed', 'active')
               AND ($3::text IS NULL OR e.name = $3) AND coalesce(l.last_day, l.to_date) >= $4
            """;

    private static final String COUNT_RUNNING = "SELECT count(*)::integer AS leases\n" + AMONG;

    Future<Integer> countRunning(Sql sql, Among among) {
        return sql.find(
                        COUNT_RUNNING,
                        row -> row.getInteger("leases"),
                        among.cityCode(),
                        among.programme(),
                        among.estateName(),
                        among.from())
                .map(Optional::orElseThrow);
    }

    private static final String RUNNING = "SELECT l.lease_id\n" + AMONG + """
               AND ($5::uuid IS NULL OR l.lease_id > $5)
             ORDER BY l.lease_id
             LIMIT $6
            """;

    Future<List<UUID>> running(Sql sql, Among among, @Nullable UUID after, int limit) {
        return sql.list(
                RUNNING,
                row -> row.getUUID("lease_id"),
                among.cityCode(),
                among.programme(),
                among.estateName(),
                among.from(),
                after,
                limit);
    }

    private static final String SUCCESSORS = """
            WITH RECURSIVE later AS (
                 SELECT l.lease_id, l.state, 0 AS number
                   FROM lease.lease l
                  WHERE l.lease_id = $1
                 UNION ALL
                 SELECT next.lease_id, next.state, later.number + 1
                   FROM later
                   JOIN lease.lease next ON next.follows = later.lease_id
                  WHERE later.state = 'ended')
            SELECT lease_id
              FROM later
             WHERE number > 0
             ORDER BY number
             LIMIT 100
            """;

    /** The leases that followed on ones that have ended; what those held is theirs. */
    Future<List<UUID>> successors(Sql sql, UUID leaseId) {
        return sql.list(SUCCESSORS, row -> row.getUUID("lease_id"), leaseId);
    }
}
