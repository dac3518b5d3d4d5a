package io.anju.platform.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Looks through every uploaded file before any operation sees it. */
public interface UploadScan {
    /** Where no scanner is set. */
    UploadScan NONE = content -> Future.succeededFuture();

    /** Refuses with {@code file-infected} what is known to be malicious; with {@code unavailable} where nobody can tell. */
    Future<Void> requireClean(Buffer content);
}
