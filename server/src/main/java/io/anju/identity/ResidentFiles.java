package io.anju.identity;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** What other domains keep for a resident's account. They fill this, so that this domain need not know them. */
public interface ResidentFiles {
    /** Moves what was only begun from one account to another; gives whether nothing else was there. */
    Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now);
}
