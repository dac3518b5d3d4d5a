package io.anju.platform.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the shape that this version needs. Flyway speaks JDBC and blocks, so it runs in worker code; it
 * takes a lock of its own, so several instances may start at once.
 */
public final class Migrations {
    private Migrations() {}

    /** Runs what is missing, on a worker thread; gives how many ran. */
    public static Future<Integer> run(Vertx vertx, DbAddress address) {
        return vertx.executeBlocking(() -> run(address), false);
    }

    /** Runs what is missing on this thread; gives how many ran. */
    public static int run(DbAddress address) {
        return flyway(address).migrate().migrationsExecuted;
    }

    /** How many migrations are missing in the database. */
    public static int pending(DbAddress address) {
        return flyway(address).info().pending().length;
    }

    private static Flyway flyway(DbAddress address) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .defaultSchema("platform")
                .locations("classpath:db/migration")
                .validateMigrationNaming(true)
                // each domain has numbers of its own, so a new one is often lower than the last of another domain
                .outOfOrder(true)
                .cleanDisabled(true)
                .load();
    }
}
