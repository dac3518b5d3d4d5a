package io.anju.lease;

import io.anju.lease.Lease.Ground;
import io.anju.lease.LeaseEnds.Ending;
import io.anju.lease.RequestStore.Waiting;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Termination at the household's own wish: asked for, taken back, decided (退租); and the list of all that waits. */
final class Terminations {
    private final Db db;
    private final LeaseChanges changes;
    private final LeaseEnds ends;
    private final RequestStore requests = new RequestStore();

    Terminations(Db db, LeaseChanges changes, LeaseEnds ends) {
        this.db = db;
        this.changes = changes;
        this.ends = ends;
    }

    Future<LeaseFile> ask(Tx tx, ResidentCaller caller, UUID id, LocalDate lastDay, Instant now) {
        var today = Shanghai.date(now);
        return changes.lockHeld(tx, caller, id)
                .compose(lease -> {
                    LeasePolicy.requireState(lease, LeaseState.STAYING_ON);
                    if (lease.end() != null) {
                        return Refusal.failed(LeaseProblem.LEASE_END_SET);
                    }
                    LeasePolicy.requireBetween("/lastDay", today, lastDay, lease.to());
                    return requests.askTermination(tx, id, today, caller.id(), lastDay);
                })
                .compose(asked -> changes.tell(tx, caller, id, LeaseEvent.TERMINATION_ASKED, null, null, now));
    }

    Future<LeaseFile> takeBack(Tx tx, ResidentCaller caller, UUID id, Instant now) {
        return changes.lockHeld(tx, caller, id)
                .compose(lease -> requests.withdrawTermination(tx, id))
                .compose(done -> done ? Future.succeededFuture() : Refusal.failed(LeaseProblem.NO_TERMINATION_ASKED))
                .compose(done -> changes.tell(tx, caller, id, LeaseEvent.TERMINATION_WITHDRAWN, null, null, now));
    }

    /** @param lastDay null for the day that was wished for */
    record Decision(boolean approves, @Nullable LocalDate lastDay, String reason) {}

    Future<LeaseFile> decide(Tx tx, CityCaller caller, UUID id, Decision decision, Instant now) {
        var today = Shanghai.date(now);
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            var asked = lease.termination();
            if (asked == null || asked.state() != Lease.Termination.State.ASKED) {
                return Refusal.failed(LeaseProblem.NO_TERMINATION_ASKED);
            }
            var lastDay = decision.approves() ? lastDay(asked.wishedLastDay(), decision.lastDay(), today) : null;
            return requests.decideTermination(tx, id, today, caller.id(), lastDay, decision.reason())
                    .compose(decided ->
                            changes.tell(tx, caller, id, LeaseEvent.TERMINATION_DECIDED, decision.reason(), null, now))
                    .compose(told -> lastDay == null
                            ? Future.succeededFuture(told)
                            : ends.end(
                                    tx,
                                    caller,
                                    lease,
                                    new Ending(lastDay, Ground.OWN_WISH, decision.reason(), null),
                                    now));
        });
    }

    /** A wish that nobody decided in time is granted from today on: no day that is over can be lived otherwise. */
    private static LocalDate lastDay(LocalDate wished, @Nullable LocalDate set, LocalDate today) {
        if (set != null) {
            LeasePolicy.requireBetween("/lastDay", today, set, null);
        }
        var asked = Objects.requireNonNullElse(set, wished);
        return asked.isBefore(today) ? today : asked;
    }

    /** Requests of the caller's city that wait, the oldest first. */
    Future<List<Waiting>> waiting(
            CityCaller caller, Optional<String> kind, RequestStore.@Nullable Place after, int limit) {
        return requests.waiting(db, caller.office().cityCode(), kind.orElse(null), after, limit);
    }
}
