package io.anju.reconciliation;

import io.anju.payment.Movement;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.reconciliation.BillReader.Sums;
import io.anju.reconciliation.Run.Result;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What we hold beside what the bill lists, and the comparison of both: by set, in the database. */
final class CompareStore {
    /** A bill of a large city takes longer than a request may. */
    private static final String ALLOW_TIME = "SET LOCAL statement_timeout = '10min'";

    private static final String LEARN_LINES = "ANALYZE reconciliation.line";
    private static final String LEARN_MOVEMENTS = "ANALYZE reconciliation.movement";

    /** Tells the database what it is going to compare: rows that have just come are unknown to its planner. */
    Future<Void> learn(Tx tx) {
        return tx.run(LEARN_LINES).compose(done -> tx.run(LEARN_MOVEMENTS)).mapEmpty();
    }

    private static final String CLEAR = "DELETE FROM reconciliation.movement WHERE run_id = $1";

    Future<Void> clear(Tx tx, UUID runId) {
        return tx.execute(CLEAR, runId).mapEmpty();
    }

    private static final String INSERT = """
            INSERT INTO reconciliation.movement
                   (run_id, kind, subject, city_code, amount_fen, done_at, channel_number, posted_fen)
            SELECT $1, movements.*
              FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[], $7::text[], $8::bigint[])
                   movements
                ON CONFLICT DO NOTHING
            """;

    /** Adds what we hold; {@code posted} is what the ledger has for each, by our number. */
    Future<Void> insert(Tx tx, UUID runId, List<Movement> movements, Map<String, Long> posted) {
        return tx.execute(
                        INSERT,
                        runId,
                        movements.stream().map(one -> one.kind().id()).toArray(String[]::new),
                        movements.stream().map(Movement::number).toArray(String[]::new),
                        movements.stream().map(Movement::cityCode).toArray(String[]::new),
                        movements.stream().map(Movement::amountFen).toArray(Long[]::new),
                        movements.stream()
                                .map(one -> one.doneAt() == null ? null : Columns.at(one.doneAt()))
                                .toArray(OffsetDateTime[]::new),
                        movements.stream().map(Movement::channelNumber).toArray(String[]::new),
                        movements.stream()
                                .map(one -> posted.getOrDefault(one.businessKey(), 0L))
                                .toArray(Long[]::new))
                .mapEmpty();
    }

    private static final String UNMATCHED = """
            SELECT DISTINCT l.subject
              FROM reconciliation.line l
             WHERE l.run_id = $1 AND l.kind = $2 AND l.subject > $3
               AND NOT EXISTS (SELECT
                                 FROM reconciliation.movement m
                                WHERE m.run_id = $1 AND m.kind = l.kind AND m.subject = l.subject)
             ORDER BY l.subject
             LIMIT $4
            """;

    /** Numbers in the bill that belong to nothing gathered so far, after one of them. */
    Future<List<String>> unmatched(Sql sql, UUID runId, Movement.Kind kind, String after, int limit) {
        return sql.list(UNMATCHED, row -> row.getString("subject"), runId, kind.id(), after, limit);
    }

    private static final String SUMS = """
            SELECT count(*) AS lines,
                   coalesce(sum(amount_fen) FILTER (WHERE kind = 'payment'), 0)::bigint AS orders,
                   coalesce(sum(amount_fen) FILTER (WHERE kind = 'refund'), 0)::bigint AS refunds,
                   coalesce(sum(fee_fen), 0)::bigint AS fees
              FROM reconciliation.line
             WHERE run_id = $1
            """;

    /** What the lines that could be read come to. */
    Future<Sums> sums(Sql sql, UUID runId) {
        return sql.find(
                        SUMS,
                        row -> new Sums(
                                row.getLong("lines"),
                                row.getLong("orders"),
                                row.getLong("refunds"),
                                row.getLong("fees")),
                        runId)
                .map(found -> found.orElseThrow());
    }

    /**
     * What the two sides are held against.
     *
     * @param feeRate of a payment's amount, such as 0.006
     */
    record Terms(
            UUID runId,
            String merchantId,
            String appId,
            Instant dayStart,
            Instant dayEnd,
            Instant billMadeAt,
            BigDecimal feeRate) {}

