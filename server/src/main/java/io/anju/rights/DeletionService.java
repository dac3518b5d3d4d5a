package io.anju.rights;

import io.anju.identity.IdentityService;
import io.anju.identity.Kept;
import io.anju.identity.ResidentFiles;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Once;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Ends accounts (个人信息保护法 art. 47): one transaction, so that nobody ever sees half of an account, and a process that
 * dies in the middle has done nothing.
 */
public final class DeletionService {
    private final IdentityService identities;
    private final ResidentFiles files;

    public DeletionService(IdentityService identities, ResidentFiles files) {
        this.identities = identities;
        this.files = files;
    }

    /** What stays, and the sessions that ended. */
    record Deleted(List<Kept> kept, List<UUID> ended) {}

    /** Refuses while something goes on: an application under way, a place on a list, a lease. */
    Future<Deleted> delete(Tx tx, Caller caller, Instant now) {
        var id = caller.requireId();
        return identities
                .hold(tx, id)
                .compose(held -> files.goingOn(tx, id))
                .compose(goingOn -> goingOn.isEmpty()
                        ? files.erase(tx, id, now)
                        : Refusal.failed(RightsProblem.ACCOUNT_IN_USE, Map.of("goingOn", String.join(", ", goingOn))))
                .compose(kept -> Once.forget(tx, caller)
                        .compose(forgotten -> Audit.record(tx, caller, "identity.deleted", "resident", id, null))
                        .compose(recorded -> identities.erase(tx, id, now))
                        .map(ended -> new Deleted(kept, ended)));
    }
}
