package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.json.PlainJson;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Rescoring.Move;
import io.anju.waitinglist.Rescoring.Report;
import io.anju.waitinglist.Rescoring.State;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of re-scorings and of the households in them. */
final class RescoringStore {
    private static final int BIGGEST_MOVES = 20;

    static {
        SqlErrors.constraint("rescoring_runs_alone", WaitingListProblem.RESCORING_RUNNING);
    }

    /** A household under both rules; without keys where it cannot be scored. */
    record Case(
            long sequence,
            String receiptNumber,
            String maskedName,
            @Nullable BigDecimal scoreBefore,
            @Nullable BigDecimal scoreAfter,
            @Nullable Buffer keyBefore,
            @Nullable Buffer keyAfter) {}

    private static final String INSERT = """
            INSERT INTO waitinglist.rescoring
                   (rescoring_id, city_code, programme, policy_digest, dry_run, as_of, reason, requested_by, requested_at,
                    register_version, households)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    Future<Void> insert(Tx tx, Rescoring rescoring, String reason, UUID requestedBy) {
        return tx.execute(
                        INSERT,
                        rescoring.id(),
                        rescoring.list().cityCode(),
                        rescoring.list().programme(),
                        rescoring.policyDigest(),
                        rescoring.dryRun(),
                        rescoring.asOf(),
                        reason,
                        requestedBy,
                        rescoring.requestedAt().atOffset(ZoneOffset.UTC),
                        rescoring.registerVersion(),
                        rescoring.households())
                .mapEmpty();
    }

    private static final String FIND = """
            SELECT rescoring_id, city_code, programme, policy_digest, dry_run, as_of, requested_at, register_version,
                   households, evaluated, last_sequence, state, finished_at, report::text AS report
              FROM waitinglist.rescoring
             WHERE rescoring_id = $1
            """;

    Future<Optional<Rescoring>> find(Sql sql, UUID id) {
        return sql.find(FIND, RescoringStore::rescoring, id);
    }

    private static final String ADVANCE = """
            UPDATE waitinglist.rescoring
               SET last_sequence = $3, evaluated = $4
             WHERE rescoring_id = $1 AND last_sequence = $2 AND state = 'running'
            """;

    /** Moves the progress on; false where another run has, or it has ended. */
    Future<Boolean> advance(Tx tx, Rescoring from, Rescoring to) {
        return tx.execute(ADVANCE, from.id(), from.lastSequence(), to.lastSequence(), to.evaluated())
                .map(rows -> rows == 1);
    }

    private static final String INSERT_CASES = """
            INSERT INTO waitinglist.rescoring_case
                   (rescoring_id, sequence, receipt_number, masked_name, score_before, score_after, key_before, key_after)
            SELECT $1, one.*
              FROM unnest($2::bigint[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::bytea[], $8::bytea[]) one
            """;

    Future<Void> insertCases(Tx tx, UUID id, List<Case> cases) {
        return tx.execute(
                        INSERT_CASES,
                        id,
                        cases.stream().map(Case::sequence).toArray(Long[]::new),
                        cases.stream().map(Case::receiptNumber).toArray(String[]::new),
                        cases.stream().map(Case::maskedName).toArray(String[]::new),
                        cases.stream().map(Case::scoreBefore).toArray(BigDecimal[]::new),
                        cases.stream().map(Case::scoreAfter).toArray(BigDecimal[]::new),
                        cases.stream().map(Case::keyBefore).toArray(Buffer[]::new),
                        cases.stream().map(Case::keyAfter).toArray(Buffer[]::new))
                .mapEmpty();
    }

    /** Sorting a million keys takes longer than a request may. */
    Future<Void> allowTime(Tx tx) {
        return tx.run("SET LOCAL statement_timeout = '10min'")
                .compose(set -> tx.run("SET LOCAL work_mem = '64MB'"))
                .mapEmpty();
    }

    private static final String RANKED = """
            WITH ranked AS (
                SELECT sequence, receipt_number, masked_name, score_before, score_after,
                       row_number() OVER (ORDER BY key_before, sequence)::integer AS rank_before,
                       row_number() OVER (ORDER BY key_after, sequence)::integer AS rank_after
                  FROM waitinglist.rescoring_case
                 WHERE rescoring_id = $1 AND key_after IS NOT NULL
            )
            """;

    private static final String MOVES = RANKED + """
            SELECT receipt_number, masked_name, score_before, score_after, rank_before, rank_after
              FROM ranked
             WHERE rank_before <> rank_after
             ORDER BY abs(rank_before - rank_after) DESC, sequence
             LIMIT $2
            """;

    private static final String COUNTS = RANKED + """
            SELECT count(*) FILTER (WHERE score_after > score_before)::integer AS higher,
                   count(*) FILTER (WHERE score_after < score_before)::integer AS lower,
                   count(*) FILTER (WHERE rank_after <> rank_before)::integer AS ranks,
                   (SELECT count(*)
                      FROM waitinglist.rescoring_case
                     WHERE rescoring_id = $1 AND key_after IS NULL)::integer AS missing
              FROM ranked
            """;

    Future<Report> report(Tx tx, UUID id) {
        return tx.list(MOVES, RescoringStore::move, id, BIGGEST_MOVES)
                .compose(moves -> tx.find(
                                COUNTS,
                                row -> new Report(
                                        row.getInteger("missing"),
                                        row.getInteger("higher"),
                                        row.getInteger("lower"),
                                        row.getInteger("ranks"),
                                        moves),
                                id)
                        .map(Optional::orElseThrow));
    }

    private static Move move(Row row) {
        return new Move(
                row.getString("receipt_number"),
                row.getString("masked_name"),
                WaitingListContract.points(row.getBigDecimal("score_before")),
                WaitingListContract.points(row.getBigDecimal("score_after")),
                row.getInteger("rank_before"),
                row.getInteger("rank_after"));
    }

    private static final String INSERT_RULES = """
            WITH fact AS (
                UPDATE waitinglist.list
                   SET version = version + 1
                 WHERE city_code = $1 AND programme = $2
                RETURNING version
            )
            INSERT INTO waitinglist.rules
                   (city_code, programme, sequence, up_to, policy_digest, rescoring_id, recorded_at)
            SELECT $1, $2, fact.version, $3, $4, $5, $6
              FROM fact
            """;

    /** From this fact on the whole list up to the run's version is scored under the newer rules. */
    Future<Void> insertRules(Tx tx, Rescoring rescoring, Instant now) {
        return tx.execute(
                        INSERT_RULES,
                        rescoring.list().cityCode(),
                        rescoring.list().programme(),
                        rescoring.registerVersion(),
                        rescoring.policyDigest(),
                        rescoring.id(),
                        now.atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    private static final String FINISH = """
            UPDATE waitinglist.rescoring
               SET state = $2, finished_at = $3, report = $4::text::jsonb
             WHERE rescoring_id = $1 AND state = 'running'
            """;

    private static final String CLEAR = "DELETE FROM waitinglist.rescoring_case WHERE rescoring_id = $1";

    /** Ends it, and lets go of what only the report was made from. */
    Future<Void> finish(Tx tx, UUID id, State state, @Nullable Report report, Instant now) {
        return tx.execute(
                        FINISH,
                        id,
                        state.id(),
                        now.atOffset(ZoneOffset.UTC),
                        report == null ? null : PlainJson.write(report))
                .compose(finished -> tx.execute(CLEAR, id))
                .mapEmpty();
    }

    private static Rescoring rescoring(Row row) {
        var finishedAt = row.getOffsetDateTime("finished_at");
        var report = row.getString("report");
        return new Rescoring(
                row.getUUID("rescoring_id"),
                new ListKey(row.getString("city_code"), row.getString("programme")),
                row.getString("policy_digest"),
                row.getBoolean("dry_run"),
                row.getLocalDate("as_of"),
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getLong("register_version"),
                row.getInteger("households"),
                row.getInteger("evaluated"),
                row.getLong("last_sequence"),
                State.of(row.getString("state")),
                finishedAt == null ? null : finishedAt.toInstant(),
                report == null ? null : PlainJson.read(report, Report.class));
    }
}
