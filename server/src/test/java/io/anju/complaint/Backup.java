package io.anju.complaint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.platform.db.DbAddress;
import io.anju.testing.Anju;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The database as its owner's backup holds it, without keys: all rows, their places and their transactions. */
final class Backup {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROWS = """
            SELECT (to_jsonb(t) || jsonb_build_object(
                       '#place', (ctid::text::point)[0] * 10000 + (ctid::text::point)[1],
                       '#transaction', xmin::text::bigint))::text
              FROM %s AS t
             WHERE t.%s::text = ANY (?) AND %s
            """;
    private static final String TABLES = """
            SELECT format('%I.%I', table_schema, table_name)
              FROM information_schema.tables
             WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
            """;

    private final DbAddress address;

    private Backup(DbAddress address) {
        this.address = address;
    }

    static Backup of(Anju anju) {
        return new Backup(anju.databaseAddress());
    }

    /** Rows of a table that belong to these things. */
    List<JsonNode> rows(String table, String column, List<String> things, String condition) {
        var rows = new ArrayList<JsonNode>();
        try (var connection = connect();
                var query = connection.prepareStatement(ROWS.formatted(table, column, condition))) {
            query.setArray(1, connection.createArrayOf("text", things.toArray()));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    rows.add(JSON.readTree(found.getString(1)));
                }
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    /** For each column what it says about each thing, as numbers that have an order. */
    Map<String, Map<String, List<Double>>> orders(String table, String column, List<String> things, String condition) {
        var orders = new LinkedHashMap<String, Map<String, List<Double>>>();
        for (var row : rows(table, column, things, condition)) {
            row.properties()
                    .forEach(field -> orders.computeIfAbsent(table + "." + field.getKey(), key -> new HashMap<>())
                            .computeIfAbsent(row.path(column).asText(), key -> new ArrayList<>())
                            .add(number(field.getValue().asText())));
        }
        return orders;
    }

    /** A number, an instant, an id or the length of what has none of these orders. */
    static double number(String value) {
        if (value.matches("-?\\d+(\\.\\d+)?")) {
            return Double.parseDouble(value);
        }
        if (value.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return new BigInteger(value.replace("-", ""), 16).doubleValue();
        }
        if (value.matches("\\d{6}-\\d{4}-\\d+-.")) {
            return Double.parseDouble(value.split("-", -1)[2]);
        }
        try {
            return Instant.parse(value.replaceAll("\\+00:00$", "Z")).toEpochMilli();
        } catch (DateTimeParseException e) {
            return value.length();
        }
    }

    /** What each table holds, as one number. */
    Map<String, String> digests() {
        var digests = new TreeMap<String, String>();
        try (var connection = connect();
                var tables = connection.createStatement().executeQuery(TABLES)) {
            while (tables.next()) {
                var table = tables.getString(1);
                digests.put(table, digest(connection, table));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return digests;
    }

    private static String digest(Connection connection, String table) throws SQLException {
        var query = "SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM " + table + " AS t";
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(query)) {
            found.next();
            return found.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }
}
