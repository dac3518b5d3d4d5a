package io.anju.lease;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;

/** Does what follows on a change of a lease, in the same transaction. Leases know nothing of who bills them. */
public interface LeaseFollower {
    enum Change {
        SIGNED,
        TENANT_CHANGED,
        TERMS_CHANGED,
        /** The contract's last day is set and still to come. */
        END_ANNOUNCED,
        /** The contract is over; the home may have been given back with it. */
        ENDED,
        RETURNED,
        WITHDRAWN
    }

    /** @param file after the change */
    Future<Void> follow(Tx tx, LeaseFile file, Change change, Instant now);
}
