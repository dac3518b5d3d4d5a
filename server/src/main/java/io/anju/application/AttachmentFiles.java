package io.anju.application;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.files.FileStore;
import io.anju.platform.rotation.SealedFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bytes of documents, for whoever replaces keys. A reader meets the old file or the new one, and opens either. */
final class AttachmentFiles implements SealedFiles {
    private final Vertx vertx;
    private final Db db;
    private final Vault vault;
    private final FileStore files;
    private final AttachmentStore store;

    AttachmentFiles(Vertx vertx, Db db, Vault vault, FileStore files) {
        this.vertx = vertx;
        this.db = db;
        this.vault = vault;
        this.files = files;
        this.store = new AttachmentStore(vault);
    }

    @Override
    public String name() {
        return "files:application.attachment";
    }

    @Override
    public Future<List<UUID>> list(@Nullable UUID after, Instant since, int limit) {
        return store.listIds(db, after, since, limit);
    }

    @Override
    public Future<Boolean> reseal(UUID id) {
        return store.fileKey(db, id)
                .compose(key -> key.isEmpty() ? Future.succeededFuture(false) : reseal(id, key.get()));
    }

    private Future<Boolean> reseal(UUID id, String key) {
        return files.get(key)
                .compose(bytes -> vertx.executeBlocking(() -> resealed(id, bytes.getBytes()), false))
                .compose(changed -> changed.isEmpty()
                        ? Future.succeededFuture(false)
                        : files.put(key, changed.get()).map(true));
    }

    private Optional<Buffer> resealed(UUID id, byte[] sealed) {
        return vault.isCurrent(sealed)
                ? Optional.empty()
                : Optional.of(Buffer.buffer(
                        vault.reseal(AttachmentService.CONTENT_TABLE, AttachmentService.CONTENT, id, sealed)));
    }
}
