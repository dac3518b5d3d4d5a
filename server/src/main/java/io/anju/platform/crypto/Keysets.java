package io.anju.platform.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import com.google.crypto.tink.signature.SignatureConfig;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The keys in the database. Made on the first start; of several instances that start at once, one wins. */
final class Keysets {
    enum Name {
        /** Encrypts fields; what it seals names its key, so that keys can be added. */
        FIELDS,
        /** Makes blind indexes; must stay, or stored indexes have to be made anew. */
        INDEX,
        /** Tags what comes back to us, such as cursors. */
        TAGS,
        /** Signs receipts with Ed25519; without a prefix, so that any library can check them. */
        SIGNING;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A key that has been opened. What the bytes are depends on the name; see {@link Keysets#fresh}. */
    record Opened(KeysetStore.Stored stored, int keyId, byte[] key) {}

    private final KeyEncryption encryption;
    private final Suite suite;
    private final KeysetStore store = new KeysetStore();
    /** Opened once: a service is not asked again for what is known. */
    private final Map<String, Opened> known = new ConcurrentHashMap<>();

    Keysets(KeyEncryption encryption, Suite suite) {
        this.encryption = encryption;
        this.suite = suite;
    }

    static void register() {
        try {
            AeadConfig.register();
            PrfConfig.register();
            SignatureConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens all keys; makes those that a new database does not have yet. */
    Future<List<Opened>> load(Sql sql) {
        Future<Void> made = Future.succeededFuture();
        for (var name : Name.values()) {
            made = made.compose(done -> store.exists(sql, name.label()))
                    .compose(exists -> exists ? Future.succeededFuture() : make(sql, name, 1));
        }
        return made.compose(done -> read(sql));
    }

    /** Opens all keys that have not been retired. */
    Future<List<Opened>> read(Sql sql) {
        return store.list(sql).compose(rows -> {
            known.keySet()
                    .retainAll(rows.stream().map(KeysetStore.Stored::place).toList());
            Future<List<Opened>> all = Future.succeededFuture(new ArrayList<>());
            for (var row : rows) {
                all = all.compose(opened -> open(row).map(one -> {
                    opened.add(one);
                    return opened;
                }));
            }
            return all;
        });
    }

    private Future<Void> make(Sql sql, Name name, int version) {
        return sealNew(name, version).compose(row -> store.insert(sql, row)).mapEmpty();
    }

    /** A new key of this name as it is stored; nothing uses it before its row is there. */
    Future<KeysetStore.Stored> sealNew(Name name, int version) {
        int keyId = Suite.newKeyId();
        var empty = new KeysetStore.Stored(name.label(), version, suite, keyId, true, encryption.name(), new byte[0]);
        return offTheLoop(() -> fresh(name, suite))
                .compose(key -> encryption.seal(key, context(empty)))
                .map(empty::withSealed);
    }

    /** The same key sealed by another key encryption. */
    static Future<KeysetStore.Stored> move(KeysetStore.Stored row, KeyEncryption from, KeyEncryption to) {
        return new Keysets(from, row.suite()).open(row).compose(opened -> {
            var empty = row.movedTo(to.name(), opened.keyId());
            return to.seal(opened.key(), context(empty)).map(empty::withSealed);
        });
    }

    private Future<Opened> open(KeysetStore.Stored row) {
        var there = known.get(row.place());
        if (there != null) {
            return Future.succeededFuture(there);
        }
        Future<Opened> opened = row.isOwnForm()
                ? encryption.open(row.sealed(), context(row)).map(key -> new Opened(row, row.keyId(), key))
                : offTheLoop(() -> openLibraryForm(row));
        return opened.onSuccess(key -> known.put(row.place(), key))
                .recover(failure -> Future.failedFuture(new IllegalStateException(
                        "the key file does not open the keyset " + row.name()
                                + " of this database, which was sealed by " + row.encryption(),
                        failure)));
    }

    private Opened openLibraryForm(KeysetStore.Stored row) throws GeneralSecurityException {
        var context = ("anju keyset " + row.name()).getBytes(StandardCharsets.UTF_8);
        var handle = TinkProtoKeysetFormat.parseEncryptedKeyset(row.sealed(), encryption.library(), context);
        return new Opened(row, handle.getPrimary().getId(), keyIn(handle));
    }

    @AccessesPartialKey
    private static byte[] keyIn(KeysetHandle handle) throws GeneralSecurityException {
        var key = handle.getPrimary().getKey();
        var access = InsecureSecretKeyAccess.get();
        if (key instanceof AesGcmKey fields) {
            return fields.getKeyBytes().toByteArray(access);
        }
        if (key instanceof HmacPrfKey prf) {
            return prf.getKeyBytes().toByteArray(access);
        }
        return TinkProtoKeysetFormat.serializeKeyset(handle, access);
    }

    /** The bytes of a new key: raw for ciphers and fingerprints, the library's keyset for signatures. */
    static byte[] fresh(Name name, Suite suite) throws GeneralSecurityException {
        return switch (name) {
            case FIELDS -> suite.newCipherKey();
            case INDEX, TAGS -> Suite.newFingerprintKey();
            case SIGNING ->
                TinkProtoKeysetFormat.serializeKeyset(
                        KeysetHandle.generateNew(PredefinedSignatureParameters.ED25519WithRawOutput),
                        InsecureSecretKeyAccess.get());
        };
    }

    private static byte[] context(KeysetStore.Stored row) {
        return ("anju key " + row.name() + " " + row.version() + " "
                        + row.suite().id() + " " + row.keyId())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The first use of the library loads and tests its ciphers, which takes seconds on a busy machine. */
    static <T> Future<T> offTheLoop(Callable<T> work) {
        var context = Vertx.currentContext();
        if (context != null) {
            return context.executeBlocking(work);
        }
        try {
            return Future.succeededFuture(work.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
