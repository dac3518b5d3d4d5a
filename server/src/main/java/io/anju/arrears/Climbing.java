package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.lease.Lease;
import io.anju.lease.LeaseFile.Basis;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsFollowUp.Due;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.anju.policy.PolicyService;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is done about one lease on a day: a case opened, at most one step taken, the case closed when all is paid. */
final class Climbing {
    private final LeaseService leases;
    private final PolicyService policies;
    private final WorkingDays calendar;
    private final PendingComplaints complaints;
    private final ProposalDesk proposals;
    private final CaseStore cases = new CaseStore();
    private final PauseStore pauses = new PauseStore();

    Climbing(
            LeaseService leases,
            PolicyService policies,
            WorkingDays calendar,
            PendingComplaints complaints,
            ProposalDesk proposals) {
        this.leases = leases;
        this.policies = policies;
        this.calendar = calendar;
        this.complaints = complaints;
        this.proposals = proposals;
    }

    /** Gives whether a step was taken. */
    Future<Boolean> follow(Tx tx, Standing standing, Instant now) {
        var owed = standing.arrears();
        if (owed.isEmpty()) {
            return close(tx, standing).map(false);
        }
        return open(tx, standing, now)
                .compose(opened -> standing.isPaused()
                        ? Future.succeededFuture(false)
                        : proposals
                                .weigh(tx, opened, standing, owed.get(), now)
                                .compose(weighed -> due(tx, standing, owed.get()))
                                .compose(due -> due.isEmpty()
                                        ? Future.succeededFuture(false)
                                        : take(tx, standing, opened, owed.get(), due.get(), now)));
    }

    private Future<Void> close(Tx tx, Standing standing) {
        var known = standing.known();
        return known == null
                ? Future.succeededFuture()
                : cases.close(tx, known.id(), standing.today())
                        .compose(closed -> proposals.lapse(tx, known, standing.today()))
                        .compose(closed -> tell(tx, "arrears.case-closed", known, "{}"));
    }

    private Future<ArrearsCase> open(Tx tx, Standing standing, Instant now) {
        var known = standing.known();
        if (known != null) {
            return Future.succeededFuture(known);
        }
        var lease = standing.lease();
        var opened = new ArrearsCase(
                Ids.next(now),
                lease.id(),
                lease.cityCode(),
                lease.programme(),
                lease.policyDigest(),
                standing.today(),
                null,
                null,
                null);
        return cases.insert(tx, opened, now)
                .compose(inserted -> tell(tx, "arrears.case-opened", opened, "{}"))
                .map(opened);
    }

    private Future<Optional<Due>> due(Tx tx, Standing standing, Arrears owed) {
        var rules = standing.followUp();
        if (rules.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        var ladder = rules.get();
        var climbed = standing.climbed();
        return ladder.asksHousehold(owed, climbed, standing.today(), calendar)
                ? leases.basis(tx, standing.lease().id())
                        .map(Basis::household)
                        .map(household -> ladder.next(household, owed, climbed, standing.today(), calendar))
                : Future.succeededFuture(ladder.next(null, owed, climbed, standing.today(), calendar));
    }

    private Future<Boolean> take(Tx tx, Standing standing, ArrearsCase of, Arrears owed, Due due, Instant now) {
        var step = new Step(
                Ids.next(now),
                of.id(),
                due.id(),
                due.action(),
                due.office(),
                due.channels(),
                due.dueOn(),
                standing.today(),
                owed.unpaidSince(),
                owed.overdueFen(),
                due.text(),
                List.of());
        return cases.take(tx, step, now).compose(isNew -> {
            if (!isNew) {
                return Future.succeededFuture(false);
            }
            Metrics.counter("anju.arrears.steps", "action", ArrearsCase.id(due.action()))
                    .increment();
            return tell(tx, "arrears.step-taken", of, payload(step))
                    .compose(told -> proposals.propose(tx, of, step, now))
                    .map(true);
        });
    }

    private static String payload(Step step) {
        return "{\"stepId\":\"" + step.id() + "\",\"action\":\"" + ArrearsCase.id(step.action()) + "\"}";
    }

    private static Future<Void> tell(Tx tx, String what, ArrearsCase about, String payload) {
        return Outbox.append(tx, what, about.leaseId(), payload);
    }

    /** Sets or ends the pauses that follow from complaints about these leases. */
    Future<Void> pause(Tx tx, List<UUID> ids, LocalDate today, Instant now) {
        return complaints
                .about(tx, ids)
                .compose(pending -> pauses.ofLeases(tx, ids)
                        .compose(known -> endAnswered(tx, known, pending, today)
                                .compose(ended -> leases.ofIds(tx, List.copyOf(pending.keySet()))
                                        .compose(found -> begin(tx, found, pending, today, now)))));
    }

    private Future<Void> endAnswered(Tx tx, List<Pause> known, Map<UUID, UUID> pending, LocalDate today) {
        Future<Void> done = Future.succeededFuture();
        for (var pause : known) {
            var source = pause.sourceId();
            if (pause.reason() == PauseReason.COMPLAINT
                    && source != null
                    && pause.holds(today)
                    && !source.equals(pending.get(pause.leaseId()))) {
                done = done.compose(before -> pauses.endOfSource(tx, source, today, "投诉已答复"));
            }
        }
        return done;
    }

    private Future<Void> begin(Tx tx, List<Lease> found, Map<UUID, UUID> pending, LocalDate today, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var lease : found) {
            done = done.compose(before -> policies.byDigest(tx, lease.policyDigest()))
                    .map(policy -> policy.money()
                            .followUp()
                            .flatMap(rules -> rules.relief().longestPause(PauseReason.COMPLAINT)))
                    .compose(longest -> longest.isEmpty()
                            ? Future.succeededFuture()
                            : begin(tx, lease, pending.get(lease.id()), today, longest.get(), now));
        }
        return done;
    }

    private Future<Void> begin(
            Tx tx, Lease lease, @Nullable UUID complaintId, LocalDate today, int longestDays, Instant now) {
        var pause = new Pause(
                Ids.next(now),
                lease.id(),
                lease.cityCode(),
                PauseReason.COMPLAINT,
                today,
                today.plusDays(longestDays - 1L),
                "对该租赁的投诉尚未答复",
                complaintId,
                null,
                null);
        return pauses.insert(tx, pause, null, now)
                .compose(isNew -> isNew
                        ? Outbox.append(tx, "arrears.paused", lease.id(), "{\"reason\":\"complaint\"}")
                        : Future.succeededFuture());
    }
}
