package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.lease.Tenants;
import io.anju.platform.db.Sql;
import io.anju.policy.Arrears;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads cases as lists show them: of each tenancy what it owes itself. */
final class WorkLines {
    private final LeaseService leases;
    private final Debts debts;
    private final HardshipStore hardship;
    private final ProposalStore proposals = new ProposalStore();
    private final CaseStore cases = new CaseStore();
    private final PauseStore pauses = new PauseStore();

    WorkLines(LeaseService leases, Debts debts, HardshipStore hardship) {
        this.leases = leases;
        this.debts = debts;
        this.hardship = hardship;
    }

    /**
     * A case as lists show it.
     *
     * @param maskedTenant whose arrears they are
     * @param stageOn when the last step was taken
     * @param waitsSince the day of the oldest request or proposal that waits for an official
     */
    record Line(
            ArrearsCase of,
            Lease lease,
            String maskedTenant,
            Tenancy tenancy,
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

    /** What the lines of some leases are made of. */
    private record Read(
            Map<UUID, Lease> leases,
            Map<UUID, Tenants> tenants,
            Map<Tenancy, List<Debt>> overdue,
            Map<Tenancy, List<Pause>> pauses) {
        static Tenancy of(Map<UUID, Tenants> tenants, UUID leaseId, LocalDate day) {
            return Objects.requireNonNull(tenants.get(leaseId)).of(day);
        }

        Line line(ArrearsCase of, @Nullable LocalDate stageOn, @Nullable LocalDate waitsSince, LocalDate today) {
            var all = Objects.requireNonNull(tenants.get(of.leaseId()));
            var tenancy = all.of(of.tenantFrom());
            return new Line(
                    of,
                    Objects.requireNonNull(leases.get(of.leaseId())),
                    all.tenant(of.tenantFrom()).maskedName(),
                    tenancy,
                    ArrearsPolicy.arrears(overdue.getOrDefault(tenancy, List.of())),
                    pauses.getOrDefault(tenancy, List.of()),
                    stageOn,
                    waitsSince,
                    today);
        }
    }

    Future<List<Line>> lines(Sql sql, List<ArrearsCase> found, LocalDate today) {
        var caseIds = found.stream().map(ArrearsCase::id).toList();
        return read(sql, found.stream().map(ArrearsCase::leaseId).distinct().toList(), today)
                .compose(read -> cases.steps(sql, caseIds)
                        .compose(steps -> waiting(sql, found, caseIds).map(waiting -> {
                            var stepsOf = steps.stream()
                                    .collect(Collectors.toMap(Step::caseId, Step::takenOn, (one, later) -> later));
                            return found.stream()
                                    .map(one -> read.line(one, stepsOf.get(one.id()), waiting.get(one.id()), today))
                                    .toList();
                        })));
    }

    private Future<Read> read(Sql sql, List<UUID> ids, LocalDate today) {
        return leases.ofIds(sql, ids)
                .compose(found -> leases.tenants(sql, ids)
                        .compose(tenants -> debts.overdue(sql, ids, today)
                                .compose(overdue -> pauses.ofLeases(sql, ids)
                                        .map(paused -> new Read(
                                                found.stream()
                                                        .collect(Collectors.toMap(Lease::id, Function.identity())),
                                                tenants,
                                                overdue.stream()
                                                        .collect(Collectors.groupingBy(debt ->
                                                                Read.of(tenants, debt.leaseId(), debt.ownedOn()))),
                                                paused.stream()
                                                        .collect(Collectors.groupingBy(pause -> Read.of(
                                                                tenants, pause.leaseId(), pause.tenantFrom()))))))));
    }

    private record Whose(UUID leaseId, LocalDate tenantFrom) {}

    /** Since when something waits for an official, by case. */
    private Future<Map<UUID, LocalDate>> waiting(Sql sql, List<ArrearsCase> found, List<UUID> caseIds) {
        var byTenancy =
                found.stream().collect(Collectors.groupingBy(one -> new Whose(one.leaseId(), one.tenantFrom())));
        return hardship.waiting(
                        sql, found.stream().map(ArrearsCase::leaseId).distinct().toList())
                .compose(asked -> proposals.ofCases(sql, caseIds).map(proposed -> {
                    Map<UUID, LocalDate> oldest = new HashMap<>();
                    asked.forEach(one -> byTenancy
                            .getOrDefault(new Whose(one.leaseId(), one.tenantFrom()), List.of())
                            .forEach(of -> oldest.put(of.id(), one.since())));
                    proposed.stream()
                            .filter(Proposal::isOpen)
                            .forEach(one ->
                                    oldest.merge(one.caseId(), one.proposedOn(), (a, b) -> a.isBefore(b) ? a : b));
                    return oldest;
                }));
    }
}
