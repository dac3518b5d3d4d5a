package io.anju.platform.files;

import io.anju.platform.crypto.Sha256;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.rotation.SealedFiles;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/**
 * Files that people hand in: recognised, sealed and kept. The bytes are stored before the row that names them, and noted
 * as loose before that: a crash in between leaves a note by which they are found and removed.
 */
public final class KeptFiles {
    /** What the bytes are bound to, beside table and id. */
    static final String CONTENT = "content";

    /** To look into a file takes memory: few are looked into at a time, and everybody else's work goes on meanwhile. */
    private static final int RECOGNISERS = 2;

    private static final int SWEEP_BATCH = 200;
    private static final Duration LOOSE_FOR = Duration.ofDays(1);

    private final Vertx vertx;
    private final WorkerExecutor recognisers;
    private final Vault vault;
    private final FileStore files;
    private final KeptFileStore store;
    private final String table;

    /** @param schema whose {@code attachment} rows name the files (what is sealed is bound to them), with its loose ones */
    public KeptFiles(Vertx vertx, Vault vault, FileStore files, Sql db, String schema) {
        this.vertx = vertx;
        this.recognisers = vertx.createSharedWorkerExecutor("anju-recognise-files", RECOGNISERS);
        this.vault = vault;
        this.files = files;
        this.store = new KeptFileStore(db, schema);
        this.table = schema + ".attachment";
    }

    /** What a file turned out to be; its bytes may differ from those that came. */
    public record Recognised(String mediaType, byte[] bytes) {}

    /** A file whose bytes are kept. */
    public record Kept(UUID id, String mediaType, long sizeBytes, String sha256, String fileKey, Instant at) {}

    /** Recognises, seals and stores; {@code recognise} runs in worker code and may refuse. */
    public Future<Kept> keep(Buffer content, Function<byte[], Recognised> recognise, Instant now) {
        return keep(content, recognise, now, now);
    }

    /**
     * As {@link #keep(Buffer, Function, Instant)}, for a file that must not tell when it came.
     *
     * @param at what is kept as its time, inside of ids too
     * @param loose since when it counts as loose, not before now
     */
    public Future<Kept> keep(Buffer content, Function<byte[], Recognised> recognise, Instant at, Instant loose) {
        return recognisers
                .executeBlocking(() -> recognise.apply(content.getBytes()), false)
                .compose(recognised -> keep(recognised, at, loose));
    }

    private Future<Kept> keep(Recognised file, Instant at, Instant loose) {
        var id = Ids.next(at);
        var date = Shanghai.date(at);
        var key = "%d/%02d/%s".formatted(date.getYear(), date.getMonthValue(), id);
        var bytes = file.bytes();
        return store.note(key, loose)
                .compose(noted ->
                        vertx.executeBlocking(() -> Buffer.buffer(vault.seal(table, CONTENT, id, bytes)), false))
                .compose(content -> files.put(key, content))
                .compose(stored -> vertx.executeBlocking(() -> Sha256.hex(bytes), false))
                .map(digest -> new Kept(id, file.mediaType(), bytes.length, digest, key, at));
    }

    /** Gives the bytes of a file whose row was found. */
    public Future<Buffer> open(UUID id, String fileKey) {
        return files.get(fileKey)
                .compose(kept -> vertx.executeBlocking(
                        () -> Buffer.buffer(vault.open(table, CONTENT, id, kept.getBytes())), false));
    }

    /** Seals a file again that no row of attachments names yet; gives whether its key was not the one that seals now. */
    public Future<Boolean> reseal(UUID id, String fileKey) {
        return new KeptFileKeys(vertx, vault, files, store, table).reseal(id, fileKey);
    }

    /** The files, for whoever replaces keys. */
    public SealedFiles underKeys() {
        return new KeptFileKeys(vertx, vault, files, store, table);
    }

    /** Removes bytes that have been loose for a day; gives how many. */
    public Future<Integer> sweep(Instant now) {
        return store.listNotedBefore(now.minus(LOOSE_FOR), SWEEP_BATCH).compose(keys -> {
            Future<Void> removed = Future.succeededFuture();
            for (String key : keys) {
                removed = removed.compose(before -> files.delete(key)).compose(gone -> store.forget(key));
            }
            return removed.map(keys.size());
        });
    }
}
