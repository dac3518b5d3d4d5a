package io.anju.lease;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.anju.application.ApplicationService;
import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.lease.Lease.Course;
import io.anju.lease.LeaseFile.Basis;
import io.anju.lease.LeaseFile.Role;
import io.anju.lease.LeaseFile.Signer;
import io.anju.lease.LeaseFollower.Change;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leases, the room's public door: from the signature to the moving in, and who may read them. The rent is set anew by
 * {@link RentTermsDesk}, the end is {@link LeaseEnds}.
 */
public final class LeaseService {
    private final Db db;
    private final IdentityService identity;
    private final Signing signing;
    private final LeaseChanges changes;
    private final RentTermsDesk terms;
    private final LeaseEnds ends;
    private final LeaseStore store = new LeaseStore();
    private final PartyStore parties;
    private final TenantStore tenants = new TenantStore();
    private LeaseAmendments amendments = (sql, leaseId) -> Future.succeededFuture(List.of());

    public LeaseService(
            Db db,
            Vault vault,
            PolicyService policies,
            WaitingListService register,
            ApplicationService applications,
            IdentityService identity) {
        this.db = db;
        this.identity = identity;
        this.parties = new PartyStore(vault);
        this.signing = new Signing(vault, policies, register, applications, identity);
        this.changes = new LeaseChanges(vault, identity);
        this.terms = new RentTermsDesk(vault, identity, changes, signing);
        this.ends = new LeaseEnds(db, changes);
    }

    /** Names who bills; before the first request. */
    public void useFollower(LeaseFollower biller) {
        changes.useFollower(biller);
    }

    /** Says who puts right what a lease says; before the first request. */
    public void useAmendments(LeaseAmendments keeper) {
        amendments = keeper;
    }

    /** Names the work that comes again. */
    public void handleJobs(Jobs jobs) {
        jobs.every(Duration.ofHours(6), "lease.expire", ends::expire);
    }

    /** Where rents are set anew. */
    public RentTermsDesk terms() {
        return terms;
    }

    /** Where leases end. */
    public LeaseEnds ends() {
        return ends;
    }

    Renewals renewals() {
        return new Renewals(changes, signing);
    }

    Terminations terminations() {
        return new Terminations(db, changes, ends);
    }

    /** Signs a lease of the caller's city. */
    public Future<LeaseFile> sign(Tx tx, CityCaller caller, SignOrder order, Instant now) {
        return signing.sign(tx, caller, order, now)
                .compose(id -> changes.tell(tx, caller, id, LeaseEvent.SIGNED, null, Change.SIGNED, now));
    }

