package io.anju.platform.db;

import io.anju.platform.problem.Code;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.TransactionRollbackException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The one place where failures of the database become refusals that a caller can act on. */
public final class SqlErrors {
    private static final Map<String, Code> CODES = new ConcurrentHashMap<>();

    /**
     * SQL states after which the same request may simply be sent again: lost serialisation or deadlock, too many
     * connections, cancelled by timeout, server going down or starting.
     */
    private static final Set<String> PASSING_STATES =
            Set.of("40001", "40P01", "53300", "55P03", "57014", "57P01", "57P02", "57P03");

    /**
     * What the client says without a type of its own: no connection came free or was made in time; one was closed while
     * statements waited to be sent on it.
     */
    private static final Set<String> OUTAGES = Set.of(
            "Timeout",
            "Timeout waiting for connection",
            "Pending requests failed to be sent due to connection has been closed.");

    /** What the client says of a connection that was closed before the statement was sent; the state follows. */
    private static final String NOT_ACTIVE = "Connection is not active now, current status: ";

    private SqlErrors() {}

    /** Names the refusal that a violation of this constraint (or unique index) means. */
    public static void constraint(String name, Code code) {
        var before = CODES.putIfAbsent(name, code);
        if (before != null && !before.equals(code)) {
            throw new IllegalStateException("constraint " + name + " already means " + before.id());
        }
    }

    static <T> Future<T> translate(Throwable failure) {
        return Future.failedFuture(refusalFor(failure));
    }

    private static Throwable refusalFor(Throwable failure) {
        if (failure instanceof PgException sql) {
            return refusalFor(sql);
        }
        return isOutage(failure) ? Refusal.of(PlatformProblem.UNAVAILABLE) : failure;
    }

    private static Throwable refusalFor(PgException failure) {
        var constraint = failure.getConstraint();
        var code = constraint == null ? null : CODES.get(constraint);
        if (code != null) {
            return Refusal.of(code);
        }
        return PASSING_STATES.contains(String.valueOf(failure.getSqlState()))
                ? Refusal.of(PlatformProblem.UNAVAILABLE)
                : failure;
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof ConnectionPoolTooBusyException
                || failure instanceof ClosedConnectionException
                || failure instanceof TransactionRollbackException
                // refused, or reset in the middle of a statement by a server that was killed
                || failure instanceof IOException
                || OUTAGES.contains(String.valueOf(failure.getMessage()))
                || String.valueOf(failure.getMessage()).startsWith(NOT_ACTIVE);
    }
}
