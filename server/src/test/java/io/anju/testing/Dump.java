package io.anju.testing;

import io.anju.platform.db.DbAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every row of every table of a database as text, as whoever steals a backup would read it. */
public final class Dump {
    private static final String TABLES = """
            SELECT format('%I.%I', table_schema, table_name)
              FROM information_schema.tables
             WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
             ORDER BY 1
            """;

    private final Map<String, String> texts;

    private Dump(Map<String, String> texts) {
        this.texts = texts;
    }

    public static Dump of(DbAddress address) {
        var texts = new LinkedHashMap<String, String>();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
            for (String table : list(connection, TABLES)) {
                texts.put(table, String.join("\n", list(connection, "SELECT t::text FROM " + table + " t")));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Dump(texts);
    }

    /** Something else that must not hold personal data either, such as a log. */
    public Dump with(String name, String text) {
        var more = new LinkedHashMap<>(texts);
        more.put(name, text);
        return new Dump(more);
    }

    public int tables() {
        return texts.size();
    }

    /** Where the value stands: in clear, in hex or Base64 as binary columns show it, or as a hash that needs no key. */
    public List<String> places(String value) {
        var places = new ArrayList<String>();
        forms(value)
                .forEach((form, text) -> texts.forEach((place, content) -> {
                    if (content.contains(text)) {
                        places.add(place + " holds " + value + " as " + form);
                    }
                }));
        return places;
    }

    private static Map<String, String> forms(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        var forms = new LinkedHashMap<String, String>();
        forms.put("text", value);
        forms.put("hex", hex(bytes));
        forms.put("hex of UTF-16", hex(value.getBytes(StandardCharsets.UTF_16LE)));
        forms.put("Base64", Base64.getEncoder().withoutPadding().encodeToString(bytes));
        for (String digest : List.of("MD5", "SHA-1", "SHA-256")) {
            forms.put(digest, hex(hash(digest, bytes)));
        }
        return forms;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).toLowerCase(Locale.ROOT);
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> list(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
