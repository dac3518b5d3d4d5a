package io.anju.identity;

import io.anju.identity.StaffAccountStore.Account;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.SlowHash;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Area;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Office;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of staff, looked after by administrators of the own office and of those above. Whatever changes what an
 * account may do ends its sessions, on every instance.
 */
final class StaffAccounts {
    private static final Duration ONE_TIME_GOOD_FOR = Duration.ofDays(1);

    private final Db db;
    private final SlowHash passwords;
    private final Limits limits;
    private final Sessions sessions;
    private final StaffAccountStore store = new StaffAccountStore();
    private final OfficialStore officials = new OfficialStore();

    private HiddenRecords hidden = (sql, caller, subjects) -> Future.succeededFuture(Set.of());

    StaffAccounts(Db db, SlowHash passwords, Limits limits, Sessions sessions) {
        this.db = db;
        this.passwords = passwords;
        this.limits = limits;
        this.sessions = sessions;
    }

    /** A password to hand over, with the hash that is kept of it. */
    record HandedOver(String password, String hash) {
        @Override
        public String toString() {
            return "HandedOver";
        }
    }

    /** An account after a change, and the sessions that ended by it. */
    record Changed(Account account, List<UUID> ended) {}

    /** Makes a password; outside of the transaction, because its hash takes time. */
    Future<HandedOver> newPassword() {
        var password = Secrets.oneTimePassword();
        return passwords.hash(password).map(hash -> new HandedOver(password, hash));
    }

    static Instant goodUntil(Instant now) {
        return now.plus(ONE_TIME_GOOD_FOR);
    }

    Future<List<Account>> list(AreaCaller caller, @Nullable UUID before, int limit) {
        return store.list(db, caller.office(), before, limit);
    }

    /** An account that an administrator asks for, of an office inside their area. */
    record Asked(String username, String displayName, Area area, String level, String officeName, Set<Role> roles) {
        private Office office() {
            return new Office(area.cityCode(), level, area.code(), officeName);
        }
    }

    /** Opens an account with a password that is good once. */
    Future<UUID> create(Tx tx, AreaCaller caller, Asked asked, HandedOver password, Instant now) {
        var office = asked.office();
        if (!StaffPolicy.fits(office.level(), office.areaCode())) {
            return Future.failedFuture(Refusal.at("/areaCode", IdentityProblem.OFFICE_AREA_NOT_OF_LEVEL));
        }
        if (!StaffPolicy.mayGive(caller.office(), office, asked.roles())) {
            return Refusal.failed(IdentityProblem.ROLE_NOT_YOURS_TO_GIVE);
        }
        var username = LogIns.username(asked.username());
        var staff = new Staff(Ids.next(now), username, asked.displayName(), office, asked.roles(), false, true);
        return insert(tx, caller, staff, password, null, now).map(staff.id());
    }

    /** Keeps an account whose password is good once, for a day, and for nothing but choosing another. */
    Future<Void> insert(Tx tx, Caller caller, Staff staff, HandedOver password, byte @Nullable [] person, Instant now) {
        return officials
                .insertStaff(tx, staff, password.hash(), person, now)
                .compose(done -> store.handOverPassword(tx, staff.id(), password.hash(), goodUntil(now)))
                .compose(done -> Audit.record(tx, caller, "staff.created", "staff", staff.id(), null));
    }

    Future<Changed> setRoles(Tx tx, AreaCaller caller, UUID id, Set<Role> roles, String reason, Instant now) {
        return change(
                tx,
                caller,
                id,
                "staff.roles-changed",
                reason,
                now,
                account -> StaffPolicy.mayGive(caller.office(), account.staff().office(), roles)
                        ? store.setRoles(tx, id, roles)
                        : Refusal.failed(IdentityProblem.ROLE_NOT_YOURS_TO_GIVE));
    }

    Future<Changed> resetPassword(Tx tx, AreaCaller caller, UUID id, HandedOver password, String reason, Instant now) {
        return change(
                tx,
                caller,
                id,
                "staff.password-reset",
                reason,
                now,
                account -> store.handOverPassword(tx, id, password.hash(), goodUntil(now)));
    }

    Future<Changed> setEnabled(Tx tx, AreaCaller caller, UUID id, boolean enabled, String reason, Instant now) {
        var action = enabled ? "staff.enabled" : "staff.disabled";
        return change(tx, caller, id, action, reason, now, account -> store.setEnabled(tx, id, enabled));
    }

    /** Ends the sessions of an account and changes nothing else. */
    Future<Changed> endSessions(Tx tx, AreaCaller caller, UUID id, String reason, Instant now) {
        return change(tx, caller, id, "staff.sessions-ended", reason, now, account -> Future.succeededFuture());
    }

