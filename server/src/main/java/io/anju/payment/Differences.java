package io.anju.payment;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;

/** Where differences are kept until somebody has said what became of them. Implemented by the room that reconciles. */
public interface Differences {
    /** Opens one for one fact, however often the channel tells it. */
    Future<Void> raise(Tx tx, Difference difference, Instant now);
}
