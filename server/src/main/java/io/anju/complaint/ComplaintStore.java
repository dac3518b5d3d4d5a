package io.anju.complaint;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Running;
import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.Complaint.Subject;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code complaint.complaint}, with the clock that runs. What staff asks for goes by {@link Sight}. */
final class ComplaintStore {
    private static final String TABLE = "complaint.complaint";
    private static final String CONTENT = "content";

    static final String COLUMNS = """
            SELECT c.id, c.number, c.city_code, c.kind, c.category, c.joinable, c.policy_digest, c.resident_id,
                   c.subject_type, c.subject_id, c.objection_id, c.content, c.state, c.version, c.office_level,
                   c.area_code, c.handler_id, c.transfer_by, c.bound, c.supervised, c.extended, c.reopened,
                   c.review_round, c.review_by, c.reopen_by, c.final, c.answered_on, c.supporters, c.filed_on,
                   c.filed_at, k.id AS clock_id, k.stage, k.due_on, k.warn_on
              FROM complaint.complaint AS c
              LEFT JOIN complaint.clock AS k ON k.complaint_id = c.id AND k.ended_on IS NULL
            """;

    private static final String INSERT = """
            INSERT INTO complaint.complaint
                   (id, number, city_code, kind, category, joinable, policy_digest, resident_id, subject_type,
                    subject_id, subject_key, objection_id, content, state, office_level, area_code, transfer_by,
                    filed_on, filed_at, updated_at, filed_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'received', $14, $15, $16, $17, $18, $18, $19)
            """;

    private static final String UPDATE = """
            UPDATE complaint.complaint
               SET state = $3, office_level = $4, area_code = $5, handler_id = $6, transfer_by = $7, bound = $8,
                   supervised = $9, extended = $10, reopened = $11, review_round = $12, review_by = $13,
                   reopen_by = $14, final = $15, answered_on = $16, updated_at = $17, version = version + 1
             WHERE id = $1 AND version = $2
            """;

    private static final String LOCK = "SELECT id FROM complaint.complaint WHERE id = $1 FOR UPDATE";

    private static final String FIND = COLUMNS + " WHERE c.id = $1";

    private static final String FIND_UNNAMED = COLUMNS + " WHERE c.id = $1 AND c.resident_id IS NULL";

    private static final String FIND_SEEN = COLUMNS + " WHERE c.id = $7 AND " + Sight.MAY_SEE;

    private static final String FIND_OWN = COLUMNS + """
             WHERE c.id = $1 AND c.resident_id = $2 AND ($3::uuid IS NULL OR c.filed_by = $3)
            """;

    private static final String FIND_JOINED = COLUMNS + """
             WHERE c.id = $1
               AND EXISTS (SELECT
                             FROM complaint.supporter AS s
                            WHERE s.complaint_id = c.id AND s.resident_id = $2)
            """;

    private static final String FIND_JOINABLE =
            COLUMNS + " WHERE c.id = $1 AND c.joinable AND c.state IN ('received', 'handling')";

    private static final String LOCK_RESIDENT =
            "SELECT pg_advisory_xact_lock(hashtextextended('complaint.filing/' || $1::uuid::text, 0))";

    private static final String COUNT_OPEN = """
            SELECT count(*) AS open
              FROM complaint.complaint
             WHERE resident_id = $1 AND state IN ('received', 'handling', 'in_review')
            """;

    /**
     * One's own, as far as one may see them, and those that may be joined; of reports one's own only, because nobody
     * joins one.
     */
    private static final String LIST_LIKE = COLUMNS + """
             WHERE c.subject_key = $1
               AND c.category = $2
               AND c.state IN ('received', 'handling')
               AND (c.joinable OR (c.resident_id = $3 AND ($6::uuid IS NULL OR c.filed_by = $6)))
               AND c.id <> $4
             ORDER BY c.id DESC
             LIMIT $5
            """;

    private static final String NEXT_SERIAL = "SELECT nextval('complaint.serial') AS serial";

    private static final String COUNT_JOINED = """
            UPDATE complaint.complaint
               SET supporters = supporters + 1, version = version + 1
             WHERE id = $1 AND state IN ('received', 'handling')
            """;

    private final Vault vault;

    ComplaintStore(Vault vault) {
        this.vault = vault;
    }

    /** @param proxyId the account of who filed it for the resident; null where nobody did */
    Future<Void> insert(Tx tx, Complaint complaint, String about, @Nullable UUID proxyId) {
        var subject = complaint.subject();
        var standing = complaint.standing();
        return tx.execute(
                        INSERT,
                        complaint.id(),
                        complaint.number(),
                        complaint.cityCode(),
                        complaint.kind().id(),
                        complaint.category(),
                        complaint.joinable(),
                        complaint.policyDigest(),
                        complaint.residentId(),
                        subject == null ? null : subject.type().id(),
                        subject == null ? null : subject.id(),
                        aboutKey(about),
                        complaint.objectionId(),
                        complaint.sealed(),
                        standing.office().level(),
                        standing.office().areaCode(),
                        standing.transferBy(),
                        complaint.filedOn(),
                        at(complaint.filedAt()),
                        proxyId)
                .mapEmpty();
    }

