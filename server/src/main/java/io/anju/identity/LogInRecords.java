package io.anju.identity;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who came in by which way, and who was refused, as rows of the audit. A refusal is recorded apart from the log-in, whose
 * transaction it rolls back; how many there can be is bounded by what one address may try.
 */
final class LogInRecords {
    /** Tries that name no account of ours. */
    private static final UUID NOBODY = new UUID(0, 0);

    private final Db db;
    private final OfficialStore officials = new OfficialStore();

    LogInRecords(Db db) {
        this.db = db;
    }

    /** Joins the transaction that opens the session. */
    static Future<Void> came(Tx tx, Grant grant, String way) {
        var kind = grant.audience().id();
        return Audit.record(tx, grant.caller(null), kind + ".logged-in", kind, grant.subjectId(), way);
    }

    <T> Future<T> ofStaff(String username, String way, Future<T> logIn) {
        return watch("staff", way, () -> officials.findStaffId(db, LogIns.username(username)), logIn);
    }

    <T> Future<T> ofPartner(String clientId, String way, Future<T> logIn) {
        return watch("partner", way, () -> officials.findPartnerId(db, clientId), logIn);
    }

    /** @param attempt what names the try, such as the code that was sent; never anything personal */
    <T> Future<T> ofResident(Optional<UUID> attempt, String way, Future<T> logIn) {
        return watch("resident", way, () -> Future.succeededFuture(attempt), logIn);
    }

    private <T> Future<T> watch(String kind, String way, Supplier<Future<Optional<UUID>>> subject, Future<T> logIn) {
        return logIn.recover(failure -> failure instanceof Refusal refusal
                        && refusal.code() instanceof IdentityProblem problem
                        && problem.status() < 500
                ? subject.get()
                        .compose(found -> Audit.record(
                                db,
                                Caller.ANONYMOUS,
                                kind + ".log-in-refused",
                                kind,
                                found.orElse(NOBODY),
                                way + ": " + problem.id()))
                        .compose(recorded -> Future.failedFuture(failure))
                : Future.failedFuture(failure));
    }
}
