package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The second step of staff's log-in: a one-time password from an authenticator app.
 *
 * <p>It is looked at after the password was right, so that a stranger cannot use up an account's tries here; tries of
 * whoever knows the password are few per hour, from wherever they come.
 */
final class SecondStep {
    private final Db db;
    private final Vault vault;
    private final Limits limits;
    private final Set<Role> required;
    private final TotpStore store = new TotpStore();

    /** @param required the roles that must have one */
    SecondStep(Db db, Vault vault, Limits limits, Set<Role> required) {
        this.db = db;
        this.vault = vault;
        this.limits = limits;
        this.required = Set.copyOf(required);
    }

    /** A secret as its owner gets it, once. */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment";
        }
    }

    /** Whether a role of this account needs an app, and none is confirmed. */
    boolean isOwed(Staff staff) {
        return !staff.hasTotp() && staff.roles().stream().anyMatch(required::contains);
    }

    /** What the session of this account may do. */
    Grant grant(Staff staff) {
        return Grant.staff(staff, isOwed(staff) || staff.mustChangePassword());
    }

    /** Makes a secret; refuses where one is confirmed. */
    Future<Enrolment> begin(Tx tx, Caller caller, Staff staff, Instant now) {
        var secret = Totp.newSecret();
        var sealed = vault.seal(TotpStore.TABLE, TotpStore.SECRET, staff.id(), secret);
        return store.begin(tx, staff.id(), sealed, now)
                .compose(begun -> begun
                        ? Audit.record(tx, caller, "staff.totp-begun", "staff", staff.id(), null)
                        : Refusal.failed(IdentityProblem.TOTP_ENROLLED))
                .map(recorded -> new Enrolment(Totp.text(secret), Totp.uri(staff.username(), secret)));
    }

    /** Counts a try to give a one-time password; the count stays whatever becomes of it. */
    Future<Void> count(UUID staffId, Instant now) {
        return limits.takings().from(Budget.TOTP_PER_HOUR, staffId.toString()).take(db, now);
    }

    /** Takes the first password of a new secret: from then on every log-in needs one. */
    Future<Void> confirm(Tx tx, AccountCaller caller, String password, Instant now) {
        var staffId = caller.id();
        return store.find(tx, staffId, false)
                .map(found -> found.orElseThrow(() -> Refusal.of(IdentityProblem.TOTP_NOT_BEGUN)))
                .compose(row -> {
                    var step = Totp.match(open(staffId, row), password, row.lastStep(), now);
                    return step.isEmpty()
                            ? Future.failedFuture(Refusal.at("/totp", IdentityProblem.TOTP_WRONG))
                            : store.confirm(tx, staffId, now, step.getAsLong());
                })
                .compose(confirmed -> confirmed
                        ? Audit.record(tx, caller, "staff.totp-confirmed", "staff", staffId, null)
                        : Refusal.failed(IdentityProblem.TOTP_ENROLLED));
    }

    /** Looks at the password of a log-in; gives the steps to take when the session opens: one, or none. */
    Future<List<Long>> check(Staff staff, @Nullable String password, Instant now) {
        if (!staff.hasTotp()) {
            return Future.succeededFuture(List.of());
        }
        if (password == null) {
            return Refusal.failed(IdentityProblem.TOTP_REQUIRED);
        }
        return count(staff.id(), now)
                .compose(counted -> store.find(db, staff.id(), true))
                .compose(found -> {
                    var step = found.map(row -> Totp.match(open(staff.id(), row), password, row.lastStep(), now));
                    return step.isPresent() && step.get().isPresent()
                            ? Future.succeededFuture(List.of(step.get().getAsLong()))
                            : Refusal.failed(IdentityProblem.TOTP_REFUSED);
                });
    }

    /** Takes what {@link #check} gave; of two log-ins with one password, the second is refused. */
    Future<Void> take(Tx tx, Staff staff, List<Long> steps) {
        return steps.isEmpty()
                ? Future.succeededFuture()
                : store.takeStep(tx, staff.id(), steps.get(0))
                        .compose(taken ->
                                taken ? Future.succeededFuture() : Refusal.failed(IdentityProblem.TOTP_REFUSED));
    }

    /** Removes the app of an account whose owner lost it; gives whether there was one. */
    Future<Boolean> remove(Tx tx, UUID staffId) {
        return store.remove(tx, staffId);
    }

    private byte[] open(UUID staffId, TotpStore.Row row) {
        return vault.open(TotpStore.TABLE, TotpStore.SECRET, staffId, row.sealedSecret());
    }
}
