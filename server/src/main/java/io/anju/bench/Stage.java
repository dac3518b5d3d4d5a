package io.anju.bench;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.FolderTree;
import io.anju.platform.db.Migrations;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What every benchmark stands on: a folder and a database that are gone afterwards, and servers that work on them. */
final class Stage {
    private final EmbeddedDatabase postgres;
    private final Path folder;

    private Stage(EmbeddedDatabase postgres, Path folder) {
        this.postgres = postgres;
        this.folder = folder;
    }

    /** A benchmark. */
    interface Act {
        void play(Stage stage, Results results) throws Exception;
    }

    /** Plays it, prints its figures and writes them to a file; gives the exit code. */
    static int play(String name, Path out, Act act) throws Exception {
        var results = new Results();
        var folder = Files.createTempDirectory("anju-bench-" + name);
        KeyFile.create(folder.resolve("anju.key"));
        try (var postgres = EmbeddedDatabase.startTemporary()) {
            act.play(new Stage(postgres, folder), results);
        } catch (Exception failure) {
            System.out.println("Failed; the servers' logs are in " + folder + "; measured until then:");
            results.print(System.out);
            throw failure;
        }
        FolderTree.delete(folder);
        results.print(System.out);
        results.write(out);
        System.out.println("Figures are in " + out);
        return 0;
    }

    Path folder() {
        return folder;
    }

    Path keyFile() {
        return folder.resolve("anju.key");
    }

    /** A new database with the product's tables. */
    DbAddress database(String name) {
        var address = postgres.database(name);
        Migrations.run(address);
        return address;
    }

    /** A copy of a database that nobody is connected to. */
    DbAddress copy(String template, String name) {
        return postgres.copy(template, name);
    }

    /** A server in a process of its own; {@code settings} go before those that every measured server has. */
    ChildServer serve(DbAddress address, Map<String, String> settings) throws IOException, InterruptedException {
        int port = freePort();
        int managementPort = freePort();
        var environment = new HashMap<>(World.environment(folder));
        environment.put("ANJU_HTTP_PORT", Integer.toString(port));
        environment.put("ANJU_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("ANJU_DATABASE_URL", url(address));
        environment.put("ANJU_KEY_FILE", keyFile().toString());
        environment.putAll(settings);
        return ChildServer.start(
                "io.anju.Main", port, managementPort, environment, folder.resolve("server.log"), "serve");
    }

    /** Writes down what a bare handler runs. */
    void record(List<String> reads, List<String> writes) throws IOException {
        Files.write(folder.resolve("reads"), reads);
        Files.write(folder.resolve("writes"), writes);
    }

    /** A bare handler of what was recorded, in a process of its own. */
    ChildServer serveBare(DbAddress address) throws IOException, InterruptedException {
        int port = freePort();
        return ChildServer.start(
                BareServer.class.getName(),
                port,
                0,
                Map.of(),
                folder.resolve("bare.log"),
                Integer.toString(port),
                url(address),
                folder.resolve("reads").toString(),
                folder.resolve("writes").toString());
    }

    static Connection owner(DbAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    static void run(Connection owner, String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    static String url(DbAddress address) {
        return "postgresql://" + address.user() + ":" + address.password() + "@" + address.host() + ":" + address.port()
                + "/" + address.database();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
