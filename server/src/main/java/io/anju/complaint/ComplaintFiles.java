package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINT_CLOSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_FILE_REFUSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_FILE_TOO_LARGE;
import static io.anju.complaint.ComplaintProblem.TOO_MANY_COMPLAINT_FILES;

import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.files.CleanFile;
import io.anju.platform.files.FileStore;
import io.anju.platform.files.KeptFiles;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.rotation.SealedFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pictures and documents of complaints. What a picture says beside itself is removed before it is kept. */
final class ComplaintFiles {
    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final int MOST_FILES = 20;
    private static final String PDF = "application/pdf";

    private final Casework work;
    private final KeptFiles files;
    private final ComplaintFileStore store = new ComplaintFileStore();

    ComplaintFiles(Casework work, Vertx vertx, Vault vault, FileStore files) {
        this.work = work;
        this.files = new KeptFiles(vertx, vault, files, work.db, "complaint");
    }

    /** @param sha256 of what is kept, not of what came */
    record Attachment(
            UUID id,
            UUID complaintId,
            String mediaType,
            long sizeBytes,
            String sha256,
            String fileKey,
            Instant addedAt) {}

    /** Cleans and stores the bytes, outside of any transaction. */
    Future<Attachment> keep(Caller caller, UUID id, Buffer content, Instant now) {
        if (content.length() > MOST_BYTES) {
            return Refusal.failed(COMPLAINT_FILE_TOO_LARGE, Map.of("maximumBytes", Integer.toString(MOST_BYTES)));
        }
        return work.own(work.db, caller, id).map(ComplaintFiles::requireOpen).compose(complaint -> {
            var at = ComplaintPolicy.keptTime(complaint.kind(), now);
            return files.keep(content, bytes -> clean(complaint, bytes), at)
                    .map(kept -> new Attachment(
                            kept.id(), id, kept.mediaType(), kept.sizeBytes(), kept.sha256(), kept.fileKey(), at));
        });
    }

    /** A PDF names its author in too many places to be cleaned, so a report takes none. */
    private static KeptFiles.Recognised clean(Complaint complaint, byte[] bytes) {
        return CleanFile.of(bytes)
                .filter(file -> !complaint.isReport() || !file.mediaType().equals(PDF))
                .orElseThrow(() -> Refusal.of(COMPLAINT_FILE_REFUSED));
    }

    /** Adds the file whose bytes are stored; the same content is there once. */
    Future<Attachment> add(Tx tx, Caller caller, Attachment file, Instant now) {
        return work.lockOwn(tx, caller, file.complaintId())
                .map(ComplaintFiles::requireOpen)
                .compose(complaint -> store.list(tx, complaint.id()).compose(present -> {
                    var same = present.stream()
                            .filter(there -> there.sha256().equals(file.sha256()))
                            .findFirst();
                    if (same.isPresent()) {
                        return Future.succeededFuture(same.get());
                    }
                    if (present.size() >= MOST_FILES) {
                        return Refusal.failed(
                                TOO_MANY_COMPLAINT_FILES, Map.of("maximum", Integer.toString(MOST_FILES)));
                    }
                    return store.insert(tx, file)
                            .compose(inserted -> work.note(tx, complaint, Note.ofFiler(Kind.ATTACHED, null, null), now))
                            .map(file);
                }));
    }

    Future<List<Attachment>> list(Sql sql, UUID complaintId) {
        return store.list(sql, complaintId);
    }

    /** Opens one of the caller's own. */
    Future<ReadingDesk.Opened> openOwn(Caller caller, UUID id, UUID attachmentId) {
        return work.own(work.db, caller, id).compose(own -> open(id, attachmentId));
    }

    /** Opens one for somebody whose right to see it was checked. */
    Future<ReadingDesk.Opened> open(UUID id, UUID attachmentId) {
        return store.find(work.db, id, attachmentId)
                .map(ReadingDesk::orNotFound)
                .compose(file ->
                        files.open(file.id(), file.fileKey()).map(content -> new ReadingDesk.Opened(file, content)));
    }

    /** The bytes, for whoever replaces keys. */
    SealedFiles underKeys() {
        return files.underKeys();
    }

    Future<Integer> sweep(Instant now) {
        return files.sweep(now);
    }

    private static Complaint requireOpen(Complaint complaint) {
        if (!complaint.state().isOpen()) {
            throw Refusal.of(COMPLAINT_CLOSED);
        }
        return complaint;
    }
}
