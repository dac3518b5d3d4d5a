package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;

import io.anju.arrears.Proposal.Kind;
import io.anju.arrears.Proposal.State;
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
            SELECT proposal_id, case_id, lease_id, city_code, kind, state, proposed_on, text_zh, text_en, endorsed_by,
                   decided_on, decision, file::text AS file, withdrawn_on
              FROM arrears.proposal
            """;

    private static Proposal proposal(Row row) {
        return new Proposal(
                row.getUUID("proposal_id"),
                row.getUUID("case_id"),
                row.getUUID("lease_id"),
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

    private static final String FIND = SELECT + " WHERE proposal_id = $1";

    Future<Optional<Proposal>> find(Sql sql, UUID proposalId) {
        return sql.find(FIND, ProposalStore::proposal, proposalId);
    }

    private static final String LOCK = SELECT + " WHERE proposal_id = $1 FOR UPDATE";

    Future<Optional<Proposal>> lock(Tx tx, UUID proposalId) {
        return tx.find(LOCK, ProposalStore::proposal, proposalId);
    }

    private static final String OF_LEASE = SELECT + " WHERE lease_id = $1 ORDER BY proposal_id DESC LIMIT 100";

    Future<List<Proposal>> ofLease(Sql sql, UUID leaseId) {
        return sql.list(OF_LEASE, ProposalStore::proposal, leaseId);
    }

    private static final String OF_CASES = SELECT + " WHERE case_id = ANY ($1::uuid[]) ORDER BY proposal_id";

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
