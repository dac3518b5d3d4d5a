package io.anju.identity;

import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** Whoever waits for an account to be bound to a person. Another domain fills this, so that this one need not know it. */
@FunctionalInterface
public interface Bindings {
    /**
     * An account was bound a moment ago, in this transaction.
     *
     * @param person by the keyed fingerprint of the national ID
     */
    Future<Void> bound(Tx tx, Caller caller, UUID residentId, byte[] person, Instant now);
}
