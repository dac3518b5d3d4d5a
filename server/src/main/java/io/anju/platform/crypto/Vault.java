package io.anju.platform.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Seals single fields, finds them again without opening them, and signs what residents carry away.
 *
 * <p>Every sealed field is bound to its table, column and row: copied anywhere else it does not open.
 */
public final class Vault {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final @Nullable Keysets keysets;
    private final AtomicLong looks = new AtomicLong();
    private volatile Keyring keys;
    /** The look that {@link #keys} come from. */
    private long adopted;

    private Vault(@Nullable Keysets keysets, Keyring keys) {
        this.keysets = keysets;
        this.keys = keys;
    }

    /** Opens the keys of this database with the key file; makes them on the first start. */
    public static Future<Vault> load(Sql sql, Path keyFile) {
        return load(sql, KeyFile.open(keyFile), Suite.INTERNATIONAL, Instant.EPOCH);
    }

    /**
     * Opens the keys of this database; makes them on the first start.
     *
     * @param suite of the keys of a new database; an existing one keeps its own until its keys are rotated
     */
    public static Future<Vault> load(Sql sql, KeyEncryption encryption, Suite suite, Instant now) {
        Keysets.register();
        var keysets = new Keysets(encryption, suite);
        return keysets.load(sql)
                .compose(opened -> Keysets.offTheLoop(() -> new Vault(keysets, Keyrings.of(opened, now))));
    }

    /** Fresh keys that nothing keeps: for tests without a database. */
    public static Vault temporary() {
        return temporary(Suite.INTERNATIONAL);
    }

    static Vault temporary(Suite suite) {
        Keysets.register();
        return new Vault(null, Keyrings.temporary(suite));
    }

    /**
     * Looks for keys that were added, began to seal, or were retired. Of looks that overtake each other the one that
     * began last counts.
     */
    public Future<Void> refresh(Sql sql, Instant now) {
        if (keysets == null) {
            return Future.succeededFuture();
        }
        var look = looks.incrementAndGet();
        return keysets.read(sql)
                .compose(opened -> Keysets.offTheLoop(() -> Keyrings.of(opened, now)))
                .onSuccess(found -> adopt(look, found))
                .mapEmpty();
    }

    private synchronized void adopt(long look, Keyring found) {
        if (look > adopted) {
            adopted = look;
            keys = found;
        }
    }

    /** The key that seals now. */
    public PrimaryKey primaryKey() {
        var key = keys.primary();
        return new PrimaryKey(key.version(), key.id(), key.suite());
    }

