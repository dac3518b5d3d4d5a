package io.anju.verification;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.VerificationRequirement;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code verification.request} and {@code verification.answer}. */
final class VerificationStore {
    static final String TABLE = "verification.answer";
    static final String COLUMN = "content";

    private static final String INSERT_REQUEST = """
            INSERT INTO verification.request
                   (task_id, application_id, city_code, agency, fact, required, position, requested_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private static final String CLOSE_REQUESTS = """
            UPDATE verification.request
               SET closed_at = $2
             WHERE task_id = $1 AND closed_at IS NULL
            """;

    private static final String REQUEST_WITH_LATEST_ANSWER = """
            SELECT r.id, r.task_id, r.application_id, r.city_code, r.agency, r.fact, r.required, r.answers,
                   r.requested_at, r.closed_at, a.id AS answer_id, a.number, a.result, a.as_of, a.content, a.source,
                   a.answered_by, a.answered_at
              FROM verification.request AS r
              LEFT JOIN verification.answer AS a ON a.request_id = r.id AND a.number = r.answers
            """;

    private static final String LIST_OF_TASK = REQUEST_WITH_LATEST_ANSWER + """
             WHERE r.task_id = $1
             ORDER BY r.position
            """;

    private static final String FIND = REQUEST_WITH_LATEST_ANSWER + """
             WHERE r.id = $1
            """;

    private static final String LIST_WAITING_AT_AGENCY = REQUEST_WITH_LATEST_ANSWER + """
             WHERE r.city_code = $1
               AND r.agency = $2
               AND r.closed_at IS NULL
               AND r.answers = 0
               AND ($3::text IS NULL OR r.fact = $3)
               AND ($4::uuid IS NULL OR r.id > $4)
             ORDER BY r.id
             LIMIT $5
            """;

    private static final String INSERT_ANSWER = """
            WITH counted AS (
                UPDATE verification.request
                   SET answers = answers + 1
                 WHERE id = $2 AND closed_at IS NULL
             RETURNING answers)
            INSERT INTO verification.answer
                   (id, request_id, number, result, overridden, as_of, content, source, answered_by, answered_at)
            SELECT $1, $2, answers, $3, $4, $5, $6, $7, $8, $9
              FROM counted
            RETURNING number
            """;

    private final Vault vault;

    VerificationStore(Vault vault) {
        this.vault = vault;
    }

    Future<Void> insert(
            Tx tx, UUID taskId, UUID applicationId, String cityCode, List<VerificationRequirement> facts, Instant now) {
        var rows = new ArrayList<Tuple>(facts.size());
        for (int position = 0; position < facts.size(); position++) {
            var fact = facts.get(position);
            rows.add(Tuple.of(
                    taskId, applicationId, cityCode, fact.agency(), fact.fact(), fact.required(), position, at(now)));
        }
        return tx.batch(INSERT_REQUEST, rows);
    }

    Future<Void> close(Tx tx, UUID taskId, Instant now) {
        return tx.execute(CLOSE_REQUESTS, taskId, at(now)).mapEmpty();
    }

    Future<List<Verification>> listOfTask(Sql sql, UUID taskId) {
        return sql.list(LIST_OF_TASK, this::verification, taskId);
    }

    Future<Optional<Verification>> find(Sql sql, UUID requestId) {
        return sql.find(FIND, this::verification, requestId);
    }

    Future<List<Verification>> listWaiting(
            Sql sql, String cityCode, String agency, @Nullable String fact, @Nullable UUID after, int limit) {
        return sql.list(LIST_WAITING_AT_AGENCY, this::verification, cityCode, agency, fact, after, limit);
    }

    /** Adds the answer under the next number; gives the number, or empty where the request is closed. */
    Future<Optional<Integer>> insert(
            Tx tx, UUID id, UUID requestId, Answer.Draft draft, Answer.Source source, UUID by, Instant now) {
        return tx.find(
                INSERT_ANSWER,
                row -> row.getInteger("number"),
                id,
                requestId,
                draft.result().id(),
                draft.content().overrideReason() != null,
                draft.asOf(),
                Buffer.buffer(vault.sealJson(TABLE, COLUMN, id, draft.content())),
                source.id(),
                by,
                at(now));
    }

    private Verification verification(Row row) {
        return new Verification(
                row.getUUID("id"),
                row.getUUID("task_id"),
                row.getUUID("application_id"),
                row.getString("city_code"),
                row.getString("agency"),
                row.getString("fact"),
                row.getBoolean("required"),
                row.getInteger("answers"),
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getOffsetDateTime("closed_at") != null,
                row.getUUID("answer_id") == null ? null : answer(row));
    }

    private Answer answer(Row row) {
        var id = row.getUUID("answer_id");
        return new Answer(
                id,
                row.getUUID("id"),
                row.getInteger("number"),
                Answer.Result.of(row.getString("result")),
                row.getLocalDate("as_of"),
                vault.openJson(TABLE, COLUMN, id, row.getBuffer("content").getBytes(), Answer.Content.class),
                Answer.Source.of(row.getString("source")),
                row.getUUID("answered_by"),
                row.getOffsetDateTime("answered_at").toInstant());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
