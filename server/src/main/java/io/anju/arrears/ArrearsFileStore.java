package io.anju.arrears;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

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

    Future<List<ObjectNode>> requests(Sql sql, UUID residentId, BiConsumer<Row, ObjectNode> more) {
        return HeldRows.list(sql, REQUESTS, more, residentId);
    }

    Future<Boolean> isWaiting(Sql sql, UUID residentId) {
        return sql.find(WAITING, row -> row.getBoolean("waiting"), residentId).map(found -> found.orElse(false));
    }
}
