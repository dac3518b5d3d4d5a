package io.anju.platform.db;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How to reach PostgreSQL and how hard to lean on it.
 *
 * @param address host, port, database and login
 * @param poolSize connections for transactions
 * @param pipelinedSize connections shared by single statements
 * @param maxWaiting transactions and statements that may wait for a connection before the answer is 503
 * @param patienceMillis that one of them may wait before the answer is 503
 * @param statementTimeoutMillis after which PostgreSQL cancels a statement
 */
public record DbSettings(
        DbAddress address,
        int poolSize,
        int pipelinedSize,
        int maxWaiting,
        int patienceMillis,
        int statementTimeoutMillis) {
    /** The role that the server works as; it owns nothing and has only what the migrations grant it. */
    public static final String APP_ROLE = "anju_app";

    private static final int PIPELINING_LIMIT = 64;
    private static final int CACHED_STATEMENTS = 512;
    /** The driver leaves longer texts out of its cache; ours go up to some thousand characters. */
    private static final int CACHED_STATEMENT_MAX_CHARS = 16_384;

    /** Sizes that suit a small server. */
    public static DbSettings of(DbAddress address) {
        return new DbSettings(address, 16, 4, 512, 5_000, 10_000);
    }

    public PgConnectOptions connectOptions() {
        var options = new PgConnectOptions()
                .setHost(address.host())
                .setPort(address.port())
                .setDatabase(address.database())
                .setUser(address.user())
                .setPassword(address.password());
        options.setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(CACHED_STATEMENTS)
                .setPreparedStatementCacheSqlLimit(CACHED_STATEMENT_MAX_CHARS);
        options.setPipeliningLimit(PIPELINING_LIMIT);
        options.setProperties(Map.of(
                "application_name",
                "anju",
                "TimeZone",
                "UTC",
                "role",
                APP_ROLE,
                "statement_timeout",
                Integer.toString(statementTimeoutMillis),
                "idle_in_transaction_session_timeout",
                Integer.toString(3 * statementTimeoutMillis)));
        return options;
    }

    /** As {@link #connectOptions}, but with the rights of whoever logs in. */
    PgConnectOptions ownerOptions() {
        var options = connectOptions();
        var properties = new HashMap<>(options.getProperties());
        properties.remove("role");
        options.setProperties(properties);
        return options;
    }

    public PoolOptions poolOptions() {
        return bounded("transactions", poolSize);
    }

    public PoolOptions pipelinedOptions() {
        return bounded("statements", pipelinedSize);
    }

    private PoolOptions bounded(String name, int size) {
        return new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setMaxWaitQueueSize(maxWaiting)
                .setConnectionTimeout(patienceMillis)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
