package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything about the leases of a chunk, read by sets. */
record NightWork(
        LocalDate today,
        Map<UUID, Lease> leases,
        Map<String, PolicyDocument> policies,
        Map<UUID, List<Debt>> overdue,
        Map<UUID, ArrearsCase> cases,
        Map<UUID, List<Step>> steps,
        Map<UUID, List<Proposal>> proposals,
        Map<UUID, List<Pause>> allPauses) {

    Standing of(UUID leaseId) {
        var known = cases.get(leaseId);
        return new Standing(
                today,
                lease(leaseId),
                document(leaseId),
                overdue.getOrDefault(leaseId, List.of()),
                known,
                known == null ? List.of() : steps.getOrDefault(known.id(), List.of()),
                pauses(leaseId));
    }

    List<Proposal> proposals(UUID leaseId) {
        var known = cases.get(leaseId);
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

    List<Pause> pauses(UUID leaseId) {
        return allPauses.getOrDefault(leaseId, List.of());
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
                            .compose(documents -> debts.overdue(tx, ids, today)
                                    .compose(overdue -> pauses.ofLeases(tx, ids)
                                            .compose(paused -> withCases(
                                                    tx,
                                                    ids,
                                                    new NightWork(
                                                            today,
                                                            byId(found, Lease::id),
                                                            documents,
                                                            group(overdue, Debt::leaseId),
                                                            Map.of(),
                                                            Map.of(),
                                                            Map.of(),
                                                            group(paused, Pause::leaseId)))))));
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
                                        work.policies(),
                                        work.overdue(),
                                        byId(open, ArrearsCase::leaseId),
                                        group(steps, Step::caseId),
                                        group(proposed, Proposal::caseId),
                                        work.allPauses())));
            });
        }

        private static <T> Map<UUID, T> byId(List<T> all, Function<T, UUID> id) {
            return all.stream().collect(Collectors.toMap(id, Function.identity()));
        }

        private static <T> Map<UUID, List<T>> group(List<T> all, Function<T, UUID> id) {
            return all.stream().collect(Collectors.groupingBy(id));
        }
    }
}
