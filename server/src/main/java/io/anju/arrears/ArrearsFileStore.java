package io.anju.arrears;

import static io.anju.platform.db.Columns.bytes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** Requests as whoever asked may take them along. */
final class ArrearsFileStore {
    private static final String REQUESTS = """
            SELECT request_id AS "requestId", lease_id AS "leaseId", kind, sealed_reason, until_date AS "until", instalments,
                   state, asked_on AS "askedOn", decided_on AS "decidedOn", decision
              FROM arrears.request
             WHERE resident_id = $1
             ORDER BY request_id
             LIMIT 1000
            """;

    private static final String WAITING = """
            SELECT EXISTS (SELECT FROM arrears.request WHERE resident_id = $1 AND state = 'asked') AS waiting
            """;

    private final Vault vault;

    ArrearsFileStore(Vault vault) {
        this.vault = vault;
    }

    Future<List<ObjectNode>> requests(Sql sql, UUID residentId) {
        return HeldRows.list(sql, REQUESTS, this::addReason, residentId);
    }

    private void addReason(Row row, ObjectNode node) {
        var sealed = bytes(row, HardshipStore.REASON);
        node.put("reason", vault.openText(HardshipStore.TABLE, HardshipStore.REASON, row.getUUID("requestId"), sealed));
    }

    Future<Boolean> isWaiting(Sql sql, UUID residentId) {
        return sql.find(WAITING, row -> row.getBoolean("waiting"), residentId).map(found -> found.orElse(false));
    }
}
