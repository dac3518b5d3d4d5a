package io.anju.identity;

import io.anju.platform.db.Tx;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives an account that an office opened on paper to its owner, who logs in for the first time and binds the same
 * person: an account that is bound and has no way to log in is nobody's else.
 *
 * <p>The account of the log-in is joined to the one on paper and not the other way round. What was done on paper are
 * facts, applications and leases and bills, which name their account for good; what an account that is bound to nobody
 * can have was only begun, and moves.
 */
final class TakeOver {
    private final Joining joining;
    private final AccountStore store = new AccountStore();

    TakeOver(Joining joining) {
        this.joining = joining;
    }

    /**
     * Joins the caller's account to the one that is bound to the person; nobody else binds or opens an account of that
     * person meanwhile. Gives the sessions that ended; empty where that account was deleted a moment ago.
     *
     * @param name as on the caller's card
     */
    Future<Optional<List<UUID>>> take(Tx tx, ResidentCaller caller, Resident onPaper, String name, Instant now) {
        var mine = caller.id();
        return store.lockResidents(tx, mine, onPaper.id()).compose(standing -> {
            var isBound = standing.get(mine);
            if (isBound == null) {
                return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
            }
            if (isBound) {
                return Refusal.failed(IdentityProblem.IDENTITY_ALREADY_BOUND);
            }
            if (!standing.containsKey(onPaper.id())) {
                return Future.succeededFuture(Optional.empty());
            }
            return requireOnPaper(tx, onPaper, name)
                    .compose(free -> joining.join(
                            tx,
                            caller,
                            mine,
                            onPaper.id(),
                            "identity.taken-over",
                            IdentityProblem.PERSON_HAS_ACCOUNT,
                            now))
                    .map(Optional::of);
        });
    }

    /** Another name and another way to log in are answered alike: neither tells what the office has written down. */
    private Future<Void> requireOnPaper(Tx tx, Resident onPaper, String name) {
        return store.countMethods(tx, onPaper.id())
                .compose(ways -> ways == 0 && onPaper.isCalled(name)
                        ? Future.succeededFuture()
                        : Refusal.failed(IdentityProblem.PERSON_HAS_ACCOUNT));
    }
}
