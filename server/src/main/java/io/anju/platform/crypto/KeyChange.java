package io.anju.platform.crypto;

import io.anju.platform.crypto.Keysets.Name;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** What the owner of a database does to its keys; the server's role may do none of it. */
public final class KeyChange {
    private KeyChange() {}

    /** A key for fields that is sealed, and not yet in the database. */
    public static final class NewKey {
        private final KeysetStore.Stored row;

        private NewKey(KeysetStore.Stored row) {
            this.row = row;
        }

        public PrimaryKey key() {
            return new PrimaryKey(row.version(), row.keyId(), row.suite());
        }

        /** Stores it; gives whether nobody else has taken its number. */
        public Future<Boolean> store(Sql sql) {
            return new KeysetStore().insert(sql, row);
        }
    }

    /** Makes the key that follows the newest one. */
    public static Future<NewKey> next(Sql sql, KeyEncryption encryption, Suite suite, Instant primaryFrom) {
        Keysets.register();
        return new KeysetStore()
                .lastVersion(sql, Name.FIELDS.label())
                .compose(last -> new Keysets(encryption, suite).sealNew(Name.FIELDS, last + 1))
                .map(row -> new NewKey(row.primaryFrom(primaryFrom)));
    }

    /**
     * Seals every key anew with another key encryption; fields and indexes stay as they are. The keys are opened and
     * sealed first, so a service that fails leaves everything as it was.
     */
    public static Future<Integer> move(Sql sql, KeyEncryption from, KeyEncryption to) {
        Keysets.register();
        var store = new KeysetStore();
        return store.list(sql)
                .compose(rows -> Future.all(
                        rows.stream().map(row -> Keysets.move(row, from, to)).toList()))
                .compose(moved -> {
                    List<KeysetStore.Stored> rows = moved.list();
                    return Future.all(rows.stream()
                                    .map(row -> store.move(sql, row))
                                    .toList())
                            .map(rows.size());
                });
    }
}
