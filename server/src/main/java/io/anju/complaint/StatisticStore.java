package io.anju.complaint;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.findInstant;

import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.Statistic.Detail;
import io.anju.complaint.Statistic.Figures;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of {@code complaint.statistic}, and how they are counted from the clocks. */
final class StatisticStore {
    private static final String THROUGH = "SELECT through_on FROM complaint.statistic_through";

    private static final String GO_ON = """
            INSERT INTO complaint.statistic_through (through_on)
            VALUES ($1)
            ON CONFLICT ON CONSTRAINT statistic_through_pkey DO UPDATE SET through_on = excluded.through_on
            """;

    private static final String EVERY_MONTH = """
            SELECT DISTINCT date_trunc('month', due_on)::date AS month
              FROM complaint.clock
             WHERE due_on < $1
             ORDER BY month
            """;

    /** Months that something has changed in since a day: what ended, what was rated, what became due. */
    private static final String TOUCHED_MONTHS = """
            SELECT DISTINCT month
              FROM (SELECT date_trunc('month', due_on)::date AS month
                      FROM complaint.clock
                     WHERE ended_on >= $1
                     UNION ALL
                    SELECT date_trunc('month', due_on)::date
                      FROM complaint.clock
                     WHERE due_on >= $1 - 1 AND due_on < $2
                     UNION ALL
                    SELECT date_trunc('month', k.due_on)::date
                      FROM complaint.rating AS r
                      JOIN complaint.clock AS k ON k.complaint_id = r.complaint_id
                     WHERE r.rated_at >= $1) AS touched
             WHERE month < $2
             ORDER BY month
            """;

    /** Two servers never count at once: the second finds the first one's lines. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('complaint.statistic', 0))";

    private static final String CLEAR = "DELETE FROM complaint.statistic WHERE month = $1";

    private static final String MARK = """
            INSERT INTO complaint.statistic_month (city_code, month, counted_at)
            SELECT DISTINCT c.city_code, $1::date, $3::timestamptz
              FROM complaint.clock AS k
              JOIN complaint.complaint AS c ON c.id = k.complaint_id
             WHERE k.due_on >= $1 AND k.due_on < $2
            ON CONFLICT ON CONSTRAINT statistic_month_pkey DO UPDATE SET counted_at = excluded.counted_at
            """;

    /**
     * The n-th working day of each calendar day comes along: what lies between two days is a difference. The answer of a
     * clock is the first one after it began.
     */
    private static final String COUNT = """
            WITH working AS (
                SELECT * FROM unnest($4::date[], $5::int[]) AS t(day, nth)),
            pledge AS (
                SELECT c.city_code, k.stage, c.kind,
                       CASE c.kind WHEN 'report' THEN 'report' ELSE c.category END AS category,
                       CASE c.kind WHEN 'report' THEN 'city' ELSE coalesce(k.office_level, c.office_level) END AS level,
                       CASE c.kind WHEN 'report' THEN left(c.city_code, 4)
                                   ELSE coalesce(k.area_code, c.area_code) END AS area,
                       k.ended_on IS NOT NULL AS done, k.ended_on <= k.due_on AS in_time,
                       k.due_on > k.first_due_on AS extended, ended.nth - started.nth AS days, r.stars
                  FROM complaint.clock AS k
                  JOIN complaint.complaint AS c ON c.id = k.complaint_id
                  LEFT JOIN working AS started ON started.day = k.started_on
                  LEFT JOIN working AS ended ON ended.day = k.ended_on
                  LEFT JOIN LATERAL (SELECT e.id
                                       FROM complaint.event AS e
                                      WHERE e.complaint_id = k.complaint_id AND e.kind = 'replied' AND e.id > k.id
                                      ORDER BY e.seq
                                      LIMIT 1) AS answer ON k.outcome = 'done' AND k.stage <> 'accept'
                  LEFT JOIN complaint.rating AS r ON r.complaint_id = k.complaint_id AND r.answer_id = answer.id
                 WHERE k.due_on >= $1 AND k.due_on < $2
                   AND k.outcome IS DISTINCT FROM 'void'
                   AND (k.ended_on IS NOT NULL OR k.due_on < $3)
                   AND (c.kind <> 'report' OR $2 <= $3)),
            line AS (
                SELECT city_code, category, level, area, '' AS of_kind, '' AS of_stage, done, in_time, extended, days, stars
                  FROM pledge
                 WHERE stage <> 'accept'
                 UNION ALL
                SELECT city_code, category, level, area, kind, stage, done, in_time, extended, days, stars
                  FROM pledge
                 WHERE kind <> 'report')
            INSERT INTO complaint.statistic
                   (city_code, month, category, office_level, area_code, kind, stage, pledges, met, late, unanswered,
                    extended, mean_days, median_days, p90_days, rated, mean_stars)
            SELECT city_code, $1, category, level, area, of_kind, of_stage, count(*),
                   count(*) FILTER (WHERE in_time), count(*) FILTER (WHERE done AND NOT in_time),
                   count(*) FILTER (WHERE NOT done), count(*) FILTER (WHERE extended), round(avg(days), 1),
                   percentile_disc(0.5) WITHIN GROUP (ORDER BY days), percentile_disc(0.9) WITHIN GROUP (ORDER BY days),
                   count(stars), round(avg(stars), 1)
              FROM line
             GROUP BY city_code, category, level, area, of_kind, of_stage
            """;

