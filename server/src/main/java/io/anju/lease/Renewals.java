package io.anju.lease;

import io.anju.lease.Lease.End;
import io.anju.lease.Lease.Ground;
import io.anju.lease.LeaseFollower.Change;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Renewal: asked for in time, decided, and the lease that follows (续租). */
final class Renewals {
    private final LeaseChanges changes;
    private final Signing signing;
    private final LeaseStore store = new LeaseStore();
    private final RequestStore requests = new RequestStore();

    Renewals(LeaseChanges changes, Signing signing) {
        this.changes = changes;
        this.signing = signing;
    }

    Future<LeaseFile> ask(Tx tx, ResidentCaller caller, UUID id, Instant now) {
        return changes.lockHeld(tx, caller, id)
                .compose(lease -> {
                    if (lease.renewal() != null) {
                        return Refusal.failed(LeaseProblem.RENEWAL_ASKED_ALREADY);
                    }
                    LeasePolicy.checkRenewal(lease, Shanghai.date(now));
                    return requests.askRenewal(tx, id, Shanghai.date(now), caller.id());
                })
                .compose(asked -> changes.tell(tx, caller, id, LeaseEvent.RENEWAL_ASKED, null, null, now));
    }

    /** @param to last day of the new term; null where it is refused */
    Future<LeaseFile> decide(Tx tx, CityCaller caller, UUID id, @Nullable LocalDate to, String reason, Instant now) {
        var today = Shanghai.date(now);
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            if (to != null && lease.end() != null) {
                return Refusal.failed(LeaseProblem.LEASE_END_SET);
            }
            return requests.decideRenewal(tx, id, today, caller.id(), to != null, reason)
                    .compose(decided ->
                            decided ? Future.succeededFuture() : Refusal.failed(LeaseProblem.NO_RENEWAL_ASKED))
                    .compose(decided -> to == null ? Future.succeededFuture() : follow(tx, caller, lease, to, now))
                    .compose(done -> changes.tell(tx, caller, id, LeaseEvent.RENEWAL_DECIDED, reason, null, now));
        });
    }

    private Future<Void> follow(Tx tx, Caller caller, Lease lease, LocalDate to, Instant now) {
        // the home passes from one lease to the other overnight: it never was given back
        var end = new End(lease.to(), Ground.TERM_OVER, lease.to());
        return store.update(tx, lease.id(), lease.state(), lease.course(), end)
                .compose(ended -> requests.lapse(tx, lease.id()))
                .compose(lapsed -> signing.renew(tx, caller, lease, to, now))
                .compose(next -> changes.tell(tx, caller, next, LeaseEvent.SIGNED, null, Change.SIGNED, now))
                .mapEmpty();
    }
}
