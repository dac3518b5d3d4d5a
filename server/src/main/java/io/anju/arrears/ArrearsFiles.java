package io.anju.arrears;

import static io.anju.platform.db.Columns.bytes;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is kept of a resident who was in arrears. Money's papers are kept by law, so nothing of it is erased. */
public final class ArrearsFiles implements ResidentFiles {
    private final Vault vault;
    private final ArrearsFileStore store = new ArrearsFileStore();

    public ArrearsFiles(Vault vault) {
        this.vault = vault;
    }

    @Override
    public Set<String> tables() {
        return Set.of("arrears.request");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return store.requests(
                        sql,
                        owner.id(),
                        (row, node) -> node.put(
                                "reason",
                                vault.openText(
                                        HardshipStore.TABLE,
                                        HardshipStore.REASON,
                                        row.getUUID("requestId"),
                                        bytes(row, HardshipStore.REASON))))
                .map(requests -> List.of(new Held("arrears-requests", requests)));
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return store.isWaiting(tx, residentId).map(waiting -> waiting ? List.of("arrears-requests") : List.of());
    }
}
