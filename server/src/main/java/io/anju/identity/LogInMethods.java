package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
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
 * Adds ways to log in, and joins the two accounts of one person.
 *
 * <p>Whoever comes here has proven that the way is theirs, as for a log-in. That is enough to take over an account that
 * is bound to nobody, because a log-in would give as much; it is never enough for an account that is bound to a person.
 */
final class LogInMethods {
    private static final int MOST = 8;

    private final Accounts accounts;
    private final Vault vault;
    private final Joining joining;
    private final AccountStore store = new AccountStore();

    LogInMethods(Accounts accounts, Vault vault, Joining joining) {
        this.accounts = accounts;
        this.vault = vault;
        this.joining = joining;
    }

    /** Adds a way to the caller's account; gives the sessions that ended with an account that was joined to it. */
    Future<List<UUID>> add(Tx tx, ResidentCaller caller, Resident.LogIn logIn, Instant now) {
        var index = accounts.index(logIn);
        return store.findByMethod(tx, logIn.kind(), index)
                .compose(owner ->
                        owner.isPresent() ? join(tx, caller, owner.get(), logIn, now) : insert(tx, caller, logIn, now));
    }

    private Future<List<UUID>> insert(Tx tx, ResidentCaller caller, Resident.LogIn logIn, Instant now) {
        var residentId = caller.id();
        var id = Ids.next(now);
        var sealed = vault.sealText(AccountStore.METHOD, AccountStore.VALUE, id, logIn.value());
        return store.lockResidents(tx, residentId)
                .compose(standing -> standing.isEmpty() ? gone() : requireRoom(tx, residentId))
                .compose(room ->
                        store.insertMethod(tx, id, residentId, logIn.kind(), accounts.index(logIn), sealed, now))
                // somebody opened an account with this way meanwhile: look again
                .compose(isNew -> isNew ? added(tx, caller, logIn) : add(tx, caller, logIn, now));
    }

    private static Future<List<UUID>> added(Tx tx, ResidentCaller caller, Resident.LogIn logIn) {
        return Audit.record(
                        tx,
                        caller,
                        "identity.log-in-added",
                        "resident",
                        caller.id(),
                        logIn.kind().id())
                .map(List.of());
    }

    /** Locks both accounts before it looks: a log-in, a binding or another joining may be on its way. */
    private Future<List<UUID>> join(Tx tx, ResidentCaller caller, UUID owner, Resident.LogIn logIn, Instant now) {
        var mine = caller.id();
        if (owner.equals(mine)) {
            return Future.succeededFuture(List.of());
        }
        return store.lockResidents(tx, mine, owner).compose(standing -> {
            if (!standing.containsKey(mine)) {
                return gone();
            }
            return store.lockByMethod(tx, logIn.kind(), accounts.index(logIn))
                    .compose(found -> found.equals(Optional.of(owner)) && Boolean.FALSE.equals(standing.get(owner))
                            ? merge(tx, caller, owner, now)
                            : taken());
        });
    }

    private Future<List<UUID>> merge(Tx tx, ResidentCaller caller, UUID from, Instant now) {
        var to = caller.id();
        return requireRoom(tx, from, to)
                .compose(room -> joining.join(
                        tx, caller, from, to, "identity.merged", IdentityProblem.LOG_IN_METHOD_TAKEN, now));
    }

    private Future<Void> requireRoom(Tx tx, UUID... residentIds) {
        // of one account the way to come counts as well, of two it is there already
        var most = residentIds.length == 1 ? MOST - 1 : MOST;
        return store.countMethods(tx, residentIds)
                .compose(count -> count <= most
                        ? Future.succeededFuture()
                        : Refusal.failed(IdentityProblem.TOO_MANY_LOG_IN_METHODS));
    }

    private static <T> Future<T> taken() {
        return Refusal.failed(IdentityProblem.LOG_IN_METHOD_TAKEN);
    }

    /** The caller's own account was joined to another a moment ago. */
    private static <T> Future<T> gone() {
        return Refusal.failed(PlatformProblem.UNAUTHENTICATED);
    }
}
