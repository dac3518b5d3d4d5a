package io.anju.platform.files;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/**
 * Keeps bytes under a key. What is put is sealed by the caller; the store never sees content in clear.
 *
 * <p>Keys are made by the program from letters, digits, hyphens and slashes, never from what a client named a file. A
 * store that cannot be reached answers {@code unavailable} (503).
 */
public interface FileStore {
    /** Keeps the bytes; on success they survive a crash of this process. Putting the same key again replaces them. */
    Future<Void> put(String key, Buffer bytes);

    /** Gives the bytes; fails where there are none under the key. */
    Future<Buffer> get(String key);

    /** Removes the bytes; a key that is not there is no failure. */
    Future<Void> delete(String key);

    /** Closes connections. */
    default void close() {}

    /** The store that the settings name. */
    static FileStore of(Vertx vertx, io.anju.platform.config.Settings.Attachments settings) {
        var s3 = settings.s3();
        return s3 == null ? new FolderFiles(vertx, settings.folder()) : new S3Files(vertx, s3);
    }
}
