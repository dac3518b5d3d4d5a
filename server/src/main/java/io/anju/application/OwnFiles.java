package io.anju.application;

import io.anju.identity.ResidentFiles;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** What this domain keeps for a resident's account, for when something happens to the account as a whole. */
final class OwnFiles implements ResidentFiles {
    private final OwnFileStore store = new OwnFileStore();

    @Override
    public Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return store.handOverDrafts(tx, from, to, now)
                .compose(moved -> store.hasAny(tx, from))
                .map(left -> !left);
    }
}
