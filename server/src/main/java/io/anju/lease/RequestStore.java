package io.anju.lease;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of what households ask of their leases. */
final class RequestStore {
    static {
        SqlErrors.constraint("renewal_asked_once", LeaseProblem.RENEWAL_ASKED_ALREADY);
        SqlErrors.constraint("termination_asked_once", LeaseProblem.TERMINATION_ASKED_ALREADY);
    }

    private static final String ASK_RENEWAL = """
            INSERT INTO lease.renewal (lease_id, requested_on, requested_by)
            VALUES ($1, $2, $3)
            """;

    Future<Void> askRenewal(Tx tx, UUID id, LocalDate today, UUID residentId) {
        return tx.execute(ASK_RENEWAL, id, today, residentId).mapEmpty();
    }

    private static final String DECIDE_RENEWAL = """
            UPDATE lease.renewal
               SET decided_on = $2, decided_by = $3, approved = $4, reason = $5
             WHERE lease_id = $1 AND approved IS NULL
            """;

    Future<Boolean> decideRenewal(Tx tx, UUID id, LocalDate today, UUID by, boolean approved, String reason) {
        return tx.execute(DECIDE_RENEWAL, id, today, by, approved, reason).map(rows -> rows == 1);
    }

    private static final String ASK_TERMINATION = """
            INSERT INTO lease.termination (termination_id, lease_id, requested_on, requested_by, wished_last_day)
            VALUES (uuidv7(), $1, $2, $3, $4)
            """;

    Future<Void> askTermination(Tx tx, UUID leaseId, LocalDate today, UUID residentId, LocalDate lastDay) {
        return tx.execute(ASK_TERMINATION, leaseId, today, residentId, lastDay).mapEmpty();
    }

    private static final String CLOSE_TERMINATION = """
            UPDATE lease.termination
               SET state = $2
             WHERE lease_id = $1 AND state = 'asked'
            """;

    /** Gives whether there was a request to take back. */
    Future<Boolean> withdrawTermination(Tx tx, UUID leaseId) {
        return tx.execute(CLOSE_TERMINATION, leaseId, "withdrawn").map(rows -> rows == 1);
    }

    /** The lease ends otherwise: a request that waits is over. */
    Future<Void> lapse(Tx tx, UUID leaseId) {
        return tx.execute(CLOSE_TERMINATION, leaseId, "lapsed").mapEmpty();
    }

    private static final String DECIDE_TERMINATION = """
            UPDATE lease.termination
               SET state = CASE WHEN $4::date IS NULL THEN 'refused' ELSE 'approved' END,
                   decided_on = $2, decided_by = $3, last_day = $4, reason = $5
             WHERE lease_id = $1 AND state = 'asked'
            """;

    /** @param lastDay null where it is refused */
    Future<Void> decideTermination(
            Tx tx, UUID leaseId, LocalDate today, UUID by, @Nullable LocalDate lastDay, String reason) {
        return tx.execute(DECIDE_TERMINATION, leaseId, today, by, lastDay, reason)
                .mapEmpty();
    }

    /**
     * A request that nobody has decided.
     *
     * @param wishedLastDay null for a renewal
     */
    record Waiting(
            UUID leaseId,
            String leaseNumber,
            String kind,
            LocalDate requestedOn,
            @Nullable LocalDate wishedLastDay,
            String maskedTenant,
            LocalDate leaseTo) {}

    /** Where the list goes on. */
    record Place(LocalDate requestedOn, UUID leaseId, String kind) {}

    private static final String WAITING = """
            SELECT l.lease_id, l.lease_number, asked.kind, asked.requested_on, asked.wished_last_day, tenant.masked_name,
                   l.to_date
              FROM (SELECT lease_id, 'renewal' AS kind, requested_on, NULL::date AS wished_last_day
                      FROM lease.renewal
                     WHERE approved IS NULL
                    UNION ALL
                    SELECT lease_id, 'termination', requested_on, wished_last_day
                      FROM lease.termination
                     WHERE state = 'asked') asked
              JOIN lease.lease l USING (lease_id)
              JOIN LATERAL (
                    SELECT p.masked_name
                      FROM lease.party_in_effect p
                     WHERE p.lease_id = l.lease_id AND p.role = 'tenant'
                     ORDER BY p.from_date DESC
                     LIMIT 1) tenant ON true
             WHERE l.city_code = $1 AND l.state IN ('signed', 'active')
               AND ($2::text IS NULL OR asked.kind = $2)
               AND ($3::date IS NULL OR (asked.requested_on, l.lease_id, asked.kind) > ($3, $4::uuid, $5::text))
             ORDER BY asked.requested_on, l.lease_id, asked.kind
             LIMIT $6
            """;

    Future<List<Waiting>> waiting(Sql sql, String cityCode, @Nullable String kind, @Nullable Place after, int limit) {
        return sql.list(
                WAITING,
                row -> new Waiting(
                        row.getUUID("lease_id"),
                        row.getString("lease_number"),
                        row.getString("kind"),
                        row.getLocalDate("requested_on"),
                        row.getLocalDate("wished_last_day"),
                        row.getString("masked_name"),
                        row.getLocalDate("to_date")),
                cityCode,
                kind,
                after == null ? null : after.requestedOn(),
                after == null ? null : after.leaseId(),
                after == null ? null : after.kind(),
                limit);
    }
}
