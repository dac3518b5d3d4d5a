package io.anju.simulation;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.json.PlainJson;
import io.anju.simulation.Simulation.Change;
import io.anju.simulation.Simulation.ChangePlace;
import io.anju.simulation.Simulation.Effect;
import io.anju.simulation.Simulation.State;
import io.anju.simulation.SimulationCases.Case;
import io.anju.simulation.Trial.Outcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of trials: the trial itself, its households, and their ranks. */
final class SimulationStore {

    static {
        SqlErrors.constraint("simulation_runs_alone", SimulationProblem.SIMULATION_RUNNING);
    }

    /** A household with what became of it; no outcome where its facts cannot be evaluated on the day. */
    record Evaluated(Case household, @Nullable Outcome outcome) {
        <T> @Nullable T get(Function<Outcome, T> part) {
            return outcome == null ? null : part.apply(outcome);
        }
    }

    private static final String INSERT = """
            INSERT INTO simulation.simulation
                   (simulation_id, city_code, programme, digest, proposal_id, baseline_digest, as_of, requested_by,
                    requested_at, expires_at, register_version, households)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;

    Future<Void> insert(Tx tx, Simulation simulation, UUID requestedBy) {
        return tx.execute(
                        INSERT,
                        simulation.id(),
                        simulation.cityCode(),
                        simulation.programme(),
                        simulation.digest(),
                        simulation.proposalId(),
                        simulation.baselineDigest(),
                        simulation.asOf(),
                        requestedBy,
                        simulation.requestedAt().atOffset(ZoneOffset.UTC),
                        simulation.expiresAt().atOffset(ZoneOffset.UTC),
                        simulation.registerVersion(),
                        simulation.households())
                .mapEmpty();
    }

    private static final String FIND = """
            SELECT simulation_id, city_code, programme, digest, proposal_id, baseline_digest, as_of, requested_at,
                   expires_at, register_version, households, evaluated, last_sequence, slice, state, finished_at,
                   report::text AS report
              FROM simulation.simulation
             WHERE simulation_id = $1
            """;

    Future<Optional<Simulation>> find(Sql sql, UUID id) {
        return sql.find(FIND, SimulationStore::simulation, id);
    }

    private static final String ADVANCE = """
            UPDATE simulation.simulation
               SET last_sequence = $3, evaluated = evaluated + $4, slice = $5
             WHERE simulation_id = $1 AND last_sequence = $2 AND state = 'running'
            """;

    /** Moves the progress on; false where another run has, or the trial has ended. */
    Future<Boolean> advance(Tx tx, Simulation from, long lastSequence, int evaluated, int nextSlice) {
        return tx.execute(ADVANCE, from.id(), from.lastSequence(), lastSequence, evaluated, nextSlice)
                .map(rows -> rows == 1);
    }

    private static final String INSERT_CASES = """
            INSERT INTO simulation.simulation_case
                   (simulation_id, sequence, receipt_number, masked_name, eligible_before, eligible_after, score_before,
                    score_after, key_before, key_after, lost_by)
            SELECT $1, households.*
              FROM unnest($2::bigint[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::numeric[],
                          $8::numeric[], $9::bytea[], $10::bytea[], $11::text[]) households
            """;

    Future<Void> insertCases(Tx tx, UUID id, List<Evaluated> rows) {
        return tx.execute(
                        INSERT_CASES,
                        id,
                        rows.stream().map(row -> row.household().sequence()).toArray(Long[]::new),
                        rows.stream()
                                .map(row -> row.household().entry().receiptNumber())
                                .toArray(String[]::new),
                        rows.stream().map(row -> row.household().maskedName()).toArray(String[]::new),
                        rows.stream()
                                .map(row -> row.get(Outcome::eligibleBefore))
                                .toArray(Boolean[]::new),
                        rows.stream()
                                .map(row -> row.get(Outcome::eligibleAfter))
                                .toArray(Boolean[]::new),
                        rows.stream().map(row -> row.get(Outcome::scoreBefore)).toArray(BigDecimal[]::new),
                        rows.stream().map(row -> row.get(Outcome::scoreAfter)).toArray(BigDecimal[]::new),
                        rows.stream()
                                .map(row -> row.get(outcome -> Buffer.buffer(outcome.keyBefore())))
                                .toArray(Buffer[]::new),
                        rows.stream()
                                .map(row -> row.get(outcome -> Buffer.buffer(outcome.keyAfter())))
                                .toArray(Buffer[]::new),
                        rows.stream()
                                .map(row -> row.get(outcome -> String.join(",", outcome.lostBy())))
                                .toArray(String[]::new))
                .mapEmpty();
    }

    private static final String FINISH = """
            UPDATE simulation.simulation
               SET state = 'done', finished_at = $2, report = $3::text::jsonb
             WHERE simulation_id = $1 AND state = 'running'
            """;

    Future<Void> finish(Tx tx, UUID id, SimulationReport report, Instant now) {
        return tx.execute(FINISH, id, now.atOffset(ZoneOffset.UTC), PlainJson.write(report))
                .mapEmpty();
    }

    private static final String FAIL = """
            UPDATE simulation.simulation
               SET state = 'failed', finished_at = $2
             WHERE simulation_id = $1 AND state = 'running'
            """;

    Future<Void> fail(Sql sql, UUID id, Instant now) {
        return sql.execute(FAIL, id, now.atOffset(ZoneOffset.UTC)).mapEmpty();
    }

    private static final String CHANGES = """
            SELECT r.sequence, c.receipt_number, c.masked_name, r.effect, c.eligible_before, c.eligible_after,
                   c.score_before, c.score_after, r.rank_before, r.rank_after, r.moved, c.lost_by
              FROM simulation.simulation_rank r
              JOIN simulation.simulation_case c USING (simulation_id, sequence)
             WHERE r.simulation_id = $1
               AND r.moved <= $2
               AND (r.moved < $2 OR r.sequence > $3)
             ORDER BY r.moved DESC, r.sequence
             LIMIT $4
            """;

    private static final String CHANGES_OF_EFFECT =
            CHANGES.replace("WHERE r.simulation_id = $1", "WHERE r.simulation_id = $1\n   AND r.effect = $5");

    /** Households after a place, the biggest moves first; of one effect where one is named. */
    Future<List<Change>> changes(Sql sql, UUID id, @Nullable Effect effect, ChangePlace after, int limit) {
        return effect == null
                ? sql.list(CHANGES, SimulationStore::change, id, after.moved(), after.sequence(), limit)
                : sql.list(
                        CHANGES_OF_EFFECT,
                        SimulationStore::change,
                        id,
                        after.moved(),
                        after.sequence(),
                        limit,
                        effect.id());
    }

    private static Change change(Row row) {
        return new Change(
                row.getLong("sequence"),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                Effect.of(row.getString("effect")),
                row.getBoolean("eligible_before"),
                row.getBoolean("eligible_after"),
                row.getBigDecimal("score_before").toPlainString(),
                row.getBigDecimal("score_after").toPlainString(),
                row.getInteger("rank_before"),
                row.getInteger("rank_after"),
                row.getInteger("moved"),
                row.getString("lost_by"));
    }

    private static final String EXPIRED = """
            SELECT simulation_id
              FROM simulation.simulation
             WHERE expires_at <= $1
             ORDER BY expires_at
             LIMIT 1
            """;

    Future<Optional<UUID>> expired(Sql sql, Instant now) {
        return sql.find(EXPIRED, row -> row.getUUID(0), now.atOffset(ZoneOffset.UTC));
    }

    private static final String DELETE_RANKS = """
            DELETE FROM simulation.simulation_rank
             WHERE simulation_id = $1
               AND sequence IN (SELECT sequence FROM simulation.simulation_rank WHERE simulation_id = $1 LIMIT $2)
            """;

    private static final String DELETE_CASES = """
            DELETE FROM simulation.simulation_case
             WHERE simulation_id = $1
               AND sequence IN (SELECT sequence FROM simulation.simulation_case WHERE simulation_id = $1 LIMIT $2)
            """;

    /** Deletes some rows of a trial; gives how many, 0 when none are left. */
    Future<Integer> deleteRows(Sql sql, UUID id, int most) {
        return sql.execute(DELETE_RANKS, id, most)
                .compose(ranks -> sql.execute(DELETE_CASES, id, most).map(cases -> ranks + cases));
    }

    Future<Void> delete(Sql sql, UUID id) {
        return sql.execute("DELETE FROM simulation.simulation WHERE simulation_id = $1", id)
                .mapEmpty();
    }

    private static Simulation simulation(Row row) {
        var finishedAt = row.getOffsetDateTime("finished_at");
        var report = row.getString("report");
        return new Simulation(
                row.getUUID("simulation_id"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getString("digest"),
                row.getUUID("proposal_id"),
                row.getString("baseline_digest"),
                row.getLocalDate("as_of"),
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getOffsetDateTime("expires_at").toInstant(),
                row.getLong("register_version"),
                row.getInteger("households"),
                row.getInteger("evaluated"),
                row.getLong("last_sequence"),
                row.getInteger("slice"),
                State.of(row.getString("state")),
                finishedAt == null ? null : finishedAt.toInstant(),
                report == null ? null : PlainJson.read(report, SimulationReport.class));
    }
}
