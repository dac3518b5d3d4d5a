package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.SlowHash;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Authenticator;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CostlyRequests;
import io.anju.platform.http.Office;
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

    static {
        SqlErrors.constraint("one_person_one_account", IdentityProblem.PERSON_HAS_ACCOUNT);
        SqlErrors.constraint("one_account_per_username", IdentityProblem.USERNAME_TAKEN);
        SqlErrors.constraint("one_partner_per_client_id", IdentityProblem.CLIENT_ID_TAKEN);
    }

    private final Vertx vertx;
    private final Db db;
    private final Vault vault;
    private final Accounts accounts;
    private final Limits limits;
    private final SecondStep secondStep;
    private final SlowHash passwords;
    private final SigningKeys keys;
    private final EndedSessions ended;
    private final TokenAuthenticator authenticator;
    private final Sessions sessions;
    private final OneTimeCodes codes;
    private final PartnerAssertions assertions;
    private final LogIns logIns;
    private final LogInMethods logInMethods;
    private final StaffAccounts staffAccounts;
    private final StaffDesk staffDesk;
    private final OfficialStore officials = new OfficialStore();
    private final PartnerDesk partners;
    private @Nullable ResidentFiles files;
    private long reloadTimer;
    private Bindings bindings = (tx, caller, residentId, person, now) -> Future.succeededFuture();

    public IdentityService(Vertx vertx, Db db, Vault vault, IdentitySettings settings) {
        this.vertx = vertx;
        this.db = db;
        this.vault = vault;
        this.limits = new Limits(vault);
        this.secondStep = new SecondStep(db, vault, limits, settings.totpRoles());
        this.accounts = new Accounts(vault, secondStep);
        this.passwords = new SlowHash(vertx, "passwords");
        this.keys = new SigningKeys(db, vault);
        this.ended = new EndedSessions(db);
        var tokens = new AccessTokens(keys, settings.issuer());
        this.authenticator = new TokenAuthenticator(db, tokens, ended);
        this.sessions = new Sessions(db, vault, tokens, accounts, ended, limits);
        this.partners = new PartnerDesk(db, sessions);
        this.codes = new OneTimeCodes(db, vault, limits, new SmsGatewayClient(vertx, settings.sms()));
        this.assertions = new PartnerAssertions(db, settings.issuer());
        var weChat = new WeChatClient(vertx, settings.weChat());
        this.logIns = new LogIns(
                db, accounts, sessions, limits, passwords, weChat, weChat.phones(), codes, secondStep, assertions);
        this.staffAccounts = new StaffAccounts(db, passwords, limits, sessions);
        this.staffDesk = new StaffDesk(db, accounts, passwords, staffAccounts, secondStep, sessions);
        this.logInMethods = new LogInMethods(accounts, vault, sessions, this::files);
    }

    /** Reads the signing keys, and from then on follows what other instances do; before the first request. */
    public Future<Void> start(InstantSource clock) {
        return keys.start(clock.instant()).onSuccess(done -> {
            ended.follow(vertx);
            reloadTimer = vertx.setPeriodic(KEY_RELOAD_MILLIS, timer -> keys.reload());
        });
    }

    /** Follows nothing any more: after the last request, while there still is a database. */
    public void stop() {
        ended.stop();
        vertx.cancelTimer(reloadTimer);
    }

    /** Says who keeps the residents' files; before the first request. */
    public void useFiles(ResidentFiles keeper) {
        files = keeper;
    }

    /** Says who waits for accounts to be bound; before the first request. */
    public void useBindings(Bindings waiting) {
        bindings = waiting;
    }

    /** Names the background work of this domain. */
    public void registerJobs(Jobs jobs) {
        jobs.handle(OneTimeCodes.SEND, codes::send);
        jobs.every(Duration.ofHours(6), "identity.rotate-signing-key", job -> keys.rotateWhenDue(job.now()));
        jobs.every(Duration.ofHours(6), "identity.purge", job -> purge(job.now()));
        jobs.every(Duration.ofHours(24), "identity.partner-keys", job -> partners.warn(job.now()));
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    /** Counts what is costly and open to all, for the edge. */
    public CostlyRequests costlyRequests() {
        return new CostlyCounter(db, limits);
    }

    /** Gives a resident's account with its personal data in clear; refuses with 404 where there is none. */
    public Future<Resident> resident(Sql sql, UUID id) {
        return accounts.find(sql, id).map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** How WeChat calls a resident in our mini-program; empty for who has never logged in with it. Personal data. */
    public Future<Optional<String>> openId(Sql sql, UUID id) {
        return accounts.openId(sql, id);
    }

    /** The blind index by which one person is found wherever they are named. */
    public byte[] personIndex(NationalId nationalId) {
        return accounts.personIndex(nationalId);
    }

    /** {@link #personIndex(NationalId)} of a number that is known to be without fault. */
    public byte[] personIndex(String nationalId) {
        return personIndex(NationalId.parse(nationalId));
    }

    /**
     * Binds an account to a person, once. Refuses faults of the input with their fields, an account that is bound
     * already, and a person who has another account.
     */
    Future<Resident> bind(Tx tx, Caller caller, String realName, String nationalId, LocalDate today, Instant now) {
        var faults = IdentityPolicy.faults(realName, nationalId, today);
        if (!faults.isEmpty()) {
            return Refusal.failed(IdentityProblem.IDENTITY_NOT_VALID, faults);
        }
        var id = caller.requireId();
        var name = RealName.normalise(realName).orElseThrow();
        return bind(tx, caller, id, name, NationalId.parse(nationalId), now).compose(done -> resident(tx, id));
    }

    private Future<Void> bind(Tx tx, Caller caller, UUID id, String name, NationalId nationalId, Instant now) {
        return accounts.bind(tx, id, name, nationalId, now)
                .compose(bound -> bound
                        ? Audit.record(tx, caller, "identity.bound", "resident", id, null)
                        : Refusal.failed(IdentityProblem.IDENTITY_ALREADY_BOUND))
                .compose(audited -> bindings.bound(tx, caller, id, personIndex(nationalId), now));
    }

    /** Opens an account that logs in by this phone and is bound to this person; for data that is made, not entered. */
    public Future<UUID> createResident(Tx tx, String phone, String realName, NationalId nationalId, Instant now) {
        var number = PhoneNumbers.normalise(phone);
        var name = RealName.normalise(realName);
        if (number.isEmpty() || name.isEmpty()) {
            return Future.failedFuture(new IllegalArgumentException("not a mobile number or not a name"));
        }
        return accounts.findOrOpen(tx, new Resident.LogIn(Resident.LogIn.Kind.PHONE, number.get()), now)
                .compose(id ->
                        bind(tx, Caller.SYSTEM, id, name.get(), nationalId, now).map(id));
    }

    /** Lets an account log in by this WeChat user too; for data that is made, not entered. */
    public Future<Void> addWeChat(Tx tx, Caller resident, String openId, Instant now) {
        return logInMethods
                .add(tx, resident, new Resident.LogIn(Resident.LogIn.Kind.WECHAT, openId), now)
                .mapEmpty();
    }

    /** Makes an account for a member of staff; refuses a user name that is taken. */
    public Future<Staff> createStaff(
            String username, String password, String displayName, Office office, Set<Role> roles, Instant now) {
        return staffDesk.create(new StaffDesk.NewStaff(username, displayName, office, roles, null), password, now);
    }

    /** As {@link #createStaff}, of a person who is known: nobody decides on their own household's case. */
    public Future<Staff> createStaff(
            String username,
            String password,
            String displayName,
            Office office,
            Set<Role> roles,
            @Nullable NationalId nationalId,
            Instant now) {
        return staffDesk.create(
                new StaffDesk.NewStaff(username, displayName, office, roles, nationalId), password, now);
    }

    /** Makes an account for a member of staff that nobody can log in to until a password is chosen. */
    public Future<Staff> createStaff(String username, String displayName, Office office, Set<Role> roles, Instant now) {
        return staffDesk.create(new StaffDesk.NewStaff(username, displayName, office, roles, null), now);
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
        return new SessionDesk(db, sessions);
    }

    /** What an operator does about accounts of staff. */
    public StaffDesk staff() {
        return staffDesk;
    }

    /** Makes an account for a partner agency's program; refuses a client id that is taken. */
    public Future<Partner> createPartner(
            String clientId, String secret, Agency agency, Set<String> scopes, Instant now) {
        return partners.create(Partner.make(clientId, agency, scopes, List.of(), Partner.Terms.NONE, now), secret, now);
    }

    /** As above, for a program that proves who it is with a key of its own and comes from these networks only. */
    public Future<Partner> createPartner(
            String clientId,
            PartnerKey key,
            Instant keyExpiresAt,
            List<String> networks,
            Agency agency,
            Set<String> scopes,
            Instant now) {
        return partners.create(
                Partner.make(clientId, agency, scopes, networks, Partner.Terms.NONE, now), key, keyExpiresAt, now);
    }

    /** Adds a key beside those that a partner's program has, so that it can change over without a pause. */
    public Future<Void> addPartnerKey(String clientId, PartnerKey key, Instant expiresAt, Instant now) {
        return partners.addKey(clientId, key, expiresAt, now);
    }

    /**
     * The partner whose secret this is, as far as it holds the scope and comes from where it may; for ways in where no
     * token can be asked for first. Tries are limited as they are for tokens.
     */
    public Future<Optional<Partner>> partnerBySecret(
            String clientId, String secret, String scope, String address, Instant now) {
        return logIns().checkPartner(clientId, secret, address, now)
                .map(proven -> Optional.of(proven.partner())
                        .filter(partner -> partner.scopes().contains(scope)));
    }

    /** What an operator does about partners' programs. */
    public PartnerDesk partners() {
        return partners;
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
        return sessions.requireRecent(caller.sessionId(), now);
    }

    /** Counts a request for a copy of one's own data; refuses beyond the day's. */
    public Future<Void> countDataRequest(Caller caller, Instant now) {
        return limits.takings()
                .from(Budget.DATA_REQUESTS_PER_DAY, caller.requireId().toString())
                .take(db, now);
    }

    /**
     * Locks residents' accounts until the transaction ends, in the order of their ids; refuses with 401 where one was
     * joined to another or deleted.
     */
    public Future<Void> hold(Tx tx, UUID... residentIds) {
        return accounts.hold(tx, residentIds)
                .compose(stand -> stand ? Future.succeededFuture() : Refusal.failed(PlatformProblem.UNAUTHENTICATED));
    }

    /** Everything wrong with a person's name and national ID, each fault with the field that holds it. */
    public static List<Finding> personFaults(
            String name, String namePointer, String nationalId, String idPointer, LocalDate today) {
        return IdentityPolicy.faults(name, namePointer, nationalId, idPointer, today);
    }

    /** The account that is bound to this person under this name; empty where there is none, or the name is another. */
    public Future<Optional<Resident>> accountOf(Sql sql, String name, NationalId nationalId) {
        return accounts.findByPerson(sql, nationalId)
                .map(found -> found.filter(resident -> RealName.normalise(name)
                        .equals(Optional.ofNullable(resident.person()).map(Resident.BoundPerson::name))));
    }

    /**
     * The account of a person who came to an office: the one that is bound to them, or one that is opened and that
     * nobody can log in to. Refuses a name that is not the account's.
     */
    public Future<Resident> accountForPaper(Tx tx, Caller caller, String name, NationalId nationalId, Instant now) {
        return accounts.findByPerson(tx, nationalId)
                .compose(found -> found.isPresent()
                        ? accountOf(tx, name, nationalId)
                                .map(same -> same.orElseThrow(() -> Refusal.of(IdentityProblem.PERSON_UNKNOWN)))
                        : openForPaper(tx, caller, name, nationalId, now));
    }

    private Future<Resident> openForPaper(Tx tx, Caller caller, String name, NationalId nationalId, Instant now) {
        return accounts.openBound(tx, RealName.normalise(name).orElseThrow(), nationalId, now)
                .compose(id -> Audit.record(tx, caller, "identity.opened", "resident", id, null)
                        .compose(recorded -> resident(tx, id)));
    }

    /** By which other rooms let a phone be proven. */
    public PhoneProofs phoneProofs() {
        return new PhoneProofs(codes);
    }

    /** The name of an account that is bound becomes the one on the card; the person stays who it is. */
    public Future<Void> correctName(Tx tx, Caller caller, UUID residentId, String name) {
        var right = RealName.normalise(name).orElseThrow();
        return accounts.correctName(tx, residentId, right)
                .compose(corrected -> corrected
                        ? Audit.record(tx, caller, "identity.name-corrected", "resident", residentId, null)
                        : Refusal.failed(PlatformProblem.NOT_FOUND));
    }

    /** Erases an account that is locked, and ends its sessions everywhere; gives those, for {@link #forgetSessions}. */
    public Future<List<UUID>> erase(Tx tx, UUID residentId, Instant now) {
        return accounts.erase(tx, residentId, now)
                .compose(erased -> sessions.endAll(tx, Audience.RESIDENT, residentId, null, now, "deleted"));
    }

    /** Tells this instance at once of sessions that have ended for good. */
    public void forgetSessions(List<UUID> ended) {
        ended.forEach(sessions::forget);
    }

    /** What is erased here when its period is over. */
    public static List<Retained> retained() {
        return AccountRetention.kinds();
    }

    /** Counts a try to take the offer of a proxy; refuses beyond the day's. The count stays whatever becomes of it. */
    public Future<Void> countProxyCode(Caller caller, Instant now) {
        return limits.takings()
                .from(Budget.PROXY_CODES_PER_DAY, caller.requireId().toString())
                .take(db, now);
    }

    /** Counts a try to bind an account; refuses beyond the day's. The count stays whatever becomes of the try. */
    Future<Void> countBinding(Caller caller, Instant now) {
        return limits.takings()
                .from(Budget.BINDING_PER_DAY, caller.requireId().toString())
                .take(db, now);
    }

    EndedSessions endedSessions() {
        return ended;
    }

    LogIns logIns() {
        return logIns;
    }

    StaffAccounts staffAccounts() {
        return staffAccounts;
    }

    SecondStep secondStep() {
        return secondStep;
    }

    LogInMethods logInMethods() {
        return logInMethods;
    }

    OneTimeCodes codes() {
        return codes;
    }

    Sessions sessions() {
        return sessions;
    }

    SigningKeys keys() {
        return keys;
    }

    private ResidentFiles files() {
        if (files == null) {
            throw new IllegalStateException("nobody keeps the residents' files");
        }
        return files;
    }

    private Future<Void> purge(Instant now) {
        return limits.purge(db, now)
                .compose(done -> codes.purge(now))
                .compose(done -> sessions.purge(now))
                .compose(done -> assertions.purge(now));
    }
}
