package io.anju.testing;

import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.Migrations;
import io.vertx.core.Vertx;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One embedded PostgreSQL for all tests of this run; each class gets a copy of one migrated database. */
public final class TestDatabases {
    private static final String TEMPLATE = "anju_template";
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final AtomicInteger COPIES = new AtomicInteger();

    private TestDatabases() {}

    private static final class Server {
        static final EmbeddedDatabase INSTANCE = start();

        private static EmbeddedDatabase start() {
            var server = EmbeddedDatabase.startTemporary();
            Migrations.run(server.database(TEMPLATE));
            return server;
        }
    }

    /**
     * A fresh database with every migration and no rows of our own. It is not made ahead beside other tests: while a
     * database is copied, what was written to any other in the meantime is not told to those who read its outbox.
     */
    public static DbAddress fresh() {
        return Server.INSTANCE.copy(TEMPLATE, "test_" + COPIES.incrementAndGet());
    }

    /** A copy of a database as it is now; whoever is connected to that is cut off, and comes back. */
    public static DbAddress copyOf(DbAddress address) {
        return Server.INSTANCE.copyInUse(address.database(), "test_" + COPIES.incrementAndGet());
    }

    /**
     * What a query gives in a copy of a database that a migration is run on once more, after what it did was undone: as for
     * rows from before it.
     *
     * @param query of one text
     */
    public static String afterMigratingAgain(DbAddress address, String version, List<String> undo, String query) {
        var copy = copyOf(address);
        try (var connection = DriverManager.getConnection(copy.jdbcUrl(), copy.user(), copy.password());
                var statement = connection.createStatement()) {
            for (var step : undo) {
                statement.execute(step);
            }
            statement.execute("DELETE FROM platform.flyway_schema_history WHERE version = '" + version + "'");
            if (Migrations.run(copy) != 1) {
                throw new IllegalStateException(version + " was not the one to run");
            }
            var read = statement.executeQuery(query);
            read.next();
            return Objects.requireNonNullElse(read.getString(1), "");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            drop(copy);
        }
    }

    /**
     * Gives a database back that nobody needs any more, whoever is still connected to it. A run makes well over a
     * hundred, each of a thousand files, and to delete all of them at the end would hold up the end of the run.
     */
    public static void drop(DbAddress address) {
        Server.INSTANCE.drop(address.database());
    }

    /** A database without anything in it. */
    public static DbAddress empty() {
        return Server.INSTANCE.database("empty_" + COPIES.incrementAndGet());
    }

    /** The database behind a server that works already: the first log-in of a cold process may take its time. */
    public static Db connect(Vertx vertx, DbAddress address) {
        var db = Db.connect(vertx, DbSettings.of(address));
        db.ready(READY_LIMIT)
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(READY_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return db;
    }
}
