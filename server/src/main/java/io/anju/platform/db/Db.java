package io.anju.platform.db;

import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The database of this instance: single statements through a pipelined client, transactions through a pool.
 *
 * <p>Both wait in bounded queues; a full queue is answered {@code unavailable} (503) at once, because a request that
 * waits longer than its caller only adds load.
 */
public final class Db implements Sql {
    private static final long RETRY_MILLIS = 250;

    private final Vertx vertx;
    private final SqlClient pipelined;
    private final Pool pool;
    private final Hints hints;
    private final Statements statements;

    private Db(Vertx vertx, SqlClient pipelined, Pool pool, Hints hints, Statements statements) {
        this.vertx = vertx;
        this.pipelined = pipelined;
        this.pool = pool;
        this.hints = hints;
        this.statements = statements;
    }

    /** Opens the clients; connections are made when first needed. */
    public static Db connect(Vertx vertx, DbSettings settings) {
        var pipelined = PgBuilder.client()
                .using(vertx)
                .connectingTo(settings.connectOptions())
                .with(settings.pipelinedOptions())
                .withConnectHandler(BatchedFlush::install)
                .build();
        var pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(settings.connectOptions())
                .with(settings.poolOptions())
                .withConnectHandler(BatchedFlush::install)
                .build();
        return new Db(vertx, pipelined, pool, new Hints(vertx, settings.connectOptions()), new Statements(null));
    }

    /** As the owner of the database, whom the grants do not hold: for commands of the operator, never for the server. */
    public static Db connectAsOwner(Vertx vertx, DbSettings settings) {
        var options = settings.ownerOptions();
        var pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(options)
                .with(settings.poolOptions())
                .build();
        return new Db(vertx, pool, pool, new Hints(vertx, options), new Statements(null));
    }

    /** The same database with every statement told to the tap. */
    public Db watchedBy(StatementTap tap) {
        return new Db(vertx, pipelined, pool, hints, new Statements(tap));
    }

    /**
     * Waits until the database answers: it may start after us, and the first log-in of a cold process is slow. Fails at
     * once where the database refuses us, and after the limit where it is not there.
     */
    public Future<Void> ready(Duration limit) {
        return inTransaction(tx -> tx.run("SELECT 1"))
                .compose(answered -> run("SELECT 1"))
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof Refusal && !limit.isNegative()
                        ? vertx.timer(RETRY_MILLIS, TimeUnit.MILLISECONDS)
                                .compose(slept -> ready(limit.minusMillis(RETRY_MILLIS)))
                        : Future.failedFuture(failure));
    }

    @Override
    public Future<RowSet<Row>> run(String sql, @Nullable Object... args) {
        return statements.run(null, pipelined, sql, args);
    }

    @Override
    public Future<Void> batch(String sql, List<Tuple> rows) {
        return statements.batch(null, pipelined, sql, rows);
    }

    /**
     * Runs the work in one transaction and commits when its future succeeds; any failure rolls everything back.
     *
     * <p>The work must not wait for anything but the database.
     */
    public <T> Future<T> inTransaction(Function<Tx, Future<T>> work) {
        return pool.withConnection(connection -> {
                    // the first statement goes out with BEGIN: one round trip less in every transaction
                    var begun = connection.begin();
                    return done(begun, work, new Tx(connection, statements));
                })
                .recover(SqlErrors::translate);
    }

    private static <T> Future<T> done(Future<Transaction> begun, Function<Tx, Future<T>> work, Tx tx) {
        Future<T> worked;
        try {
            worked = work.apply(tx);
        } catch (RuntimeException e) {
            worked = Future.failedFuture(e);
        }
        var result = worked;
        return begun.compose(transaction -> result.transform(ended -> ended.succeeded()
                ? transaction.commit().map(ended.result())
                : transaction.rollback().transform(back -> Future.failedFuture(ended.cause()))));
    }

    /**
     * Calls back with the payload of each NOTIFY on this channel. Hints are lost while the connection is, so whoever
     * listens also asks by itself, less often.
     */
    public void listen(String channel, Consumer<String> hint) {
        hints.listen(channel, hint);
    }

    /** Closes the connections once their running statements are answered. */
    public Future<Void> close() {
        return Future.join(pipelined.close(), pool.close(), hints.close()).mapEmpty();
    }
}
