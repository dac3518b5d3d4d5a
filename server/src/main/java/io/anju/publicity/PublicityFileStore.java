package io.anju.publicity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** Lines of notices and objections to them, as the household may take them along. */
final class PublicityFileStore {
    private static final String WAITING = """
            SELECT application_id AS "applicationId", office_level AS "officeLevel", step_id AS "stepId", days,
                   entered_at AS "enteredAt"
              FROM publicity.waiting
             WHERE application_id = ANY ($1::uuid[])
             LIMIT 1000
            """;

    private static final String LINES = """
            SELECT l.application_id AS "applicationId", n.office_name AS office, n.starts_on AS "startsOn",
                   n.ends_on AS "endsOn", l.receipt_number AS "receiptNumber", l.masked_name AS "maskedName",
                   l.household_size AS "householdSize", l.district_zh AS district, l.category, l.score, l.outcome,
                   l.settled_at AS "settledAt"
              FROM publicity.line l
              JOIN publicity.notice n ON n.id = l.notice_id
             WHERE l.application_id = ANY ($1::uuid[])
             ORDER BY n.id
             LIMIT 1000
            """;

    private static final String OBJECTIONS = """
            SELECT id AS "objectionId", application_id AS "applicationId", state, received_at AS "receivedAt",
                   decided_at AS "decidedAt", answer
              FROM publicity.objection
             WHERE application_id = ANY ($1::uuid[])
             ORDER BY id
             LIMIT 1000
            """;

    private final Vault vault;

    PublicityFileStore(Vault vault) {
        this.vault = vault;
    }

    Future<List<ObjectNode>> waiting(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, WAITING, (Object) applicationIds);
    }

    Future<List<ObjectNode>> lines(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, LINES, (Object) applicationIds);
    }

    /** That there was an objection and how it ended; what was written belongs to whoever wrote it. */
    Future<List<ObjectNode>> objections(Sql sql, UUID... applicationIds) {
        return HeldRows.list(sql, OBJECTIONS, this::open, (Object) applicationIds);
    }

    private void open(Row row, ObjectNode node) {
        Columns.findBytes(row, ObjectionStore.ANSWER)
                .ifPresent(answer -> node.put(
                        "answer",
                        vault.openText(
                                ObjectionStore.TABLE, ObjectionStore.ANSWER, row.getUUID("objectionId"), answer)));
    }
}
