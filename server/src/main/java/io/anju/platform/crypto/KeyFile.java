package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Locale;

/**
 * The one key that lives outside the database: it seals the keys inside it. The file is a keyset in Tink's JSON form, so
 * it can hold a new key beside those before it; the newest seals, all of them open.
 */
public final class KeyFile implements KeyEncryption {
    private static final String OWNER_ONLY = "rw-------";

    private final Aead keys;
    private final String name;

    private KeyFile(Aead keys, String name) {
        this.keys = keys;
        this.name = name;
    }

    /** Reads the file; fails where it holds no key. */
    public static KeyFile open(Path file) {
        try {
            var handle = parse(file);
            var newest = String.format(Locale.ROOT, "%08x", handle.getPrimary().getId());
            return new KeyFile(handle.getPrimitive(RegistryConfiguration.get(), Aead.class), "file:" + newest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key file " + file + " holds no key; see the command new-key", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + file + " cannot be read", e);
        }
    }

    @Override
    public Future<byte[]> seal(byte[] key, byte[] context) {
        try {
            return Future.succeededFuture(keys.encrypt(key, context));
        } catch (GeneralSecurityException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<byte[]> open(byte[] sealed, byte[] context) {
        try {
            return Future.succeededFuture(keys.decrypt(sealed, context));
        } catch (GeneralSecurityException e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Aead library() {
        return keys;
    }

    /** Writes a new key, readable by its owner alone; fails where the file is there already. */
    public static void create(Path file) throws IOException {
        var temporary = write(file, newKey());
        try {
            // a link, unlike a move, never replaces a key that another process has just made
            Files.createLink(file, temporary);
        } catch (UnsupportedOperationException e) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Adds a new key to the file, which seals from now on; those before it still open what they sealed. */
    public static void add(Path file) throws IOException {
        try {
            var more = KeysetHandle.newBuilder(parse(file))
                    .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                            .withRandomId()
                            .makePrimary())
                    .build();
            var text = TinkJsonProtoKeysetFormat.serializeKeyset(more, InsecureSecretKeyAccess.get());
            Files.move(write(file, text), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key file " + file + " holds no key; see the command new-key", e);
        }
    }

    private static Path write(Path file, String text) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, ownerOnly(file));
        Files.writeString(temporary, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        return temporary;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        return folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    private static String newKey() {
        try {
            AeadConfig.register();
            var handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeysetHandle parse(Path file) throws IOException, GeneralSecurityException {
        AeadConfig.register();
        return TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
    }
}
