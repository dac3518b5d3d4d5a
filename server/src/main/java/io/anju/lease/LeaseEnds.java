package io.anju.lease;

import io.anju.lease.Lease.End;
import io.anju.lease.Lease.Ground;
import io.anju.lease.LeaseFollower.Change;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Job;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How leases end: on a day that is set, by the term's last day, or before they began; and the home's return. */
public final class LeaseEnds {
    private static final int EXPIRED_AT_ONCE = 500;

    private final Db db;
    private final LeaseChanges changes;
    private final LeaseStore store = new LeaseStore();
    private final RequestStore requests = new RequestStore();

    LeaseEnds(Db db, LeaseChanges changes) {
        this.db = db;
        this.changes = changes;
    }

    /** How a lease is ended. */
    record Ending(
            LocalDate lastDay,
            Ground ground,
            String reason,
            @Nullable LocalDate returnedOn) {}

    /** Ends a lease of the caller's city; on a day that is still to come it is announced. */
    Future<LeaseFile> end(Tx tx, CityCaller caller, UUID id, Ending ending, Instant now) {
        return changes.lockOwn(tx, caller, id)
                .compose(lease -> requests.lapse(tx, id).compose(lapsed -> end(tx, caller, lease, ending, now)));
    }

    /** Ends a lease because its rent was not paid; for whoever follows arrears up, with the lease locked or not. */
    public Future<LeaseFile> endForArrears(
            Tx tx, CityCaller caller, UUID id, LocalDate lastDay, String reason, Instant now) {
        LeasePolicy.requireBetween("/lastDay", Shanghai.date(now), lastDay, null);
        return end(tx, caller, id, new Ending(lastDay, Ground.ARREARS, reason, null), now);
    }

    /** As {@link #end(Tx, Caller, UUID, Ending, Instant)}, of a locked lease. */
    Future<LeaseFile> end(Tx tx, Caller caller, Lease lease, Ending ending, Instant now) {
        var today = Shanghai.date(now);
        LeasePolicy.checkEnd(lease, ending.lastDay(), ending.returnedOn(), ending.ground(), today);
        var end = new End(ending.lastDay(), ending.ground(), ending.returnedOn());
        if (ending.returnedOn() == null && ending.lastDay().isAfter(today)) {
            return store.update(tx, lease.id(), lease.state(), lease.course(), end)
                    .compose(done -> changes.tell(
                            tx,
                            caller,
                            lease.id(),
                            LeaseEvent.END_ANNOUNCED,
                            ending.reason(),
                            Change.END_ANNOUNCED,
                            now));
        }
        var next = ending.returnedOn() == null ? LeaseState.STAYING_ON : LeaseState.ENDED;
        return store.update(tx, lease.id(), next, lease.course(), end)
                .compose(done ->
                        changes.tell(tx, caller, lease.id(), LeaseEvent.ENDED, ending.reason(), Change.ENDED, now));
    }

    /** A home that is given back before the day that was announced brings that day forward. */
    Future<LeaseFile> giveBack(Tx tx, CityCaller caller, UUID id, LocalDate returnedOn, Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            var end = lease.end();
            if (end == null || end.returnedOn() != null) {
                return Refusal.failed(LeaseProblem.LEASE_STATE_FORBIDS);
            }
            LeasePolicy.requireState(lease, LeaseState.ENDED);
            var stays = lease.state() == LeaseState.STAYING_ON;
            var earliest = stays ? end.lastDay() : LeasePolicy.firstDayInUse(lease);
            LeasePolicy.requireBetween("/returnedOn", earliest, returnedOn, Shanghai.date(now));
            var lastDay = returnedOn.isBefore(end.lastDay()) ? returnedOn : end.lastDay();
            var returned = new End(lastDay, end.ground(), returnedOn);
            return store.update(tx, id, LeaseState.ENDED, lease.course(), returned)
                    .compose(done -> changes.tell(
                            tx,
                            caller,
                            id,
                            LeaseEvent.HOME_RETURNED,
                            null,
                            stays ? Change.RETURNED : Change.ENDED,
                            now));
        });
    }

    Future<LeaseFile> withdraw(Tx tx, CityCaller caller, UUID id, String reason, Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireState(lease, LeaseState.WITHDRAWN);
            var dayBefore = lease.from().minusDays(1);
            var end = new End(dayBefore, Ground.AGREEMENT, dayBefore);
            return store.update(tx, id, LeaseState.WITHDRAWN, lease.course(), end)
                    .compose(done -> changes.tell(tx, caller, id, LeaseEvent.WITHDRAWN, reason, Change.WITHDRAWN, now));
        });
    }

    /** A lease whose last day is over ends: into the one that follows, or with the household still in the home. */
    Future<Void> expire(Job job) {
        return store.expired(db, Shanghai.date(job.now()), EXPIRED_AT_ONCE).compose(found -> {
            Future<Void> done = Future.succeededFuture();
            for (var id : found) {
                done = done.compose(before -> db.inTransaction(tx -> expire(tx, id, job.now())));
            }
            return found.size() < EXPIRED_AT_ONCE ? done : done.compose(before -> expire(job));
        });
    }

    private Future<Void> expire(Tx tx, UUID id, Instant now) {
        return store.lock(tx, id).map(Optional::orElseThrow).compose(lease -> {
            if (lease.state() != LeaseState.ACTIVE || !lease.lastDay().isBefore(Shanghai.date(now))) {
                return Future.succeededFuture();
            }
            var set = lease.end();
            var end = set == null ? new End(lease.to(), Ground.TERM_OVER, null) : set;
            var next = end.returnedOn() == null ? LeaseState.STAYING_ON : LeaseState.ENDED;
            return store.update(tx, id, next, lease.course(), end)
                    .compose(done -> requests.lapse(tx, id))
                    .compose(lapsed -> changes.tell(tx, Caller.SYSTEM, id, LeaseEvent.ENDED, null, Change.ENDED, now))
                    .mapEmpty();
        });
    }
}
