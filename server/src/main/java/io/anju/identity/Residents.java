package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** How accounts of residents come to be, are bound to a person, put right, and end. */
final class Residents {
    private final Accounts accounts;
    private final Sessions sessions;
    private final TakeOver takeOver;
    private Bindings bindings = (tx, caller, residentId, person, now) -> Future.succeededFuture();

    Residents(IdentityParts parts) {
        this.accounts = parts.accounts();
        this.sessions = parts.sessions();
        this.takeOver = parts.takeOver();
    }

    void useBindings(Bindings waiting) {
        bindings = waiting;
    }

    Future<Resident> get(Sql sql, UUID id) {
        return accounts.find(sql, id).map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /**
     * An account after it was bound.
     *
     * @param ended the sessions that ended, of an account that was joined to one on paper
     */
    record Bound(Resident resident, List<UUID> ended) {}

    Future<Bound> bind(Tx tx, ResidentCaller caller, String realName, String nationalId, LocalDate today, Instant now) {
        var faults = IdentityPolicy.faults(realName, nationalId, today);
        if (!faults.isEmpty()) {
            return Refusal.failed(IdentityProblem.IDENTITY_NOT_VALID, faults);
        }
        var name = RealName.normalise(realName).orElseThrow();
        var person = NationalId.parse(nationalId);
        return accounts.lockPerson(tx, person).compose(locked -> bindLocked(tx, caller, name, person, now));
    }

    private Future<Bound> bindLocked(Tx tx, ResidentCaller caller, String name, NationalId person, Instant now) {
        var mine = caller.id();
        return accounts.findByPerson(tx, person).compose(found -> {
            if (found.isEmpty()) {
                return bind(tx, caller, mine, name, person, now)
                        .compose(done -> get(tx, mine))
                        .map(resident -> new Bound(resident, List.of()));
            }
            var holder = found.get();
            // whoever lost the answer asks again, after a take-over in a new session
            return holder.id().equals(mine) && holder.isCalled(name)
                    ? Future.succeededFuture(new Bound(holder, List.of()))
                    : takeOver(tx, caller, holder, name, person, now);
        });
    }

    private Future<Bound> takeOver(
            Tx tx, ResidentCaller caller, Resident holder, String name, NationalId person, Instant now) {
        return takeOver.take(tx, caller, holder, name, now)
                .compose(ended -> ended.isEmpty()
                        ? bindLocked(tx, caller, name, person, now)
                        : bindings.bound(tx, caller, holder.id(), accounts.personIndex(person), now)
                                .compose(told -> get(tx, holder.id()))
                                .map(resident -> new Bound(resident, ended.get())));
    }

    private Future<Void> bind(Tx tx, Caller caller, UUID id, String name, NationalId nationalId, Instant now) {
        return accounts.bind(tx, id, name, nationalId, now)
                .compose(bound -> bound
                        ? Audit.record(tx, caller, "identity.bound", "resident", id, null)
                        : Refusal.failed(IdentityProblem.IDENTITY_ALREADY_BOUND))
                .compose(audited -> bindings.bound(tx, caller, id, accounts.personIndex(nationalId), now));
    }

    Future<UUID> create(Tx tx, String phone, String realName, NationalId nationalId, Instant now) {
        var number = PhoneNumbers.normalise(phone);
        var name = RealName.normalise(realName);
        if (number.isEmpty() || name.isEmpty()) {
            return Future.failedFuture(new IllegalArgumentException("not a mobile number or not a name"));
        }
        return accounts.findOrOpen(tx, new Resident.LogIn(Resident.LogIn.Kind.PHONE, number.get()), now)
                .compose(id ->
                        bind(tx, Caller.SYSTEM, id, name.get(), nationalId, now).map(id));
    }

    Future<Resident> forPaper(Tx tx, Caller caller, String name, NationalId nationalId, Instant now) {
        return accounts.lockPerson(tx, nationalId)
                .compose(locked -> accounts.findByPerson(tx, nationalId))
                .compose(found -> found.isPresent()
                        ? accounts.findBound(tx, name, nationalId)
                                .map(same -> same.orElseThrow(() -> Refusal.of(IdentityProblem.PERSON_UNKNOWN)))
                        : openForPaper(tx, caller, name, nationalId, now));
    }

    private Future<Resident> openForPaper(Tx tx, Caller caller, String name, NationalId nationalId, Instant now) {
        return accounts.openBound(tx, RealName.normalise(name).orElseThrow(), nationalId, now)
                .compose(id -> Audit.record(tx, caller, "identity.opened", "resident", id, null)
                        .compose(recorded -> get(tx, id)));
    }

    Future<Void> correctName(Tx tx, Caller caller, UUID residentId, String name) {
        var right = RealName.normalise(name).orElseThrow();
        return accounts.correctName(tx, residentId, right)
                .compose(corrected -> corrected
                        ? Audit.record(tx, caller, "identity.name-corrected", "resident", residentId, null)
                        : Refusal.failed(PlatformProblem.NOT_FOUND));
    }

    Future<Void> hold(Tx tx, UUID... residentIds) {
        return accounts.hold(tx, residentIds)
                .compose(stand -> stand ? Future.succeededFuture() : Refusal.failed(PlatformProblem.UNAUTHENTICATED));
    }

    Future<List<UUID>> erase(Tx tx, UUID residentId, Instant now) {
        return accounts.erase(tx, residentId, now)
                .compose(erased -> sessions.endAll(tx, Audience.RESIDENT, residentId, null, now, "deleted"));
    }
}
