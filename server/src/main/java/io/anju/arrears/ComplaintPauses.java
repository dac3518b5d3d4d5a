package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Pauses that follow from complaints: they begin with the complaint and end with its answer. */
final class ComplaintPauses {
    private final LeaseService leases;
    private final PolicyService policies;
    private final PendingComplaints complaints;
    private final PauseStore pauses = new PauseStore();

    ComplaintPauses(LeaseService leases, PolicyService policies, PendingComplaints complaints) {
        this.leases = leases;
        this.policies = policies;
        this.complaints = complaints;
    }

    /** Sets or ends the pauses of these leases, of which few have any. */
    Future<Void> follow(Tx tx, List<UUID> ids, LocalDate today, Instant now) {
        return complaints
                .about(tx, ids)
                .compose(pending -> pauses.ofLeases(tx, ids)
                        .compose(known -> endAnswered(tx, known, pending, today))
                        .compose(ended -> leases.ofIds(tx, List.copyOf(pending.keySet())))
                        .compose(found -> begin(tx, found, pending, today, now)));
    }

    private Future<Void> endAnswered(Tx tx, List<Pause> known, Map<UUID, UUID> pending, LocalDate today) {
        Future<Void> done = Future.succeededFuture();
        for (var pause : known) {
            var source = pause.sourceId();
            if (pause.reason() == PauseReason.COMPLAINT
                    && source != null
                    && pause.holds(today)
                    && !source.equals(pending.get(pause.leaseId()))) {
                done = done.compose(before -> pauses.endOfSource(tx, source, today, "投诉已答复"))
                        .compose(ended -> Outbox.append(tx, "arrears.pause-ended", pause.leaseId(), "{}"));
            }
        }
        return done;
    }

    private Future<Void> begin(Tx tx, List<Lease> found, Map<UUID, UUID> pending, LocalDate today, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var lease : found) {
            var complaintId = Objects.requireNonNull(pending.get(lease.id()));
            done = done.compose(before -> policies.byDigest(tx, lease.policyDigest()))
                    .map(policy -> policy.money()
                            .followUp()
                            .flatMap(rules -> rules.relief().longestPause(PauseReason.COMPLAINT)))
                    .compose(longest -> longest.isEmpty()
                            ? Future.succeededFuture()
                            : begin(tx, lease, complaintId, today, longest.get(), now));
        }
        return done;
    }

    private Future<Void> begin(Tx tx, Lease lease, UUID complaintId, LocalDate today, int longestDays, Instant now) {
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
