package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.PrfConfig;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import com.google.crypto.tink.signature.SignatureConfig;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The keysets in the database. Made on the first start; of several instances that start at once, one wins. */
final class Keysets {
    enum Name {
        /** Encrypts fields; its outputs name their key, so that keys can be added. */
        FIELDS(PredefinedAeadParameters.AES256_GCM),
        /** Makes blind indexes; must stay, or stored indexes have to be made anew. */
        INDEX(PredefinedPrfParameters.HMAC_SHA256_PRF),
        /** Tags what comes back to us, such as cursors. */
        TAGS(PredefinedPrfParameters.HMAC_SHA256_PRF),
        /** Signs receipts; without a prefix, so that any Ed25519 library can check them. */
        SIGNING(PredefinedSignatureParameters.ED25519WithRawOutput);

        private final Parameters parameters;

        Name(Parameters parameters) {
            this.parameters = parameters;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String INSERT = """
            INSERT INTO platform.keyset (name, version, sealed)
            VALUES ($1, 1, $2)
            ON CONFLICT DO NOTHING
            """;

    private static final String FIND = """
            SELECT sealed
              FROM platform.keyset
             WHERE name = $1
             ORDER BY version DESC
             LIMIT 1
            """;

    private Keysets() {}

    static void register() {
        try {
            AeadConfig.register();
            PrfConfig.register();
            SignatureConfig.register();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<Name, KeysetHandle> generate() {
        var handles = new EnumMap<Name, KeysetHandle>(Name.class);
        for (var name : Name.values()) {
            handles.put(name, generate(name));
        }
        return handles;
    }

    static Future<Map<Name, KeysetHandle>> load(Sql sql, Aead keyFile) {
        Future<Map<Name, KeysetHandle>> all = Future.succeededFuture(new EnumMap<>(Name.class));
        for (var name : Name.values()) {
            all = all.compose(handles -> load(sql, keyFile, name).map(handle -> {
                handles.put(name, handle);
                return handles;
            }));
        }
        return all;
    }

    private static Future<KeysetHandle> load(Sql sql, Aead keyFile, Name name) {
        return find(sql, name)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : sql.execute(INSERT, name.label(), Buffer.buffer(seal(keyFile, name)))
                                .compose(made -> find(sql, name)))
                .compose(found -> offTheLoop(() -> open(keyFile, name, found.orElseThrow())));
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

    private static Future<Optional<byte[]>> find(Sql sql, Name name) {
        return sql.find(FIND, row -> row.getBuffer("sealed").getBytes(), name.label());
    }

    private static byte[] seal(Aead keyFile, Name name) {
        try {
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(generate(name), keyFile, context(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeysetHandle open(Aead keyFile, Name name, byte[] sealed) {
        try {
            return TinkProtoKeysetFormat.parseEncryptedKeyset(sealed, keyFile, context(name));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the key file does not open the keyset " + name.label() + " of this database", e);
        }
    }

    private static KeysetHandle generate(Name name) {
        try {
            return KeysetHandle.generateNew(name.parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] context(Name name) {
        return ("anju keyset " + name.label()).getBytes(StandardCharsets.UTF_8);
    }
}
