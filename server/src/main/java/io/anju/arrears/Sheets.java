package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Fee;
import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.LateFees.Late;
import io.anju.arrears.Sheet.OverdueBill;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Sql;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.AccruedFee;
import io.anju.policy.Arrears;
import io.anju.policy.PolicyService;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads where arrears stand. */
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

    /** One sheet for each of a few leases, in the order of their ids. */
    Future<List<Sheet>> of(Sql sql, List<UUID> leaseIds, LocalDate today) {
        return leases.ofIds(sql, leaseIds).compose(found -> {
            var sheets = new ArrayList<Sheet>();
            Future<Void> done = Future.succeededFuture();
            for (var lease : found) {
                done = done.compose(before -> of(sql, lease, today))
                        .onSuccess(sheets::add)
                        .mapEmpty();
            }
            return done.map(sheets);
        });
    }

    private Future<Sheet> of(Sql sql, Lease lease, LocalDate today) {
        return standing(sql, lease, today)
                .compose(standing -> bills(sql, standing)
                        .compose(bills -> cases.stepsOfLease(sql, lease.id())
                                .compose(steps -> charged.ofLease(sql, lease.id())
                                        .compose(billed -> debts.feesDue(sql, lease.id())
                                                .compose(due -> asked(sql, lease.id())
                                                        .map(asked -> new Sheet(
                                                                standing,
                                                                bills,
                                                                steps,
                                                                billed,
                                                                due,
                                                                asked,
                                                                standing.next(calendar))))))));
    }

    private Future<Sheet.Asked> asked(Sql sql, UUID leaseId) {
        return hardship.ofLease(sql, leaseId)
                .compose(requests -> plans.newest(sql, leaseId)
                        .compose(plan -> proposals
                                .ofLease(sql, leaseId)
                                .map(proposed -> new Sheet.Asked(requests, plan.orElse(null), proposed))));
    }

    Future<Standing> standing(Sql sql, Lease lease, LocalDate today) {
        var one = List.of(lease.id());
        return policies.byDigest(sql, lease.policyDigest())
                .compose(policy -> debts.overdue(sql, one, today)
                        .compose(overdue -> cases.open(sql, one)
                                .compose(open -> cases.steps(
                                                sql,
                                                open.stream()
                                                        .map(ArrearsCase::id)
                                                        .toList())
                                        .compose(steps -> pauses.ofLeases(sql, one)
                                                .map(paused -> new Standing(
                                                        today,
                                                        lease,
                                                        policy,
                                                        overdue,
                                                        open.stream()
                                                                .findFirst()
                                                                .orElse(null),
                                                        steps,
                                                        paused))))));
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

    /**
     * A case as lists show it.
     *
     * @param stageOn when the last step was taken
     * @param waitsSince the day of the oldest request or proposal that waits for an official
     */
    record Line(
            ArrearsCase of,
            Lease lease,
            Optional<Arrears> owed,
            List<Pause> pauses,
            @Nullable LocalDate stageOn,
            @Nullable LocalDate waitsSince,
            LocalDate today) {
        boolean isPaused() {
            return ArrearsPolicy.isPaused(pauses, today);
        }

        WorkListStore.Place place() {
            var since = waitsSince == null ? owed.map(Arrears::unpaidSince).orElse(of.openedOn()) : waitsSince;
            return new WorkListStore.Place(waitsSince != null ? 0 : isPaused() ? 2 : 1, since, of.id());
        }
    }

    Future<List<Line>> lines(Sql sql, List<ArrearsCase> found, LocalDate today) {
        var ids = found.stream().map(ArrearsCase::leaseId).toList();
        var caseIds = found.stream().map(ArrearsCase::id).toList();
        return leases.ofIds(sql, ids)
                .compose(read -> debts.overdue(sql, ids, today)
                        .compose(overdue -> pauses.ofLeases(sql, ids)
                                .compose(paused -> cases.steps(sql, caseIds)
                                        .compose(steps -> waiting(sql, ids, caseIds)
                                                .map(waiting -> {
                                                    var byId = read.stream()
                                                            .collect(Collectors.toMap(Lease::id, Function.identity()));
                                                    var debtsOf = overdue.stream()
                                                            .collect(Collectors.groupingBy(Debt::leaseId));
                                                    var pausesOf = paused.stream()
                                                            .collect(Collectors.groupingBy(Pause::leaseId));
                                                    var stepsOf = steps.stream()
                                                            .collect(Collectors.toMap(
                                                                    Step::caseId,
                                                                    Step::takenOn,
                                                                    (one, later) -> later));
                                                    return found.stream()
                                                            .map(one -> new Line(
                                                                    one,
                                                                    Objects.requireNonNull(byId.get(one.leaseId())),
                                                                    ArrearsPolicy.arrears(debtsOf.getOrDefault(
                                                                            one.leaseId(), List.of())),
                                                                    pausesOf.getOrDefault(one.leaseId(), List.of()),
                                                                    stepsOf.get(one.id()),
                                                                    waiting.get(one.leaseId()),
                                                                    today))
                                                            .toList();
                                                })))));
    }

    /** Since when something waits for an official, by lease. */
    private Future<Map<UUID, LocalDate>> waiting(Sql sql, List<UUID> leaseIds, List<UUID> caseIds) {
        return hardship.waiting(sql, leaseIds)
                .compose(asked -> proposals.ofCases(sql, caseIds).map(proposed -> {
                    Map<UUID, LocalDate> oldest = new HashMap<>(asked);
                    proposed.stream()
                            .filter(Proposal::isOpen)
                            .forEach(one ->
                                    oldest.merge(one.leaseId(), one.proposedOn(), (a, b) -> a.isBefore(b) ? a : b));
                    return oldest;
                }));
    }
}
