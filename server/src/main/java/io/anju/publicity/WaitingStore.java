package io.anju.publicity;

import io.anju.application.CaseFile;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Office;
import io.anju.policy.Step;
import io.anju.policy.Text;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code publicity.waiting}: applications that wait for their office's next notice. */
final class WaitingStore {
    private static final String INSERT = """
            INSERT INTO publicity.waiting
                   (application_id, city_code, office_level, area_code, programme, step_id, step_name_zh, step_name_en,
                    days, entered_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String DELETE = """
            DELETE FROM publicity.waiting
             WHERE application_id = $1
            """;

    /** One officer of an office at a time: the second sees what the first has left. */
    private static final String LOCK_DESK = """
            SELECT pg_advisory_xact_lock(
                       hashtextextended(concat_ws('/', 'publicity', $1::text, $2::text, $3::text, $4::text, $5::text), 0))
            """;

    private static final String LIST = """
            SELECT application_id, step_name_zh, step_name_en, days
              FROM publicity.waiting
             WHERE city_code = $1
               AND office_level = $2
               AND area_code = $3
               AND programme = $4
               AND step_id = $5
               AND ($6::uuid[] IS NULL OR application_id = ANY ($6))
             ORDER BY entered_at, application_id
             LIMIT $7
            """;

    private static final String COUNT = """
            SELECT programme, step_id, min(step_name_zh) AS step_name_zh, min(step_name_en) AS step_name_en,
                   count(*) AS waiting
              FROM publicity.waiting
             WHERE city_code = $1 AND office_level = $2 AND area_code = $3
             GROUP BY programme, step_id
             ORDER BY programme, step_id
            """;

    /** @param days calendar days of the policy that the application is decided under */
    record Waiting(UUID applicationId, Text stepName, int days) {}

    record QueueCount(String programme, String stepId, Text stepName, long waiting) {}

    Future<Void> insert(Tx tx, CaseFile file, Step step, Instant now) {
        return tx.execute(
                        INSERT,
                        file.id(),
                        file.cityCode(),
                        step.office(),
                        Office.areaOf(step.office(), file.areaCode()),
                        file.programme(),
                        step.id(),
                        step.name().zh(),
                        step.name().en(),
                        step.days(),
                        now.atOffset(ZoneOffset.UTC))
                .mapEmpty();
    }

    /** Whether it was waiting still. */
    Future<Boolean> delete(Tx tx, UUID applicationId) {
        return tx.execute(DELETE, applicationId).map(rows -> rows > 0);
    }

    Future<Void> lockDesk(Tx tx, Office office, String programme, String stepId) {
        return tx.run(LOCK_DESK, office.cityCode(), office.level(), office.areaCode(), programme, stepId)
                .mapEmpty();
    }

    /** What waits at the office for this step, the longest first; only these applications where some are named. */
    Future<List<Waiting>> list(
            Sql sql, Office office, String programme, String stepId, @Nullable List<UUID> only, int limit) {
        return sql.list(
                LIST,
                row -> new Waiting(
                        row.getUUID("application_id"),
                        new Text(row.getString("step_name_zh"), row.getString("step_name_en")),
                        row.getInteger("days")),
                office.cityCode(),
                office.level(),
                office.areaCode(),
                programme,
                stepId,
                Optional.ofNullable(only).map(ids -> ids.toArray(UUID[]::new)).orElse(null),
                limit);
    }

    Future<List<QueueCount>> count(Sql sql, Office office) {
        return sql.list(
                COUNT,
                row -> new QueueCount(
                        row.getString("programme"),
                        row.getString("step_id"),
                        new Text(row.getString("step_name_zh"), row.getString("step_name_en")),
                        row.getLong("waiting")),
                office.cityCode(),
                office.level(),
                office.areaCode());
    }
}
