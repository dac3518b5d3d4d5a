package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;

import io.anju.platform.db.Sql;
import io.anju.policy.ArrearsAnswer.Action;
import io.anju.policy.ArrearsFollowUp.Office;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Open cases as officials work through them. */
final class WorkListStore {
    /** What is shown: every filter may be null. */
    record Filter(
            String cityCode,
            @Nullable Action stage,
            @Nullable Office office,
            @Nullable Boolean paused,
            @Nullable Boolean waiting,
            int leastDays,
            long leastFen) {}

    /**
     * A place in the order of urgency.
     *
     * @param rank 0 where something waits for an official, 1 where nothing does, 2 where the case is paused
     * @param since when that began to wait, or since when rent is owed
     */
    record Place(int rank, LocalDate since, UUID caseId) {}

    private static final String LISTED = """
            SELECT c.case_id, c.lease_id, c.tenant_from, c.city_code, c.programme, c.policy_digest, c.opened_on, c.stage,
                   c.office, c.closed_on
              FROM arrears.arrears_case c
              CROSS JOIN LATERAL (
                   SELECT min(t.from_date) AS from_date
                     FROM lease.party_in_effect t
                    WHERE t.lease_id = c.lease_id AND t.role = 'tenant' AND t.from_date > c.tenant_from) next
              JOIN LATERAL (
                   SELECT min(b.due_on) AS since, sum(b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                          - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                                 THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END) AS fen
                     FROM rent.bill b
                    WHERE b.lease_id = c.lease_id AND b.due_on < $2 AND b.charge IN ('rent', 'after-end')
                      AND b.from_date >= c.tenant_from AND (next.from_date IS NULL OR b.from_date < next.from_date)
                      AND b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                          - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                                 THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END > 0) owed ON true
              JOIN LATERAL (
                   SELECT min(asked.day) AS since
                     FROM (SELECT asked_on AS day
                             FROM arrears.request r
                            WHERE r.lease_id = c.lease_id AND r.tenant_from = c.tenant_from AND r.state = 'asked'
                            UNION ALL
                           SELECT proposed_on
                             FROM arrears.proposal o
                            WHERE o.case_id = c.case_id AND o.state IN ('proposed', 'endorsed')) asked) waits ON true
              CROSS JOIN LATERAL (
                   SELECT EXISTS (SELECT
                                    FROM arrears.pause p
                                   WHERE p.lease_id = c.lease_id AND p.tenant_from = c.tenant_from
                                     AND $2 BETWEEN p.from_date AND p.to_date
                                     AND (p.ended_on IS NULL OR p.ended_on > $2)) AS is_paused) paused
              CROSS JOIN LATERAL (
                   SELECT CASE WHEN waits.since IS NOT NULL THEN 0 WHEN paused.is_paused THEN 2 ELSE 1 END AS rank,
                          coalesce(waits.since, owed.since, c.opened_on) AS since) place
             WHERE c.city_code = $1 AND c.closed_on IS NULL
               AND ($3::text IS NULL OR c.stage = $3)
               AND ($4::text IS NULL OR c.office = $4)
               AND ($5::boolean IS NULL OR $5 = paused.is_paused)
               AND ($6::boolean IS NULL OR $6 = (waits.since IS NOT NULL))
               AND ($7::integer = 0 OR owed.since <= $2::date - $7)
               AND ($8::bigint = 0 OR owed.fen >= $8)
            """;

    private static final String NEWEST = LISTED + """
               AND ($9::uuid IS NULL OR c.case_id < $9)
             ORDER BY c.case_id DESC
             LIMIT $10
            """;

    /** Open cases of a city, the newest first. */
    Future<List<ArrearsCase>> newest(Sql sql, Filter filter, LocalDate today, @Nullable UUID before, int limit) {
        return list(sql, NEWEST, filter, today, before, limit);
    }

    private static final String URGENT = LISTED + """
               AND ($9::integer IS NULL OR (place.rank, place.since, c.case_id) > ($9, $10::date, $11::uuid))
             ORDER BY place.rank, place.since, c.case_id
             LIMIT $12
            """;

    /** Open cases of a city, the most urgent first. */
    Future<List<ArrearsCase>> urgent(Sql sql, Filter filter, LocalDate today, @Nullable Place after, int limit) {
        return after == null
                ? list(sql, URGENT, filter, today, null, null, null, limit)
                : list(sql, URGENT, filter, today, after.rank(), after.since(), after.caseId(), limit);
    }

    private static Future<List<ArrearsCase>> list(
            Sql sql, String statement, Filter filter, LocalDate today, @Nullable Object... rest) {
        var stage = filter.stage();
        var office = filter.office();
        var arguments = new Object[8 + rest.length];
        arguments[0] = filter.cityCode();
        arguments[1] = today;
        arguments[2] = stage == null ? null : id(stage);
        arguments[3] = office == null ? null : id(office);
        arguments[4] = filter.paused();
        arguments[5] = filter.waiting();
        arguments[6] = filter.leastDays();
        arguments[7] = filter.leastFen();
        System.arraycopy(rest, 0, arguments, 8, rest.length);
        return sql.list(statement, CaseStore::arrearsCase, arguments);
    }

    /** A lease that a night left out. */
    record LeftOut(LocalDate day, UUID leaseId, String reason) {}

    private static final String LEFT_OUT = """
            SELECT day, lease_id, reason
              FROM arrears.exception
             WHERE city_code = $1
               AND ($2::date IS NULL OR (day, lease_id) < ($2, $3::uuid))
             ORDER BY day DESC, lease_id DESC
             LIMIT $4
            """;

    /** The newest day first. */
    Future<List<LeftOut>> leftOut(Sql sql, String cityCode, @Nullable LeftOut before, int limit) {
        return sql.list(
                LEFT_OUT,
                row -> new LeftOut(row.getLocalDate("day"), row.getUUID("lease_id"), row.getString("reason")),
                cityCode,
                before == null ? null : before.day(),
                before == null ? null : before.leaseId(),
                limit);
    }
}
