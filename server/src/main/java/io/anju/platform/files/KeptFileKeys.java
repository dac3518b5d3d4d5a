package io.anju.platform.files;

import io.anju.platform.crypto.Vault;
import io.anju.platform.rotation.SealedFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bytes of documents, for whoever replaces keys. A reader meets the old file or the new one, and opens either. */
final class KeptFileKeys implements SealedFiles {
    private static final Duration COARSE = Duration.ofDays(2);

    private final Vertx vertx;
    private final Vault vault;
    private final FileStore files;
    private final KeptFileStore store;
    private final String table;

    KeptFileKeys(Vertx vertx, Vault vault, FileStore files, KeptFileStore store, String table) {
        this.vertx = vertx;
        this.vault = vault;
        this.files = files;
        this.store = store;
        this.table = table;
    }

    @Override
    public String name() {
        return "files:" + table;
    }

    /** Some files say the day alone, and wait for another before they are named: so the time is taken generously. */
    @Override
    public Future<List<UUID>> list(@Nullable UUID after, Instant since, int limit) {
        return store.listIds(after, since.minus(COARSE), limit);
    }

    @Override
    public Future<Boolean> reseal(UUID id) {
        return store.fileKey(id).compose(key -> key.isEmpty() ? Future.succeededFuture(false) : reseal(id, key.get()));
    }

    Future<Boolean> reseal(UUID id, String key) {
        return files.get(key)
                .compose(bytes -> vertx.executeBlocking(() -> resealed(id, bytes.getBytes()), false))
                .compose(changed -> changed.isEmpty()
                        ? Future.succeededFuture(false)
                        : files.put(key, changed.get()).map(true));
    }

    private Optional<Buffer> resealed(UUID id, byte[] sealed) {
        return vault.isCurrent(sealed)
                ? Optional.empty()
                : Optional.of(Buffer.buffer(vault.reseal(table, KeptFiles.CONTENT, id, sealed)));
    }
}
