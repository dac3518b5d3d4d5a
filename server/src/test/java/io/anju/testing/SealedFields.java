package io.anju.testing;

import io.anju.platform.crypto.SealedColumns;
import io.anju.platform.crypto.Vault;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Every sealed field of a database, as its owner finds it. */
public final class SealedFields {
    private final Map<String, List<String>> contents = new TreeMap<>();
    private final Map<Integer, Integer> countsByKey = new HashMap<>();

    private SealedFields() {}

    /** Opens all of them; throws where one does not open. */
    public static SealedFields of(Anju anju, Vault vault) {
        var found = new SealedFields();
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            for (var column : SealedColumns.declared().columns()) {
                try (var rows = statement.executeQuery("SELECT (%s)::uuid, (%s)::text, %s FROM %s WHERE %s IS NOT NULL"
                        .formatted(
                                column.rowSql(),
                                column.boundColumnSql(),
                                column.name(),
                                column.table(),
                                column.name()))) {
                    while (rows.next()) {
                        var row = rows.getObject(1, UUID.class);
                        var sealed = rows.getBytes(3);
                        var plain = vault.open(column.boundTable(), rows.getString(2), row, sealed);
                        found.add(
                                column.place(),
                                row + " " + digest(plain),
                                ByteBuffer.wrap(sealed).getInt(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        found.contents.values().forEach(list -> list.sort(null));
        return found;
    }

    private void add(String place, String content, int keyId) {
        contents.computeIfAbsent(place, none -> new ArrayList<>()).add(content);
        countsByKey.merge(keyId, 1, Integer::sum);
    }

    /** By column, each field as its row and a hash of what it holds, in order. */
    public Map<String, List<String>> contents() {
        return contents;
    }

    /** How many fields each key has sealed. */
    public Map<Integer, Integer> countsByKey() {
        return countsByKey;
    }

    private static String digest(byte[] plain) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(plain));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
