package io.anju.application;

import static io.anju.application.ApplicationStore.at;
import static io.anju.application.ApplicationStore.lower;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was handed in: one row per submission, never changed. */
final class SubmissionStore {
    private static final String TABLE = "application.submission";

    /** The submission, the application's new standing, its event, and the end of the draft, in one statement. */
    private static final String HAND_IN = """
            WITH handed AS (
                UPDATE application.application
                   SET state = $3, version = version + 1, updated_at = $4, submissions = submissions + 1,
                       step_index = $5, furthest_step = greatest(furthest_step, $5), area_code = $6,
                       household_size = $7, masked_name = $8, category = $9, policy_digest = $10,
                       receipt_number = $11, submitted_at = coalesce(submitted_at, $4)
                 WHERE id = $1 AND version = $2
                RETURNING *),
            kept AS (
                INSERT INTO application.submission (application_id, number, content, content_sha256, received_at,
                                                    signed_text, signature)
                SELECT id, submissions, $12, $13, $4, $14, $15 FROM handed),
            dropped AS (
                DELETE FROM application.draft WHERE application_id = $1),
            documents AS (
                UPDATE application.attachment SET handed_in = true WHERE application_id = $1 AND NOT handed_in),
            told AS (
                INSERT INTO application.event (id, application_id, version, at, kind, actor_kind, actor_id, from_state,
                                               to_state, step_index, note, by_proxy)
                SELECT $16, id, version, $4, $17, $18, $19, $20, state, step_index, $21, $22 FROM handed)
            SELECT * FROM handed
            """;

    private static final String FIND_LATEST = """
            SELECT number, content, content_sha256, received_at, signed_text, signature
              FROM application.submission
             WHERE application_id = $1
             ORDER BY number DESC
             LIMIT 1
            """;

    private final Vault vault;

    SubmissionStore(Vault vault) {
        this.vault = vault;
    }

    /**
     * Hands in, for an application that this transaction has locked at its version.
     *
     * @param fixed what the application is from now on
     * @param content the canonical JSON of the submission
     */
    Future<Application> handIn(
            Tx tx, Application from, Application.HandedIn fixed, Move move, byte[] content, Submission.Filed filed) {
        var eventId = Ids.next(move.at());
        var sealed = vault.seal(TABLE, column(filed.number()), from.id(), content);
        return tx.find(
                        HAND_IN,
                        ApplicationStore::application,
                        from.id(),
                        from.version(),
                        move.to().id(),
                        at(move.at()),
                        fixed.stepIndex(),
                        fixed.areaCode(),
                        fixed.householdSize(),
                        fixed.maskedName(),
                        fixed.category(),
                        fixed.policyDigest(),
                        fixed.receiptNumber(),
                        Buffer.buffer(sealed),
                        filed.contentSha256(),
                        filed.signedText(),
                        filed.signature(),
                        eventId,
                        lower(move.kind()),
                        lower(move.actor().kind()),
                        move.actor().id(),
                        from.state().id(),
                        sealedNote(eventId, move.note()),
                        move.actor().proxy())
                .map(Optional::orElseThrow);
    }

    private @Nullable Buffer sealedNote(UUID eventId, @Nullable String note) {
        return note == null ? null : Buffer.buffer(vault.sealText("application.event", "note", eventId, note));
    }

    /** What was handed in last, opened. */
    Future<Submission> latest(Sql sql, UUID applicationId) {
        return sql.find(FIND_LATEST, row -> open(row, applicationId), applicationId)
                .map(Optional::orElseThrow);
    }

    /** What the receipt says of the last submission; opens nothing. */
    Future<Submission.Filed> latestFiled(Sql sql, UUID applicationId) {
        return sql.find(FIND_LATEST, SubmissionStore::filed, applicationId).map(Optional::orElseThrow);
    }

    /** Opens a row that holds {@code number} and {@code content}. */
    Submission open(Row row, UUID applicationId) {
        var sealed = row.getBuffer("content").getBytes();
        var content = vault.open(TABLE, column(row.getInteger("number")), applicationId, sealed);
        return CanonicalJson.read(content, Submission.class);
    }

    private static Submission.Filed filed(Row row) {
        return new Submission.Filed(
                row.getInteger("number"),
                row.getString("content_sha256"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getString("signed_text"),
                row.getString("signature"));
    }

    /** The number takes part in the binding, so that one submission cannot pass for another of the same application. */
    private static String column(int number) {
        return "content." + number;
    }
}
