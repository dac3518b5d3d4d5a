package io.anju.review;

import io.anju.application.CaseFile;
import io.anju.application.ReReviewHandler.FirstRefusal;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Office;
import io.anju.policy.Step;
import io.anju.policy.Text;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code review.task}. */
final class ReviewStore {
    private static final String TASK = """
            SELECT id, application_id, kind, city_code, programme, step_index, step_id, step_name_zh, step_name_en,
                   office_level, area_code, policy_digest, receipt_number, masked_name, household_size, category, state,
                   claimed_by, claimed_at, first_decider, first_reasons, opened_at, due_on, version
              FROM review.task
            """;

    private static final String INSERT = """
            INSERT INTO review.task
                   (application_id, kind, city_code, programme, step_index, step_id, step_name_zh, step_name_en,
                    office_level, area_code, policy_digest, receipt_number, masked_name, household_size, category,
                    first_decider, first_reasons, opened_at, due_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            RETURNING id
            """;

    private static final String FIND = TASK + """
             WHERE id = $1
            """;

    private static final String LOCK = TASK + """
             WHERE id = $1
               FOR UPDATE
            """;

    private static final String LIST_BY_IDS = TASK + """
             WHERE id = ANY ($1::uuid[])
            """;

    private static final String LIST_OF_OFFICE = TASK + """
             WHERE city_code = $1
               AND office_level = $2
               AND area_code = $3
               AND state IN ('open', 'claimed')
               AND ($4::text IS NULL OR step_id = $4)
               AND ($5::boolean IS NOT TRUE OR state = 'open')
               AND ($6::date IS NULL OR due_on < $6)
               AND ($7::date IS NULL OR (due_on, id) > ($7, $8::uuid))
             ORDER BY due_on, id
             LIMIT $9
            """;

    private static final String LIST_OF_CLAIMANT = TASK + """
             WHERE claimed_by = $4
               AND state = 'claimed'
               AND city_code = $1
               AND office_level = $2
               AND area_code = $3
               AND ($5::text IS NULL OR step_id = $5)
               AND ($6::date IS NULL OR (due_on, id) > ($6, $7::uuid))
             ORDER BY due_on, id
             LIMIT $8
            """;

    private static final String COUNT_BY_STEP = """
            SELECT step_id,
                   min(step_name_zh) AS step_name_zh,
                   min(step_name_en) AS step_name_en,
                   count(*) FILTER (WHERE state = 'open') AS open,
                   count(*) FILTER (WHERE state = 'claimed') AS claimed,
                   count(*) FILTER (WHERE claimed_by = $4) AS mine,
                   count(*) FILTER (WHERE due_on < $5) AS overdue
              FROM review.task
             WHERE city_code = $1
               AND office_level = $2
               AND area_code = $3
               AND state IN ('open', 'claimed')
             GROUP BY step_id
             ORDER BY min(step_index), step_id
            """;

    private static final String CLAIM = """
            UPDATE review.task
               SET state = 'claimed', claimed_by = $2, claimed_at = $3, version = version + 1
             WHERE id = $1
            """;

    private static final String RELEASE = """
            UPDATE review.task
               SET state = 'open', claimed_by = NULL, claimed_at = NULL, version = version + 1
             WHERE id = $1
            """;

    private static final String TOUCH = """
            UPDATE review.task
               SET version = version + 1
             WHERE id = $1
            """;

    private static final String DECIDED = """
            UPDATE review.task
               SET state = 'decided', ended_at = $2, version = version + 1
             WHERE id = $1
            """;

    private static final String CLOSE_OF_APPLICATION = """
            UPDATE review.task
               SET state = 'closed', ended_at = $2, version = version + 1
             WHERE application_id = $1
               AND state IN ('open', 'claimed')
            RETURNING id
            """;

    /** The open work of a step or, where there is a refusal, of its re-review, before it has an id. */
    record Opening(CaseFile file, Step step, @Nullable FirstRefusal refusal, LocalDate dueOn, Instant now) {}

    /** Undecided tasks of an office at one step. */
    record StepCount(String stepId, Text stepName, long open, long claimed, long mine, long overdue) {}

    /** Where a page of the work list begins. */
    record After(LocalDate dueOn, UUID id) {}

