package io.anju.arrears;

import io.anju.arrears.HardshipRequest.Instalment;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.HardshipRequest.PlanState;
import io.anju.arrears.HardshipRequest.PlannedBill;
import io.anju.lease.Tenancy;
import io.anju.policy.ArrearsRelief;
import io.anju.rent.Debts.Debt;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** How a plan stands follows from its bills; pure. */
final class PlanPolicy {
    private PlanPolicy() {}

    /**
     * What was paid of these bills since the plan began; a bill that grew counts as not paid, and one that turned out to be
     * another tenant's as paid, as nobody asks this one for it any more.
     */
    static long paidFen(List<PlannedBill> bills, List<Debt> now, Tenancy own) {
        Map<UUID, Long> due = now.stream()
                .collect(Collectors.toMap(Debt::billId, debt -> own.includes(debt.ownedOn()) ? debt.dueFen() : 0L));
        return bills.stream()
                .mapToLong(bill -> Math.max(0, bill.dueFen() - due.getOrDefault(bill.billId(), bill.dueFen())))
                .sum();
    }

    /** The instalments with what was paid of each, the oldest first. */
    static List<Instalment> paid(List<Instalment> instalments, long paidFen) {
        var left = paidFen;
        var paid = new ArrayList<Instalment>();
        for (var one : instalments) {
            var part = Math.min(left, one.fen());
            paid.add(new Instalment(one.number(), one.dueOn(), one.fen(), part));
            left -= part;
        }
        return List.copyOf(paid);
    }

    /** Kept when all is paid; breached when an instalment is missing for more days than the rules bear. */
    static PlanState state(Plan plan, int breachAfterDays, LocalDate today) {
        if (plan.paidFen() >= plan.debtFen()) {
            return PlanState.KEPT;
        }
        return paid(plan.instalments(), plan.paidFen()).stream()
                        .anyMatch(one -> one.paidFen() < one.fen()
                                && today.isAfter(one.dueOn().plusDays(breachAfterDays)))
                ? PlanState.BREACHED
                : PlanState.RUNNING;
    }

    /** One instalment a month, the first a month after the decision. */
    static List<Instalment> instalments(ArrearsRelief.Instalments rules, long debtFen, int count, LocalDate grantedOn) {
        var parts = ArrearsRelief.parts(rules, debtFen, count, grantedOn.plusMonths(1));
        var instalments = new ArrayList<Instalment>();
        for (var part : parts) {
            instalments.add(new Instalment(instalments.size() + 1, part.dueOn(), part.fen(), 0));
        }
        return List.copyOf(instalments);
    }
}