    private static final String COUNTED_AT =
            "SELECT counted_at FROM complaint.statistic_month WHERE city_code = $1 AND month = $2";

    private static final String LINES = """
            SELECT category, office_level, area_code, kind, stage, pledges, met, late, unanswered, extended, mean_days,
                   median_days, p90_days, rated, mean_stars
              FROM complaint.statistic
            """;

    private static final String LIST = LINES + """
             WHERE city_code = $1 AND month = $2 AND kind = ''
               AND (category, office_level, area_code) > ($3, $4, $5)
             ORDER BY category, office_level, area_code
             LIMIT $6
            """;

    /** Of one's own office, or of one's own area; the line of reports, which has no kind, only for the latter. */
    private static final String LIST_OF_OFFICES = LINES + """
             WHERE city_code = $1 AND month = $2
               AND ((kind <> '' AND (($3 AND starts_with(area_code, $5)) OR (office_level = $4 AND area_code = $5)))
                    OR ($3 AND category = 'report' AND area_code = $5))
               AND (category, office_level, area_code, kind, stage) > ($6, $7, $8, $9, $10)
             ORDER BY category, office_level, area_code, kind, stage
             LIMIT $11
            """;

    Future<Optional<LocalDate>> through(Sql sql) {
        return sql.find(THROUGH, row -> row.getLocalDate("through_on"));
    }

    Future<Void> goOn(Sql sql, LocalDate through) {
        return sql.execute(GO_ON, through).mapEmpty();
    }

    /** @param since null for all that there are */
    Future<List<LocalDate>> months(Sql sql, @Nullable LocalDate since, LocalDate before) {
        return since == null
                ? sql.list(EVERY_MONTH, StatisticStore::month, before)
                : sql.list(TOUCHED_MONTHS, StatisticStore::month, since, before);
    }

    private static LocalDate month(Row row) {
        return row.getLocalDate("month");
    }

    /** Calendar days and how many working days there were up to each of them. */
    record Calendar(LocalDate[] days, Integer[] nth) {}

    /** Counts one month of every city anew. */
    Future<Void> count(Tx tx, LocalDate month, LocalDate today, Calendar calendar, Instant now) {
        var next = month.plusMonths(1);
        return tx.run(LOCK)
                .compose(locked -> tx.execute(CLEAR, month))
                .compose(cleared -> tx.execute(MARK, month, next, at(now)))
                .compose(marked -> tx.execute(COUNT, month, next, today, calendar.days(), calendar.nth()))
                .mapEmpty();
    }

    Future<Optional<Instant>> countedAt(Sql sql, String cityCode, LocalDate month) {
        return sql.find(COUNTED_AT, row -> findInstant(row, "counted_at").orElseThrow(), cityCode, month);
    }

    /** Where a page ended; texts that come before all others on the first. */
    record After(String category, String level, String area, String kind, String stage) {
        static final After START = new After("", "", "", "", "");
    }

    /** For everyone, by category and office. */
    Future<List<Statistic>> list(Sql sql, String cityCode, LocalDate month, After after, int limit) {
        return sql.list(
                LIST, StatisticStore::statistic, cityCode, month, after.category(), after.level(), after.area(), limit);
    }

    /** What an office may see of its own, or of its area. */
    Future<List<Statistic>> listOfOffices(Sql sql, Sight sight, LocalDate month, After after, int limit) {
        var office = sight.office();
        return sql.list(
                LIST_OF_OFFICES,
                StatisticStore::statistic,
                office.cityCode(),
                month,
                sight.wide(),
                office.level(),
                office.areaCode(),
                after.category(),
                after.level(),
                after.area(),
                after.kind(),
                after.stage(),
                limit);
    }

    private static Statistic statistic(Row row) {
        var kind = row.getString("kind");
        return new Statistic(
                row.getString("category"),
                new OfficeRef(row.getString("office_level"), row.getString("area_code")),
                kind.isEmpty() ? null : new Detail(ComplaintKind.of(kind), Stage.of(row.getString("stage"))),
                new Figures(
                        row.getInteger("pledges"),
                        row.getInteger("met"),
                        row.getInteger("late"),
                        row.getInteger("unanswered"),
                        row.getInteger("extended"),
                        row.getBigDecimal("mean_days"),
                        row.getInteger("median_days"),
                        row.getInteger("p90_days"),
                        row.getInteger("rated"),
                        row.getBigDecimal("mean_stars")));
    }
}
