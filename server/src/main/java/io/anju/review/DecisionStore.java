package io.anju.review;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code review.decision}, which are only ever added; and the savepoints of many decisions at once. */
final class DecisionStore {
    static final String TABLE = "review.decision";
    static final String COLUMN = "note";
    static final String BASIS = "basis_sealed";

    private static final String INSERT = """
            INSERT INTO review.decision
                   (id, task_id, verdict, reason_codes, note, to_step, decided_by, office_name, policy_digest,
                    facts_digest, basis_sealed, decided_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;

    private static final String LIST = """
            SELECT d.id, d.task_id, t.step_id, t.step_index, d.verdict, d.reason_codes, d.note, d.office_name,
                   d.decided_by, d.decided_at
              FROM review.task AS t
              JOIN review.decision AS d ON d.task_id = t.id
             WHERE t.application_id = $1
             ORDER BY d.decided_at, d.id
             LIMIT 200
            """;

    private final Vault vault;

    DecisionStore(Vault vault) {
        this.vault = vault;
    }

    /** What a decision is kept with: who, for which office, under which policy version, on which facts. */
    record Basis(UUID staff, String office, String policyDigest, String factsDigest, RuleBasis rules, Instant now) {}

    Future<Void> insert(Tx tx, UUID taskId, Decision decision, List<String> reasonCodes, Basis basis) {
        var id = Ids.next(basis.now());
        var note = decision.note();
        return tx.execute(
                        INSERT,
                        id,
                        taskId,
                        decision.verdict().id(),
                        reasonCodes.toArray(String[]::new),
                        note == null ? null : Buffer.buffer(vault.sealText(TABLE, COLUMN, id, note)),
                        decision.toStep(),
                        basis.staff(),
                        basis.office(),
                        basis.policyDigest(),
                        basis.factsDigest(),
                        Buffer.buffer(vault.sealJson(TABLE, BASIS, id, basis.rules())),
                        basis.now().atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    Future<List<Decision.Kept>> list(Sql sql, UUID applicationId) {
        return sql.list(LIST, this::kept, applicationId);
    }

    /** A decision's verdict with what it rests on; older ones keep no basis of their own and are left out. */
    record Rested(String verdict, String policyDigest, String factsDigest, RuleBasis basis) {}

    private static final String BASES = """
            SELECT d.id, d.verdict, d.policy_digest, d.facts_digest, d.basis_sealed
              FROM review.task AS t
              JOIN review.decision AS d ON d.task_id = t.id
             WHERE t.application_id = $1 AND d.basis_sealed IS NOT NULL
             ORDER BY d.decided_at, d.id
             LIMIT 200
            """;

    Future<List<Rested>> bases(Sql sql, UUID applicationId) {
        return sql.list(BASES, this::rested, applicationId);
    }

    private Rested rested(Row row) {
        var sealed = row.getBuffer(BASIS).getBytes();
        return new Rested(
                row.getString("verdict"),
                row.getString("policy_digest"),
                row.getString("facts_digest"),
                vault.openJson(TABLE, BASIS, row.getUUID("id"), sealed, RuleBasis.class));
    }

    Future<Void> beginTrial(Tx tx) {
        return tx.execute("SAVEPOINT trial").mapEmpty();
    }

    Future<Void> undoTrial(Tx tx) {
        return tx.execute("ROLLBACK TO SAVEPOINT trial").mapEmpty();
    }

    Future<Void> beginRow(Tx tx) {
        return tx.execute("SAVEPOINT bulk_row").mapEmpty();
    }

    Future<Void> keepRow(Tx tx) {
        return tx.execute("RELEASE SAVEPOINT bulk_row").mapEmpty();
    }

    Future<Void> undoRow(Tx tx) {
        return tx.execute("ROLLBACK TO SAVEPOINT bulk_row").compose(undone -> keepRow(tx));
    }

    private Decision.Kept kept(Row row) {
        return new Decision.Kept(
                row.getUUID("task_id"),
                row.getString("step_id"),
                row.getInteger("step_index"),
                Decision.Verdict.of(row.getString("verdict")),
                List.of(row.getArrayOfStrings("reason_codes")),
                note(row),
                row.getString("office_name"),
                row.getUUID("decided_by"),
                row.getOffsetDateTime("decided_at").toInstant());
    }

    private @Nullable String note(Row row) {
        var sealed = row.getBuffer(COLUMN);
        return sealed == null ? null : vault.openText(TABLE, COLUMN, row.getUUID("id"), sealed.getBytes());
    }
}
