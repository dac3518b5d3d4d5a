package io.anju.arrears;

import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.HardshipRequest.PlanState;
import io.anju.arrears.HardshipRequest.PlannedBill;
import io.anju.lease.Tenancy;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.rent.Debts;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Plans of instalments: how they stand, and how they end. */
final class Plans {
    private final Debts debts;
    private final HardshipStore store;
    private final PauseStore pauses = new PauseStore();

    Plans(Debts debts, HardshipStore store) {
        this.debts = debts;
        this.store = store;
    }

    /**
     * Plans under way of these leases, with what was paid since.
     *
     * @param whose the tenancy of a plan
     */
    Future<List<Plan>> running(Sql sql, List<UUID> ids, Function<Plan, Tenancy> whose) {
        return store.running(sql, ids).compose(found -> {
            var bills = found.stream()
                    .flatMap(plan -> plan.bills().stream())
                    .map(PlannedBill::billId)
                    .toList();
            return debts.ofBills(sql, bills)
                    .map(now -> found.stream()
                            .map(plan -> withPaid(plan, PlanPolicy.paidFen(plan.bills(), now, whose.apply(plan))))
                            .toList());
        });
    }

    /** The newest plan of a tenant. */
    Future<Optional<Plan>> newest(Sql sql, Tenancy tenancy) {
        return store.newest(sql, tenancy)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : debts.ofBills(
                                        sql,
                                        found.get().bills().stream()
                                                .map(PlannedBill::billId)
                                                .toList())
                                .map(now -> Optional.of(withPaid(
                                        found.get(),
                                        PlanPolicy.paidFen(found.get().bills(), now, tenancy)))));
    }

    private static Plan withPaid(Plan plan, long paidFen) {
        return new Plan(
                plan.id(),
                plan.leaseId(),
                plan.tenantFrom(),
                plan.debtFen(),
                plan.state(),
                plan.endedOn(),
                plan.bills(),
                plan.instalments(),
                Math.min(paidFen, plan.debtFen()));
    }

    /** Ends plans that were kept or breached; after a breach the ladder goes on where it stood. */
    Future<Void> follow(Tx tx, Plan plan, Standing standing) {
        var rules = standing.relief().instalments();
        var state = PlanPolicy.state(plan, rules == null ? 0 : rules.breachAfterDays(), standing.today());
        if (state == PlanState.RUNNING) {
            return Future.succeededFuture();
        }
        var note = state == PlanState.KEPT ? "分期已缴清" : "未按期缴纳分期款，分期终止";
        return store.endPlan(tx, plan.id(), state, standing.today())
                .compose(ended -> ended == 0
                        ? Future.succeededFuture()
                        : pauses.endOfSource(tx, plan.id(), standing.today(), note)
                                .compose(paused -> Outbox.append(
                                        tx,
                                        "arrears.plan-" + ArrearsCase.id(state),
                                        plan.leaseId(),
                                        ArrearsEvents.about(plan.tenantFrom())
                                                .put("planId", plan.id().toString())
                                                .encode())));
    }
}
