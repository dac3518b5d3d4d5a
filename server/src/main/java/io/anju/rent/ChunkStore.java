package io.anju.rent;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Tx;
import io.anju.rent.RunStore.Progress;
import io.anju.rent.RunStore.Run;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of a run that bill many leases at once: each names the leases behind one and up to another. */
final class ChunkStore {
    /** @param last the last lease of the chunk; null where there is none */
    record Chunk(int leases, @Nullable UUID last) {}

    private static final String LOCK_CHUNK = """
            SELECT lease_id
              FROM rent.account
             WHERE city_code = $1 AND programme = $2 AND next_due_on <= $3
               AND lease_id > $4
             ORDER BY lease_id
             LIMIT $5
               FOR UPDATE
            """;

    private static final String ALLOW_MANY_ROWS = """
            SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('statement_timeout', '300000', true)
            """;

    /**
     * Has the statements of a chunk planned without looking at the length of what they are given: each row is found by its
     * index then, and no chunk reads a whole table. A chunk may take longer than a request.
     */
    Future<Void> allowManyRows(Tx tx) {
        return tx.run(ALLOW_MANY_ROWS).mapEmpty();
    }

    /** The next leases with something to bill, locked in the order of their ids. */
    Future<Chunk> lockChunk(Tx tx, Run run, int most) {
        return tx.list(
                        LOCK_CHUNK,
                        row -> row.getUUID("lease_id"),
                        run.cityCode(),
                        run.programme(),
                        run.horizon(),
                        run.after(),
                        most)
                .map(ids -> new Chunk(ids.size(), ids.isEmpty() ? null : ids.get(ids.size() - 1)));
    }

    /** The accounts of one chunk, as its every statement reads them. */
    private static final String CHUNK = """
              FROM rent.account a
             WHERE a.city_code = $1 AND a.programme = $2 AND a.next_due_on <= $3
               AND a.lease_id > $4 AND a.lease_id <= $5
            """;

    private static final String PLANS_WITHOUT_LINES = "SELECT DISTINCT a.plan_id\n" + CHUNK + """
               AND NOT EXISTS (SELECT FROM rent.plan_line l WHERE l.plan_id = a.plan_id)
            """;

    Future<List<UUID>> plansWithoutLines(Tx tx, Run run, UUID last) {
        return tx.list(PLANS_WITHOUT_LINES, row -> row.getUUID("plan_id"), chunk(run, last));
    }

    private static Object[] chunk(Run run, UUID last) {
        return new Object[] {run.cityCode(), run.programme(), run.horizon(), run.after(), last};
    }

    /** A bill as the ledger needs to know it. */
    record Issued(
            UUID id, UUID leaseId, String provider, LocalDate from, LocalDate to, long amountFen, long subsidyFen) {}

    /** Lines follow one another: none is billed behind one whose figures are not known. */
    private static final String DUE_LINES = """
            due AS (
                SELECT a.lease_id, a.city_code, a.provider, l.from_date, l.to_date, l.due_on, l.amount_fen, l.subsidy_fen
                  FROM rent.account a
                  JOIN rent.plan_line l ON l.plan_id = a.plan_id AND l.from_date > a.billed_to AND l.due_on <= $3
                 WHERE a.city_code = $1 AND a.programme = $2 AND a.next_due_on <= $3
                   AND a.lease_id > $4 AND a.lease_id <= $5
                   AND l.known
                   AND NOT EXISTS (
                       SELECT FROM rent.plan_line u
                        WHERE u.plan_id = a.plan_id AND NOT u.known AND u.from_date > a.billed_to
                          AND u.from_date < l.from_date))
            """;

    private static final String ISSUE = "WITH " + DUE_LINES + """
            , issued AS (
                INSERT INTO rent.bill
                       (bill_id, lease_id, city_code, charge, from_date, to_date, due_on, amount_fen, subsidy_fen,
                        subsidy_state, run_id, issued_at)
                SELECT uuidv7(), lease_id, city_code, 'rent', from_date, to_date, due_on, amount_fen, subsidy_fen,
                       CASE WHEN subsidy_fen > 0 THEN 'pending' ELSE 'none' END, $6, $7
                  FROM due
                 WHERE amount_fen > 0
                ON CONFLICT ON CONSTRAINT bill_once DO NOTHING
                RETURNING bill_id, lease_id, from_date, to_date, amount_fen, subsidy_fen)
            SELECT i.bill_id, i.lease_id, d.provider, i.from_date, i.to_date, i.amount_fen, i.subsidy_fen
              FROM issued i
              JOIN due d USING (lease_id, from_date)
            """;

    Future<List<Issued>> issue(Tx tx, Run run, UUID last, Instant now) {
        return tx.list(
                ISSUE,
                row -> new Issued(
                        row.getUUID("bill_id"),
                        row.getUUID("lease_id"),
                        row.getString("provider"),
                        row.getLocalDate("from_date"),
                        row.getLocalDate("to_date"),
                        row.getLong("amount_fen"),
                        row.getLong("subsidy_fen")),
                run.cityCode(),
                run.programme(),
                run.horizon(),
                run.after(),
                last,
                run.id(),
                at(now));
    }

    private static final String TOTALS = "WITH " + DUE_LINES + """
            SELECT count(*) FILTER (WHERE amount_fen > 0)::integer AS bills, coalesce(sum(amount_fen), 0)::bigint AS fen
              FROM due
            """;

    /** What a chunk would come to. */
    Future<Progress> totals(Tx tx, Run run, UUID last) {
        return tx.find(TOTALS, row -> new Progress(0, row.getInteger("bills"), row.getLong("fen"), 0), chunk(run, last))
                .map(Optional::orElseThrow);
    }

    private static final String MARK_EXCEPTIONS = """
            INSERT INTO rent.run_exception (run_id, lease_id, lease_number, code)
            SELECT $6, a.lease_id, a.lease_number, 'figure-missing'
            """ + CHUNK + """
               AND EXISTS (
                   SELECT FROM rent.plan_line u
                    WHERE u.plan_id = a.plan_id AND NOT u.known AND u.from_date > a.billed_to AND u.due_on <= $3)
            """;

    Future<Integer> markExceptions(Tx tx, Run run, UUID last) {
        return tx.execute(MARK_EXCEPTIONS, run.cityCode(), run.programme(), run.horizon(), run.after(), last, run.id());
    }

    private static final String MOVE = "WITH " + DUE_LINES + """
            , billed AS (
                SELECT lease_id, max(to_date) AS billed_to
                  FROM due
                 GROUP BY lease_id)
            UPDATE rent.account a
               SET billed_to = b.billed_to,
                   next_due_on = (SELECT l.due_on
                                    FROM rent.plan_line l
                                   WHERE l.plan_id = a.plan_id AND l.from_date > b.billed_to
                                   ORDER BY l.from_date
                                   LIMIT 1)
              FROM billed b
             WHERE a.lease_id = b.lease_id AND a.lease_id > $4 AND a.lease_id <= $5
            """;

    /** Writes how far the leases of a chunk are billed now. */
    Future<Integer> move(Tx tx, Run run, UUID last) {
        return tx.execute(MOVE, chunk(run, last));
    }

    private static final String WITH_CREDIT = """
            SELECT lease_id
              FROM rent.account
             WHERE lease_id = ANY ($1::uuid[]) AND credit_fen > 0
             ORDER BY lease_id
            """;

    Future<List<UUID>> withCredit(Tx tx, List<UUID> leaseIds) {
        return tx.list(WITH_CREDIT, row -> row.getUUID("lease_id"), (Object) leaseIds.toArray(UUID[]::new));
    }
}
