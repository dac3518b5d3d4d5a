package io.anju.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** The tables that may hold something about a person, by what their columns are called and are made of. */
public final class PersonalTables {
    private static final String PERSONAL = """
            SELECT DISTINCT c.table_schema || '.' || c.table_name
              FROM information_schema.columns c
              JOIN information_schema.tables t USING (table_schema, table_name)
             WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema')
               AND t.table_type = 'BASE TABLE'
               AND (c.data_type = 'bytea'
                    OR c.udt_name = '_bytea'
                    OR c.column_name LIKE '%resident%'
                    OR c.column_name LIKE '%masked_name%'
                    OR c.column_name LIKE '%person%'
                    OR c.column_name LIKE 'represented%'
                    OR c.column_name LIKE 'sealed%')
            """;

    private static final String ALL = "SELECT table_schema || '.' || table_name FROM information_schema.tables";

    private PersonalTables() {}

    public static Set<String> of(Anju anju) throws SQLException {
        return tables(anju, PERSONAL);
    }

    /** Every table and view there is. */
    public static Set<String> all(Anju anju) throws SQLException {
        return tables(anju, ALL);
    }

    /** A connection of who owns the schema. */
    public static Connection connect(Anju anju) throws SQLException {
        var address = anju.databaseAddress();
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static Set<String> tables(Anju anju, String query) throws SQLException {
        try (var connection = connect(anju);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var tables = new TreeSet<String>();
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
            return tables;
        }
    }
}
