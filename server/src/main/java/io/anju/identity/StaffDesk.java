package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.SlowHash;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Office;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an operator does about accounts of staff, beside what administrators do over the API. */
public final class StaffDesk {
    private static final int SHORTEST_PASSWORD = 12;
    private static final List<String> LEVELS = List.of("community", "street", "civil-affairs", "district", "city");

    private final Db db;
    private final Accounts accounts;
    private final SlowHash passwords;
    private final StaffAccounts staffAccounts;
    private final SecondStep secondStep;
    private final Sessions sessions;
    private final OfficialStore officials = new OfficialStore();

    StaffDesk(
            Db db,
            Accounts accounts,
            SlowHash passwords,
            StaffAccounts staffAccounts,
            SecondStep secondStep,
            Sessions sessions) {
        this.db = db;
        this.accounts = accounts;
        this.passwords = passwords;
        this.staffAccounts = staffAccounts;
        this.secondStep = secondStep;
        this.sessions = sessions;
    }

    /**
     * Who gets an account.
     *
     * @param nationalId of a person who is known: nobody decides on their own household's case
     */
    public record NewStaff(
            String username,
            String displayName,
            Office office,
            Set<Role> roles,
            @Nullable NationalId nationalId) {
        Staff with(UUID id, boolean choosesPassword) {
            if (!LEVELS.contains(office.level())) {
                throw new IllegalArgumentException("the level of an office is one of " + LEVELS);
            }
            return new Staff(id, LogIns.username(username), displayName, office, roles, false, choosesPassword);
        }
    }

    /** An account with the password to hand over. */
    public record Opened(Staff staff, String password) {
        @Override
        public String toString() {
            return "Opened[" + staff.username() + "]";
        }
    }

    /** Makes an account with a password that its owner chose; refuses a user name that is taken. */
    public Future<Staff> create(NewStaff who, String password, Instant now) {
        if (password.length() < SHORTEST_PASSWORD) {
            return Future.failedFuture(
                    new IllegalArgumentException("a password has at least " + SHORTEST_PASSWORD + " characters"));
        }
        if (EasyPasswords.SHIPPED.contains(password, LogIns.username(who.username()), who.office())) {
            return Future.failedFuture(new IllegalArgumentException("a password that is easily guessed"));
        }
        return passwords.hash(password).compose(hash -> insert(who, hash, now));
    }

    /** Makes an account that nobody can log in to until a password is handed over. */
    public Future<Staff> create(NewStaff who, Instant now) {
        return insert(who, SlowHash.ofNone(), now);
    }

    /** Makes an account with a password that is good once, for a day, and for nothing but choosing another. */
    public Future<Opened> open(NewStaff who, Instant now) {
        return staffAccounts.newPassword().compose(password -> {
            var staff = who.with(Ids.next(now), true);
            return db.inTransaction(tx -> staffAccounts.insert(tx, Caller.SYSTEM, staff, password, person(who), now))
                    .map(new Opened(staff, password.password()));
        });
    }

    private Future<Staff> insert(NewStaff who, String hash, Instant now) {
        var staff = who.with(Ids.next(now), false);
        return db.inTransaction(tx -> officials
                        .insertStaff(tx, staff, hash, person(who), now)
                        .compose(done -> Audit.record(tx, Caller.SYSTEM, "staff.created", "staff", staff.id(), null)))
                .map(staff);
    }

    private byte @Nullable [] person(NewStaff who) {
        return who.nationalId() == null ? null : accounts.personIndex(who.nationalId());
    }

    /**
     * Removes the authenticator app of a member of staff who lost it and ends the account's sessions; gives whether
     * there was one. Who asked and why is on record.
     */
    public Future<Boolean> removeTotp(String username, String reason, Instant now) {
        return db.inTransaction(tx -> officials
                .findStaffByUsername(tx, LogIns.username(username), now)
                .map(found -> found.orElseThrow(() -> new IllegalArgumentException("no such user name: " + username))
                        .owner())
                .compose(staff -> secondStep
                        .remove(tx, staff.id())
                        .compose(removed -> sessions.endAll(tx, Audience.STAFF, staff.id(), null, now, "disabled")
                                .compose(ended -> Audit.record(
                                        tx, Caller.SYSTEM, "staff.totp-removed", "staff", staff.id(), reason))
                                .map(removed))));
    }
}
