package io.anju.policy;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.policy.PolicyProposal.Decision;
import io.anju.policy.PolicyProposal.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code policy.proposal}. */
final class ProposalStore {
    static {
        SqlErrors.constraint("proposal_waits_once", PolicyProblem.PROPOSAL_WAITS_ALREADY);
        SqlErrors.constraint("proposal_needs_a_second_person", PolicyProblem.SECOND_PERSON_REQUIRED);
    }

    private static final String INSERT = """
            INSERT INTO policy.proposal
                   (proposal_id, digest, city_code, programme, version, effective, content, written, reason, proposed_by,
                    proposer_office, proposed_at)
            VALUES ($1, $2, $3, $4, $5, daterange($6, $7, '[]'), $8, $9, $10, $11, $12, $13)
            """;

    Future<Void> insert(
            Tx tx, UUID id, PolicyDocument document, String written, String reason, CityCaller proposer, Instant now) {
        return tx.execute(
                        INSERT,
                        id,
                        document.digest(),
                        document.cityCode(),
                        document.programme(),
                        document.version(),
                        document.effectiveFrom(),
                        document.effectiveTo(),
                        document.content(),
                        written,
                        reason,
                        proposer.id(),
                        proposer.office().name(),
                        now.atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    private static final String COLUMNS = """
            SELECT proposal_id, city_code, programme, version, digest, lower(effective) AS effective_from,
                   upper(effective) - 1 AS effective_to, state, proposed_by, proposer_office, proposed_at, reason,
                   decided_by, decided_at, decision_reason
              FROM policy.proposal
            """;

    private static final String LIST = COLUMNS + """
             WHERE city_code = $1
               AND ($2::text IS NULL OR state = $2)
               AND ($3::uuid IS NULL OR proposal_id < $3)
             ORDER BY proposal_id DESC
             LIMIT $4
            """;

    /** The city's proposals, newest first. */
    Future<List<PolicyProposal>> list(
            Sql sql, String cityCode, @Nullable State state, @Nullable UUID before, int limit) {
        return sql.list(LIST, ProposalStore::proposal, cityCode, state == null ? null : state.id(), before, limit);
    }

    private static final String FIND = COLUMNS + " WHERE proposal_id = $1 AND city_code = $2";

    Future<Optional<PolicyProposal>> find(Sql sql, UUID id, String cityCode) {
        return sql.find(FIND, ProposalStore::proposal, id, cityCode);
    }

    private static final String FIND_BY_DIGEST =
            COLUMNS + " WHERE digest = $1 AND city_code = $2 ORDER BY proposal_id DESC LIMIT 1";

    /** The newest proposal of these rules, in whatever state. */
    Future<Optional<PolicyProposal>> findByDigest(Sql sql, String digest, String cityCode) {
        return sql.find(FIND_BY_DIGEST, ProposalStore::proposal, digest, cityCode);
    }

    private static final String LOCK = FIND + " FOR UPDATE";

    /** As {@link #find}, held until the transaction ends. */
    Future<Optional<PolicyProposal>> lock(Tx tx, UUID id, String cityCode) {
        return tx.find(LOCK, ProposalStore::proposal, id, cityCode);
    }

    /** What was sent, and the canonical text of it. */
    record Texts(String written, String content) {}

    private static final String TEXTS = """
            SELECT written, content
              FROM policy.proposal
             WHERE proposal_id = $1
            """;

    Future<Texts> texts(Sql sql, UUID id) {
        return sql.find(TEXTS, row -> new Texts(row.getString("written"), row.getString("content")), id)
                .map(Optional::orElseThrow);
    }

    private static final String DECIDE = """
            UPDATE policy.proposal
               SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5
             WHERE proposal_id = $1
            """;

    Future<Void> decide(Tx tx, UUID id, State state, Decision decision) {
        return tx.execute(
                        DECIDE,
                        id,
                        state.id(),
                        decision.by(),
                        decision.at().atOffset(ZoneOffset.UTC),
                        decision.reason())
                .mapEmpty();
    }

    private static PolicyProposal proposal(Row row) {
        return new PolicyProposal(
                row.getUUID("proposal_id"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getString("version"),
                row.getString("digest"),
                row.getLocalDate("effective_from"),
                row.getLocalDate("effective_to"),
                State.of(row.getString("state")),
                row.getUUID("proposed_by"),
                row.getString("proposer_office"),
                row.getOffsetDateTime("proposed_at").toInstant(),
                row.getString("reason"),
                decision(row));
    }

    private static @Nullable Decision decision(Row row) {
        var by = row.getUUID("decided_by");
        return by == null
                ? null
                : new Decision(
                        by,
                        row.getOffsetDateTime("decided_at").toInstant(),
                        Objects.requireNonNull(row.getString("decision_reason")));
    }
}
