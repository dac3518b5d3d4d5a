package io.anju.review;

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

/** Tasks and decisions as the household may take them along: offices are named, officials are not. */
final class ReviewFileStore {
    private static final String TASKS = """
            SELECT application_id AS "applicationId", step_id AS "stepId", kind, office_level AS "officeLevel", state,
                   first_reasons AS "firstReasons", opened_at AS "openedAt", due_on AS "dueOn", ended_at AS "endedAt"
              FROM review.task
             WHERE application_id = ANY ($1::uuid[])
             ORDER BY id
             LIMIT 10000
            """;

    private static final String DECISIONS = """
            SELECT t.application_id AS "applicationId", t.step_id AS "stepId", d.id AS "decisionId", d.verdict,
                   d.reason_codes AS "reasonCodes", d.office_name AS office, d.policy_digest AS "policyDigest",
                   d.facts_digest AS "factsDigest", d.decided_at AS "decidedAt", d.note, d.basis_sealed
              FROM review.task t
              JOIN review.decision d ON d.task_id = t.id
             WHERE t.application_id = ANY ($1::uuid[])
             ORDER BY d.decided_at, d.id
             LIMIT 10000
            """;

    private final Vault vault;

    ReviewFileStore(Vault vault) {
        this.vault = vault;
    }

    Future<List<ObjectNode>> tasks(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, TASKS, (Object) applicationIds);
    }

    Future<List<ObjectNode>> decisions(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, DECISIONS, this::open, (Object) applicationIds);
    }

    private void open(Row row, ObjectNode node) {
        var id = row.getUUID("decisionId");
        Columns.findBytes(row, "note")
                .ifPresent(
                        note -> node.put("note", vault.openText(DecisionStore.TABLE, DecisionStore.COLUMN, id, note)));
        Columns.findBytes(row, DecisionStore.BASIS).ifPresent(bytes -> {
            var basis = vault.openJson(DecisionStore.TABLE, DecisionStore.BASIS, id, bytes, RuleBasis.class);
            node.put("asOf", basis.asOf().toString());
            node.put("score", basis.score().toPlainString());
            node.set("refusingRules", Json.mapper().valueToTree(basis.refusing()));
            node.set("facts", Json.mapper().valueToTree(basis.facts().sums()));
        });
    }
}
