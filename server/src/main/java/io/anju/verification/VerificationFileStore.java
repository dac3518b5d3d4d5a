package io.anju.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.http.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** Requests and answers as the household may take them along. */
final class VerificationFileStore {
    private static final String REQUESTS = """
            SELECT id AS "requestId", application_id AS "applicationId", agency, fact, required,
                   requested_at AS "requestedAt", closed_at AS "closedAt"
              FROM verification.request
             WHERE application_id = ANY ($1::uuid[])
             ORDER BY id
             LIMIT 10000
            """;

    private static final String ANSWERS = """
            SELECT r.application_id AS "applicationId", r.agency, r.fact, a.id AS "answerId", a.number, a.result,
                   a.overridden, a.as_of AS "asOf", a.source, a.answered_at AS "answeredAt", a.content
              FROM verification.request r
              JOIN verification.answer a ON a.request_id = r.id
             WHERE r.application_id = ANY ($1::uuid[])
             ORDER BY a.answered_at, a.id
             LIMIT 10000
            """;

    private final Vault vault;

    VerificationFileStore(Vault vault) {
        this.vault = vault;
    }

    Future<List<ObjectNode>> requests(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, REQUESTS, (Object) applicationIds);
    }

    Future<List<ObjectNode>> answers(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, ANSWERS, this::open, (Object) applicationIds);
    }

    private void open(Row row, ObjectNode node) {
        var sealed = Columns.bytes(row, VerificationStore.COLUMN);
        node.setAll(Json.mapper()
                .<ObjectNode>valueToTree(vault.openJson(
                        VerificationStore.TABLE,
                        VerificationStore.COLUMN,
                        row.getUUID("answerId"),
                        sealed,
                        Answer.Content.class)));
    }
}
