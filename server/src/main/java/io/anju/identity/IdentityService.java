package io.anju.identity;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Authenticator;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CostlyRequests;
import io.anju.platform.http.Office;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Retained;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Residents, staff and partners: what other domains may ask about them, and how their accounts come to be. */
public final class IdentityService {
    private static final long KEY_RELOAD_MILLIS = 30_000;

    private final Vertx vertx;
    private final Db db;
    private final Vault vault;
    private final IdentityParts parts;
    private final Residents residents;
    private final OfficialStore officials = new OfficialStore();
    private @Nullable ResidentFiles files;
    private long reloadTimer;

    public IdentityService(Vertx vertx, Db db, Vault vault, IdentitySettings settings) {
        this.vertx = vertx;
        this.db = db;
        this.vault = vault;
        this.parts = IdentityParts.of(vertx, db, vault, settings, this::files);
        this.residents = new Residents(parts);
    }

    /** Reads the signing keys, and from then on follows what other instances do; before the first request. */
    public Future<Void> start(InstantSource clock) {
        return parts.keys().start(clock.instant()).onSuccess(done -> {
            parts.endedSessions().follow(vertx);
            reloadTimer =
                    vertx.setPeriodic(KEY_RELOAD_MILLIS, timer -> parts.keys().reload());
        });
    }

    /** Follows nothing any more: after the last request, while there still is a database. */
    public void stop() {
        parts.endedSessions().stop();
        vertx.cancelTimer(reloadTimer);
    }

    /** Says who keeps the residents' files; before the first request. */
    public void useFiles(ResidentFiles keeper) {
        files = keeper;
    }

    /** Says who waits for accounts to be bound; before the first request. */
    public void useBindings(Bindings waiting) {
        residents.useBindings(waiting);
    }

    /** Names the background work of this domain. */
    public void registerJobs(Jobs jobs) {
        jobs.handle(OneTimeCodes.SEND, parts.codes()::send);
        jobs.every(
                Duration.ofHours(6),
                "identity.rotate-signing-key",
                job -> parts.keys().rotateWhenDue(job.now()));
        jobs.every(Duration.ofHours(6), "identity.purge", job -> parts.purge(db, job.now()));
        jobs.every(
                Duration.ofHours(24),
                "identity.partner-keys",
                job -> parts.partners().warn(job.now()));
    }

    public Authenticator authenticator() {
        return parts.authenticator();
    }

    /** Counts what is costly and open to all, for the edge. */
    public CostlyRequests costlyRequests() {
        return new CostlyCounter(db, parts.limits());
    }

    /** Gives a resident's account with its personal data in clear; refuses with 404 where there is none. */
    public Future<Resident> resident(Sql sql, UUID id) {
        return residents.get(sql, id);
    }

    /** How WeChat calls a resident in our mini-program; empty for who has never logged in with it. Personal data. */
    public Future<Optional<String>> openId(Sql sql, UUID id) {
        return parts.accounts().openId(sql, id);
    }

    /** WeChat's server, for calls with an access token of the mini-program. */
    public WeChatAccessClient weChat() {
        return parts.weChat();
    }

    /** The accounts that are bound to these persons, by their blind indexes; empty in the places of those who have none. */
    public Future<List<Optional<UUID>>> accountsOf(Sql sql, List<byte[]> personIndexes) {
        return parts.accounts().ofPersons(sql, personIndexes);
    }

    /** The blind index by which one person is found wherever they are named. */
    public byte[] personIndex(NationalId nationalId) {
        return parts.accounts().personIndex(nationalId);
    }

    /** {@link #personIndex(NationalId)} of a number that is known to be without fault. */
    public byte[] personIndex(String nationalId) {
        return personIndex(NationalId.parse(nationalId));
    }

    /**
     * Binds an account to a person, once, or joins it to the one that an office opened for that person and nobody can
     * log in to. Refuses faults of the input with their fields, an account that is bound to somebody else, and a person
     * who has another account.
     */
    Future<Residents.Bound> bind(
            Tx tx, ResidentCaller caller, String realName, String nationalId, LocalDate today, Instant now) {
        return residents.bind(tx, caller, realName, nationalId, today, now);
    }

    /** Opens an account that logs in by this phone and is bound to this person; for data that is made, not entered. */
    public Future<UUID> createResident(Tx tx, String phone, String realName, NationalId nationalId, Instant now) {
        return residents.create(tx, phone, realName, nationalId, now);
    }

    /** Lets an account log in by this WeChat user too; for data that is made, not entered. */
    public Future<Void> addWeChat(Tx tx, ResidentCaller resident, String openId, Instant now) {
        return parts.logInMethods()
                .add(tx, resident, new Resident.LogIn(Resident.LogIn.Kind.WECHAT, openId), now)
                .mapEmpty();
    }

    /** Makes an account for a member of staff; refuses a user name that is taken. */
    public Future<Staff> createStaff(
            String username, String password, String displayName, Office office, Set<Role> roles, Instant now) {
        return parts.staffDesk()
                .create(new StaffDesk.NewStaff(username, displayName, office, roles, null), password, now);
    }

    /** Whoever has this user name and is not disabled. */
    public Future<Optional<Staff>> findStaff(Sql sql, String username) {
        return officials.findStaffNamed(sql, LogIns.username(username));
    }

