package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;
import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;

import io.anju.arrears.HardshipRequest.Instalment;
import io.anju.arrears.HardshipRequest.Kind;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.HardshipRequest.PlanState;
import io.anju.arrears.HardshipRequest.PlannedBill;
import io.anju.arrears.HardshipRequest.State;
import io.anju.lease.Tenancy;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of requests and of plans. */
final class HardshipStore {
    static {
        SqlErrors.constraint("request_waits_alone", ArrearsProblem.ARREARS_REQUEST_WAITS);
        SqlErrors.constraint("plan_runs_alone", ArrearsProblem.ARREARS_REQUEST_WAITS);
    }

    static final String TABLE = "arrears.request";
    static final String REASON = "sealed_reason";

    private final Vault vault;

    HardshipStore(Vault vault) {
        this.vault = vault;
    }

    private static final String SELECT = """
            SELECT request_id, lease_id, tenant_from, city_code, resident_id, kind, sealed_reason, until_date, instalments,
                   state, asked_on, decided_on, decision
              FROM arrears.request
            """;

    private HardshipRequest request(Row row) {
        var id = row.getUUID("request_id");
        return new HardshipRequest(
                id,
                row.getUUID("lease_id"),
                row.getLocalDate("tenant_from"),
                row.getString("city_code"),
                row.getUUID("resident_id"),
                ArrearsCase.of(Kind.class, row.getString("kind")),
                vault.openText(TABLE, REASON, id, bytes(row, REASON)),
                row.getLocalDate("until_date"),
                row.getInteger("instalments"),
                ArrearsCase.of(State.class, row.getString("state")),
                row.getLocalDate("asked_on"),
                row.getLocalDate("decided_on"),
                row.getString("decision"));
    }

    private static final String LOCK = SELECT + " WHERE request_id = $1 FOR UPDATE";

    Future<Optional<HardshipRequest>> lock(Tx tx, UUID requestId) {
        return tx.find(LOCK, this::request, requestId);
    }

    private static final String OF_TENANCY =
            SELECT + " WHERE lease_id = $1 AND tenant_from = $2 ORDER BY request_id DESC LIMIT 100";

    Future<List<HardshipRequest>> of(Sql sql, Tenancy tenancy) {
        return sql.list(OF_TENANCY, this::request, tenancy.leaseId(), tenancy.from());
    }

    /** A request that waits, and since when. */
    record Waiting(UUID leaseId, LocalDate tenantFrom, LocalDate since) {}

    private static final String WAITING = """
            SELECT lease_id, tenant_from, asked_on
              FROM arrears.request
             WHERE lease_id = ANY ($1::uuid[]) AND state = 'asked'
            """;

    Future<List<Waiting>> waiting(Sql sql, List<UUID> leases) {
        return sql.list(
                WAITING,
                row -> new Waiting(
                        row.getUUID("lease_id"), row.getLocalDate("tenant_from"), row.getLocalDate("asked_on")),
                (Object) leases.toArray(UUID[]::new));
    }

