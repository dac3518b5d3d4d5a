package io.anju.complaint;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Complaints that wait for an answer, by what they are about; of reports nobody is told here. */
final class PendingStore {
    private static final String ABOUT_LEASES = """
            SELECT subject_id, id, resident_id
              FROM complaint.complaint
             WHERE subject_type = 'lease' AND subject_id = ANY ($1::uuid[]) AND kind IN ('complaint', 'petition')
               AND state IN ('received', 'handling', 'in_review')
             ORDER BY subject_id, id
            """;

    /** The oldest first for each lease. */
    Future<List<PendingAboutLease>> aboutLeases(Sql sql, List<UUID> leases) {
        return sql.list(
                ABOUT_LEASES,
                row -> new PendingAboutLease(row.getUUID("subject_id"), row.getUUID("id"), row.getUUID("resident_id")),
                (Object) leases.toArray(UUID[]::new));
    }
}