    /** The account of a member of staff; refuses with 404 one that is gone or disabled. */
    public Future<Staff> staff(Sql sql, UUID id) {
        return officials
                .findStaff(sql, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The blind index of the person behind a member of staff's account, where it is known. */
    public Future<Optional<byte[]>> personOfStaff(Sql sql, UUID staffId) {
        return officials.findPerson(sql, staffId);
    }

    /** What an operator does about sessions. */
    public SessionDesk sessionDesk() {
        return parts.sessionDesk();
    }

    /** What an operator does about accounts of staff, all kinds of new ones included. */
    public StaffDesk staff() {
        return parts.staffDesk();
    }

    /** Makes an account for a partner agency's program; refuses a client id that is taken. */
    public Future<Partner> createPartner(
            String clientId, String secret, Agency agency, Set<String> scopes, Instant now) {
        return parts.partners()
                .create(Partner.make(clientId, agency, scopes, List.of(), Partner.Terms.NONE, now), secret, now);
    }

    /**
     * The partner whose secret this is, as far as it holds the scope and comes from where it may; for ways in where no
     * token can be asked for first. Tries are limited as they are for tokens.
     */
    public Future<Optional<Partner>> partnerBySecret(
            String clientId, String secret, String scope, String address, Instant now) {
        return parts.logIns()
                .checkKey(clientId, secret, address, now)
                .map(partner ->
                        Optional.of(partner).filter(found -> found.scopes().contains(scope)));
    }

    /** What the audit's list leaves out for whom it must not be there. */
    public void hideRecords(HiddenRecords records) {
        parts.staffAccounts().hide(records);
    }

    /** What an operator does about partners' programs, those with keys included. */
    public PartnerDesk partners() {
        return parts.partners();
    }

    /** A secret for {@link #createPartner}, to be handed over once. */
    public static String newClientSecret() {
        return Secrets.clientSecret();
    }

    /** The account's own part of what a resident may take along. */
    public ResidentFiles accountFiles() {
        return new AccountFiles(new AccountFileStore(vault));
    }

    /** Refuses where the session that asks began long ago: for what must not be done with a phone left lying about. */
    public Future<Void> requireRecentLogIn(Caller caller, Instant now) {
        return parts.sessions().requireRecent(caller.sessionId(), now);
    }

    /** Counts a request for a copy of one's own data; refuses beyond the day's. */
    public Future<Void> countDataRequest(ResidentCaller caller, Instant now) {
        return count(Budget.DATA_REQUESTS_PER_DAY, caller, now);
    }

    /**
     * Locks residents' accounts until the transaction ends, in the order of their ids; refuses with 401 where one was
     * joined to another or deleted.
     */
    public Future<Void> hold(Tx tx, UUID... residentIds) {
        return residents.hold(tx, residentIds);
    }

    /** Everything wrong with a person's name and national ID, each fault with the field that holds it. */
    public static List<Finding> personFaults(
            String name, String namePointer, String nationalId, String idPointer, LocalDate today) {
        return IdentityPolicy.faults(name, namePointer, nationalId, idPointer, today);
    }

    /** The account that is bound to this person under this name; empty where there is none, or the name is another. */
    public Future<Optional<Resident>> accountOf(Sql sql, String name, NationalId nationalId) {
        return parts.accounts().findBound(sql, name, nationalId);
    }

    /**
     * The account of a person who came to an office: the one that is bound to them, or one that is opened and that
     * nobody can log in to. Refuses a name that is not the account's.
     */
    public Future<Resident> accountForPaper(Tx tx, Caller caller, String name, NationalId nationalId, Instant now) {
        return residents.forPaper(tx, caller, name, nationalId, now);
    }

    /** By which other rooms let a phone be proven. */
    public PhoneProofs phoneProofs() {
        return new PhoneProofs(parts.codes());
    }

    /** The name of an account that is bound becomes the one on the card; the person stays who it is. */
    public Future<Void> correctName(Tx tx, Caller caller, UUID residentId, String name) {
        return residents.correctName(tx, caller, residentId, name);
    }

    /** Erases an account that is locked, and ends its sessions everywhere; gives those, for {@link #forgetSessions}. */
    public Future<List<UUID>> erase(Tx tx, UUID residentId, Instant now) {
        return residents.erase(tx, residentId, now);
    }

    /** Tells this instance at once of sessions that have ended for good. */
    public void forgetSessions(List<UUID> ended) {
        ended.forEach(parts.sessions()::forget);
    }

    /** What is erased here when its period is over. */
    public static List<Retained> retained() {
        return AccountRetention.kinds();
    }

    /** Counts a try to take the offer of a proxy; refuses beyond the day's. The count stays whatever becomes of it. */
    public Future<Void> countProxyCode(ResidentCaller caller, Instant now) {
        return count(Budget.PROXY_CODES_PER_DAY, caller, now);
    }

    /** Counts a try to bind an account; refuses beyond the day's. The count stays whatever becomes of the try. */
    Future<Void> countBinding(ResidentCaller caller, Instant now) {
        return count(Budget.BINDING_PER_DAY, caller, now);
    }

    private Future<Void> count(Budget budget, ResidentCaller caller, Instant now) {
        return parts.limits().takings().from(budget, caller.id().toString()).take(db, now);
    }

    IdentityParts parts() {
        return parts;
    }

    private ResidentFiles files() {
        if (files == null) {
            throw new IllegalStateException("nobody keeps the residents' files");
        }
        return files;
    }
}
