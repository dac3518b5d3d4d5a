package io.anju.arrears;

import io.anju.lease.LeaseService;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.vertx.core.Future;
import java.util.UUID;

/** Keeps members of staff from the arrears of people close to them (回避). */
final class Impartial {
    private final LeaseService leases;
    private final Conflicts conflicts;

    Impartial(LeaseService leases, Conflicts conflicts) {
        this.leases = leases;
        this.conflicts = conflicts;
    }

    Future<Void> require(Tx tx, CityCaller caller, UUID leaseId) {
        return leases.persons(tx, leaseId).compose(persons -> conflicts.requireNone(tx, caller.id(), persons));
    }
}
