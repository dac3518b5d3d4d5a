package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Fee;
import io.anju.arrears.LateFees.Late;
import io.anju.arrears.Sheet.OverdueBill;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.platform.db.Sql;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.AccruedFee;
import io.anju.policy.PolicyService;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads where the arrears of a tenancy stand. */
final class Sheets {
    private final LeaseService leases;
    private final PolicyService policies;
    private final Debts debts;
    private final LateFees fees;
    private final HardshipStore hardship;
    private final Plans plans;
    private final WorkingDays calendar;
    private final ProposalStore proposals = new ProposalStore();
    private final CaseStore cases = new CaseStore();
    private final PauseStore pauses = new PauseStore();
    private final FeeStore charged = new FeeStore();

    Sheets(
            LeaseService leases,
            PolicyService policies,
            Debts debts,
            LateFees fees,
            HardshipStore hardship,
            Plans plans,
            WorkingDays calendar) {
        this.leases = leases;
        this.policies = policies;
        this.debts = debts;
        this.fees = fees;
        this.hardship = hardship;
        this.plans = plans;
        this.calendar = calendar;
    }

    /** @param day of the tenancy, such as its first */
    Future<Sheet> of(Sql sql, UUID leaseId, LocalDate day, LocalDate today) {
        return tenancy(sql, leaseId, day).compose(tenancy -> of(sql, tenancy, today));
    }

    private Future<Tenancy> tenancy(Sql sql, UUID leaseId, LocalDate day) {
        return leases.tenants(sql, List.of(leaseId))
                .map(tenants -> Objects.requireNonNull(tenants.get(leaseId)).of(day));
    }

    Future<Sheet> of(Sql sql, Tenancy tenancy, LocalDate today) {
        return standing(sql, tenancy, today)
                .compose(standing -> bills(sql, standing)
                        .compose(bills -> cases.stepsOf(sql, tenancy)
                                .compose(steps -> charged.of(sql, tenancy)
                                        .compose(billed -> debts.feesDue(sql, tenancy)
                                                .compose(due -> asked(sql, tenancy)
                                                        .map(asked -> new Sheet(
                                                                standing,
                                                                bills,
                                                                steps,
                                                                billed,
                                                                due,
                                                                asked,
                                                                standing.next(calendar))))))));
    }

    private Future<Sheet.Asked> asked(Sql sql, Tenancy tenancy) {
        return hardship.of(sql, tenancy)
                .compose(requests -> plans.newest(sql, tenancy)
                        .compose(plan -> proposals
                                .of(sql, tenancy)
                                .map(proposed -> new Sheet.Asked(requests, plan.orElse(null), proposed))));
    }

    /** @param day of the tenancy, such as its first */
    Future<Standing> standing(Sql sql, UUID leaseId, LocalDate day, LocalDate today) {
        return tenancy(sql, leaseId, day).compose(tenancy -> standing(sql, tenancy, today));
    }

    Future<Standing> standing(Sql sql, Tenancy tenancy, LocalDate today) {
        return leases.ofTenancy(sql, tenancy).compose(lease -> standing(sql, lease, tenancy, today));
    }

    private Future<Standing> standing(Sql sql, Lease lease, Tenancy tenancy, LocalDate today) {
        var one = List.of(lease.id());
        return policies.byDigest(sql, lease.policyDigest())
                .compose(policy -> debts.overdue(sql, one, today)
                        .compose(overdue -> cases.open(sql, one).compose(all -> {
                            var open = all.stream()
                                    .filter(of -> tenancy.includes(of.tenantFrom()))
                                    .toList();
                            return cases.steps(
                                            sql,
                                            open.stream().map(ArrearsCase::id).toList())
                                    .compose(steps -> pauses.ofLeases(sql, one)
                                            .map(paused -> new Standing(
                                                    today,
                                                    lease,
                                                    tenancy,
                                                    policy,
                                                    overdue.stream()
                                                            .filter(debt -> tenancy.includes(debt.ownedOn()))
                                                            .toList(),
                                                    open.stream().findFirst().orElse(null),
                                                    steps,
                                                    paused.stream()
                                                            .filter(pause -> tenancy.includes(pause.tenantFrom()))
                                                            .toList())));
                        })));
    }

    private Future<List<OverdueBill>> bills(Sql sql, Standing standing) {
        var ids = standing.overdue().stream().map(Debt::billId).toList();
        return fees.late(sql, ids)
                .compose(late -> charged.charged(sql, ids).map(billed -> bills(standing, late, billed)));
    }

    private static List<OverdueBill> bills(Standing standing, List<Late> late, List<Fee> billed) {
        var byBill =
                billed.stream().collect(Collectors.groupingBy(Fee::billId, Collectors.summingLong(Fee::chargedFen)));
        return late.stream()
                .map(one -> new OverdueBill(
                        one.debt(),
                        one.settled(),
                        feeFen(standing, one),
                        byBill.getOrDefault(one.debt().billId(), 0L)))
                .toList();
    }

    private static long feeFen(Standing standing, Late late) {
        return late.accrued(
                        standing.policy().money(),
                        standing.pauses(),
                        standing.today().minusDays(1))
                .map(AccruedFee::fen)
                .orElse(0L);
    }
}
