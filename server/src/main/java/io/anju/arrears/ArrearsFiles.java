package io.anju.arrears;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is kept of a resident who was in arrears. Money's papers are kept by law, so nothing of it is erased. */
public final class ArrearsFiles implements ResidentFiles {
    private static final String REQUESTS = "arrears-requests";

    private final ArrearsFileStore store;

    public ArrearsFiles(Vault vault) {
        this.store = new ArrearsFileStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("arrears.request");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of(REQUESTS, REQUESTS);
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return store.requests(sql, owner.id()).map(requests -> List.of(new Held(REQUESTS, requests)));
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return store.isWaiting(tx, residentId).map(waiting -> waiting ? List.of(REQUESTS) : List.of());
    }
}
