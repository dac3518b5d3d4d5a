package io.anju.complaint;

import io.anju.platform.db.Sql;
import io.anju.platform.http.ResidentCaller;
import io.anju.publicity.QuotingComplaints.Quote;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists of {@code complaint.complaint} for whoever filed or joined them, and for who objected to a notice. */
final class OwnStore {
    private static final String LIST_OF_RESIDENT = ComplaintStore.COLUMNS + """
             WHERE c.id IN (SELECT id FROM complaint.complaint WHERE resident_id = $1
                             UNION ALL
                            SELECT complaint_id FROM complaint.supporter WHERE resident_id = $1)
               AND ($2::uuid IS NULL OR c.subject_id = $2)
               AND ($3::uuid IS NULL OR c.id < $3)
               AND ($5::uuid IS NULL OR c.filed_by = $5)
             ORDER BY c.id DESC
             LIMIT $4
            """;

    private static final String LIST_RELATED = ComplaintStore.COLUMNS + """
             WHERE c.resident_id = $1
               AND (c.subject_id = $2 OR c.objection_id = $3)
               AND c.id <> $4
             ORDER BY c.id DESC
             LIMIT 100
            """;

    /** Whoever objected need not be who filed: of reports nothing is told. */
    private static final String LIST_QUOTING = """
            SELECT number, state
              FROM complaint.complaint
             WHERE objection_id = $1 AND kind <> 'report'
             ORDER BY id DESC
             LIMIT 20
            """;

    /** A proxy finds what they filed themself, nothing else. */
    Future<List<Complaint>> list(
            Sql sql, ResidentCaller caller, @Nullable UUID subjectId, @Nullable UUID before, int limit) {
        return sql.list(
                LIST_OF_RESIDENT, ComplaintStore::complaint, caller.id(), subjectId, before, limit, caller.proxyId());
    }

    /** Others that the same resident filed about the same thing, or that quote the same objection. */
    Future<List<Complaint>> listRelated(Sql sql, UUID residentId, Complaint complaint) {
        var subject = complaint.subject();
        return sql.list(
                LIST_RELATED,
                ComplaintStore::complaint,
                residentId,
                subject == null ? null : subject.id(),
                complaint.objectionId(),
                complaint.id());
    }

    static Future<List<Quote>> quoting(Sql sql, UUID objectionId) {
        return sql.list(LIST_QUOTING, row -> new Quote(row.getString("number"), row.getString("state")), objectionId);
    }
}
