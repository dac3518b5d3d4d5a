package io.anju.application;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.anju.platform.http.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Everything of a resident's applications, for the resident: other members' data is masked or left out. */
final class OwnDataStore {
    /** What may be told of a member who is not the one who asks; their names and numbers are masked. */
    private static final Set<String> OF_OTHERS = Set.of("fullName", "nationalId", "relation");

    private static final String APPLICATIONS = """
            SELECT id AS "applicationId", city_code AS "cityCode", programme, state, receipt_number AS "receiptNumber",
                   area_code AS "areaCode", household_size AS "householdSize", category,
                   policy_digest AS "policyDigest", submitted_at AS "submittedAt", refused_at AS "refusedAt",
                   registered_at AS "registeredAt", created_at AS "createdAt", updated_at AS "updatedAt"
              FROM application.application
             WHERE resident_id = $1
             ORDER BY id
             LIMIT 1000
            """;

    private static final String OF_RESIDENT = """
              JOIN application.application a ON a.id = x.application_id
             WHERE a.resident_id = $1
            """;

    private static final String DRAFTS = """
            SELECT x.application_id AS "applicationId", x.household FROM application.draft x
            """ + OF_RESIDENT + " LIMIT 1000";

    private static final String SUBMISSIONS = """
            SELECT x.application_id AS "applicationId", x.number, x.content, x.content_sha256 AS "contentSha256",
                   x.received_at AS "receivedAt", x.signed_text AS "signedText", x.signature
              FROM application.submission x
            """ + OF_RESIDENT + " ORDER BY x.received_at LIMIT 1000";

    private static final String EVENTS = """
            SELECT x.application_id AS "applicationId", x.id AS "eventId", x.at, x.kind, x.actor_kind AS "actor",
                   x.office, x.by_proxy AS "proxy", x.from_state AS "from", x.to_state AS "to", x.reason_codes AS "reasonCodes", x.note
              FROM application.event x
            """ + OF_RESIDENT + " ORDER BY x.id LIMIT 10000";

    private static final String CORRECTIONS = """
            SELECT x.application_id AS "applicationId", x.requested_at AS "requestedAt", x.due_on AS "dueOn",
                   x.answered_at AS "answeredAt", x.items
              FROM application.correction x
            """ + OF_RESIDENT + " LIMIT 1000";

    private static final String RE_REVIEWS = """
            SELECT x.application_id AS "applicationId", x.requested_at AS "requestedAt", x.due_on AS "dueOn", x.reason
              FROM application.re_review x
            """ + OF_RESIDENT + " LIMIT 1000";

    private static final String DOCUMENTS = """
            SELECT x.id AS "attachmentId", x.application_id AS "applicationId", x.kind, x.media_type AS "mediaType",
                   x.size_bytes AS "sizeBytes", x.sha256, x.uploaded_at AS "uploadedAt", x.handed_in AS "handedIn",
                   x.file_name
              FROM application.attachment x
            """ + OF_RESIDENT + " ORDER BY x.id LIMIT 10000";

    private static final String READINGS = """
            SELECT x.application_id AS "applicationId", x.at, x.office, x.reason FROM application.reading x
            """ + OF_RESIDENT + " ORDER BY x.id LIMIT 10000";

    private static final String PLACES = """
            SELECT city_code AS "cityCode", claimed_at AS "claimedAt", released_at AS "releasedAt"
              FROM application.claim
             WHERE person_index = $1
             ORDER BY claimed_at
             LIMIT 1000
            """;

    private static final String HOUSED = """
            SELECT city_code AS "cityCode", since, source FROM application.housed_person WHERE person_index = $1
             LIMIT 1000
            """;

    private final Vault vault;
    private final SubmissionStore submissions;

    OwnDataStore(Vault vault) {
        this.vault = vault;
        this.submissions = new SubmissionStore(vault);
    }

    Future<List<Held>> all(Sql sql, Resident owner) {
        var id = owner.id();
        var person = owner.person();
        var own = person == null ? null : person.nationalId().value();
        return Future.all(List.of(
                        held(sql, "applications", APPLICATIONS, (row, node) -> {}, id),
                        held(sql, "drafts", DRAFTS, (row, node) -> household(row, node, own), id),
                        held(sql, "submissions", SUBMISSIONS, (row, node) -> submission(row, node, own), id),
                        held(sql, "timeline", EVENTS, this::note, id),
                        held(sql, "corrections", CORRECTIONS, this::items, id),
                        held(sql, "re-reviews", RE_REVIEWS, this::reason, id),
                        held(sql, "documents", DOCUMENTS, this::fileName, id),
                        held(sql, "file-readings", READINGS, (row, node) -> {}, id),
                        heldOf(sql, "places", PLACES, own),
                        heldOf(sql, "housed", HOUSED, own)))
                .map(read -> read.<Held>list());
    }

    private static Future<Held> held(
            Sql sql, String kind, String query, BiConsumer<Row, ObjectNode> more, Object argument) {
        return HeldRows.list(sql, query, more, argument).map(rows -> new Held(kind, rows));
    }

    /** What is kept of the person and not of the account; nothing where nobody knows who it is. */
    private Future<Held> heldOf(Sql sql, String kind, String query, @Nullable String nationalId) {
        return nationalId == null
                ? Future.succeededFuture(new Held(kind, List.of()))
                : held(sql, kind, query, (row, node) -> {}, Buffer.buffer(Persons.index(vault, nationalId)));
    }

    private void household(Row row, ObjectNode node, @Nullable String own) {
        var bytes = open("application.draft", "household", row.getUUID("applicationId"), row);
        node.set("household", masked(CanonicalJson.read(bytes, Household.class), own));
    }

    private void submission(Row row, ObjectNode node, @Nullable String own) {
        var submission = submissions.open(row, row.getUUID("applicationId"));
        node.set("household", masked(submission.household(), own));
        node.set("commitment", Json.mapper().valueToTree(submission.commitment()));
        node.set("documents", Json.mapper().valueToTree(submission.documents()));
    }

    private void note(Row row, ObjectNode node) {
        Columns.findBytes(row, "note")
                .ifPresent(note ->
                        node.put("note", vault.openText("application.event", "note", row.getUUID("eventId"), note)));
    }

    private void items(Row row, ObjectNode node) {
        var bytes = open("application.correction", "items", row.getUUID("applicationId"), row);
        node.set("items", CanonicalJson.read(bytes, JsonNode.class));
    }

    private void reason(Row row, ObjectNode node) {
        var id = row.getUUID("applicationId");
        node.put("reason", vault.openText("application.re_review", "reason", id, Columns.bytes(row, "reason")));
    }

    private void fileName(Row row, ObjectNode node) {
        var id = row.getUUID("attachmentId");
        node.put(
                "fileName", vault.openText("application.attachment", "file_name", id, Columns.bytes(row, "file_name")));
    }

    private byte[] open(String table, String column, UUID id, Row row) {
        return vault.open(table, column, id, Columns.bytes(row, column));
    }

    private static JsonNode masked(Household household, @Nullable String own) {
        ObjectNode tree = Json.mapper().valueToTree(household);
        ((ArrayNode) tree.path("members")).forEach(member -> {
            if (!member.path("nationalId").asText().equals(own)) {
                var other = (ObjectNode) member;
                other.retain(OF_OTHERS);
                other.put("fullName", Masking.name(other.path("fullName").asText()));
                other.put(
                        "nationalId",
                        Masking.nationalId(other.path("nationalId").asText()));
            }
        });
        return tree;
    }
}
