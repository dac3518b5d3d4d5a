package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.PendingComplaints.Waiting;
import io.anju.lease.Lease;
import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.lease.Tenants;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Pauses that follow from complaints: they begin with the complaint and end with its answer. A complaint pauses the arrears
 * of whoever complained: a co-tenant's, and one without a name, those of the household that had the home when it was found.
 */
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
                .compose(waiting -> pauses.ofLeases(tx, ids)
                        .compose(known -> endAnswered(tx, known, waiting, today)
                                .compose(ended -> begin(tx, waiting, known, today, now))));
    }

    private Future<Void> endAnswered(Tx tx, List<Pause> known, List<Waiting> waiting, LocalDate today) {
        var unanswered = waiting.stream().map(Waiting::complaintId).collect(Collectors.toSet());
        Future<Void> done = Future.succeededFuture();
        for (var pause : known) {
            var source = pause.sourceId();
            if (pause.reason() == PauseReason.COMPLAINT
                    && source != null
                    && pause.holds(today)
                    && !unanswered.contains(source)) {
                done = done.compose(before -> pauses.endOfSource(tx, source, today, "投诉已答复"))
                        .compose(ended -> Outbox.append(
                                tx,
                                "arrears.pause-ended",
                                pause.leaseId(),
                                ArrearsEvents.about(pause.tenantFrom()).encode()));
            }
        }
        return done;
    }

    /** The oldest complaint of each tenancy pauses it, once. */
    private Future<Void> begin(Tx tx, List<Waiting> waiting, List<Pause> known, LocalDate today, Instant now) {
        if (waiting.isEmpty()) {
            return Future.succeededFuture();
        }
        var ids = waiting.stream().map(Waiting::leaseId).distinct().toList();
        Map<UUID, Pause> bySource = known.stream()
                .filter(pause -> pause.sourceId() != null)
                .collect(Collectors.toMap(pause -> Objects.requireNonNull(pause.sourceId()), Function.identity()));
        return leases.tenants(tx, ids)
                .compose(tenants -> leases.ofIds(tx, ids).compose(found -> {
                    var byId = found.stream().collect(Collectors.toMap(Lease::id, Function.identity()));
                    var seen = new HashSet<Tenancy>();
                    Future<Void> done = Future.succeededFuture();
                    for (var one : waiting) {
                        var of = Objects.requireNonNull(tenants.get(one.leaseId()));
                        var lease = Objects.requireNonNull(byId.get(one.leaseId()));
                        var pause = bySource.get(one.complaintId());
                        done = done.compose(before -> pause == null
                                        ? tenancy(tx, of, one, today)
                                        : Future.succeededFuture(of.of(pause.tenantFrom())))
                                .compose(tenancy -> seen.add(tenancy) && pause == null
                                        ? begin(tx, lease, tenancy, one.complaintId(), today, now)
                                        : Future.succeededFuture());
                    }
                    return done;
                }));
    }

    /** Nobody asks who complained where there was one tenant only, as almost everywhere. */
    private Future<Tenancy> tenancy(Sql sql, Tenants of, Waiting one, LocalDate today) {
        var by = one.residentId();
        return by == null || of.all().size() == 1
                ? Future.succeededFuture(of.of(today))
                : leases.tenancies(sql, by)
                        .map(own -> own.stream()
                                .filter(days -> days.leaseId().equals(one.leaseId()))
                                .findFirst()
                                .map(days -> of.of(days, today))
                                .orElseGet(() -> of.of(today)));
    }

    private Future<Void> begin(Tx tx, Lease lease, Tenancy tenancy, UUID complaintId, LocalDate today, Instant now) {
        return policies.byDigest(tx, lease.policyDigest())
                .map(policy -> policy.money()
                        .followUp()
                        .flatMap(rules -> rules.relief().longestPause(PauseReason.COMPLAINT)))
                .compose(longest -> longest.isEmpty()
                        ? Future.succeededFuture()
                        : begin(tx, lease, tenancy, complaintId, today, longest.get(), now));
    }

    private Future<Void> begin(
            Tx tx, Lease lease, Tenancy tenancy, UUID complaintId, LocalDate today, int longestDays, Instant now) {
        var pause = new Pause(
                Ids.next(now),
                lease.id(),
                tenancy.from(),
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
                        ? Outbox.append(
                                tx,
                                "arrears.paused",
                                lease.id(),
                                ArrearsEvents.about(tenancy.from())
                                        .put("reason", "complaint")
                                        .encode())
                        : Future.succeededFuture());
    }
}
