package io.anju.arrears;

import io.anju.lease.LeaseService;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.UUID;

/** Keeps members of staff from the arrears of people close to them (回避). */
final class Impartial {
    private final LeaseService leases;
    private final Conflicts conflicts;

    Impartial(LeaseService leases, Conflicts conflicts) {
        this.leases = leases;
        this.conflicts = conflicts;
    }

    /** @param day of the tenancy whose arrears they are: who had the home before or after does not matter */
    Future<Void> require(Tx tx, CityCaller caller, UUID leaseId, LocalDate day) {
        return leases.personsOn(tx, leaseId, day).compose(persons -> conflicts.requireNone(tx, caller.id(), persons));
    }
}
