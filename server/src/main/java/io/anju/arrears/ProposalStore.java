package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;

import io.anju.arrears.Proposal.Kind;
import io.anju.arrears.Proposal.State;
import io.anju.lease.Tenancy;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.Text;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of proposals. */
final class ProposalStore {
    private static final String SELECT = """
            SELECT p.proposal_id, p.case_id, p.lease_id, c.tenant_from, p.city_code, p.kind, p.state, p.proposed_on, p.text_zh,
                   p.text_en, p.endorsed_by, p.decided_on, p.decision, p.file::text AS file, p.withdrawn_on
              FROM arrears.proposal p
              JOIN arrears.arrears_case c USING (case_id)
            """;

    private static Proposal proposal(Row row) {
        return new Proposal(
                row.getUUID("proposal_id"),
                row.getUUID("case_id"),
                row.getUUID("lease_id"),
                row.getLocalDate("tenant_from"),
                row.getString("city_code"),
                ArrearsCase.of(Kind.class, row.getString("kind")),
                ArrearsCase.of(State.class, row.getString("state")),
                row.getLocalDate("proposed_on"),
                new Text(row.getString("text_zh"), row.getString("text_en")),
                row.getUUID("endorsed_by"),
                row.getLocalDate("decided_on"),
                row.getString("decision"),
                row.getString("file"),
                row.getLocalDate("withdrawn_on"));
    }

    private static final String FIND = SELECT + " WHERE p.proposal_id = $1";

    Future<Optional<Proposal>> find(Sql sql, UUID proposalId) {
        return sql.find(FIND, ProposalStore::proposal, proposalId);
    }

    private static final String LOCK = SELECT + " WHERE p.proposal_id = $1 FOR UPDATE OF p";

    Future<Optional<Proposal>> lock(Tx tx, UUID proposalId) {
        return tx.find(LOCK, ProposalStore::proposal, proposalId);
    }

    private static final String OF_TENANCY = SELECT + """
             WHERE p.lease_id = $1 AND c.tenant_from = $2
             ORDER BY p.proposal_id DESC
             LIMIT 100
            """;

    Future<List<Proposal>> of(Sql sql, Tenancy tenancy) {
        return sql.list(OF_TENANCY, ProposalStore::proposal, tenancy.leaseId(), tenancy.from());
    }

    private static final String OF_CASES = SELECT + " WHERE p.case_id = ANY ($1::uuid[]) ORDER BY p.proposal_id";

    Future<List<Proposal>> ofCases(Sql sql, List<UUID> cases) {
        return sql.list(OF_CASES, ProposalStore::proposal, (Object) cases.toArray(UUID[]::new));
    }

    private static final String ENDORSE = """
            UPDATE arrears.proposal
               SET state = 'endorsed', endorsed_by = $2
             WHERE proposal_id = $1 AND state = 'proposed'
            """;

    Future<Void> endorse(Tx tx, UUID proposalId, UUID by) {
        return tx.execute(ENDORSE, proposalId, by).mapEmpty();
    }

    private static final String DECIDE = """
            UPDATE arrears.proposal
               SET state = $2, decided_by = $3, decided_on = $4, decision = $5, file = $6::text::jsonb
             WHERE proposal_id = $1 AND state IN ('proposed', 'endorsed')
            """;

    Future<Void> decide(
            Tx tx, UUID proposalId, State state, UUID by, LocalDate on, String decision, @Nullable String file) {
        return tx.execute(DECIDE, proposalId, id(state), by, on, decision, file).mapEmpty();
    }
}