    Future<UUID> insert(Tx tx, Opening opening) {
        var file = opening.file();
        var step = opening.step();
        var refusal = opening.refusal();
        return tx.find(
                        INSERT,
                        row -> row.getUUID("id"),
                        file.id(),
                        (refusal == null ? Task.Kind.REVIEW : Task.Kind.RE_REVIEW).id(),
                        file.cityCode(),
                        file.programme(),
                        step.index(),
                        step.id(),
                        step.name().zh(),
                        step.name().en(),
                        step.office(),
                        Office.areaOf(step.office(), file.areaCode()),
                        file.policyDigest(),
                        file.receiptNumber(),
                        file.maskedName(),
                        file.householdSize(),
                        file.category(),
                        refusal == null ? null : refusal.by(),
                        refusal == null ? new String[0] : refusal.reasonCodes().toArray(String[]::new),
                        at(opening.now()),
                        opening.dueOn())
                .map(Optional::orElseThrow);
    }

    Future<Optional<Task>> find(Sql sql, UUID taskId) {
        return sql.find(FIND, ReviewStore::task, taskId);
    }

    Future<Optional<Task>> lock(Tx tx, UUID taskId) {
        return tx.find(LOCK, ReviewStore::task, taskId);
    }

    Future<List<Task>> list(Sql sql, Collection<UUID> taskIds) {
        return sql.list(LIST_BY_IDS, ReviewStore::task, (Object) taskIds.toArray(UUID[]::new));
    }

    /** The office's undecided tasks: only those nobody holds, or only those due before a day, where asked so. */
    Future<List<Task>> listOfOffice(
            Sql sql,
            Office office,
            @Nullable String stepId,
            boolean onlyOpen,
            @Nullable LocalDate dueBefore,
            @Nullable After after,
            int limit) {
        return sql.list(
                LIST_OF_OFFICE,
                ReviewStore::task,
                office.cityCode(),
                office.level(),
                office.areaCode(),
                stepId,
                onlyOpen,
                dueBefore,
                after == null ? null : after.dueOn(),
                after == null ? null : after.id(),
                limit);
    }

    Future<List<Task>> listOfClaimant(
            Sql sql, Office office, UUID staff, @Nullable String stepId, @Nullable After after, int limit) {
        return sql.list(
                LIST_OF_CLAIMANT,
                ReviewStore::task,
                office.cityCode(),
                office.level(),
                office.areaCode(),
                staff,
                stepId,
                after == null ? null : after.dueOn(),
                after == null ? null : after.id(),
                limit);
    }

    Future<List<StepCount>> count(Sql sql, Office office, UUID staff, LocalDate today) {
        return sql.list(
                COUNT_BY_STEP,
                row -> new StepCount(
                        row.getString("step_id"),
                        new Text(row.getString("step_name_zh"), row.getString("step_name_en")),
                        row.getLong("open"),
                        row.getLong("claimed"),
                        row.getLong("mine"),
                        row.getLong("overdue")),
                office.cityCode(),
                office.level(),
                office.areaCode(),
                staff,
                today);
    }

    Future<Void> claim(Tx tx, UUID taskId, UUID staff, Instant now) {
        return tx.execute(CLAIM, taskId, staff, at(now)).mapEmpty();
    }

    Future<Void> release(Tx tx, UUID taskId) {
        return tx.execute(RELEASE, taskId).mapEmpty();
    }

    /** Something that the task's decision rests on has changed. */
    Future<Void> touch(Tx tx, UUID taskId) {
        return tx.execute(TOUCH, taskId).mapEmpty();
    }

    Future<Void> decided(Tx tx, UUID taskId, Instant now) {
        return tx.execute(DECIDED, taskId, at(now)).mapEmpty();
    }

    /** Closes the undecided task of an application; gives its id where there was one. */
    Future<List<UUID>> close(Tx tx, UUID applicationId, Instant now) {
        return tx.list(CLOSE_OF_APPLICATION, row -> row.getUUID("id"), applicationId, at(now));
    }

    private static Task task(Row row) {
        var claimedAt = row.getOffsetDateTime("claimed_at");
        return new Task(
                row.getUUID("id"),
                row.getUUID("application_id"),
                Task.Kind.of(row.getString("kind")),
                row.getString("city_code"),
                row.getString("programme"),
                row.getInteger("step_index"),
                row.getString("step_id"),
                new Text(row.getString("step_name_zh"), row.getString("step_name_en")),
                row.getString("office_level"),
                row.getString("area_code"),
                row.getString("policy_digest"),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                row.getInteger("household_size"),
                row.getString("category"),
                Task.State.of(row.getString("state")),
                row.getUUID("claimed_by"),
                claimedAt == null ? null : claimedAt.toInstant(),
                row.getUUID("first_decider"),
                List.of(row.getArrayOfStrings("first_reasons")),
                row.getOffsetDateTime("opened_at").toInstant(),
                row.getLocalDate("due_on"),
                row.getLong("version"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
