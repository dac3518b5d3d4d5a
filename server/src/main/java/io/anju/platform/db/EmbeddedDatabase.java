package io.anju.platform.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A real PostgreSQL 18 as a child of this process, for whoever has none yet. Blocks while it starts and stops. */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String SUPERUSER = "postgres";
    /** Recovery after a crash replays what the last checkpoint left; a small disk may take its time. */
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final Map<String, String> SERVER_CONFIG = Map.ofEntries(
            Map.entry("listen_addresses", "localhost"),
            // nobody uses them, and one that a killed server left in /tmp keeps the next one from its port
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_size", "0"));

    private final EmbeddedPostgres server;
    private final DataFolder folder;
    private final String password;
    private final boolean kept;
    /** Stops a temporary server at the end of a process whose owner does not get to it. */
    private @Nullable Thread lastResort;

    private EmbeddedDatabase(EmbeddedPostgres server, DataFolder folder, String password, boolean kept) {
        this.server = server;
        this.folder = folder;
        this.password = password;
        this.kept = kept;
    }

    /**
     * Starts on a folder that keeps the data between runs, every commit forced to the disk. A server that a killed
     * process left behind is stopped first; a folder that another living process uses is refused.
     */
    public static EmbeddedDatabase start(Path dataDir) {
        var folder = DataFolder.open(dataDir);
        try {
            folder.stopLeftOver();
            var password = folder.password(EmbeddedDatabase::newPassword);
            var database = new EmbeddedDatabase(launch(folder, password, true), folder, password, true);
            database.firstStart();
            return database;
        } catch (IOException e) {
            folder.close();
            throw new UncheckedIOException("the embedded database did not start in " + dataDir, e);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Starts on a folder that is deleted again; nothing is forced to the disk. For tests and benchmarks. */
    public static EmbeddedDatabase startTemporary() {
        try {
            var folder = DataFolder.open(Files.createTempDirectory("anju-db"));
            var database = new EmbeddedDatabase(launchTemporary(folder), folder, "", false);
            database.lastResort = new Thread(database::close, "embedded-database-closer");
            Runtime.getRuntime().addShutdownHook(database.lastResort);
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres launchTemporary(DataFolder folder) throws IOException {
        try {
            return launch(folder, "", false);
        } catch (IOException | RuntimeException e) {
            // a server that was too late for its launcher would go on for ever
            folder.stopLeftOver();
            folder.close();
            folder.delete();
            throw e;
        }
    }

    private static EmbeddedPostgres launch(DataFolder folder, String password, boolean durable) throws IOException {
        var onOff = durable ? "on" : "off";
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.cluster())
                .setCleanDataDirectory(false)
                // the server is stopped after the drain, not at the same time
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("lc-collate", "C")
                .setLocaleConfig("lc-ctype", "C")
                .setConnectConfig("password", password);
        SERVER_CONFIG.forEach(builder::setServerConfig);
        // the launcher passes -F; the later word wins
        builder.setServerConfig("fsync", onOff);
        builder.setServerConfig("synchronous_commit", onOff);
        builder.setServerConfig("full_page_writes", onOff);
        if (durable) {
            builder.setOverrideWorkingDirectory(folder.binaries().toFile());
        }
        var words = folder.listen();
        builder.setOutputRedirector(words.redirect()).setErrorRedirector(words.redirect());
        try {
            return builder.start();
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "the embedded database did not start in " + folder + "; it said:\n" + words.told(), e);
        }
    }

    /** The database of this name, made if it is not there. */
    public DbAddress database(String name) {
        try (var connection = administrator()) {
            createIfMissing(connection, name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make database " + name, e);
        }
        return new DbAddress("localhost", server.getPort(), name, SUPERUSER, password);
    }

    /** A copy of another database, which nobody may be connected to. For tests. */
    public DbAddress copy(String template, String name) {
        try (var connection = administrator();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\" TEMPLATE \"" + template + "\"");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot copy database " + template, e);
        }
        return new DbAddress("localhost", server.getPort(), name, SUPERUSER, password);
    }

    /** As {@link #copy}, of a database that others are connected to: they are cut off, and may come back after it. */
    public DbAddress copyInUse(String template, String name) {
        administer("ALTER DATABASE \"" + template + "\" ALLOW_CONNECTIONS false");
        try {
            administer(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" + template + "'");
            return copy(template, name);
        } finally {
            administer("ALTER DATABASE \"" + template + "\" ALLOW_CONNECTIONS true");
        }
    }

    /** Whether there is a database of this name. */
    public boolean has(String name) {
        try (var connection = administrator();
                var query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look for database " + name, e);
        }
    }

    /** Removes the database of this name and what is in it; nothing where there is none. */
    public void drop(String name) {
        administer("DROP DATABASE IF EXISTS \"" + name + "\" WITH (FORCE)");
    }

    /** Gives a database that nobody is connected to another name, all at once. */
    public void rename(String from, String to) {
        administer("ALTER DATABASE \"" + from + "\" RENAME TO \"" + to + "\"");
    }

    private void administer(String sql) {
        try (var connection = administrator();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("the embedded database refused: " + sql, e);
        }
    }

    private static void createIfMissing(Connection connection, String name) throws SQLException {
        try (var query = connection.prepareStatement("SELECT FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                if (rows.next()) {
                    return;
                }
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name + "\"");
        }
    }

    /** Whoever else uses this machine must not get in: from the first start on the superuser needs the password. */
    private void firstStart() throws IOException {
        if (folder.isReady()) {
            return;
        }
        try (var connection = administrator();
                var statement = connection.createStatement()) {
            statement.execute("ALTER ROLE postgres PASSWORD '" + password + "'");
            folder.requirePasswords();
            statement.execute("SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot set the embedded database's password", e);
        }
        folder.markReady();
    }

    private Connection administrator() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * For an owner with a shutdown hook of its own that closes this last: hooks run side by side, and a server that stops
     * under an application that still drains only fills the log with failures.
     */
    public void leaveToOwner() {
        if (lastResort != null) {
            Runtime.getRuntime().removeShutdownHook(lastResort);
            lastResort = null;
        }
    }

    /** Stops the server; connections still open are ended. What is temporary is deleted. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("The embedded database did not stop cleanly; it recovers at the next start", e);
        } finally {
            folder.close();
        }
        if (!kept) {
            folder.delete();
        }
    }
}