    private static final String INSERT = """
            INSERT INTO arrears.request
                   (request_id, lease_id, tenant_from, city_code, resident_id, kind, sealed_reason, until_date, instalments,
                    asked_on, asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    Future<Void> insert(Tx tx, HardshipRequest asked, Instant now) {
        return tx.execute(
                        INSERT,
                        asked.id(),
                        asked.leaseId(),
                        asked.tenantFrom(),
                        asked.cityCode(),
                        asked.residentId(),
                        id(asked.kind()),
                        bytes(vault.sealText(TABLE, REASON, asked.id(), asked.reason())),
                        asked.until(),
                        asked.instalments(),
                        asked.askedOn(),
                        at(now))
                .mapEmpty();
    }

    private static final String MOVE = """
            UPDATE arrears.request
               SET state = $2, decided_by = $3, decided_on = $4, decision = $5
             WHERE request_id = $1 AND state = 'asked'
            """;

    Future<Void> move(
            Tx tx, UUID requestId, State state, @Nullable UUID by, @Nullable LocalDate on, @Nullable String decision) {
        return tx.execute(MOVE, requestId, id(state), by, on, decision).mapEmpty();
    }

    private static final String GRANTED_SINCE = """
            SELECT count(*) AS granted
              FROM arrears.request
             WHERE lease_id = $1 AND tenant_from = $2 AND kind = 'deferral' AND state = 'granted' AND decided_on > $3
            """;

    Future<Integer> deferralsSince(Sql sql, Tenancy tenancy, LocalDate day) {
        return sql.find(GRANTED_SINCE, row -> row.getInteger("granted"), tenancy.leaseId(), tenancy.from(), day)
                .map(Optional::orElseThrow);
    }

    private static final String INSERT_PLAN = """
            WITH plan AS (
                INSERT INTO arrears.plan (request_id, lease_id, tenant_from, debt_fen, granted_on)
                VALUES ($1, $2, $3, $4, $5)
                RETURNING request_id),
            bills AS (
                INSERT INTO arrears.plan_bill (request_id, bill_id, due_fen)
                SELECT plan.request_id, bill.*
                  FROM plan, unnest($6::uuid[], $7::bigint[]) AS bill)
            INSERT INTO arrears.instalment (request_id, number, due_on, amount_fen)
            SELECT plan.request_id, part.*
              FROM plan, unnest($8::integer[], $9::date[], $10::bigint[]) AS part
            """;

    Future<Void> insertPlan(Tx tx, Plan plan, LocalDate grantedOn) {
        var bills = plan.bills();
        var parts = plan.instalments();
        return tx.execute(
                        INSERT_PLAN,
                        plan.id(),
                        plan.leaseId(),
                        plan.tenantFrom(),
                        plan.debtFen(),
                        grantedOn,
                        bills.stream().map(PlannedBill::billId).toArray(UUID[]::new),
                        bills.stream().map(PlannedBill::dueFen).toArray(Long[]::new),
                        parts.stream().map(Instalment::number).toArray(Integer[]::new),
                        parts.stream().map(Instalment::dueOn).toArray(LocalDate[]::new),
                        parts.stream().map(Instalment::fen).toArray(Long[]::new))
                .mapEmpty();
    }

    private static final String PLANS = """
            SELECT p.request_id, p.lease_id, p.tenant_from, p.debt_fen, p.state, p.ended_on,
                   (SELECT jsonb_agg(jsonb_build_array(b.bill_id, b.due_fen) ORDER BY b.bill_id)
                      FROM arrears.plan_bill b
                     WHERE b.request_id = p.request_id) AS bills,
                   (SELECT jsonb_agg(jsonb_build_array(i.number, i.due_on, i.amount_fen) ORDER BY i.number)
                      FROM arrears.instalment i
                     WHERE i.request_id = p.request_id) AS instalments
              FROM arrears.plan p
            """;

    private static final String RUNNING = PLANS + """
             WHERE p.lease_id = ANY ($1::uuid[]) AND p.state = 'running'
             ORDER BY p.lease_id, p.tenant_from
            """;

    /** Plans under way, not yet with what was paid. */
    Future<List<Plan>> running(Sql sql, List<UUID> leases) {
        return sql.list(RUNNING, HardshipStore::plan, (Object) leases.toArray(UUID[]::new));
    }

    private static final String NEWEST =
            PLANS + " WHERE p.lease_id = $1 AND p.tenant_from = $2 ORDER BY p.request_id DESC LIMIT 1";

    Future<Optional<Plan>> newest(Sql sql, Tenancy tenancy) {
        return sql.find(NEWEST, HardshipStore::plan, tenancy.leaseId(), tenancy.from());
    }

    private static Plan plan(Row row) {
        return new Plan(
                row.getUUID("request_id"),
                row.getUUID("lease_id"),
                row.getLocalDate("tenant_from"),
                row.getLong("debt_fen"),
                ArrearsCase.of(PlanState.class, row.getString("state")),
                row.getLocalDate("ended_on"),
                ((JsonArray) row.getJson("bills"))
                        .stream()
                                .map(JsonArray.class::cast)
                                .map(one -> new PlannedBill(UUID.fromString(one.getString(0)), one.getLong(1)))
                                .toList(),
                ((JsonArray) row.getJson("instalments"))
                        .stream()
                                .map(JsonArray.class::cast)
                                .map(one -> new Instalment(
                                        one.getInteger(0), LocalDate.parse(one.getString(1)), one.getLong(2), 0))
                                .toList(),
                0);
    }

    private static final String END_PLAN = """
            UPDATE arrears.plan
               SET state = $2, ended_on = $3
             WHERE request_id = $1 AND state = 'running'
            """;

    Future<Integer> endPlan(Tx tx, UUID requestId, PlanState state, LocalDate day) {
        return tx.execute(END_PLAN, requestId, id(state), day);
    }
}
