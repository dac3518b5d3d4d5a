package io.anju.platform.crypto;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.testing.TestDatabases;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the domains declare about their columns of bytes, against the database that the migrations make. */
class SealedColumnsIT {
    private static final String BYTES = """
            SELECT c.table_schema || '.' || c.table_name || '.' || c.column_name AS place
              FROM information_schema.columns c
              JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE (c.data_type = 'bytea' OR c.udt_name = '_bytea') AND t.table_type = 'BASE TABLE'
               AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
            """;

    /** What refuses any UPDATE of a row, and does not know about new keys; what compares NEW with OLD looks elsewhere. */
    private static final String DEAF_TRIGGERS = """
            SELECT DISTINCT p.oid::regproc::text AS place
              FROM pg_trigger g
              JOIN pg_proc p ON p.oid = g.tgfoid
             WHERE g.tgrelid = ?::regclass AND NOT g.tgisinternal
               AND g.tgtype::int & 16 <> 0 AND g.tgtype::int & 2 <> 0
               AND p.prosrc LIKE '%RAISE EXCEPTION%' AND p.prosrc NOT LIKE '%platform.rewrapping()%'
               AND p.prosrc NOT LIKE '%NEW.%'
            """;

    @SuppressWarnings("NullAway.Init")
    private static Connection connection;

    @SuppressWarnings("NullAway.Init")
    private static DbAddress address;

    @BeforeAll
    static void connect() throws SQLException {
        address = TestDatabases.fresh();
        connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        TestDatabases.drop(address);
    }

    @Test
    void every_column_of_bytes_is_declared_once_and_nothing_else_is() throws SQLException {
        var declared = SealedColumns.declared();
        var all = new ArrayList<>(declared.indexes());
        all.addAll(declared.others().keySet());
        declared.columns().forEach(column -> all.add(column.place()));
        assertThat(all).doesNotHaveDuplicates();
        var forgotten = new TreeSet<>(list(BYTES));
        all.forEach(forgotten::remove);
        assertThat(forgotten)
                .as("say in resources/sealed/<domain>.yaml what these are")
                .isEmpty();
        all.removeAll(list(BYTES));
        assertThat(all).as("declared, and not there").isEmpty();
    }

    @Test
    void what_the_server_cannot_update_is_sealed_in_the_form_of_rows_that_are_never_changed() throws SQLException {
        for (var column : SealedColumns.declared().columns()) {
            if (!column.isKept()) {
                assertThat(mayUpdate(column)).as(column.place()).isTrue();
            }
        }
    }

    @Test
    void triggers_that_refuse_changes_let_a_new_key_pass() throws SQLException {
        var deaf = new HashSet<String>();
        for (var column : SealedColumns.declared().columns()) {
            if (column.isKept()) {
                deaf.addAll(list(DEAF_TRIGGERS, column.table()));
            }
        }
        assertThat(deaf).isEmpty();
    }

    @Test
    void the_ids_that_fields_are_bound_to_can_be_computed() throws SQLException {
        for (var column : SealedColumns.declared().columns()) {
            var select = "SELECT ((%s)::uuid)::text || (%s)::text AS place FROM %s WHERE %s IS NOT NULL"
                    .formatted(column.rowSql(), column.boundColumnSql(), column.table(), column.name());
            assertThat(list(select)).as(column.place()).isEmpty();
        }
    }

    private static boolean mayUpdate(SealedColumns.Column column) throws SQLException {
        var may = list(
                "SELECT has_column_privilege('" + DbSettings.APP_ROLE + "', ?, '" + column.name()
                        + "', 'UPDATE')::text AS place",
                column.table());
        return may.equals(List.of("true"));
    }

    private static List<String> list(String sql, String... args) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < args.length; i++) {
                statement.setString(i + 1, args[i]);
            }
            try (var rows = statement.executeQuery()) {
                var found = new TreeSet<String>();
                while (rows.next()) {
                    found.add(rows.getString("place"));
                }
                return found.stream().collect(toCollection(ArrayList::new));
            }
        }
    }
}
