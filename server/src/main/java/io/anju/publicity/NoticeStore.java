package io.anju.publicity;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.Text;
import io.anju.publicity.Notice.Line;
import io.anju.publicity.Notice.Outcome;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code publicity.notice} and {@code publicity.line}. */
final class NoticeStore {
    private static final String INSERT = """
            INSERT INTO publicity.notice
                   (id, city_code, programme, step_id, step_name_zh, step_name_en, office_level, area_code, office_name,
                    opened_by, starts_on, ends_on, closes_at, line_count)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """;

    private static final String INSERT_LINE = """
            INSERT INTO publicity.line
                   (notice_id, application_id, receipt_number, masked_name, household_size, district_code, district_zh,
                    district_en, category, score)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String NOTICE = """
            SELECT id, city_code, programme, step_id, step_name_zh, step_name_en, office_level, area_code, office_name,
                   starts_on, ends_on, closes_at, line_count, version
              FROM publicity.notice
            """;

    private static final String FIND = NOTICE + """
             WHERE id = $1
            """;

    private static final String LIST = NOTICE + """
             WHERE ($1::text IS NULL OR city_code = $1)
               AND ($2::text IS NULL OR programme = $2)
               AND ($3::boolean IS NULL OR (closes_at > $4) = $3)
               AND ($5::uuid IS NULL OR id < $5)
             ORDER BY id DESC
             LIMIT $6
            """;

    private static final String LINE = """
            SELECT application_id, receipt_number, masked_name, household_size, district_code, district_zh, district_en,
                   category, score, outcome
              FROM publicity.line
            """;

    private static final String LIST_LINES = LINE + """
             WHERE notice_id = $1
               AND receipt_number > $2
               AND outcome IS DISTINCT FROM 'withdrawn'
             ORDER BY receipt_number
             LIMIT $3
            """;

    private static final String LOCK_LINE = LINE + """
             WHERE notice_id = $1 AND application_id = $2
               FOR UPDATE
            """;

    private static final String LOCK_LINE_BY_RECEIPT = LINE + """
             WHERE notice_id = $1 AND receipt_number = $2
               FOR UPDATE
            """;

    private static final String SETTLE_LINE = """
            UPDATE publicity.line
               SET outcome = $3, settled_at = $4
             WHERE notice_id = $1 AND application_id = $2
            """;

    private static final String WITHDRAW_LINE = """
            WITH gone AS (
                UPDATE publicity.line
                   SET outcome = 'withdrawn', settled_at = $2
                 WHERE application_id = $1 AND outcome IS NULL
             RETURNING notice_id)
            UPDATE publicity.notice
               SET version = version + 1
             WHERE id IN (SELECT notice_id FROM gone)
            """;

    private static final String LIST_READY_TO_PASS = """
            SELECT application_id
              FROM publicity.line AS l
             WHERE notice_id = $1
               AND outcome IS NULL
               AND ($2::uuid IS NULL OR application_id > $2)
               AND NOT EXISTS (SELECT
                                 FROM publicity.objection AS o
                                WHERE o.notice_id = l.notice_id
                                  AND o.application_id = l.application_id
                                  AND o.state = 'open')
             ORDER BY application_id
             LIMIT $3
            """;

    private static final String SETTLED = """
            UPDATE publicity.notice
               SET settled_at = $2
             WHERE id = $1 AND settled_at IS NULL
            """;

    Future<Void> insert(Tx tx, Notice notice, UUID openedBy, List<Line> lines) {
        return tx.execute(
                        INSERT,
                        notice.id(),
                        notice.cityCode(),
                        notice.programme(),
                        notice.stepId(),
                        notice.stepName().zh(),
                        notice.stepName().en(),
                        notice.officeLevel(),
                        notice.areaCode(),
                        notice.officeName(),
                        openedBy,
                        notice.startsOn(),
                        notice.endsOn(),
                        at(notice.closesAt()),
                        notice.lineCount())
                .compose(inserted -> tx.batch(
                        INSERT_LINE,
                        lines.stream().map(line -> tuple(notice.id(), line)).toList()));
    }

    private static Tuple tuple(UUID noticeId, Line line) {
        return Tuple.of(
                noticeId,
                line.applicationId(),
                line.receiptNumber(),
                line.maskedName(),
                line.householdSize(),
                line.districtCode(),
                line.district().zh(),
                line.district().en(),
                line.category(),
                line.score());
    }

    Future<Optional<Notice>> find(Sql sql, UUID noticeId) {
        return sql.find(FIND, NoticeStore::notice, noticeId);
    }

    /** The newest first; only the open or only the closed ones at this instant where asked so. */
    Future<List<Notice>> list(
            Sql sql,
            @Nullable String cityCode,
            @Nullable String programme,
            @Nullable Boolean open,
            Instant now,
            @Nullable UUID before,
            int limit) {
        return sql.list(LIST, NoticeStore::notice, cityCode, programme, open, at(now), before, limit);
    }

    Future<List<Line>> listLines(Sql sql, UUID noticeId, String afterReceiptNumber, int limit) {
        return sql.list(LIST_LINES, NoticeStore::line, noticeId, afterReceiptNumber, limit);
    }

    Future<Optional<Line>> lockLine(Tx tx, UUID noticeId, UUID applicationId) {
        return tx.find(LOCK_LINE, NoticeStore::line, noticeId, applicationId);
    }

    Future<Optional<Line>> lockLine(Tx tx, UUID noticeId, String receiptNumber) {
        return tx.find(LOCK_LINE_BY_RECEIPT, NoticeStore::line, noticeId, receiptNumber);
    }

    Future<Void> settleLine(Tx tx, UUID noticeId, UUID applicationId, Outcome outcome, Instant now) {
        return tx.execute(SETTLE_LINE, noticeId, applicationId, outcome.id(), at(now))
                .mapEmpty();
    }

    Future<Void> withdrawLine(Tx tx, UUID applicationId, Instant now) {
        return tx.execute(WITHDRAW_LINE, applicationId, at(now)).mapEmpty();
    }

    /** Applications on the notice that nothing stands against, in the order in which they are locked. */
    Future<List<UUID>> listReadyToPass(Sql sql, UUID noticeId, @Nullable UUID after, int limit) {
        return sql.list(LIST_READY_TO_PASS, row -> row.getUUID("application_id"), noticeId, after, limit);
    }

    Future<Void> settled(Sql sql, UUID noticeId, Instant now) {
        return sql.execute(SETTLED, noticeId, at(now)).mapEmpty();
    }

    private static Notice notice(Row row) {
        return new Notice(
                row.getUUID("id"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getString("step_id"),
                new Text(row.getString("step_name_zh"), row.getString("step_name_en")),
                row.getString("office_level"),
                row.getString("area_code"),
                row.getString("office_name"),
                row.getLocalDate("starts_on"),
                row.getLocalDate("ends_on"),
                row.getOffsetDateTime("closes_at").toInstant(),
                row.getInteger("line_count"),
                row.getLong("version"));
    }

    private static Line line(Row row) {
        var outcome = row.getString("outcome");
        return new Line(
                row.getUUID("application_id"),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                row.getInteger("household_size"),
                row.getString("district_code"),
                new Text(row.getString("district_zh"), row.getString("district_en")),
                row.getString("category"),
                row.getString("score"),
                outcome == null ? null : Outcome.of(outcome));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