    /** Encrypts a field; it opens again only for the same table, column and row. */
    public byte[] seal(String table, String column, UUID row, byte[] plain) {
        try {
            return keys.seal(
                    plain, place(table, column, row), SealedColumns.declared().isKept(table, column));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens what {@link #seal} made; throws {@link IllegalStateException} where it was altered or moved. */
    public byte[] open(String table, String column, UUID row, byte[] sealed) {
        try {
            return keys.open(sealed, place(table, column, row));
        } catch (GeneralSecurityException e) {
            throw altered(table, column, row, e);
        }
    }

    /** The same content under the key that seals now; throws as {@link #open} does. */
    public byte[] reseal(String table, String column, UUID row, byte[] sealed) {
        try {
            return keys.reseal(sealed, place(table, column, row));
        } catch (GeneralSecurityException e) {
            throw altered(table, column, row, e);
        }
    }

    /** Whether the key that seals now has sealed this. */
    public boolean isCurrent(byte[] sealed) {
        try {
            return keys.isCurrent(sealed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static IllegalStateException altered(String table, String column, UUID row, Exception cause) {
        return new IllegalStateException(
                "the sealed field " + table + "." + column + " of row " + row + " was altered or moved", cause);
    }

    /** {@link #seal} of a text in UTF-8. */
    public byte[] sealText(String table, String column, UUID row, String plain) {
        return seal(table, column, row, plain.getBytes(StandardCharsets.UTF_8));
    }

    /** {@link #open} of a text in UTF-8. */
    public String openText(String table, String column, UUID row, byte[] sealed) {
        return new String(open(table, column, row, sealed), StandardCharsets.UTF_8);
    }

    /** {@link #seal} of a value written as JSON. */
    public byte[] sealJson(String table, String column, UUID row, Object plain) {
        try {
            return seal(table, column, row, JSON.writeValueAsBytes(plain));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + plain.getClass(), e);
        }
    }

    /** {@link #sealJson}, brought to one of few sizes. */
    public byte[] sealPaddedJson(String table, String column, UUID row, Object plain) {
        try {
            return seal(table, column, row, Padding.pad(JSON.writeValueAsBytes(plain)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not writable as JSON: " + plain.getClass(), e);
        }
    }

    /** {@link #sealText}, brought to one of few sizes. */
    public byte[] sealPaddedText(String table, String column, UUID row, String plain) {
        return seal(table, column, row, Padding.pad(plain.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@link #open} of a text, padded or not. */
    public String openPaddedText(String table, String column, UUID row, byte[] sealed) {
        return new String(Padding.strip(open(table, column, row, sealed)), StandardCharsets.UTF_8);
    }

    /** {@link #open} of a value read from JSON, padded or not. */
    public <T> T openJson(String table, String column, UUID row, byte[] sealed, Class<T> type) {
        try {
            return JSON.readValue(Padding.strip(open(table, column, row, sealed)), type);
        } catch (IOException e) {
            // the cause would quote the field's content
            throw new IllegalStateException(table + "." + column + " does not hold a " + type.getSimpleName());
        }
    }

    /** A keyed fingerprint (32 bytes) to look a value up by; the same value has another one for another purpose. */
    public byte[] blindIndex(String purpose, String value) {
        return compute(keys.index(), purpose, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A keyed tag (32 bytes) over data that comes back to us, as cursors do. */
    public byte[] mac(String purpose, byte[] data) {
        return compute(keys.tags(), purpose, data);
    }

    /** Whether {@link #mac} gave this tag for this purpose and data. */
    public boolean verifyMac(String purpose, byte[] data, byte[] tag) {
        return MessageDigest.isEqual(mac(purpose, data), tag);
    }

    /** Signs with Ed25519; anyone can check it with {@link #publicKey}. */
    public Signature sign(byte[] data) {
        return keys.signer().sign(data);
    }

    /** The id of the key that {@link #sign} signs with. */
    public String signingKeyId() {
        return keys.signer().keyId();
    }

    /** Whether {@link #sign} gave this signature for this data, with a key that is still known. */
    public boolean verify(byte[] data, Signature signature) {
        return keys.signer().verify(data, signature);
    }

    /** The raw 32 bytes of the Ed25519 public key with this id; fails where there is none. */
    public byte[] publicKey(String keyId) {
        var key = keys.signer().publicKey(keyId);
        if (key == null) {
            throw new IllegalArgumentException("no key has the id " + keyId);
        }
        return key;
    }

    private static byte[] compute(Fingerprint keyed, String purpose, byte[] data) {
        try {
            return keyed.of(join(purpose.getBytes(StandardCharsets.UTF_8), data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] place(String table, String column, UUID row) {
        var id = ByteBuffer.allocate(16)
                .putLong(row.getMostSignificantBits())
                .putLong(row.getLeastSignificantBits())
                .array();
        return join(table.getBytes(StandardCharsets.UTF_8), column.getBytes(StandardCharsets.UTF_8), id);
    }

    /** Each part after its length, so that no two lists of parts give the same bytes. */
    private static byte[] join(byte[]... parts) {
        var length = 0;
        for (var part : parts) {
            length += Integer.BYTES + part.length;
        }
        var joined = ByteBuffer.allocate(length);
        for (var part : parts) {
            joined.putInt(part.length).put(part);
        }
        return joined.array();
    }
}
