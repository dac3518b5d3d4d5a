package io.anju.application;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;

/**
 * Mends drafts that were begun in the moment in which their account was joined to another, or ended: they go to the
 * account that stands, or are erased.
 */
final class OrphanedDrafts {
    private static final int BATCH = 200;

    private final Db db;
    private final OwnFileStore store = new OwnFileStore();

    OrphanedDrafts(Db db) {
        this.db = db;
    }

    /** Gives how many accounts had some. */
    Future<Integer> mend(Instant now) {
        return store.orphaned(db, BATCH).compose(found -> {
            Future<Integer> mended = Future.succeededFuture(0);
            for (var orphan : new HashSet<>(found)) {
                mended = mended.compose(
                        count -> db.inTransaction(tx -> mend(tx, orphan, now)).map(done -> count + 1));
            }
            return mended;
        });
    }

    private Future<Integer> mend(Tx tx, OwnFileStore.Orphan orphan, Instant now) {
        var mergedInto = orphan.mergedInto();
        return mergedInto == null
                ? store.eraseDrafts(tx, orphan.residentId(), now)
                : store.handOverDrafts(tx, orphan.residentId(), mergedInto, now);
    }
}