    /**
     * Pairs each subject's lines with what we hold. Where a subject has several lines, the one with our own transaction
     * number stands for it; the others are differences of their own. What another day's bill lists is not missing in this
     * one; an earlier bill of the same day is out of date and says nothing.
     */
    static final String PAIRS = """
            WITH same_day AS (
                SELECT r.run_id
                  FROM reconciliation.run r
                  JOIN reconciliation.run this USING (channel, bill_date)
                 WHERE this.run_id = $1
            ), line AS (
                SELECT l.kind, l.subject, l.number, l.channel_number, l.at, l.merchant_id, l.app_id, l.currency,
                       l.amount_fen, l.fee_fen, l.refund_state,
                       row_number() OVER same AS nth,
                       first_value(l.channel_number) OVER same AS first_number
                  FROM reconciliation.line l
                  LEFT JOIN reconciliation.movement m
                    ON m.run_id = l.run_id AND m.kind = l.kind AND m.subject = l.subject
                 WHERE l.run_id = $1
                WINDOW same AS (PARTITION BY l.kind, l.subject
                                    ORDER BY (l.channel_number IS NOT DISTINCT FROM m.channel_number) DESC, l.number)
            ), movement AS (
                SELECT m.kind, m.subject, m.city_code, m.amount_fen, m.done_at, m.channel_number, m.posted_fen
                  FROM reconciliation.movement m
                 WHERE m.run_id = $1
            ), pair AS (
                SELECT kind, subject, m.city_code, l.number IS NOT NULL AS listed, m.city_code IS NOT NULL AS held,
                       l.amount_fen AS their_fen, m.amount_fen AS our_fen, l.fee_fen, l.refund_state, l.at, m.done_at,
                       l.merchant_id, l.app_id, l.currency, l.channel_number AS their_number,
                       m.channel_number AS our_number, m.posted_fen,
                       CASE kind WHEN 'payment' THEN 1 ELSE -1 END AS sign,
                       l.merchant_id IS DISTINCT FROM $2 AND l.number IS NOT NULL AS foreign_line
                  FROM (SELECT * FROM line WHERE nth = 1) l
                  FULL JOIN movement m USING (kind, subject)
                 WHERE l.number IS NOT NULL
                    OR (m.done_at >= $4 AND m.done_at < $5
                        AND NOT EXISTS (SELECT
                                          FROM reconciliation.line o
                                         WHERE o.kind = m.kind AND o.subject = m.subject
                                           AND o.run_id NOT IN (SELECT run_id FROM same_day)))
            ), difference AS (
                SELECT p.kind AS thing, p.subject AS of_subject, d.name, p.subject, p.city_code, d.ours, d.theirs, d.fen
                  FROM pair p
                 CROSS JOIN LATERAL (VALUES
                       (p.foreign_line, 'wrong-merchant', $2, p.merchant_id, 0),
                       (p.listed AND p.app_id <> $3, 'wrong-app', $3, p.app_id, 0),
                       (p.listed AND p.currency <> 'CNY', 'wrong-currency', 'CNY', p.currency, 0),
                       (p.listed AND NOT p.held AND NOT p.foreign_line, p.kind || '-missing-here', NULL,
                        p.their_fen || ' fen', p.sign * p.their_fen),
                       (p.held AND NOT p.listed, p.kind || '-missing-there', p.our_fen || ' fen', NULL,
                        -p.sign * p.our_fen),
                       (p.kind = 'payment' AND p.listed AND p.held AND p.done_at IS NULL, 'payment-state-differs',
                        'not paid', 'paid', p.their_fen),
                       (p.kind = 'refund' AND p.listed AND p.held AND p.refund_state = 'SUCCESS' AND p.done_at IS NULL,
                        'refund-state-differs', 'not made', p.refund_state, -p.their_fen),
                       (p.kind = 'refund' AND p.listed AND p.held AND p.refund_state <> 'SUCCESS' AND p.done_at < $6,
                        'refund-state-differs', 'made', p.refund_state, p.our_fen),
                       (p.listed AND p.held AND p.their_fen <> p.our_fen
                        AND (p.kind = 'refund' OR p.done_at IS NOT NULL), p.kind || '-amount-differs',
                        p.our_fen || ' fen', p.their_fen || ' fen', p.sign * (p.their_fen - p.our_fen)),
                       (p.listed AND p.our_number <> p.their_number, 'transaction-differs', p.our_number,
                        p.their_number, 0),
                       (p.listed AND p.their_fen = p.our_fen AND NOT p.foreign_line
                        AND abs(p.fee_fen - p.sign * round(p.their_fen * $7::numeric))
                            > CASE p.kind WHEN 'payment' THEN 0 ELSE 1 END, 'fee-differs',
                        p.sign * round(p.their_fen * $7::numeric) || ' fen', p.fee_fen || ' fen',
                        (p.sign * round(p.their_fen * $7::numeric) - p.fee_fen)::bigint),
                       (p.listed AND (p.at < $4 OR p.at >= $5), 'other-day', NULL, p.at::text, 0),
                       (p.held AND p.done_at IS NOT NULL AND p.posted_fen <> p.sign * p.our_fen, 'ledger-differs',
                        p.sign * p.our_fen || ' fen', p.posted_fen || ' fen', p.sign * p.our_fen - p.posted_fen)
                       ) AS d (holds, name, ours, theirs, fen)
                 WHERE d.holds
                UNION ALL
                SELECT l.kind, l.subject,
                       CASE WHEN l.channel_number = l.first_number THEN 'duplicate-line' ELSE 'charged-twice' END,
                       CASE WHEN l.channel_number = l.first_number THEN l.subject || '#' || l.nth
                            ELSE l.channel_number END,
                       m.city_code, l.first_number, l.channel_number,
                       CASE l.kind WHEN 'payment' THEN l.amount_fen ELSE -l.amount_fen END
                  FROM line l
                  LEFT JOIN movement m USING (kind, subject)
                 WHERE l.nth > 1
                UNION ALL
                SELECT 'line', NULL, 'unreadable-line', 'line ' || u.number, NULL, NULL, u.reason, 0
                  FROM reconciliation.unreadable_line u
                 WHERE u.run_id = $1
            )
            """;

