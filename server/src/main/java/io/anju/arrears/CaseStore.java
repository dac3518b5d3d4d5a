package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;
import static io.anju.platform.db.Columns.at;

import io.anju.arrears.ArrearsCase.Delivery;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.lease.Tenancy;
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
            SELECT case_id, lease_id, tenant_from, city_code, programme, policy_digest, opened_on, stage, office, closed_on
              FROM arrears.arrears_case
            """;

    static ArrearsCase arrearsCase(Row row) {
        var stage = row.getString("stage");
        var office = row.getString("office");
        return new ArrearsCase(
                row.getUUID("case_id"),
                row.getUUID("lease_id"),
                row.getLocalDate("tenant_from"),
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
             ORDER BY lease_id, tenant_from
            """;

    Future<List<ArrearsCase>> open(Sql sql, List<UUID> leases) {
        return sql.list(OPEN, CaseStore::arrearsCase, (Object) leases.toArray(UUID[]::new));
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

    private static final String STEPS_OF_TENANCY = STEPS + """
             WHERE c.lease_id = $1 AND c.tenant_from = $2
             ORDER BY s.taken_on DESC, s.step_id DESC
             LIMIT 100
            """;

    /** Every step that was ever taken about a tenant's arrears, the newest first. */
    Future<List<Step>> stepsOf(Sql sql, Tenancy tenancy) {
        return sql.list(STEPS_OF_TENANCY, CaseStore::step, tenancy.leaseId(), tenancy.from());
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
            SELECT s.step_id, 'app', $3, $4
              FROM arrears.step s
              JOIN arrears.arrears_case c USING (case_id)
             WHERE c.lease_id = $1 AND c.tenant_from = $2 AND 'app' = ANY (s.channels)
            ON CONFLICT DO NOTHING
            """;

    /** The household has seen in the mini-program what was sent there; gives how much of it was new. */
    Future<Integer> opened(Tx tx, Tenancy tenancy, LocalDate today, Instant now) {
        return tx.execute(OPENED, tenancy.leaseId(), tenancy.from(), today, at(now));
    }
}
