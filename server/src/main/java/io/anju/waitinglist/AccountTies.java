package io.anju.waitinglist;

import io.anju.identity.Bindings;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Outbox;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Gives a household of a register that was taken over to the account of its applicant: when that person binds an account,
 * and, for those who had one before, after the import. Nobody but the applicant gets it, not even another member.
 */
public final class AccountTies implements Bindings {
    static final String KIND = "waitinglist.tie-accounts";

    /** Whoever binds an account while an import is being entered sees no household yet, and the import no account. */
    private static final Duration STRAGGLERS_EVERY = Duration.ofHours(6);

    private static final int AT_ONCE = 500;

    private final Db db;
    private final AccountTieStore store = new AccountTieStore();

    public AccountTies(Db db) {
        this.db = db;
    }

    /** Names the work that follows an import, and that comes again. */
    public void handleJobs(Jobs jobs) {
        jobs.handle(KIND, this::tieLoose);
        jobs.every(STRAGGLERS_EVERY, "waitinglist.tie-stragglers", this::tieLoose);
    }

    @Override
    public Future<Void> bound(Tx tx, Caller caller, UUID residentId, byte[] person, Instant now) {
        return store.tie(tx, person, residentId, now).compose(tied -> tell(tx, caller, tied));
    }

    private Future<Void> tieLoose(Job job) {
        return db.inTransaction(tx -> store.tieLoose(tx, AT_ONCE, job.now())
                        .compose(tied -> tell(tx, Caller.SYSTEM, tied).map(tied.size())))
                .compose(count -> count < AT_ONCE ? Future.succeededFuture() : tieLoose(job));
    }

    private static Future<Void> tell(Tx tx, Caller caller, List<UUID> tied) {
        return Future.all(tied.stream()
                        .map(id -> Audit.record(tx, caller, "registration.account-tied", "registration", id, null)
                                .compose(audited -> Outbox.append(tx, "registration.account-tied", id, "{}")))
                        .toList())
                .mapEmpty();
    }
}
