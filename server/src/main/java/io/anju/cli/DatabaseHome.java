package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyFile;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The database to work on and the key that opens it: the operator's own, or an embedded one with a key beside it.
 *
 * @param keyFile none where a key management service is set
 * @param embedded none where the operator runs the database
 */
record DatabaseHome(
        DbAddress address, @Nullable Path keyFile, @Nullable EmbeddedDatabase embedded) implements AutoCloseable {
    private static final String DATABASE = "anju";

    static DatabaseHome open(Settings settings) {
        var address = settings.database().address();
        var keyFile = settings.keyFile();
        if (address != null) {
            return new DatabaseHome(address, keyFile, null);
        }
        var dataDir = settings.dataDir();
        var isFile = settings.crypto().kms() == null;
        var embedded = EmbeddedDatabase.start(dataDir);
        try {
            return new DatabaseHome(
                    embedded.database(DATABASE), isFile && keyFile == null ? ownKey(dataDir) : keyFile, embedded);
        } catch (RuntimeException e) {
            embedded.close();
            throw e;
        }
    }

    /** Whoever has only the database's files, a backup say, cannot read what is sealed: keep the key elsewhere. */
    private static Path ownKey(Path dataDir) {
        var file = dataDir.resolve("anju.key");
        if (Files.exists(file)) {
            return file;
        }
        try {
            KeyFile.create(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key file " + file, e);
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