    /** The household gets the keys. */
    public Future<LeaseFile> handOver(Tx tx, CityCaller caller, UUID id, LocalDate day, Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            var course = lease.course();
            LeasePolicy.requireState(lease, LeaseState.ACTIVE);
            LeasePolicy.requireBetween("/handedOverOn", course.signedOn(), day, Shanghai.date(now));
            var handed = new Course(course.signedOn(), day, null, course.filingNumber(), course.filedOn());
            return store.update(tx, id, LeaseState.ACTIVE, handed, lease.end())
                    .compose(done -> changes.tell(tx, caller, id, LeaseEvent.HANDED_OVER, null, null, now));
        });
    }

    Future<LeaseFile> moveIn(Tx tx, CityCaller caller, UUID id, LocalDate day, Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            var course = lease.course();
            if (lease.state() != LeaseState.ACTIVE || course.movedInOn() != null) {
                return Refusal.failed(
                        course.movedInOn() == null ? LeaseProblem.LEASE_STATE_FORBIDS : LeaseProblem.RECORDED_ALREADY);
            }
            LeasePolicy.requireBetween("/movedInOn", course.handedOverOn(), day, Shanghai.date(now));
            var moved =
                    new Course(course.signedOn(), course.handedOverOn(), day, course.filingNumber(), course.filedOn());
            return store.update(tx, id, lease.state(), moved, lease.end())
                    .compose(done -> changes.tell(tx, caller, id, LeaseEvent.MOVED_IN, null, null, now));
        });
    }

    Future<LeaseFile> file(Tx tx, CityCaller caller, UUID id, String number, LocalDate day, Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            var course = lease.course();
            LeasePolicy.requireRunning(lease);
            if (course.filedOn() != null) {
                return Refusal.failed(LeaseProblem.RECORDED_ALREADY);
            }
            LeasePolicy.requireBetween("/filedOn", course.signedOn(), day, Shanghai.date(now));
            var filed = new Course(course.signedOn(), course.handedOverOn(), course.movedInOn(), number, day);
            return store.update(tx, id, lease.state(), filed, lease.end())
                    .compose(done -> changes.tell(tx, caller, id, LeaseEvent.FILED, number, null, now));
        });
    }

    Future<LeaseFile> changeTenant(
            Tx tx, CityCaller caller, UUID id, Signer tenant, LocalDate from, String reason, Instant now) {
        var today = Shanghai.date(now);
        Signing.requirePerson(tenant, today);
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            LeasePolicy.requireBetween("/from", lease.tenant().from().plusDays(1), from, lease.lastDay());
            return signing.add(tx, id, Role.TENANT, tenant, from, reason, now)
                    .compose(added -> store.update(tx, id, lease.state(), lease.course(), lease.end()))
                    .compose(done -> changes.tell(
                            tx, caller, id, LeaseEvent.TENANT_CHANGED, reason, Change.TENANT_CHANGED, now));
        });
    }

    /** Leases of the caller's city, the newest first. */
    Future<List<Lease>> list(CityCaller caller, @Nullable LeaseState state, @Nullable UUID before, int limit) {
        return store.list(db, caller.office().cityCode(), state, before, limit);
    }

    /** A lease of the caller's city. */
    public Future<LeaseFile> get(Sql sql, CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return find(sql, id)
                .map(found -> found.filter(file -> file.lease().cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** Any lease, for rooms that act by themselves. */
    public Future<Optional<LeaseFile>> find(Sql sql, UUID id) {
        return changes.file(sql, id);
    }

    /** Keeps everybody else from changing a lease until commit; for whoever locks more of its rows afterwards. */
    public Future<Void> hold(Tx tx, UUID id) {
        return store.lock(tx, id).mapEmpty();
    }

    /** What was put right in a lease, the newest first. */
    Future<List<LeaseAmendments.Amendment>> amendments(Sql sql, UUID id) {
        return amendments.of(sql, id);
    }

    /** Any leases, for rooms that act by themselves, in the order of their ids. */
    public Future<List<Lease>> ofIds(Sql sql, List<UUID> ids) {
        return store.ofIds(sql, ids);
    }

    /** The monthly rents in fen that held on these days, one for each lease and day. */
    public Future<List<Long>> rentsOn(Sql sql, List<UUID> ids, List<LocalDate> days) {
        return parties.rentsOn(sql, ids, days);
    }

    /** Blind indexes of everybody who signed, for questions of recusal. */
    public Future<List<byte[]>> persons(Sql sql, UUID id) {
        return tenants.persons(sql, id);
    }

    /** As {@link #persons}, of the household that had the home on a day. */
    public Future<List<byte[]>> personsOn(Sql sql, UUID id, LocalDate day) {
        return tenants.personsOn(sql, id, day);
    }

    /** Blind indexes of whose days these are, one for each lease and day. */
    public Future<List<byte[]>> tenantsOn(Sql sql, List<UUID> ids, List<LocalDate> days) {
        return tenants.tenantsOn(sql, ids, days);
    }

    /** Who was the tenant of each of these leases, one after another. */
    public Future<Map<UUID, Tenants>> tenants(Sql sql, List<UUID> ids) {
        return tenants.tenants(sql, ids);
    }

    /** Any lease as it was for one of its tenants, for rooms that act by themselves. */
    public Future<Lease> ofTenancy(Sql sql, Tenancy tenancy) {
        return tenancy.isHeld()
                ? store.find(sql, tenancy.leaseId()).map(Optional::orElseThrow)
                : find(sql, tenancy.leaseId())
                        .map(file -> tenancy.own(file.orElseThrow()).lease());
    }

    /** The facts that the newest terms of a lease follow from. */
    public Future<Basis> basis(Sql sql, UUID id) {
        return parties.basis(sql, id, null);
    }

    /** As {@link #basis(Sql, UUID)}, of the terms that held for one of its tenants. */
    public Future<Basis> basis(Sql sql, Tenancy tenancy) {
        return parties.basis(sql, tenancy.leaseId(), tenancy.until());
    }

    /** The resident's own leases, the newest first; none for an account that is bound to nobody. */
    Future<List<Lease>> mine(ResidentCaller caller, @Nullable UUID before, int limit) {
        return changes.person(db, caller.id())
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : store.ofPerson(db, person.get(), before, limit)
                                .compose(found -> tenants.tenancies(db, person.get(), null)
                                        .compose(own -> asOwn(found, own))));
    }

    /** Few have followed another in a lease, so those are read one by one. */
    private Future<List<Lease>> asOwn(List<Lease> found, List<Tenancy> own) {
        var left = own.stream().filter(one -> !one.isHeld()).collect(toMap(Tenancy::leaseId, identity()));
        Future<List<Lease>> done = Future.succeededFuture(new ArrayList<>());
        for (var lease : found) {
            var tenancy = left.get(lease.id());
            var seen = tenancy == null
                    ? Future.succeededFuture(lease)
                    : find(db, lease.id())
                            .map(file -> tenancy.own(file.orElseThrow()).lease());
            done = done.compose(list -> seen.map(one -> {
                list.add(one);
                return list;
            }));
        }
        return done;
    }

    /** A lease that the resident signed, and which of its days are the resident's own. */
    public record Mine(LeaseFile file, Tenancy tenancy) {}

    /** A lease that the resident signed, as far as it is the resident's own. */
    public Future<Mine> getMine(Sql sql, ResidentCaller caller, UUID id) {
        return changes.person(sql, caller.id())
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(List.<Tenancy>of())
                        : tenants.tenancies(sql, person.get(), id))
                .compose(own -> Refusal.orNotFound(own.stream().findFirst()))
                .compose(own -> find(sql, id).compose(Refusal::orNotFound).map(file -> new Mine(own.own(file), own)));
    }

    /**
     * A tenancy of a lease that the resident signed: one's own, or for a co-tenant any of them.
     *
     * @param tenantFrom the first day of its tenant; null for the one that concerns the resident first
     */
    public Future<Tenancy> getMine(
            Sql sql, ResidentCaller caller, UUID id, @Nullable LocalDate tenantFrom, LocalDate today) {
        return getMine(sql, caller, id)
                .compose(mine -> tenants(sql, List.of(id)).compose(all -> {
                    var tenants = Objects.requireNonNull(all.get(id));
                    return tenantFrom == null
                            ? Future.succeededFuture(tenants.of(mine.tenancy(), today))
                            : Refusal.orNotFound(tenants.find(tenantFrom, mine.tenancy()));
                }));
    }

    /** A resident's own days of the leases that it signed. */
    public Future<List<Tenancy>> tenancies(Sql sql, UUID residentId) {
        return changes.person(sql, residentId)
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : tenants.tenancies(sql, person.get(), null));
    }

    /** The leases to which passed what this one held when it ended, the next one first. */
    public Future<List<UUID>> successors(Sql sql, UUID id) {
        return store.successors(sql, id);
    }

    /** The lease with this id, where this resident signed it. */
    public Future<Optional<Lease>> findSigned(Sql sql, UUID residentId, UUID id) {
        return changes.person(sql, residentId)
                .compose(person ->
                        person.isEmpty() ? Future.succeededFuture(false) : parties.isParty(sql, id, person.get()))
                .compose(signed -> signed ? store.find(sql, id) : Future.succeededFuture(Optional.empty()));
    }

    /** The newest lease of this home that this resident signed. */
    public Future<Optional<Lease>> findSignedOf(Sql sql, UUID residentId, UUID homeId) {
        return changes.person(sql, residentId)
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : store.ofPersonAt(sql, person.get(), homeId));
    }

    /** As {@link #tenancies(Sql, UUID)}, by what is known of the account's owner. */
    public Future<List<Tenancy>> tenancies(Sql sql, Resident owner) {
        var person = owner.person();
        return person == null
                ? Future.succeededFuture(List.of())
                : tenants.tenancies(sql, identity.personIndex(person.nationalId()), null);
    }

    /** The ids of the leases of which a resident is a party now, or was when they ended. */
    public Future<List<UUID>> heldBy(Sql sql, UUID residentId) {
        return changes.person(sql, residentId)
                .compose(person ->
                        person.isEmpty() ? Future.succeededFuture(List.of()) : tenants.heldBy(sql, person.get()));
    }
}
