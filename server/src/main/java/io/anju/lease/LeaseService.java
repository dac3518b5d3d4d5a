package io.anju.lease;

import io.anju.application.ApplicationService;
import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.lease.Lease.Course;
import io.anju.lease.Lease.End;
import io.anju.lease.Lease.Ground;
import io.anju.lease.LeaseFile.Basis;
import io.anju.lease.LeaseFile.Role;
import io.anju.lease.LeaseFile.Signer;
import io.anju.lease.LeaseFollower.Change;
import io.anju.lease.LeasePolicy.Quote;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Leases: from the signature to the day on which the home is given back. */
public final class LeaseService {
    private static final int EXPIRED_AT_ONCE = 500;

    private final Db db;
    private final IdentityService identity;
    private final Signing signing;
    private final LeaseStore store = new LeaseStore();
    private final PartyStore parties;
    private LeaseFollower follower = (tx, file, change, now) -> Future.succeededFuture();

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
    }

    /** Names who bills; before the first request. */
    public void useFollower(LeaseFollower biller) {
        follower = biller;
    }

    /** Names the work that comes again. */
    public void handleJobs(Jobs jobs) {
        jobs.every(Duration.ofHours(6), "lease.expire", this::expire);
    }

    /** Signs a lease of the caller's city. */
    public Future<LeaseFile> sign(Tx tx, Caller caller, SignOrder order, Instant now) {
        return signing.sign(tx, caller, order, now)
                .compose(id -> tell(tx, caller, id, "lease.signed", null, Change.SIGNED, now));
    }

    /** The household gets the keys. */
    public Future<LeaseFile> handOver(Tx tx, Caller caller, UUID id, LocalDate day, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            var course = lease.course();
            LeasePolicy.requireState(lease, LeaseState.ACTIVE);
            LeasePolicy.requireBetween("/handedOverOn", course.signedOn(), day, Shanghai.date(now));
            var handed = new Course(course.signedOn(), day, null, course.filingNumber(), course.filedOn());
            return store.update(tx, id, LeaseState.ACTIVE, handed, lease.end())
                    .compose(done -> tell(tx, caller, id, "lease.handed-over", null, null, now));
        });
    }

    Future<LeaseFile> moveIn(Tx tx, Caller caller, UUID id, LocalDate day, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            var course = lease.course();
            if (lease.state() != LeaseState.ACTIVE || course.movedInOn() != null) {
                return Refusal.failed(
                        course.movedInOn() == null ? LeaseProblem.LEASE_STATE_FORBIDS : LeaseProblem.RECORDED_ALREADY);
            }
            LeasePolicy.requireBetween("/movedInOn", course.handedOverOn(), day, Shanghai.date(now));
            var moved =
                    new Course(course.signedOn(), course.handedOverOn(), day, course.filingNumber(), course.filedOn());
            return store.update(tx, id, lease.state(), moved, lease.end())
                    .compose(done -> tell(tx, caller, id, "lease.moved-in", null, null, now));
        });
    }

    Future<LeaseFile> file(Tx tx, Caller caller, UUID id, String number, LocalDate day, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            var course = lease.course();
            LeasePolicy.requireRunning(lease);
            if (course.filedOn() != null) {
                return Refusal.failed(LeaseProblem.RECORDED_ALREADY);
            }
            LeasePolicy.requireBetween("/filedOn", course.signedOn(), day, Shanghai.date(now));
            var filed = new Course(course.signedOn(), course.handedOverOn(), course.movedInOn(), number, day);
            return store.update(tx, id, lease.state(), filed, lease.end())
                    .compose(done -> tell(tx, caller, id, "lease.filed", number, null, now));
        });
    }

    Future<LeaseFile> changeTenant(
            Tx tx, Caller caller, UUID id, Signer tenant, LocalDate from, String reason, Instant now) {
        var today = Shanghai.date(now);
        Signing.requirePerson(tenant, today);
        return lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            LeasePolicy.requireBetween("/from", lease.tenant().from().plusDays(1), from, lease.lastDay());
            return signing.add(tx, id, Role.TENANT, tenant, from, reason, now)
                    .compose(added -> store.update(tx, id, lease.state(), lease.course(), lease.end()))
                    .compose(done -> tell(tx, caller, id, "lease.tenant-changed", reason, Change.TENANT_CHANGED, now));
        });
    }

    /** Sets other terms from a day on, by the rules in force today; for whoever adjusts the rent. */
    public Future<LeaseFile> amend(
            Tx tx,
            Caller caller,
            UUID id,
            LocalDate from,
            @Nullable HouseholdFacts household,
            String reason,
            Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            LeasePolicy.requireBetween("/from", lease.from(), from, lease.lastDay());
            return parties.terms(tx, id)
                    .compose(known -> signing.requote(tx, lease, known.size() + 1, from, household, Shanghai.date(now)))
                    .compose(quote -> setTerms(tx, caller, lease, quote, reason, now));
        });
    }

    private Future<LeaseFile> setTerms(Tx tx, Caller caller, Lease lease, Quote quote, String reason, Instant now) {
        return parties.insertTerms(tx, lease.id(), quote.terms(), quote.basis(), reason, now)
                .compose(written -> store.update(tx, lease.id(), lease.state(), lease.course(), lease.end()))
                .compose(
                        done -> tell(tx, caller, lease.id(), "lease.terms-changed", reason, Change.TERMS_CHANGED, now));
    }

    /** The month's rent before and after, in fen; a subsidy or the days for which figures are known may change alone. */
    public record Revised(long beforeFen, long afterFen, boolean changed) {}

    /** Sets the terms that today's rules and rates give from a day on, unless they are those that hold. */
    public Future<Revised> revise(
            Tx tx, Caller caller, UUID id, LocalDate from, String reason, boolean dryRun, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            var day = from.isBefore(lease.from()) ? lease.from() : from;
            LeasePolicy.requireBetween("/from", lease.from(), day, lease.lastDay());
            return parties.terms(tx, id).compose(known -> {
                var before = LeasePolicy.termsOn(known, day);
                return signing.requote(tx, lease, known.size() + 1, day, null, Shanghai.date(now))
                        .compose(quote -> {
                            var after = quote.terms();
                            var revised = new Revised(before.rentFen(), after.rentFen(), !before.costsAs(after));
                            return dryRun || !revised.changed()
                                    ? Future.succeededFuture(revised)
                                    : setTerms(tx, caller, lease, quote, reason, now)
                                            .map(revised);
                        });
            });
        });
    }

    /**
     * Which leases: those of a programme that run on a day or later.
     *
     * @param estateName null for all estates
     */
    public record Among(
            String cityCode, String programme, @Nullable String estateName, LocalDate from) {}

    public Future<Integer> countRunning(Sql sql, Among among) {
        return store.countRunning(sql, among);
    }

    /** Their ids in order, after one of them. */
    public Future<List<UUID>> running(Sql sql, Among among, @Nullable UUID after, int limit) {
        return store.running(sql, among, after, limit);
    }

    /** A member of staff, for work that goes on in their name. */
    public Future<Caller> clerk(Sql sql, UUID staffId) {
        return identity.staff(sql, staffId)
                .map(staff -> new Caller(Caller.Kind.STAFF, staffId, Set.of(), null, staff.office(), null));
    }

    /** How a lease is ended. */
    record Ending(
            LocalDate lastDay,
            Ground ground,
            String reason,
            @Nullable LocalDate returnedOn) {}

    Future<LeaseFile> end(Tx tx, Caller caller, UUID id, Ending ending, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.checkEnd(lease, ending.lastDay(), ending.returnedOn(), ending.ground(), Shanghai.date(now));
            var next = ending.returnedOn() == null ? LeaseState.STAYING_ON : LeaseState.ENDED;
            var end = new End(ending.lastDay(), ending.ground(), ending.returnedOn());
            return store.update(tx, id, next, lease.course(), end)
                    .compose(done -> tell(tx, caller, id, "lease.ended", ending.reason(), Change.ENDED, now));
        });
    }

    Future<LeaseFile> giveBack(Tx tx, Caller caller, UUID id, LocalDate returnedOn, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            var end = lease.end();
            if (lease.state() != LeaseState.STAYING_ON || end == null) {
                return Refusal.failed(LeaseProblem.LEASE_STATE_FORBIDS);
            }
            LeasePolicy.requireBetween("/returnedOn", end.lastDay(), returnedOn, Shanghai.date(now));
            var returned = new End(end.lastDay(), end.ground(), returnedOn);
            return store.update(tx, id, LeaseState.ENDED, lease.course(), returned)
                    .compose(done -> tell(tx, caller, id, "lease.home-returned", null, Change.RETURNED, now));
        });
    }

    Future<LeaseFile> withdraw(Tx tx, Caller caller, UUID id, String reason, Instant now) {
        return lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireState(lease, LeaseState.WITHDRAWN);
            var dayBefore = lease.from().minusDays(1);
            var end = new End(dayBefore, Ground.AGREEMENT, dayBefore);
            return store.update(tx, id, LeaseState.WITHDRAWN, lease.course(), end)
                    .compose(done -> tell(tx, caller, id, "lease.withdrawn", reason, Change.WITHDRAWN, now));
        });
    }

    Future<LeaseFile> requestRenewal(Tx tx, Caller caller, UUID id, Instant now) {
        return requireParty(tx, caller, id)
                .compose(mine -> store.lock(tx, id))
                .map(Optional::orElseThrow)
                .compose(lease -> {
                    if (lease.renewal() != null) {
                        return Refusal.failed(LeaseProblem.RENEWAL_ASKED_ALREADY);
                    }
                    LeasePolicy.checkRenewal(lease, Shanghai.date(now));
                    return store.askRenewal(tx, id, Shanghai.date(now), caller.requireId());
                })
                .compose(asked -> tell(tx, caller, id, "lease.renewal-asked", null, null, now));
    }

    /** @param to last day of the new term; null where it is refused */
    Future<LeaseFile> decideRenewal(Tx tx, Caller caller, UUID id, @Nullable LocalDate to, String reason, Instant now) {
        var today = Shanghai.date(now);
        return lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            return store.decideRenewal(tx, id, today, caller.requireId(), to != null, reason)
                    .compose(decided ->
                            decided ? Future.succeededFuture() : Refusal.failed(LeaseProblem.NO_RENEWAL_ASKED))
                    .compose(decided -> to == null ? Future.succeededFuture() : follow(tx, caller, lease, to, now))
                    .compose(done -> tell(tx, caller, id, "lease.renewal-decided", reason, null, now));
        });
    }

    private Future<Void> follow(Tx tx, Caller caller, Lease lease, LocalDate to, Instant now) {
        // the home passes from one lease to the other overnight: it never was given back
        var end = new End(lease.to(), Ground.TERM_OVER, lease.to());
        return store.update(tx, lease.id(), lease.state(), lease.course(), end)
                .compose(ended -> signing.renew(tx, caller, lease, to, now))
                .compose(next -> tell(tx, caller, next, "lease.signed", null, Change.SIGNED, now))
                .mapEmpty();
    }

    /** A lease whose term is over ends: into the one that follows, or with the household still in the home. */
    private Future<Void> expire(Job job) {
        return store.expired(db, Shanghai.date(job.now()), EXPIRED_AT_ONCE).compose(found -> {
            Future<Void> done = Future.succeededFuture();
            for (var id : found) {
                done = done.compose(before -> db.inTransaction(tx -> expire(tx, id, job.now())));
            }
            return found.size() < EXPIRED_AT_ONCE ? done : done.compose(before -> expire(job));
        });
    }

    private Future<Void> expire(Tx tx, UUID id, Instant now) {
        return store.lock(tx, id).map(Optional::orElseThrow).compose(lease -> {
            if (lease.state() != LeaseState.ACTIVE) {
                return Future.succeededFuture();
            }
            var end = lease.end();
            var next = end == null ? LeaseState.STAYING_ON : LeaseState.ENDED;
            var over = end == null ? new End(lease.to(), Ground.TERM_OVER, null) : end;
            return store.update(tx, id, next, lease.course(), over)
                    .compose(done -> tell(tx, Caller.SYSTEM, id, "lease.ended", null, Change.ENDED, now))
                    .mapEmpty();
        });
    }

    private Future<LeaseFile> tell(
            Tx tx, Caller caller, UUID id, String what, @Nullable String reason, @Nullable Change change, Instant now) {
        if (reason != null && !Masking.isMasked(reason)) {
            return Refusal.failed(LeaseProblem.REASON_NAMES_A_PERSON);
        }
        return Audit.record(tx, caller, what, "lease", id, reason)
                .compose(audited -> Outbox.append(tx, what, id, "{}"))
                .compose(told -> find(tx, id))
                .map(Optional::orElseThrow)
                .compose(file -> change == null
                        ? Future.succeededFuture(file)
                        : follower.follow(tx, file, change, now).map(file));
    }

    private Future<Lease> lockOwn(Tx tx, Caller caller, UUID id) {
        var cityCode = caller.requireOffice().cityCode();
        return store.lock(tx, id)
                .map(found -> found.filter(lease -> lease.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** Leases of the caller's city, the newest first. */
    Future<List<Lease>> list(Caller caller, @Nullable LeaseState state, @Nullable UUID before, int limit) {
        return store.list(db, caller.requireOffice().cityCode(), state, before, limit);
    }

    /** A lease of the caller's city. */
    public Future<LeaseFile> get(Sql sql, Caller caller, UUID id) {
        var cityCode = caller.requireOffice().cityCode();
        return find(sql, id)
                .map(found -> found.filter(file -> file.lease().cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** Any lease, for rooms that act by themselves. */
    public Future<Optional<LeaseFile>> find(Sql sql, UUID id) {
        return store.find(sql, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : parties.parties(sql, id)
                                .compose(people -> parties.terms(sql, id)
                                        .map(terms -> Optional.of(new LeaseFile(found.get(), people, terms)))));
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
        return parties.persons(sql, id);
    }

    /** The facts that the newest terms of a lease follow from. */
    public Future<Basis> basis(Sql sql, UUID id) {
        return parties.basis(sql, id);
    }

    /** The resident's own leases, the newest first; none for an account that is bound to nobody. */
    Future<List<Lease>> mine(Caller caller, @Nullable UUID before, int limit) {
        return person(db, caller.requireId())
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : store.ofPerson(db, person.get(), before, limit));
    }

    /** A lease that the resident signed. */
    public Future<LeaseFile> getMine(Sql sql, Caller caller, UUID id) {
        return requireParty(sql, caller, id)
                .compose(mine -> find(sql, id))
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The ids of the leases that a resident signed. */
    public Future<List<UUID>> leasesOf(Sql sql, UUID residentId) {
        return person(sql, residentId)
                .compose(person ->
                        person.isEmpty() ? Future.succeededFuture(List.of()) : parties.leasesOf(sql, person.get()));
    }

    /** The leases to which passed what this one held when it ended, the next one first. */
    public Future<List<UUID>> successors(Sql sql, UUID id) {
        return store.successors(sql, id);
    }

    /** The lease with this id, where this resident signed it. */
    public Future<Optional<Lease>> findSigned(Sql sql, UUID residentId, UUID id) {
        return person(sql, residentId)
                .compose(person ->
                        person.isEmpty() ? Future.succeededFuture(false) : parties.isParty(sql, id, person.get()))
                .compose(signed -> signed ? store.find(sql, id) : Future.succeededFuture(Optional.empty()));
    }

    /** The newest lease of this home that this resident signed. */
    public Future<Optional<Lease>> findSignedOf(Sql sql, UUID residentId, UUID homeId) {
        return person(sql, residentId)
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : store.ofPersonAt(sql, person.get(), homeId));
    }

    /** The ids of the leases that a person signed, by what is known of the account's owner. */
    public Future<List<UUID>> leasesOf(Sql sql, Resident owner) {
        var person = owner.person();
        return person == null
                ? Future.succeededFuture(List.of())
                : parties.leasesOf(sql, identity.personIndex(person.nationalId()));
    }

    /** The ids of the leases of which a resident is a party now, or was when they ended. */
    public Future<List<UUID>> heldBy(Sql sql, UUID residentId) {
        return person(sql, residentId)
                .compose(person ->
                        person.isEmpty() ? Future.succeededFuture(List.of()) : parties.heldBy(sql, person.get()));
    }

    private Future<Void> requireParty(Sql sql, Caller caller, UUID id) {
        return person(sql, caller.requireId())
                .compose(person ->
                        person.isEmpty() ? Future.succeededFuture(false) : parties.isParty(sql, id, person.get()))
                .compose(isParty -> isParty ? Future.succeededFuture() : Refusal.failed(PlatformProblem.NOT_FOUND));
    }

    private Future<Optional<byte[]>> person(Sql sql, UUID residentId) {
        return identity.resident(sql, residentId)
                .map(resident -> Optional.ofNullable(resident.person())
                        .map(person -> identity.personIndex(person.nationalId())));
    }
}
