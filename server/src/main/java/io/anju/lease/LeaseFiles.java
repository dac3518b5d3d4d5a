package io.anju.lease;

import io.anju.identity.Held;
import io.anju.identity.NationalId;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** The leases of which a resident is or was a party. Parties are persons, so an account of nobody known has none. */
public final class LeaseFiles implements ResidentFiles {
    private final Vault vault;
    private final LeaseFileStore store = new LeaseFileStore();

    public LeaseFiles(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Set<String> tables() {
        return Set.of("lease.lease", "lease.party", "lease.terms");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        var person = owner.person();
        if (person == null) {
            return Future.succeededFuture(List.of());
        }
        var index =
                vault.blindIndex(NationalId.INDEX_PURPOSE, person.nationalId().value());
        return Future.all(store.leases(sql, index), store.parties(sql, index), store.terms(sql, index))
                .map(read -> List.of(
                        new Held("leases", read.resultAt(0)),
                        new Held("lease-parties", read.resultAt(1)),
                        new Held("lease-terms", read.resultAt(2))));
    }
}