    /** Fails where the row was changed since it was read: a bug, because whoever changes it has locked it. */
    Future<Void> update(Tx tx, Complaint before, Standing after, Instant now) {
        return tx.execute(
                        UPDATE,
                        before.id(),
                        before.version(),
                        after.state().id(),
                        after.office().level(),
                        after.office().areaCode(),
                        after.handlerId(),
                        after.transferBy(),
                        after.bound(),
                        after.supervised(),
                        after.extended(),
                        after.reopened(),
                        after.reviewRound(),
                        after.reviewBy(),
                        after.reopenBy(),
                        after.conclusive(),
                        after.answeredOn(),
                        at(now))
                .map(rows -> {
                    if (rows != 1) {
                        throw new IllegalStateException("complaint " + before.id() + " was not locked");
                    }
                    return null;
                });
    }

    /** Waits for whoever changes it; says nothing about whether it is there. */
    Future<Void> lock(Tx tx, UUID id) {
        return tx.run(LOCK, id).mapEmpty();
    }

    /** Of one that this transaction has already found for somebody who may see it. */
    Future<Complaint> get(Tx tx, UUID id) {
        return tx.find(FIND, ComplaintStore::complaint, id).map(Optional::orElseThrow);
    }

    /** Of one that was filed without a name, for whoever showed its code. */
    Future<Complaint> getUnnamed(Sql sql, UUID id) {
        return sql.find(FIND_UNNAMED, ComplaintStore::complaint, id).map(Optional::orElseThrow);
    }

    Future<Optional<Complaint>> findSeen(Sql sql, Sight sight, UUID id) {
        return sql.find(FIND_SEEN, ComplaintStore::complaint, sight.with(id));
    }

    /** @param proxyId who asks for the resident, and finds only what they filed themself; null where nobody does */
    Future<Optional<Complaint>> findOwn(Sql sql, UUID residentId, @Nullable UUID proxyId, UUID id) {
        return sql.find(FIND_OWN, ComplaintStore::complaint, id, residentId, proxyId);
    }

    Future<Optional<Complaint>> findJoined(Sql sql, UUID residentId, UUID id) {
        return sql.find(FIND_JOINED, ComplaintStore::complaint, id, residentId);
    }

    Future<Optional<Complaint>> findJoinable(Sql sql, UUID id) {
        return sql.find(FIND_JOINABLE, ComplaintStore::complaint, id);
    }

    /** How many of a resident's are open; nobody else counts them until this transaction ends. */
    Future<Long> countOpen(Tx tx, UUID residentId) {
        return tx.run(LOCK_RESIDENT, residentId)
                .compose(locked -> tx.find(COUNT_OPEN, row -> row.getLong("open"), residentId))
                .map(Optional::orElseThrow);
    }

    /** Open ones about the same thing. */
    Future<List<Complaint>> listLike(Sql sql, Complaint complaint, String about, @Nullable UUID proxyId, int limit) {
        return sql.list(
                LIST_LIKE,
                ComplaintStore::complaint,
                aboutKey(about),
                complaint.category(),
                complaint.residentId(),
                complaint.id(),
                limit,
                proxyId);
    }

    Future<Long> nextSerial(Tx tx) {
        return tx.find(NEXT_SERIAL, row -> row.getLong("serial")).map(Optional::orElseThrow);
    }

    /** Whether it could still be joined: it may have been answered since it was found. */
    Future<Boolean> countJoined(Tx tx, UUID id) {
        return tx.execute(COUNT_JOINED, id).map(rows -> rows > 0);
    }

    /** Reports are all of one size: how much somebody wrote is known to whoever saw them write. */
    Buffer seal(UUID id, ComplaintKind kind, Content content) {
        return Buffer.buffer(
                kind == ComplaintKind.REPORT
                        ? vault.sealPaddedJson(TABLE, CONTENT, id, content)
                        : vault.sealJson(TABLE, CONTENT, id, content));
    }

    Content open(Complaint complaint) {
        return vault.openJson(TABLE, CONTENT, complaint.id(), complaint.sealed().getBytes(), Content.class);
    }

    private Buffer aboutKey(String about) {
        return Buffer.buffer(vault.blindIndex("complaint.about", about));
    }

    static Complaint complaint(Row row) {
        var type = row.getString("subject_type");
        var clock = row.getUUID("clock_id");
        return new Complaint(
                row.getUUID("id"),
                row.getString("number"),
                row.getString("city_code"),
                ComplaintKind.of(row.getString("kind")),
                row.getString("category"),
                row.getBoolean("joinable"),
                row.getString("policy_digest"),
                row.getUUID("resident_id"),
                type == null ? null : new Subject(SubjectType.of(type), row.getUUID("subject_id")),
                row.getUUID("objection_id"),
                row.getBuffer(CONTENT),
                standing(row),
                row.getLong("version"),
                row.getInteger("supporters"),
                row.getLocalDate("filed_on"),
                instant(row, "filed_at"),
                clock == null
                        ? null
                        : new Running(
                                clock,
                                Stage.of(row.getString("stage")),
                                row.getLocalDate("due_on"),
                                row.getLocalDate("warn_on")));
    }

    private static Standing standing(Row row) {
        return new Standing(
                ComplaintState.of(row.getString("state")),
                new OfficeRef(row.getString("office_level"), row.getString("area_code")),
                row.getUUID("handler_id"),
                row.getLocalDate("transfer_by"),
                row.getBoolean("bound"),
                row.getBoolean("supervised"),
                row.getBoolean("extended"),
                row.getBoolean("reopened"),
                row.getInteger("review_round"),
                row.getLocalDate("review_by"),
                row.getLocalDate("reopen_by"),
                row.getBoolean("final"),
                row.getLocalDate("answered_on"));
    }
}