    /** New differences become items; known ones are seen again; what had vanished and is back is open again. */
    private static final String WRITE_ITEMS = PAIRS + """
            , written AS (
                INSERT INTO reconciliation.item AS known
                       (item_id, channel, bill_date, kind, subject, city_code, ours, theirs, difference_fen, found_at,
                        found_by, seen_by)
                SELECT uuidv7(), r.channel, r.bill_date, d.name, d.subject, d.city_code, d.ours, d.theirs, d.fen,
                       $8, r.run_id, r.run_id
                  FROM difference d
                  JOIN reconciliation.run r ON r.run_id = $1
                    ON CONFLICT (channel, bill_date, kind, subject) DO UPDATE
                   SET seen_by = excluded.seen_by,
                       state = CASE known.resolution WHEN 'vanished' THEN 'open' ELSE known.state END,
                       reason = CASE known.resolution WHEN 'vanished' THEN NULL ELSE known.reason END,
                       resolved_at = CASE known.resolution WHEN 'vanished' THEN NULL ELSE known.resolved_at END,
                       resolution = CASE known.resolution WHEN 'vanished' THEN NULL ELSE known.resolution END
                RETURNING new.item_id, old.state AS before, new.state AS after
            ), told AS (
                INSERT INTO reconciliation.item_event (item_id, at, action)
                SELECT item_id, $8, CASE WHEN before IS NULL THEN 'found' ELSE 'found-again' END
                  FROM written
                 WHERE before IS NULL OR (before = 'resolved' AND after = 'open')
            )
            SELECT (SELECT count(*) FROM written)
                       + (SELECT count(*)
                            FROM reconciliation.item
                           WHERE seen_by = $1 AND kind = 'sums-differ') AS found
            """;

    private static final String TOTALS = PAIRS + """
            SELECT (SELECT count(*)::integer FROM line) AS lines,
                   (coalesce(sum(greatest(p.their_fen, p.our_fen)), 0)
                       + coalesce((SELECT sum(amount_fen) FROM line WHERE nth > 1), 0))::bigint AS value,
                   coalesce(sum(p.our_fen) FILTER (WHERE p.listed AND p.held AND d.thing IS NULL), 0)::bigint
                       AS verified
              FROM pair p
              LEFT JOIN (SELECT DISTINCT thing, of_subject FROM difference) d
                ON d.thing = p.kind AND d.of_subject = p.subject
            """;

