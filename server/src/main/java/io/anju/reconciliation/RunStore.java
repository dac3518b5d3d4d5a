package io.anju.reconciliation;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.reconciliation.BillReader.Read;
import io.anju.reconciliation.DayShares.OfChannel;
import io.anju.reconciliation.Run.Result;
import io.anju.reconciliation.Run.Stage;
import io.anju.reconciliation.Run.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of comparisons, and the lines of their bills. */
final class RunStore {
    static {
        SqlErrors.constraint("run_one_at_a_time", ReconciliationProblem.RECONCILIATION_RUNNING);
    }

    private static final String INSERT = """
            INSERT INTO reconciliation.run (run_id, channel, bill_date, number, requested_by, requested_at)
            SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4, $5
              FROM reconciliation.run
             WHERE channel = $2 AND bill_date = $3
            """;

    Future<Void> insert(Tx tx, UUID id, String channel, LocalDate day, @Nullable UUID requestedBy, Instant now) {
        return tx.execute(INSERT, id, channel, day, requestedBy, Columns.at(now))
                .mapEmpty();
    }

    private static final String COLUMNS = """
            SELECT run_id, channel, bill_date, number, requested_by, requested_at, state, stage, failure, finished_at,
                   line_count, value_fen, verified_fen, found
              FROM reconciliation.run
            """;

    private static final String FIND = COLUMNS + " WHERE run_id = $1";

    Future<Optional<Run>> find(Sql sql, UUID id) {
        return sql.find(FIND, RunStore::run, id);
    }

    private static final String LIST = COLUMNS + """
             WHERE (bill_date, run_id) < ($1, $2)
               AND ($3::date IS NULL OR bill_date = $3)
             ORDER BY bill_date DESC, run_id DESC
             LIMIT $4
            """;

    /** The newest days first, or one day alone. */
    Future<List<Run>> list(Sql sql, @Nullable LocalDate day, LocalDate beforeDay, UUID beforeId, int limit) {
        return sql.list(LIST, RunStore::run, beforeDay, beforeId, day, limit);
    }

    private static final String DAYS_WITHOUT = """
            SELECT day::date AS day
              FROM generate_series($2::date, $3::date, interval '1 day') AS day
             WHERE NOT EXISTS (SELECT
                                 FROM reconciliation.run
                                WHERE channel = $1 AND bill_date = day::date AND state IN ('running', 'done'))
             UNION
            SELECT i.bill_date
              FROM reconciliation.item i
              JOIN LATERAL (SELECT state, finished_at
                              FROM reconciliation.run
                             WHERE channel = i.channel AND bill_date = i.bill_date
                             ORDER BY number DESC
                             LIMIT 1) last ON true
             WHERE i.channel = $1 AND i.bill_date > $3::date - 90 AND i.bill_date <= $3::date
               AND last.state = 'done' AND i.resolved_at > last.finished_at AND i.resolution <> 'vanished'
               AND i.found_by IS NOT NULL
             ORDER BY day
            """;

    /**
     * The days of a range that nobody has compared or is comparing, and those of the last months of which a difference
     * was resolved since: what waited for it is settled by another comparison.
     */
    Future<List<LocalDate>> daysWithout(Sql sql, String channel, LocalDate from, LocalDate to) {
        return sql.list(DAYS_WITHOUT, row -> row.getLocalDate("day"), channel, from, to);
    }

    private static final String SHARES = """
            SELECT c.channel, coalesce(last.value_fen, 0) AS value_fen, coalesce(last.verified_fen, 0) AS verified_fen,
                   last.value_fen IS NULL AND EXISTS (SELECT
                                                        FROM reconciliation.run
                                                       WHERE channel = c.channel AND bill_date <= $2) AS missing
              FROM unnest($1::text[]) AS c (channel)
              LEFT JOIN LATERAL (SELECT value_fen, verified_fen
                                   FROM reconciliation.run
                                  WHERE channel = c.channel AND bill_date = $2 AND state = 'done'
                                    AND finished_at < ($2 + 2)::timestamp AT TIME ZONE 'Asia/Shanghai'
                                  ORDER BY number DESC
                                  LIMIT 1) last ON true
            """;

    /** What of a day each channel's newest comparison verified that ended before the day after the next began. */
    Future<DayShares> shares(Sql sql, Collection<String> channels, LocalDate day) {
        return sql.list(
                        SHARES,
                        row -> new OfChannel(
                                row.getString("channel"),
                                row.getLong("value_fen"),
                                row.getLong("verified_fen"),
                                row.getBoolean("missing")),
                        channels.toArray(String[]::new),
                        day)
                .map(DayShares::new);
    }

    private static final String FORGET_LINES = """
            DELETE FROM reconciliation.line
             WHERE run_id IN (SELECT run_id FROM reconciliation.run WHERE bill_date <= $1)
            """;

    /** Forgets the lines of this day and those before it. */
    Future<Void> forgetLines(Sql sql, LocalDate day) {
        return sql.execute(FORGET_LINES, day).mapEmpty();
    }

