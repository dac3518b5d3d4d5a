package io.anju.complaint;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Complaints that wait for an answer, by what they are about; of reports nobody is told here. */
final class PendingStore {
    private static final String ABOUT_LEASES = """
            SELECT DISTINCT ON (subject_id) subject_id, id
              FROM complaint.complaint
             WHERE subject_type = 'lease' AND subject_id = ANY ($1::uuid[]) AND kind IN ('complaint', 'petition')
               AND state IN ('received', 'handling', 'in_review')
             ORDER BY subject_id, id
            """;

    private record Pending(UUID leaseId, UUID complaintId) {}

    /** The oldest one about each lease. */
    Future<Map<UUID, UUID>> aboutLeases(Sql sql, List<UUID> leases) {
        return sql.list(ABOUT_LEASES, row -> new Pending(row.getUUID("subject_id"), row.getUUID("id")), (Object)
                        leases.toArray(UUID[]::new))
                .map(found -> found.stream().collect(Collectors.toMap(Pending::leaseId, Pending::complaintId)));
    }
}
