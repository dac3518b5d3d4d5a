package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an operator does about sessions: of one account, or of everybody after something was stolen. */
public final class SessionDesk {
    private static final String REASON = "disabled";
    private static final UUID EVERYBODY = new UUID(0, 0);
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int PIECE = 10_000;

    private final Db db;
    private final Accounts accounts;
    private final Sessions sessions;
    private final SessionStore store = new SessionStore();
    private final OfficialStore officials = new OfficialStore();

    SessionDesk(Db db, Accounts accounts, Sessions sessions) {
        this.db = db;
        this.accounts = accounts;
        this.sessions = sessions;
    }

    /** Ends the sessions of a member of staff; gives how many. Why is on record, here and below. */
    public Future<Integer> endOfStaff(String username, String reason, Instant now) {
        return officials
                .findStaffId(db, LogIns.username(username))
                .compose(found -> end(Audience.STAFF, require(found, username), reason, now));
    }

    public Future<Integer> endOfPartner(String clientId, String reason, Instant now) {
        return officials
                .findPartnerId(db, clientId)
                .compose(found -> end(Audience.PARTNER, require(found, clientId), reason, now));
    }

    public Future<Integer> endOfResident(UUID residentId, String reason, Instant now) {
        return end(Audience.RESIDENT, residentId, reason, now);
    }

    /**
     * Ends the sessions of the resident who stands at the counter; gives those, for {@link Sessions#forget}. Whether there
     * is such an account is on record and told to nobody.
     */
    Future<List<UUID>> endOfPerson(Tx tx, Caller caller, Person person, String reason, Instant now) {
        return accounts.findBound(tx, person.name(), person.nationalId()).compose(found -> {
            var id = found.map(Resident::id).orElse(NOBODY);
            return Audit.record(tx, caller, "sessions.ended", Audience.RESIDENT.id(), id, reason)
                    .compose(recorded -> sessions.endAll(tx, Audience.RESIDENT, id, null, now, REASON));
        });
    }

    /** As on the identity card. */
    record Person(String name, NationalId nationalId) {
        /** Refuses faults with their fields. */
        static Person of(String realName, String nationalId, LocalDate today) {
            var faults = IdentityPolicy.faults(realName, nationalId, today);
            if (!faults.isEmpty()) {
                throw Refusal.of(IdentityProblem.IDENTITY_NOT_VALID, faults);
            }
            return new Person(realName, NationalId.parse(nationalId));
        }
    }

    /** Ends every session that there is, piece by piece. */
    public Future<Integer> endAll(String reason, Instant now) {
        return Audit.record(db, Caller.SYSTEM, "sessions.ended", "everybody", EVERYBODY, reason)
                .compose(recorded -> endPieces(now, 0));
    }

    private Future<Integer> endPieces(Instant now, int before) {
        return store.endSome(db, now, REASON, PIECE)
                .compose(ended ->
                        ended < PIECE ? Future.succeededFuture(before + ended) : endPieces(now, before + ended));
    }

    private Future<Integer> end(Audience audience, UUID id, String reason, Instant now) {
        return db.inTransaction(tx -> sessions.endAll(tx, audience, id, null, now, REASON)
                        .compose(ended -> Audit.record(tx, Caller.SYSTEM, "sessions.ended", audience.id(), id, reason)
                                .map(ended)))
                .onSuccess(ended -> ended.forEach(sessions::forget))
                .map(ended -> ended.size());
    }

    private static UUID require(Optional<UUID> found, String name) {
        return found.orElseThrow(() -> new IllegalArgumentException("no such account: " + name));
    }
}
