package io.anju.lease;

import io.anju.identity.Held;
import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The leases of which a resident is or was a party. Parties are persons, so an account of nobody known has none. */
public final class LeaseFiles implements ResidentFiles {
    private final IdentityService identity;
    private final LeaseFileStore store = new LeaseFileStore();

    public LeaseFiles(IdentityService identity) {
        this.identity = identity;
    }

    @Override
    public Set<String> tables() {
        return Set.of("lease.lease", "lease.party", "lease.terms");
    }

    /** Whoever lives in a home is told by this account what concerns it, until it has been given back. */
    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return identity.resident(tx, residentId).compose(owner -> {
            var person = owner.person();
            return person == null
                    ? Future.succeededFuture(List.of())
                    : store.isHeld(tx, identity.personIndex(person.nationalId()))
                            .map(held -> held ? List.of("leases") : List.of());
        });
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("leases", "leases", "lease-parties", "leases", "lease-terms", "leases");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        var person = owner.person();
        if (person == null) {
            return Future.succeededFuture(List.of());
        }
        var index = identity.personIndex(person.nationalId());
        return Future.all(store.leases(sql, index), store.parties(sql, index), store.terms(sql, index))
                .map(read -> List.of(
                        new Held("leases", read.resultAt(0)),
                        new Held("lease-parties", read.resultAt(1)),
                        new Held("lease-terms", read.resultAt(2))));
    }
}
