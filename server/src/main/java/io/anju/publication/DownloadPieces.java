package io.anju.publication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.anju.platform.http.Turns;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Pieces of downloads that are kept ready. What was published never changes, and on the day of a publication everybody
 * wants the same: a piece is read and written out once, however many wait for it, and all of them are sent the same bytes.
 */
final class DownloadPieces {
    /** Of some 250 KiB each; a list of 100 000 households has less than a hundred. */
    private static final int KEPT = 128;

    /** Read from the database at once, for lists that are longer than what is kept; never refused, as answers have begun. */
    private static final int READS_AT_ONCE = 16;

    /** A client that is sent nothing for so long hangs up anyhow. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** As long as a statement may take. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(10);

    /** A publication never changes, so a piece may be read as often as it takes; with all its tries it is there in time. */
    private static final int TRIES = 3;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final Vertx vertx;
    private final Turns turns = new Turns(new Turns.Limits(READS_AT_ONCE, Integer.MAX_VALUE, PATIENCE, LONGEST_READ));
    private final Cache<Key, Future<Buffer>> pieces =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    DownloadPieces(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Key(UUID publicationId, Form form, int after) {}

    /**
     * The piece behind so many rows.
     *
     * @param read makes it, where nobody has
     */
    Future<Buffer> piece(Publication publication, Form form, int after, Supplier<Future<Buffer>> read) {
        var key = new Key(publication.id(), form, after);
        var isMine = new AtomicBoolean();
        var kept = pieces.get(key, absent -> {
            isMine.set(true);
            return read(read, TRIES);
        });
        if (kept.succeeded()) {
            return Future.succeededFuture(kept.result().slice());
        }
        if (kept.failed() && !isMine.get()) {
            return again(key, read);
        }
        kept.onFailure(failure -> pieces.asMap().remove(key, kept));
        return here(kept).map(Buffer::slice);
    }

    /** It failed for somebody else; each tries for itself, and nobody is told of another's fault for ever. */
    private Future<Buffer> again(Key key, Supplier<Future<Buffer>> read) {
        pieces.invalidate(key);
        return read(read, TRIES);
    }

    /** An answer that has begun cannot be refused any more: what passes by itself is waited for, each time in a turn of its own. */
    private Future<Buffer> read(Supplier<Future<Buffer>> read, int tries) {
        return turns.take(read)
                .recover(failure -> tries > 1 && isPassing(failure)
                        ? vertx.timer(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)
                                .compose(waited -> read(read, tries - 1))
                        : Future.failedFuture(failure));
    }

    /** A statement that took too long, a connection that broke, a database that is about to start again. */
    private static boolean isPassing(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code() == PlatformProblem.UNAVAILABLE;
    }

    /** What is waited for may come on another's event loop: the answer goes on on its own. */
    private static Future<Buffer> here(Future<Buffer> shared) {
        var home = Vertx.currentContext();
        if (home == null) {
            return shared;
        }
        Promise<Buffer> mine = Promise.promise();
        shared.onComplete(result -> home.runOnContext(now -> mine.handle(result)));
        return mine.future();
    }
}
