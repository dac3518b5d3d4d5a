package io.anju.rights;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a resident asked about their own data, and the records of their account. */
public final class RightsFiles implements ResidentFiles {
    private final ExportStore exports;

    public RightsFiles(Vault vault) {
        this.exports = new ExportStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("rights.export", "platform.audit");
    }

    /** Copies go with the account; records of what was done stay, because they are everybody's proof. */
    @Override
    public Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return exports.erase(tx, residentId);
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("records", "records");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return Future.all(exports.listOf(sql, owner.id()), exports.records(sql, owner.id()))
                .map(read -> List.of(new Held("data-copies", read.resultAt(0)), new Held("records", read.resultAt(1))));
    }
}
