package io.anju.platform.crypto;

import com.google.crypto.tink.Aead;
import io.anju.platform.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the key lies that seals all other keys, and how it is asked: a file, or a key management service. */
public interface KeyEncryption {
    /** Seals a key; it opens with the same context only. */
    Future<byte[]> seal(byte[] key, byte[] context);

    /** Opens what {@link #seal} gave; fails where it was altered, or sealed elsewhere. */
    Future<byte[]> open(byte[] sealed, byte[] context);

    /** Where the key lies, as operators read it. Holds no secret. */
    String name();

    /** For keysets of a database's first days, which the library sealed itself; a service has none of them. */
    default Aead library() {
        throw new IllegalStateException("the keysets of this database were sealed with a key file: move them first,"
                + " with anju rotate-keys kek --from-key-file");
    }

    /** The service that the settings name, or else the file. */
    static KeyEncryption of(Vertx vertx, Settings settings, @Nullable Path keyFile) {
        var service = settings.crypto().kms();
        if (service != null) {
            return new TransitClient(vertx, service);
        }
        if (keyFile == null) {
            throw new IllegalArgumentException("neither a key file nor a key management service is set");
        }
        return KeyFile.open(keyFile);
    }
}
