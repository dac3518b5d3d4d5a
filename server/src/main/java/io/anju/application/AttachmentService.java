package io.anju.application;

import static io.anju.application.ApplicationProblem.ATTACHMENTS_CLOSED;
import static io.anju.application.ApplicationProblem.ATTACHMENT_EMPTY;
import static io.anju.application.ApplicationProblem.ATTACHMENT_HANDED_IN;
import static io.anju.application.ApplicationProblem.ATTACHMENT_TOO_LARGE;
import static io.anju.application.ApplicationProblem.ATTACHMENT_TYPE_REFUSED;
import static io.anju.application.ApplicationProblem.TOO_MANY_ATTACHMENTS;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.files.FileStore;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Upload;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Documents of applications. The bytes are stored before the row that names them, and noted as loose before that: a
 * crash in between leaves a note by which they are found and removed.
 */
final class AttachmentService {
    /** What the bytes in the file store are bound to. */
    static final String CONTENT_TABLE = "application.attachment";

    static final String CONTENT = "content";
    static final int MAXIMUM_BYTES = 10 * 1024 * 1024;

    private static final int MAXIMUM_PER_APPLICATION = 60;
    private static final int SWEEP_BATCH = 200;
    private static final Duration LOOSE_FOR = Duration.ofDays(1);
    private static final Set<ApplicationState> OPEN =
            EnumSet.of(ApplicationState.DRAFT, ApplicationState.AWAITING_CORRECTION);

    private final Vertx vertx;
    private final Db db;
    private final Vault vault;
    private final FileStore files;
    private final ApplicationStore applications;
    private final AttachmentStore store;

    AttachmentService(Vertx vertx, Db db, Vault vault, FileStore files) {
        this.vertx = vertx;
        this.db = db;
        this.vault = vault;
        this.files = files;
        this.applications = new ApplicationStore(vault);
        this.store = new AttachmentStore(vault);
    }

    /** A document that is there now, and the application's version. */
    record Added(Attachment attachment, long version) {}

    /** Checks and stores the bytes, outside of any transaction. */
    Future<Attachment> store(
            Caller caller, UUID applicationId, String kind, String fileName, Upload upload, Instant now) {
        var content = upload.content();
        if (content.length() == 0) {
            return Refusal.failed(ATTACHMENT_EMPTY);
        }
        if (content.length() > MAXIMUM_BYTES) {
            return Refusal.failed(ATTACHMENT_TOO_LARGE, Map.of("maximumBytes", Integer.toString(MAXIMUM_BYTES)));
        }
        return applications
                .find(db, applicationId)
                .map(found -> requireOpen(found, caller))
                .compose(open -> examine(applicationId, kind, fileName, content, now))
                .compose(attachment -> store.insertLoose(db, attachment.fileKey(), now)
                        .compose(noted -> seal(attachment.id(), content))
                        .compose(bytes -> files.put(attachment.fileKey(), bytes))
                        .map(attachment));
    }

    /** Adds the document whose bytes are stored; the same content under the same kind is there once. */
    Future<Added> add(Tx tx, Caller caller, Attachment attachment, Instant now) {
        return applications
                .lock(tx, attachment.applicationId())
                .map(found -> requireOpen(found, caller))
                .compose(application -> store.list(tx, application.id())
                        .compose(present -> addUnlessPresent(tx, application, present, attachment, now)));
    }

    /** Removes a document that is not part of a submission. */
    Future<Void> delete(Tx tx, Caller caller, UUID applicationId, UUID id, Instant now) {
        return applications
                .lock(tx, applicationId)
                .map(found -> requireOpen(found, caller))
                .compose(application -> store.find(tx, applicationId, id))
                .map(AttachmentService::requirePresent)
                .compose(attachment -> attachment.handedIn()
                        ? Refusal.failed(ATTACHMENT_HANDED_IN)
                        : store.delete(tx, applicationId, id, now))
                .compose(gone -> applications.touch(tx, applicationId, now))
                .mapEmpty();
    }

