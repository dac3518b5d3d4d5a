package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.lease.Tenants;
import io.anju.platform.db.Tx;
import io.anju.policy.MoneyRules;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.LateBill;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything about the leases of a chunk, read by sets: each tenancy of a lease is followed up by itself. */
record NightWork(
        LocalDate today,
        Map<UUID, Lease> leases,
        Map<UUID, Tenants> tenants,
        Map<String, PolicyDocument> policies,
        Map<Tenancy, List<Debt>> overdue,
        Map<Tenancy, ArrearsCase> cases,
        Map<UUID, List<Step>> steps,
        Map<UUID, List<Proposal>> proposals,
        Map<Tenancy, List<Pause>> allPauses) {

    /** Those that owe something, or whose case is open. */
    Set<Tenancy> followed() {
        var followed = new LinkedHashSet<>(overdue.keySet());
        followed.addAll(cases.keySet());
        return followed;
    }

    /** The tenancy of a lease that a day belongs to. */
    Tenancy tenancy(UUID leaseId, LocalDate day) {
        return Objects.requireNonNull(tenants.get(leaseId)).of(day);
    }

    Tenancy tenancy(Plan plan) {
        return tenancy(plan.leaseId(), plan.tenantFrom());
    }

    Standing of(Tenancy tenancy) {
        var known = cases.get(tenancy);
        return new Standing(
                today,
                lease(tenancy.leaseId()),
                tenancy,
                document(tenancy.leaseId()),
                overdue.getOrDefault(tenancy, List.of()),
                known,
                known == null ? List.of() : steps.getOrDefault(known.id(), List.of()),
                allPauses.getOrDefault(tenancy, List.of()));
    }

    List<Proposal> proposals(Tenancy tenancy) {
        var known = cases.get(tenancy);
        return known == null ? List.of() : proposals.getOrDefault(known.id(), List.of());
    }

    private Lease lease(UUID leaseId) {
        return Objects.requireNonNull(leases.get(leaseId));
    }

    private PolicyDocument document(UUID leaseId) {
        return Objects.requireNonNull(policies.get(lease(leaseId).policyDigest()));
    }

    MoneyRules rules(UUID leaseId) {
        return document(leaseId).money();
    }

    /** What kept a bill from growing: the pauses of whoever owes it. */
    List<Pause> pauses(Debt debt) {
        return allPauses.getOrDefault(tenancy(debt.leaseId(), debt.ownedOn()), List.of());
    }

    List<LateBill> lateBills() {
        return overdue.values().stream()
                .flatMap(Collection::stream)
                .map(debt -> new LateBill(debt.billId(), debt.leaseId()))
                .toList();
    }

    /** Reads it. */
    static final class Reader {
        private final LeaseService leases;
        private final PolicyService policies;
        private final Debts debts;
        private final CaseStore cases = new CaseStore();
        private final ProposalStore proposals = new ProposalStore();
        private final PauseStore pauses = new PauseStore();

        Reader(LeaseService leases, PolicyService policies, Debts debts) {
            this.leases = leases;
            this.policies = policies;
            this.debts = debts;
        }

        Future<NightWork> read(Tx tx, List<UUID> ids, LocalDate today) {
            return leases.ofIds(tx, ids)
                    .compose(found -> policies.byDigests(
                                    tx, found.stream().map(Lease::policyDigest).collect(Collectors.toSet()))
                            .compose(documents -> leases.tenants(tx, ids)
                                    .compose(tenants -> debts.overdue(tx, ids, today)
                                            .compose(overdue -> pauses.ofLeases(tx, ids)
                                                    .compose(paused -> withCases(
                                                            tx,
                                                            ids,
                                                            new NightWork(
                                                                    today,
                                                                    byId(found, Lease::id),
                                                                    tenants,
                                                                    documents,
                                                                    group(
                                                                            overdue,
                                                                            debt -> of(
                                                                                    tenants,
                                                                                    debt.leaseId(),
                                                                                    debt.ownedOn())),
                                                                    Map.of(),
                                                                    Map.of(),
                                                                    Map.of(),
                                                                    group(
                                                                            paused,
                                                                            pause -> of(
                                                                                    tenants,
                                                                                    pause.leaseId(),
                                                                                    pause.tenantFrom())))))))));
        }

        private Future<NightWork> withCases(Tx tx, List<UUID> ids, NightWork work) {
            return cases.open(tx, ids).compose(open -> {
                var caseIds = open.stream().map(ArrearsCase::id).toList();
                return cases.steps(tx, caseIds)
                        .compose(steps -> proposals
                                .ofCases(tx, caseIds)
                                .map(proposed -> new NightWork(
                                        work.today(),
                                        work.leases(),
                                        work.tenants(),
                                        work.policies(),
                                        work.overdue(),
                                        byId(open, one -> work.tenancy(one.leaseId(), one.tenantFrom())),
                                        group(steps, Step::caseId),
                                        group(proposed, Proposal::caseId),
                                        work.allPauses())));
            });
        }

        private static Tenancy of(Map<UUID, Tenants> tenants, UUID leaseId, LocalDate day) {
            return Objects.requireNonNull(tenants.get(leaseId)).of(day);
        }

        private static <K, T> Map<K, T> byId(List<T> all, Function<T, K> id) {
            return all.stream().collect(Collectors.toMap(id, Function.identity()));
        }

        /** In the order in which they were read, so that a night done again does the same. */
        private static <K, T> Map<K, List<T>> group(List<T> all, Function<T, K> id) {
            return all.stream().collect(Collectors.groupingBy(id, LinkedHashMap::new, Collectors.toList()));
        }
    }
}
