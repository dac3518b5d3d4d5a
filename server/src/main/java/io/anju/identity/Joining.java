package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes two accounts of one person one: of the first everything goes to the second, and its sessions end. */
final class Joining {
    private final Sessions sessions;
    private final Supplier<ResidentFiles> files;
    private final AccountStore store = new AccountStore();

    Joining(Sessions sessions, Supplier<ResidentFiles> files) {
        this.sessions = sessions;
        this.files = files;
    }

    /**
     * Joins an account to another; both are locked, and the first is bound to nobody, so that all there can be of it
     * was only begun.
     *
     * @param action as it stands in the audit
     * @param otherwise the refusal where more than that is there
     * @return the sessions that ended, for {@link Sessions#ending}
     */
    Future<List<UUID>> join(
            Tx tx, Caller caller, UUID from, UUID to, String action, IdentityProblem otherwise, Instant now) {
        return files.get()
                .handOver(tx, from, to, now)
                .compose(handedOver -> handedOver ? store.merge(tx, from, to, now) : Refusal.<Void>failed(otherwise))
                .compose(merged -> Audit.record(tx, caller, action, "resident", to, "account " + from))
                .compose(recorded -> sessions.endAll(tx, Audience.RESIDENT, from, null, now, "merged"));
    }
}
