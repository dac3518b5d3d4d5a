package io.anju.rent;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The bills of the leases that a resident signed: vouchers, which are kept by law. */
public final class RentFiles implements ResidentFiles {
    private final LeaseService leases;
    private final RentFileStore store = new RentFileStore();

    public RentFiles(LeaseService leases) {
        this.leases = leases;
    }

    @Override
    public Set<String> tables() {
        return Set.of("rent.bill");
    }

    /** Neither a debt nor money that is owed to the resident is left behind. */
    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return leases.heldBy(tx, residentId)
                .compose(held -> Future.all(store.hasDue(tx, held), store.hasCredit(tx, held)))
                .map(read -> {
                    var goingOn = new ArrayList<String>();
                    if (read.<Boolean>resultAt(0)) {
                        goingOn.add("bills");
                    }
                    if (read.<Boolean>resultAt(1)) {
                        goingOn.add("credits");
                    }
                    return List.copyOf(goingOn);
                });
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("bills", "accounts");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return leases.tenancies(sql, owner)
                .compose(own -> store.bills(sql, own))
                .map(rows -> List.of(new Held("bills", rows)));
    }
}
