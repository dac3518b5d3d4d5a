package io.anju.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    @TempDir
    Path folder;

    @Test
    void keeps_its_data_forces_commits_and_asks_for_the_password() throws Exception {
        DbAddress address;
        try (var database = EmbeddedDatabase.start(folder)) {
            address = database.database("anju");
            execute(address, "CREATE TABLE kept AS SELECT 42 AS answer");
            assertThat(ask(address, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(address, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(ask(address, "SHOW server_version")).startsWith("18.");
            var stranger = new DbAddress(address.host(), address.port(), address.database(), address.user(), "guessed");
            assertThatThrownBy(() -> ask(stranger, "SELECT 1")).hasMessageContaining("password");
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder)).hasMessageContaining("in use");
        }
        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(ask(database.database("anju"), "SELECT answer FROM kept"))
                    .isEqualTo("42");
        }
    }

    @Test
    void makes_anew_a_cluster_whose_first_start_was_killed() throws Exception {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/postgresql.conf"), "half written");
        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(ask(database.database("anju"), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void what_the_server_says_is_heard() throws Exception {
        Files.createDirectories(folder.resolve("postgres/log"));
        var words = StartWords.listen(folder.resolve("postgres-start.log"), folder.resolve("postgres/log"));
        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(ask(database.database("anju"), "SELECT 1")).isEqualTo("1");
        }
        assertThat(words.told())
                .as("of initdb, of the start and of the log")
                .contains("postgres")
                .contains("server started")
                .contains("database system is ready to accept connections");
    }

    @Test
    void tells_in_the_servers_own_words_why_it_does_not_start() throws Exception {
        Files.createFile(folder.resolve("postgres-ready"));
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/strange"), "not of a cluster");
        assertThatThrownBy(() -> EmbeddedDatabase.start(folder))
                .hasMessageContaining("did not start in " + folder)
                .hasMessageContaining("exists but is not empty");
        Files.delete(folder.resolve("postgres/strange"));
        EmbeddedDatabase.start(folder).close();
    }

    @Test
    void passes_by_a_process_number_that_belongs_to_another_program() throws Exception {
        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(ask(database.database("anju"), "SELECT 1")).isEqualTo("1");
        }
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("postgres") + "\n");
        try (var database = EmbeddedDatabase.start(folder)) {
            assertThat(ask(database.database("anju"), "SELECT 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    private static void execute(DbAddress address, String sql) throws SQLException {
        try (var connection = connect(address);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(DbAddress address, String sql) throws SQLException {
        try (var connection = connect(address);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Connection connect(DbAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }
}
