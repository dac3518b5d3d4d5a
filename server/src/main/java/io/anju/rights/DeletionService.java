package io.anju.rights;

import io.anju.identity.IdentityService;
import io.anju.identity.Kept;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Once;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
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

    /** Refuses while something goes on, such as an application under way, a place on a list, a lease or a debt. */
    Future<Deleted> delete(Tx tx, ResidentCaller caller, Instant now) {
        var id = caller.id();
        return identities
                .hold(tx, id)
                .compose(held -> files.goingOn(tx, id))
                .compose(goingOn -> goingOn.isEmpty()
                        ? identities.resident(tx, id)
                        : Refusal.failed(RightsProblem.ACCOUNT_IN_USE, Map.of("goingOn", String.join(", ", goingOn))))
                .compose(owner -> erase(tx, caller, now)
                        .compose(ended -> kept(tx, owner, now).map(kept -> new Deleted(kept, ended))));
    }

    private Future<List<UUID>> erase(Tx tx, ResidentCaller caller, Instant now) {
        var id = caller.id();
        return files.erase(tx, id, now)
                .compose(erased -> Once.forget(tx, caller))
                .compose(forgotten -> Audit.record(tx, caller, "identity.deleted", "resident", id, null))
                .compose(recorded -> identities.erase(tx, id, now));
    }

    /**
     * What a copy of the data would still hold. A kind that no room gives a period for is a bug: something was left
     * behind that nobody has a reason to keep.
     */
    private Future<List<Kept>> kept(Tx tx, Resident owner, Instant now) {
        var periods = files.kept();
        return files.export(tx, owner)
                .map(held -> held.stream()
                        .filter(each -> !each.rows().isEmpty())
                        .map(each -> new Kept(
                                each.kind(), each.rows().size(), period(periods, each.kind()), Shanghai.date(now)))
                        .toList());
    }

    private static String period(Map<String, String> periods, String kind) {
        var period = periods.get(kind);
        if (period == null) {
            throw new IllegalStateException(kind + " are left of an account that ended, and have no period");
        }
        return period;
    }
}
