package io.anju.platform.crypto;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findInstant;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of {@code platform.keyset}. */
final class KeysetStore {
    /**
     * A key as it is stored.
     *
     * @param isOwnForm whether the bytes are sealed by us; the library sealed the keysets of a database's first days
     * @param encryption where the key lies that seals this one
     * @param primaryFrom none: since ever
     */
    record Stored(
            String name,
            int version,
            Suite suite,
            int keyId,
            boolean isOwnForm,
            String encryption,
            byte[] sealed,
            @Nullable Instant primaryFrom) {
        Stored(String name, int version, Suite suite, int keyId, boolean isOwnForm, String encryption, byte[] sealed) {
            this(name, version, suite, keyId, isOwnForm, encryption, sealed, null);
        }

        String place() {
            return name + "/" + version;
        }

        Stored withSealed(byte[] bytes) {
            return new Stored(name, version, suite, keyId, isOwnForm, encryption, bytes, primaryFrom);
        }

        Stored movedTo(String other, int id) {
            return new Stored(name, version, suite, id, true, other, sealed, primaryFrom);
        }

        Stored primaryFrom(Instant from) {
            return new Stored(name, version, suite, keyId, isOwnForm, encryption, sealed, from);
        }
    }

    private static final String EXISTS = """
            SELECT true AS found FROM platform.keyset WHERE name = $1 LIMIT 1
            """;

    private static final String LAST_VERSION = """
            SELECT max(version) AS last FROM platform.keyset WHERE name = $1
            """;

    private static final String LIST = """
            SELECT name, version, suite, key_id, own_form, encryption, sealed, primary_from
              FROM platform.keyset
             WHERE retired_at IS NULL
             ORDER BY name, version
            """;

    private static final String INSERT = """
            INSERT INTO platform.keyset (name, version, suite, key_id, own_form, encryption, sealed, primary_from)
            VALUES ($1, $2, $3, $4, true, $5, $6, $7)
            ON CONFLICT DO NOTHING
            """;

    private static final String MOVE = """
            UPDATE platform.keyset
               SET sealed = $3, own_form = true, encryption = $4, key_id = $5
             WHERE name = $1 AND version = $2
            """;

    Future<Boolean> exists(Sql sql, String name) {
        return sql.find(EXISTS, row -> true, name).map(Optional::isPresent);
    }

    Future<Integer> lastVersion(Sql sql, String name) {
        return sql.find(LAST_VERSION, row -> row.getInteger("last"), name).map(Optional::orElseThrow);
    }

    Future<List<Stored>> list(Sql sql) {
        return sql.list(LIST, KeysetStore::stored);
    }

    /** Gives whether nobody else has taken the place. */
    Future<Boolean> insert(Sql sql, Stored row) {
        var from = row.primaryFrom();
        return sql.execute(
                        INSERT,
                        row.name(),
                        row.version(),
                        row.suite().id(),
                        row.keyId(),
                        row.encryption(),
                        bytes(row.sealed()),
                        from == null ? null : at(from))
                .map(rows -> rows == 1);
    }

    /** For the owner of the database: the server's role cannot. */
    Future<Void> move(Sql sql, Stored row) {
        return sql.execute(MOVE, row.name(), row.version(), bytes(row.sealed()), row.encryption(), row.keyId())
                .mapEmpty();
    }

    private static Stored stored(Row row) {
        var keyId = row.getInteger("key_id");
        return new Stored(
                row.getString("name"),
                row.getInteger("version"),
                Suite.of(row.getString("suite")),
                keyId == null ? 0 : keyId,
                row.getBoolean("own_form"),
                row.getString("encryption"),
                bytes(row, "sealed"),
                findInstant(row, "primary_from").orElse(null));
    }
}
