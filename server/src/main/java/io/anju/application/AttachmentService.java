package io.anju.application;

import static io.anju.application.ApplicationProblem.ATTACHMENTS_CLOSED;
import static io.anju.application.ApplicationProblem.ATTACHMENT_EMPTY;
import static io.anju.application.ApplicationProblem.ATTACHMENT_HANDED_IN;
import static io.anju.application.ApplicationProblem.ATTACHMENT_TOO_LARGE;
import static io.anju.application.ApplicationProblem.ATTACHMENT_TYPE_REFUSED;
import static io.anju.application.ApplicationProblem.TOO_MANY_ATTACHMENTS;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.files.DocumentType;
import io.anju.platform.files.FileStore;
import io.anju.platform.files.KeptFiles;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.http.Upload;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.rotation.SealedFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Documents of applications. */
final class AttachmentService {
    static final int MAXIMUM_BYTES = 10 * 1024 * 1024;

    private static final int MAXIMUM_PER_APPLICATION = 60;
    private static final Set<ApplicationState> OPEN =
            EnumSet.of(ApplicationState.DRAFT, ApplicationState.AWAITING_CORRECTION);

    private final Db db;
    private final KeptFiles files;
    private final ApplicationStore applications;
    private final AttachmentStore store;

    AttachmentService(Vertx vertx, Db db, Vault vault, FileStore files) {
        this.db = db;
        this.applications = new ApplicationStore(vault);
        this.store = new AttachmentStore(vault);
        this.files = new KeptFiles(vertx, vault, files, db, "application");
    }

    /** A document that is there now, and the application's version. */
    record Added(Attachment attachment, long version) {}

    /** Checks and stores the bytes, outside of any transaction. */
    Future<Attachment> store(
            ResidentCaller caller, UUID applicationId, String kind, String fileName, Upload upload, Instant now) {
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
                .compose(open -> files.keep(content, AttachmentService::recognise, now))
                .map(kept -> attachment(applicationId, kind, fileName, kept));
    }

    /** Adds the document whose bytes are stored; the same content under the same kind is there once. */
    Future<Added> add(Tx tx, ResidentCaller caller, Attachment attachment, Instant now) {
        return applications
                .lock(tx, attachment.applicationId())
                .map(found -> requireOpen(found, caller))
                .compose(application -> store.list(tx, application.id())
                        .compose(present -> addUnlessPresent(tx, application, present, attachment, now)));
    }

    /** Removes a document that is not part of a submission. */
    Future<Void> delete(Tx tx, ResidentCaller caller, UUID applicationId, UUID id, Instant now) {
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
    Future<Opened> openOwn(ResidentCaller caller, UUID applicationId, UUID id) {
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
                .compose(attachment -> files.open(attachment.id(), attachment.fileKey())
                        .map(content -> new Opened(attachment, content)));
    }

    Future<List<Attachment>> list(Sql sql, UUID applicationId) {
        return store.list(sql, applicationId);
    }

    /** The bytes, for whoever replaces keys. */
    SealedFiles underKeys() {
        return files.underKeys();
    }

    /** Removes bytes that have been loose for a day; gives how many. */
    Future<Integer> sweep(Instant now) {
        return files.sweep(now);
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

    private static KeptFiles.Recognised recognise(byte[] bytes) {
        return new KeptFiles.Recognised(
                DocumentType.of(bytes).orElseThrow(() -> Refusal.of(ATTACHMENT_TYPE_REFUSED)), bytes);
    }

    private static Attachment attachment(UUID applicationId, String kind, String fileName, KeptFiles.Kept kept) {
        return new Attachment(
                kept.id(),
                applicationId,
                kind,
                fileName,
                kept.mediaType(),
                kept.sizeBytes(),
                kept.sha256(),
                kept.fileKey(),
                kept.at(),
                false);
    }

    private static Attachment requirePresent(Optional<Attachment> found) {
        return found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
    }

    private static Application requireOpen(Optional<Application> found, ResidentCaller caller) {
        var application =
                found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)).requireOwner(caller);
        if (!OPEN.contains(application.state())) {
            throw Refusal.of(ATTACHMENTS_CLOSED);
        }
        return application;
    }
}
