package io.anju.application;

import static io.anju.application.ApplicationStore.at;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Correction requests and requests for re-review: each at most once per application, by the primary key. */
final class CorrectionStore {
    private static final String CORRECTION = "application.correction";
    private static final String RE_REVIEW = "application.re_review";

    private static final String INSERT_CORRECTION = """
            INSERT INTO application.correction (application_id, requested_at, due_on, items)
            VALUES ($1, $2, $3, $4)
            """;

    private static final String FIND_CORRECTION = """
            SELECT application_id, requested_at, due_on, items, answered_at
              FROM application.correction
             WHERE application_id = $1
            """;

    private static final String ANSWERED = """
            UPDATE application.correction
               SET answered_at = $2
             WHERE application_id = $1 AND answered_at IS NULL
            """;

    private static final String LIST_LAPSED = """
            SELECT correction.application_id
              FROM application.correction
              JOIN application.application ON application.id = correction.application_id
             WHERE correction.answered_at IS NULL AND correction.due_on < $1
               AND application.state = 'awaiting_correction'
             ORDER BY correction.due_on, correction.application_id
             LIMIT $2
            """;

    private static final String INSERT_RE_REVIEW = """
            INSERT INTO application.re_review (application_id, requested_at, due_on, reason)
            VALUES ($1, $2, $3, $4)
            """;

    private static final String FIND_RE_REVIEW = """
            SELECT requested_at, due_on
              FROM application.re_review
             WHERE application_id = $1
            """;

    static {
        SqlErrors.constraint("correction_asked_once", ApplicationProblem.CORRECTION_ASKED_BEFORE);
        SqlErrors.constraint("re_review_asked_once", ApplicationProblem.RE_REVIEW_ASKED_BEFORE);
    }

    private final Vault vault;

    CorrectionStore(Vault vault) {
        this.vault = vault;
    }

    /** @param answeredAt null while it is awaited */
    record Correction(
            Instant requestedAt,
            LocalDate dueOn,
            List<CorrectionItem> items,
            @Nullable Instant answeredAt) {}

    record ReReview(Instant requestedAt, LocalDate dueOn) {}

    private record Items(List<CorrectionItem> items) {}

    Future<Void> insert(Tx tx, UUID applicationId, List<CorrectionItem> items, LocalDate dueOn, Instant now) {
        var sealed = vault.seal(CORRECTION, "items", applicationId, CanonicalJson.write(new Items(items)));
        return tx.execute(INSERT_CORRECTION, applicationId, at(now), dueOn, Buffer.buffer(sealed))
                .mapEmpty();
    }

    Future<Optional<Correction>> find(Sql sql, UUID applicationId) {
        return sql.find(FIND_CORRECTION, this::correction, applicationId);
    }

    Future<Void> answered(Tx tx, UUID applicationId, Instant now) {
        return tx.execute(ANSWERED, applicationId, at(now)).mapEmpty();
    }

    /** Applications whose correction was due before this day and is not answered. */
    Future<List<UUID>> listLapsed(Sql sql, LocalDate today, int limit) {
        return sql.list(LIST_LAPSED, row -> row.getUUID("application_id"), today, limit);
    }

    Future<Void> insertReReview(Tx tx, UUID applicationId, String reason, LocalDate dueOn, Instant now) {
        var sealed = vault.sealText(RE_REVIEW, "reason", applicationId, reason);
        return tx.execute(INSERT_RE_REVIEW, applicationId, at(now), dueOn, Buffer.buffer(sealed))
                .mapEmpty();
    }

    Future<Optional<ReReview>> findReReview(Sql sql, UUID applicationId) {
        return sql.find(
                FIND_RE_REVIEW,
                row -> new ReReview(row.getOffsetDateTime("requested_at").toInstant(), row.getLocalDate("due_on")),
                applicationId);
    }

    private Correction correction(Row row) {
        var json = vault.open(
                CORRECTION,
                "items",
                row.getUUID("application_id"),
                row.getBuffer("items").getBytes());
        var answered = row.getOffsetDateTime("answered_at");
        return new Correction(
                row.getOffsetDateTime("requested_at").toInstant(),
                row.getLocalDate("due_on"),
                CanonicalJson.read(json, Items.class).items(),
                answered == null ? null : answered.toInstant());
    }
}