    /** Writes what differs as items, and gives what the day came to. */
    Future<Result> compare(Tx tx, Terms terms, Instant now) {
        return tx.run(ALLOW_TIME)
                .compose(set -> tx.find(
                        WRITE_ITEMS,
                        row -> Math.toIntExact(row.getLong("found")),
                        terms.runId(),
                        terms.merchantId(),
                        terms.appId(),
                        Columns.at(terms.dayStart()),
                        Columns.at(terms.dayEnd()),
                        Columns.at(terms.billMadeAt()),
                        terms.feeRate(),
                        Columns.at(now)))
                .compose(found -> tx.find(
                                TOTALS,
                                row -> new Result(
                                        row.getInteger("lines"),
                                        row.getLong("value"),
                                        row.getLong("verified"),
                                        found.orElse(0)),
                                arguments(terms))
                        .map(result -> result.orElseThrow()));
    }

    /** What {@link #PAIRS} asks for. */
    static Object[] arguments(Terms terms) {
        return new Object[] {
            terms.runId(),
            terms.merchantId(),
            terms.appId(),
            Columns.at(terms.dayStart()),
            Columns.at(terms.dayEnd()),
            Columns.at(terms.billMadeAt()),
            terms.feeRate()
        };
    }

    private static final String WRITE_SUMS = """
            WITH written AS (
                INSERT INTO reconciliation.item AS known
                       (item_id, channel, bill_date, kind, subject, ours, theirs, difference_fen, found_at, found_by,
                        seen_by)
                SELECT uuidv7(), r.channel, r.bill_date, 'sums-differ', 'sums', $2, $3, 0, $4, r.run_id, r.run_id
                  FROM reconciliation.run r
                 WHERE r.run_id = $1
                    ON CONFLICT (channel, bill_date, kind, subject) DO UPDATE
                   SET seen_by = excluded.seen_by,
                       state = CASE known.resolution WHEN 'vanished' THEN 'open' ELSE known.state END,
                       reason = CASE known.resolution WHEN 'vanished' THEN NULL ELSE known.reason END,
                       resolved_at = CASE known.resolution WHEN 'vanished' THEN NULL ELSE known.resolved_at END,
                       resolution = CASE known.resolution WHEN 'vanished' THEN NULL ELSE known.resolution END
                RETURNING new.item_id, old.state AS before, new.state AS after
            )
            INSERT INTO reconciliation.item_event (item_id, at, action)
            SELECT item_id, $4, CASE WHEN before IS NULL THEN 'found' ELSE 'found-again' END
              FROM written
             WHERE before IS NULL OR (before = 'resolved' AND after = 'open')
            """;

    /** The bill does not add up: an item of the day as a whole. */
    Future<Void> writeSums(Tx tx, UUID runId, Sums ours, Sums theirs, Instant now) {
        return tx.execute(WRITE_SUMS, runId, ours.toString(), theirs.toString(), Columns.at(now))
                .mapEmpty();
    }

    private static final String CLOSE_VANISHED = """
            WITH gone AS (
                UPDATE reconciliation.item i
                   SET state = 'resolved', resolution = 'vanished', reason = $3, resolved_at = $2, proposed_by = NULL
                  FROM reconciliation.run r
                 WHERE r.run_id = $1
                   AND i.channel = r.channel
                   AND i.state <> 'resolved'
                   AND ((i.bill_date = r.bill_date AND i.seen_by <> r.run_id)
                        OR (i.bill_date <> r.bill_date
                            AND i.kind IN ('payment-missing-there', 'refund-missing-there')
                            AND EXISTS (SELECT
                                          FROM reconciliation.line l
                                         WHERE l.run_id = r.run_id
                                           AND l.subject = i.subject
                                           AND i.kind = l.kind || '-missing-there')))
                RETURNING i.item_id
            )
            INSERT INTO reconciliation.item_event (item_id, at, action, note)
            SELECT item_id, $2, 'vanished', $3
              FROM gone
            """;

    /** Items of the day that were not found again, and what an earlier bill lacked and this one has, are settled. */
    Future<Integer> closeVanished(Tx tx, UUID runId, String reason, Instant now) {
        return tx.execute(CLOSE_VANISHED, runId, Columns.at(now), reason);
    }
}