    private static final String CLEAR_LINES = "DELETE FROM reconciliation.line WHERE run_id = $1";
    private static final String CLEAR_UNREADABLE = "DELETE FROM reconciliation.unreadable_line WHERE run_id = $1";

    /** Forgets what an attempt that did not get through has read. */
    Future<Void> clearLines(Tx tx, UUID id) {
        return tx.execute(CLEAR_LINES, id)
                .compose(done -> tx.execute(CLEAR_UNREADABLE, id))
                .mapEmpty();
    }

    private static final String INSERT_LINES = """
            INSERT INTO reconciliation.line
                   (run_id, number, kind, subject, channel_number, at, merchant_id, app_id, currency, amount_fen,
                    fee_fen, refund_state)
            SELECT $1, lines.*
              FROM unnest($2::integer[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[], $8::text[],
                          $9::text[], $10::bigint[], $11::bigint[], $12::text[]) lines
            """;

    private static final String INSERT_UNREADABLE = """
            INSERT INTO reconciliation.unreadable_line (run_id, number, reason)
            SELECT $1, lines.*
              FROM unnest($2::integer[], $3::text[]) lines
            """;

    Future<Void> insertLines(Tx tx, UUID id, List<Read> read) {
        var lines = read.stream().map(Read::line).filter(Objects::nonNull).toList();
        var faults = read.stream().filter(one -> one.fault() != null).toList();
        return tx.execute(
                        INSERT_LINES,
                        id,
                        lines.stream().map(BillLine::number).toArray(Integer[]::new),
                        lines.stream().map(line -> line.kind().id()).toArray(String[]::new),
                        lines.stream().map(BillLine::subject).toArray(String[]::new),
                        lines.stream().map(BillLine::channelNumber).toArray(String[]::new),
                        lines.stream().map(line -> Columns.at(line.at())).toArray(OffsetDateTime[]::new),
                        lines.stream().map(BillLine::merchantId).toArray(String[]::new),
                        lines.stream().map(BillLine::appId).toArray(String[]::new),
                        lines.stream().map(BillLine::currency).toArray(String[]::new),
                        lines.stream().map(BillLine::amountFen).toArray(Long[]::new),
                        lines.stream().map(BillLine::feeFen).toArray(Long[]::new),
                        lines.stream().map(BillLine::refundState).toArray(String[]::new))
                .compose(done -> faults.isEmpty()
                        ? Future.succeededFuture()
                        : tx.execute(
                                INSERT_UNREADABLE,
                                id,
                                faults.stream().map(Read::number).toArray(Integer[]::new),
                                faults.stream().map(Read::fault).toArray(String[]::new)))
                .mapEmpty();
    }

    private static final String REACH =
            "UPDATE reconciliation.run SET stage = $2 WHERE run_id = $1 AND state = 'running'";

    Future<Void> reach(Tx tx, UUID id, Stage stage) {
        return tx.execute(REACH, id, stage.id()).mapEmpty();
    }

    private static final String FINISH = """
            UPDATE reconciliation.run
               SET state = 'done', finished_at = $2, line_count = $3, value_fen = $4, verified_fen = $5, found = $6
             WHERE run_id = $1 AND state = 'running'
            """;

    private static final String CLEAR_OLDER_LINES = """
            DELETE FROM reconciliation.line
             WHERE run_id IN (SELECT older.run_id
                                FROM reconciliation.run older
                                JOIN reconciliation.run this USING (channel, bill_date)
                               WHERE this.run_id = $1 AND older.run_id <> $1)
            """;

    /** Writes the result; the lines of the day's earlier comparisons go. */
    Future<Void> finish(Tx tx, UUID id, Result result, Instant now) {
        return tx.execute(
                        FINISH,
                        id,
                        Columns.at(now),
                        result.lines(),
                        result.valueFen(),
                        result.verifiedFen(),
                        result.found())
                .compose(done -> tx.execute(CLEAR_OLDER_LINES, id))
                .mapEmpty();
    }

    private static final String FAIL = """
            UPDATE reconciliation.run
               SET state = 'failed', finished_at = $2, failure = $3
             WHERE run_id = $1 AND state = 'running'
            """;

    Future<Void> fail(Tx tx, UUID id, String failure, Instant now) {
        return tx.execute(FAIL, id, Columns.at(now), failure).compose(done -> clearLines(tx, id));
    }

    private static Run run(Row row) {
        var lines = row.getInteger("line_count");
        return new Run(
                row.getUUID("run_id"),
                row.getString("channel"),
                row.getLocalDate("bill_date"),
                row.getInteger("number"),
                row.getUUID("requested_by"),
                Columns.instant(row, "requested_at"),
                State.of(row.getString("state")),
                Stage.of(row.getString("stage")),
                row.getString("failure"),
                Columns.findInstant(row, "finished_at").orElse(null),
                lines == null
                        ? null
                        : new Result(
                                lines, row.getLong("value_fen"), row.getLong("verified_fen"), row.getInteger("found")));
    }
}
