package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;
import static io.anju.platform.db.Columns.at;

import io.anju.arrears.ArrearsCase.Delivery;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.policy.ArrearsAnswer.Action;
import io.anju.policy.ArrearsFollowUp.Channel;
import io.anju.policy.ArrearsFollowUp.Office;
import io.anju.policy.Text;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of cases, of the steps taken in them and of how these reached the household. */
final class CaseStore {
    static {
        SqlErrors.constraint("delivery_once", ArrearsProblem.DELIVERED_ALREADY);
    }

    private static final String SELECT = """
            SELECT case_id, lease_id, city_code, programme, policy_digest, opened_on, stage, office, closed_on
              FROM arrears.arrears_case
            """;

    static ArrearsCase arrearsCase(Row row) {
        var stage = row.getString("stage");
        var office = row.getString("office");
        return new ArrearsCase(
                row.getUUID("case_id"),
                row.getUUID("lease_id"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getString("policy_digest"),
                row.getLocalDate("opened_on"),
                stage == null ? null : ArrearsCase.of(Action.class, stage),
                office == null ? null : ArrearsCase.of(Office.class, office),
                row.getLocalDate("closed_on"));
    }

    private static final String FIND = SELECT + " WHERE case_id = $1";

    Future<Optional<ArrearsCase>> find(Sql sql, UUID caseId) {
        return sql.find(FIND, CaseStore::arrearsCase, caseId);
    }

    private static final String OPEN = SELECT + """
             WHERE lease_id = ANY ($1::uuid[]) AND closed_on IS NULL
             ORDER BY lease_id
            """;

    Future<List<ArrearsCase>> open(Sql sql, List<UUID> leases) {
        return sql.list(OPEN, CaseStore::arrearsCase, (Object) leases.toArray(UUID[]::new));
    }

    private static final String INSERT = """
            INSERT INTO arrears.arrears_case
                   (case_id, lease_id, city_code, programme, policy_digest, opened_on, opened_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    Future<Void> insert(Tx tx, ArrearsCase opened, Instant now) {
        return tx.execute(
                        INSERT,
                        opened.id(),
                        opened.leaseId(),
                        opened.cityCode(),
                        opened.programme(),
                        opened.policyDigest(),
                        opened.openedOn(),
                        at(now))
                .mapEmpty();
    }

    private static final String CLOSE = """
            UPDATE arrears.arrears_case
               SET closed_on = $2
             WHERE case_id = $1 AND closed_on IS NULL
            """;

    Future<Void> close(Tx tx, UUID caseId, LocalDate day) {
        return tx.execute(CLOSE, caseId, day).mapEmpty();
    }

    private static final String INSERT_STEP = """
            INSERT INTO arrears.step
                   (step_id, case_id, rung, action, office, channels, due_on, taken_on, unpaid_since, overdue_fen,
                    text_zh, text_en, taken_at)
            VALUES ($1, $2, $3, $4, $5, $6::text[], $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT DO NOTHING
            """;

    private static final String CLIMB = """
            UPDATE arrears.arrears_case
               SET stage = $2, office = $3
             WHERE case_id = $1
            """;

    /** Adds a step unless it was taken, or another one on the same day; gives whether it is new. */
    Future<Boolean> take(Tx tx, Step step, Instant now) {
        return tx.execute(
                        INSERT_STEP,
                        step.id(),
                        step.caseId(),
                        step.rung(),
                        id(step.action()),
                        id(step.office()),
                        step.channels().stream().map(ArrearsCase::id).toArray(String[]::new),
                        step.dueOn(),
                        step.takenOn(),
                        step.unpaidSince(),
                        step.overdueFen(),
                        step.text().zh(),
                        step.text().en(),
                        at(now))
                .compose(rows -> rows == 0
                        ? Future.succeededFuture(false)
                        : tx.execute(CLIMB, step.caseId(), id(step.action()), id(step.office()))
                                .map(true));
    }

    private static final String STEPS = """
            SELECT s.step_id, s.case_id, s.rung, s.action, s.office, s.channels, s.due_on, s.taken_on, s.unpaid_since,
                   s.overdue_fen, s.text_zh, s.text_en,
                   coalesce((SELECT jsonb_agg(jsonb_build_array(d.channel, d.delivered_on, d.note)
                                              ORDER BY d.recorded_at, d.channel)
                               FROM arrears.delivery d
                              WHERE d.step_id = s.step_id), '[]'::jsonb) AS deliveries
              FROM arrears.step s
              JOIN arrears.arrears_case c USING (case_id)
            """;

    private static final String STEPS_OF_CASES =
            STEPS + " WHERE s.case_id = ANY ($1::uuid[]) ORDER BY s.taken_on, s.step_id";

    Future<List<Step>> steps(Sql sql, List<UUID> cases) {
        return sql.list(STEPS_OF_CASES, CaseStore::step, (Object) cases.toArray(UUID[]::new));
    }

    private static final String STEPS_OF_LEASE = STEPS + """
             WHERE c.lease_id = $1
             ORDER BY s.taken_on DESC, s.step_id DESC
             LIMIT 100
            """;

    /** Every step that was ever taken about a lease, the newest first. */
    Future<List<Step>> stepsOfLease(Sql sql, UUID leaseId) {
        return sql.list(STEPS_OF_LEASE, CaseStore::step, leaseId);
    }

    private static final String FIND_STEP = STEPS + " WHERE s.step_id = $1";

    Future<Optional<Step>> findStep(Sql sql, UUID stepId) {
        return sql.find(FIND_STEP, CaseStore::step, stepId);
    }

    private static Step step(Row row) {
        return new Step(
                row.getUUID("step_id"),
                row.getUUID("case_id"),
                row.getString("rung"),
                ArrearsCase.of(Action.class, row.getString("action")),
                ArrearsCase.of(Office.class, row.getString("office")),
                Arrays.stream(row.getArrayOfStrings("channels"))
                        .map(channel -> ArrearsCase.of(Channel.class, channel))
                        .toList(),
                row.getLocalDate("due_on"),
                row.getLocalDate("taken_on"),
                row.getLocalDate("unpaid_since"),
                row.getLong("overdue_fen"),
                new Text(row.getString("text_zh"), row.getString("text_en")),
                ((JsonArray) row.getJson("deliveries"))
                        .stream().map(one -> delivery((JsonArray) one)).toList());
    }

    private static Delivery delivery(JsonArray one) {
        return new Delivery(
                ArrearsCase.of(Channel.class, one.getString(0)), LocalDate.parse(one.getString(1)), one.getString(2));
    }

    private static final String DELIVER = """
            INSERT INTO arrears.delivery (step_id, channel, delivered_on, note, recorded_by, recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    /** @param by null where the resident opened it */
    Future<Void> deliver(Tx tx, UUID stepId, Delivery delivery, @Nullable UUID by, Instant now) {
        return tx.execute(DELIVER, stepId, id(delivery.channel()), delivery.on(), delivery.note(), by, at(now))
                .mapEmpty();
    }

    private static final String OPENED = """
            INSERT INTO arrears.delivery (step_id, channel, delivered_on, recorded_at)
            SELECT s.step_id, 'app', $2, $3
              FROM arrears.step s
              JOIN arrears.arrears_case c USING (case_id)
             WHERE c.lease_id = $1 AND 'app' = ANY (s.channels)
            ON CONFLICT DO NOTHING
            """;

    /** The household has seen in the mini-program what was sent there; gives how much of it was new. */
    Future<Integer> opened(Tx tx, UUID leaseId, LocalDate today, Instant now) {
        return tx.execute(OPENED, leaseId, today, at(now));
    }

    /** What a work list shows: every filter may be null. */
    record Filter(
            String cityCode,
            @Nullable Action stage,
            @Nullable Office office,
            @Nullable Boolean paused,
            int leastDays,
            long leastFen) {}

    private static final String LIST = """
            SELECT case_id, lease_id, city_code, programme, policy_digest, opened_on, stage, office, closed_on
              FROM arrears.arrears_case c
              JOIN LATERAL (
                   SELECT min(b.due_on) AS since, sum(b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                          - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                                 THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END) AS fen
                     FROM rent.bill b
                    WHERE b.lease_id = c.lease_id AND b.due_on < $2 AND b.charge IN ('rent', 'after-end')
                      AND b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                          - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                                 THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END > 0) owed ON true
             WHERE c.city_code = $1 AND c.closed_on IS NULL
               AND ($3::text IS NULL OR c.stage = $3)
               AND ($4::text IS NULL OR c.office = $4)
               AND ($5::boolean IS NULL OR $5 = EXISTS (
                    SELECT FROM arrears.pause p
                     WHERE p.lease_id = c.lease_id AND $2 BETWEEN p.from_date AND p.to_date
                       AND (p.ended_on IS NULL OR p.ended_on > $2)))
               AND ($6::integer = 0 OR owed.since <= $2::date - $6)
               AND ($7::bigint = 0 OR owed.fen >= $7)
               AND ($8::uuid IS NULL OR c.case_id < $8)
             ORDER BY c.case_id DESC
             LIMIT $9
            """;

    /** Open cases of a city, the newest first. */
    Future<List<ArrearsCase>> list(Sql sql, Filter filter, LocalDate today, @Nullable UUID before, int limit) {
        var stage = filter.stage();
        var office = filter.office();
        return sql.list(
                LIST,
                CaseStore::arrearsCase,
                filter.cityCode(),
                today,
                stage == null ? null : id(stage),
                office == null ? null : id(office),
                filter.paused(),
                filter.leastDays(),
                filter.leastFen(),
                before,
                limit);
    }
}
