package io.anju.lease;

import io.anju.identity.IdentityService;
import io.anju.lease.LeaseFollower.Change;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every change of a lease begins and ends with: who may touch it, and who is told of it in the same transaction. */
final class LeaseChanges {
    private final IdentityService identity;
    private final LeaseStore store = new LeaseStore();
    private final PartyStore parties;
    private final TenantStore tenants = new TenantStore();
    private LeaseFollower follower = (tx, file, change, now) -> Future.succeededFuture();

    LeaseChanges(Vault vault, IdentityService identity) {
        this.identity = identity;
        this.parties = new PartyStore(vault);
    }

    void useFollower(LeaseFollower biller) {
        follower = biller;
    }

    /** A lease of the caller's city, with nobody else changing it until commit. */
    Future<Lease> lockOwn(Tx tx, CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return store.lock(tx, id)
                .map(found -> found.filter(lease -> lease.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** A lease that the resident holds now, with nobody else changing it until commit: a tenant before holds it no more. */
    Future<Lease> lockHeld(Tx tx, ResidentCaller caller, UUID id) {
        return person(tx, caller.id())
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(false)
                        : tenants.heldBy(tx, person.get()).map(held -> held.contains(id)))
                .compose(holds -> holds
                        ? store.lock(tx, id).map(Optional::orElseThrow)
                        : Refusal.failed(PlatformProblem.NOT_FOUND));
    }

    /** The blind index of who is bound to an account; empty for an account of nobody known. */
    Future<Optional<byte[]>> person(Sql sql, UUID residentId) {
        return identity.resident(sql, residentId)
                .map(resident -> Optional.ofNullable(resident.person())
                        .map(person -> identity.personIndex(person.nationalId())));
    }

    /** Puts a change on record and has it followed; gives the lease afterwards. */
    Future<LeaseFile> tell(
            Tx tx,
            Caller caller,
            UUID id,
            LeaseEvent event,
            @Nullable String reason,
            @Nullable Change change,
            Instant now) {
        if (reason != null && !Masking.isMasked(reason)) {
            return Refusal.failed(LeaseProblem.REASON_NAMES_A_PERSON);
        }
        return Audit.record(tx, caller, event.topic(), "lease", id, reason)
                .compose(audited -> Outbox.append(tx, event.topic(), id, "{}"))
                .compose(told -> file(tx, id))
                .map(Optional::orElseThrow)
                .compose(file -> change == null
                        ? Future.succeededFuture(file)
                        : follower.follow(tx, file, change, now).map(file));
    }

    /** A lease with everyone who signed and every rent that it ever had. */
    Future<Optional<LeaseFile>> file(Sql sql, UUID id) {
        return store.find(sql, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : parties.parties(sql, id)
                                .compose(people -> parties.terms(sql, id)
                                        .map(terms -> Optional.of(new LeaseFile(found.get(), people, terms)))));
    }
}