    private Future<Changed> change(
            Tx tx,
            AreaCaller caller,
            UUID id,
            String action,
            String reason,
            Instant now,
            Function<Account, Future<Void>> effect) {
        var mine = caller.office();
        return store.lock(tx, mine, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(account -> requireMine(caller, mine, account))
                .compose(effect)
                .compose(done -> sessions.endAll(tx, Audience.STAFF, id, null, now, "disabled"))
                .compose(ended -> Audit.record(tx, caller, action, "staff", id, reason)
                        .compose(recorded -> store.lock(tx, mine, id))
                        .map(found -> new Changed(found.orElseThrow(), ended)));
    }

    private static Account requireMine(AreaCaller caller, Office mine, Account account) {
        if (account.staff().id().equals(caller.id())) {
            throw Refusal.of(IdentityProblem.OWN_ACCOUNT);
        }
        if (!StaffPolicy.mayGive(mine, account.staff().office(), account.staff().roles())) {
            throw Refusal.of(IdentityProblem.ROLE_NOT_YOURS_TO_GIVE);
        }
        return account;
    }

    /** A password that was right, and the hash of the one to come. */
    record Choice(String presentHash, String newHash) {
        @Override
        public String toString() {
            return "Choice";
        }
    }

    /** Looks at the present password as a log-in does: wrong ones make the account wait for this address. */
    Future<Choice> check(AccountCaller caller, String present, String next, String address, Instant now) {
        return store.find(db, caller.id())
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.UNAUTHENTICATED)))
                .compose(account -> {
                    var name = account.staff().username();
                    if (next.equals(present)
                            || EasyPasswords.SHIPPED.contains(
                                    next, name, account.staff().office())) {
                        return Future.failedFuture(Refusal.at("/newPassword", IdentityProblem.PASSWORD_TOO_WEAK));
                    }
                    return limits.beginLogIn(db, "staff:" + name, address, now)
                            .compose(begun -> passwords.matches(present, account.passwordHash()))
                            .compose(right -> right
                                    ? limits.succeed(db, "staff:" + name, address)
                                    : Future.failedFuture(Refusal.at("/password", IdentityProblem.PASSWORD_WRONG)))
                            .compose(right -> passwords.hash(next))
                            .map(hash -> new Choice(account.passwordHash(), hash));
                });
    }

    /** Makes the new password count, and ends the account's other sessions; gives those. */
    Future<List<UUID>> choose(Tx tx, AccountCaller caller, Choice choice, Instant now) {
        var id = caller.id();
        return store.choosePassword(tx, id, choice.presentHash(), choice.newHash())
                .compose(chosen -> chosen
                        ? Audit.record(tx, caller, "staff.password-changed", "staff", id, null)
                        : Future.failedFuture(Refusal.at("/password", IdentityProblem.PASSWORD_WRONG)))
                .compose(
                        recorded -> sessions.endAll(tx, Audience.STAFF, id, caller.sessionId(), now, "ended-by-owner"));
    }

    /** Said once, when the domains are put together. */
    void hide(HiddenRecords records) {
        hidden = records;
    }

    /** What staff of the caller's area did, the newest first. That it was read is on record first. */
    Future<List<StaffAccountStore.Done>> records(
            AreaCaller caller, @Nullable UUID staffId, @Nullable Long before, int limit) {
        var read = staffId == null ? caller.id() : staffId;
        return Audit.record(db, caller, "records.read", "staff", read, null)
                .compose(recorded -> shown(caller, staffId, before, limit, List.of()));
    }

    /** A page is filled up: one that is shorter than it should be would tell that something is hidden. */
    private Future<List<StaffAccountStore.Done>> shown(
            AreaCaller caller,
            @Nullable UUID staffId,
            @Nullable Long before,
            int limit,
            List<StaffAccountStore.Done> page) {
        return store.records(db, caller.office(), staffId, before, limit)
                .compose(found -> without(caller, found).compose(seen -> {
                    var all = Stream.concat(page.stream(), seen.stream())
                            .limit(limit)
                            .toList();
                    return all.size() == limit || found.size() < limit
                            ? Future.succeededFuture(all)
                            : shown(caller, staffId, found.get(found.size() - 1).id(), limit, all);
                }));
    }

    private Future<List<StaffAccountStore.Done>> without(AreaCaller caller, List<StaffAccountStore.Done> found) {
        var subjects =
                found.stream().map(StaffAccountStore.Done::subjectId).distinct().toList();
        return hidden.hidden(db, caller, subjects)
                .map(hiding -> found.stream()
                        .filter(done -> !hiding.contains(done.subjectId()))
                        .toList());
    }
}