    /** A document with its bytes. */
    record Opened(Attachment attachment, Buffer content) {}

    /** Opens a document of the calling resident. */
    Future<Opened> openOwn(Caller caller, UUID applicationId, UUID id) {
        return applications
                .find(db, applicationId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(application -> application.requireOwner(caller))
                .compose(own -> open(db, applicationId, id));
    }

    /** Opens a document for someone whose right to see it was checked. */
    Future<Opened> open(Sql sql, UUID applicationId, UUID id) {
        return store.find(sql, applicationId, id)
                .map(AttachmentService::requirePresent)
                .compose(attachment -> files.get(attachment.fileKey())
                        .compose(bytes -> unseal(attachment.id(), bytes))
                        .map(content -> new Opened(attachment, content)));
    }

    Future<List<Attachment>> list(Sql sql, UUID applicationId) {
        return store.list(sql, applicationId);
    }

    /** Removes bytes that have been loose for a day; gives how many. */
    Future<Integer> sweep(Instant now) {
        return store.listLoose(db, now.minus(LOOSE_FOR), SWEEP_BATCH).compose(keys -> {
            Future<Void> removed = Future.succeededFuture();
            for (String key : keys) {
                removed = removed.compose(before -> files.delete(key)).compose(gone -> store.deleteLoose(db, key));
            }
            return removed.map(keys.size());
        });
    }

    private Future<Added> addUnlessPresent(
            Tx tx, Application application, List<Attachment> present, Attachment attachment, Instant now) {
        var same = present.stream()
                .filter(there ->
                        there.kind().equals(attachment.kind()) && there.sha256().equals(attachment.sha256()))
                .findFirst();
        if (same.isPresent()) {
            return Future.succeededFuture(new Added(same.get(), application.version()));
        }
        if (present.size() >= MAXIMUM_PER_APPLICATION) {
            return Refusal.failed(TOO_MANY_ATTACHMENTS, Map.of("maximum", Integer.toString(MAXIMUM_PER_APPLICATION)));
        }
        return store.insert(tx, attachment)
                .compose(inserted -> applications.touch(tx, application.id(), now))
                .map(version -> new Added(attachment, version));
    }

    /** Hashing and recognising ten megabytes would hold up everyone on this thread. */
    private Future<Attachment> examine(UUID applicationId, String kind, String fileName, Buffer content, Instant now) {
        var id = Ids.next(now);
        var date = Shanghai.date(now);
        var key = "%d/%02d/%s".formatted(date.getYear(), date.getMonthValue(), id);
        return vertx.executeBlocking(
                () -> {
                    var bytes = content.getBytes();
                    var type = DocumentType.of(bytes).orElseThrow(() -> Refusal.of(ATTACHMENT_TYPE_REFUSED));
                    var sha256 = CanonicalJson.sha256(bytes);
                    return new Attachment(
                            id, applicationId, kind, fileName, type, bytes.length, sha256, key, now, false);
                },
                false);
    }

    private Future<Buffer> seal(UUID id, Buffer content) {
        return vertx.executeBlocking(
                () -> Buffer.buffer(vault.seal(CONTENT_TABLE, CONTENT, id, content.getBytes())), false);
    }

    private Future<Buffer> unseal(UUID id, Buffer sealed) {
        return vertx.executeBlocking(
                () -> Buffer.buffer(vault.open(CONTENT_TABLE, CONTENT, id, sealed.getBytes())), false);
    }

    private static Attachment requirePresent(Optional<Attachment> found) {
        return found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
    }

    private static Application requireOpen(Optional<Application> found, Caller caller) {
        var application =
                found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)).requireOwner(caller);
        if (!OPEN.contains(application.state())) {
            throw Refusal.of(ATTACHMENTS_CLOSED);
        }
        return application;
    }
}
