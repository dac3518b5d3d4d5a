package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINT_CLOSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_FILE_REFUSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_FILE_TOO_LARGE;
import static io.anju.complaint.ComplaintProblem.TOO_MANY_COMPLAINT_FILES;

import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.platform.crypto.Padding;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.files.CleanFile;
import io.anju.platform.files.FileStore;
import io.anju.platform.files.KeptFiles;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.rotation.SealedFiles;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pictures and documents of complaints. What a picture says beside itself is removed before it is kept. */
final class ComplaintFiles {
    private static final int MOST_MIB = 10;
    private static final int MOST_BYTES = MOST_MIB * 1024 * 1024;
    private static final int MOST_FILES = 20;

    private static final Duration DAY = Duration.ofDays(1);

    private final Casework work;
    private final Vault vault;
    private final KeptFiles files;
    private final ComplaintFileStore store = new ComplaintFileStore();

    ComplaintFiles(Casework work, Vertx vertx, Vault vault, FileStore files) {
        this.work = work;
        this.vault = vault;
        this.files = new KeptFiles(vertx, vault, files, work.db, "complaint");
    }

    /**
     * @param sha256 of what is kept, not of what came; of reports keyed, so that nobody finds a picture again by it
     * @param padded to one of few sizes, so that nobody finds it again by that
     */
    record Attachment(
            UUID id,
            UUID complaintId,
            String mediaType,
            long sizeBytes,
            String sha256,
            String fileKey,
            boolean padded,
            Instant addedAt) {

        /** The same of this complaint. */
        Attachment of(UUID complaint) {
            return new Attachment(id, complaint, mediaType, sizeBytes, sha256, fileKey, padded, addedAt);
        }
    }

    /** Cleans and stores the bytes, outside of any transaction. */
    Future<Attachment> keep(ResidentCaller caller, UUID id, Buffer content, Instant now) {
        requireSmall(content);
        return work.own(work.db, caller, id)
                .map(ComplaintFiles::requireOpen)
                .compose(complaint -> complaint.isReport()
                        ? keepOfReport(id, content, now)
                        : files.keep(content, ComplaintFiles::clean, now)
                                .map(kept -> attachment(id, kept, kept.sha256(), false)));
    }

    /** As {@link #keep}, and the bytes say neither when they came nor how many there are. */
    Future<Attachment> keepOfReport(UUID id, Buffer content, Instant now) {
        requireSmall(content);
        var day = Shanghai.startOf(Shanghai.date(now));
        return files.keep(content, ComplaintFiles::cleanOfReport, day, day.plus(DAY))
                .map(kept -> attachment(id, kept, keyed(kept.sha256()), true));
    }

    private static void requireSmall(Buffer content) {
        if (content.length() > MOST_BYTES) {
            throw Refusal.of(COMPLAINT_FILE_TOO_LARGE, Map.of("maximumMib", Integer.toString(MOST_MIB)));
        }
    }

    private static Attachment attachment(UUID complaintId, KeptFiles.Kept kept, String digest, boolean padded) {
        return new Attachment(
                kept.id(), complaintId, kept.mediaType(), kept.sizeBytes(), digest, kept.fileKey(), padded, kept.at());
    }

    private String keyed(String sha256) {
        return HexFormat.of().formatHex(vault.blindIndex("complaint.file", sha256));
    }

    private static KeptFiles.Recognised clean(byte[] bytes) {
        return CleanFile.of(bytes).orElseThrow(() -> Refusal.of(COMPLAINT_FILE_REFUSED));
    }

    private static KeptFiles.Recognised cleanOfReport(byte[] bytes) {
        var clean = clean(bytes);
        return new KeptFiles.Recognised(clean.mediaType(), Padding.padFile(clean.bytes()));
    }

    /** A file that waited is needed by its entry of the box. */
    Future<Void> bind(Tx tx, String fileKey) {
        return store.bind(tx, fileKey);
    }

    /** Stores the bytes under another name, sealed anew; the old ones stay until {@link #insertMoved}. */
    Future<Attachment> move(Attachment file, Instant now) {
        return files.open(file.id(), file.fileKey())
                .compose(content -> files.keep(
                        content, bytes -> new KeptFiles.Recognised(file.mediaType(), bytes), file.addedAt(), now))
                .map(kept -> attachment(file.complaintId(), kept, file.sha256(), file.padded()));
    }

    /** Seals the bytes of one that waits again; gives whether that was needed. */
    Future<Boolean> reseal(Attachment file) {
        return files.reseal(file.id(), file.fileKey());
    }

    /** Adds a file that was moved, unless its content is there already, and gives the old bytes up. */
    Future<Void> insertMoved(Tx tx, Attachment file, String oldKey) {
        return store.list(tx, file.complaintId())
                .compose(present ->
                        present.stream().anyMatch(there -> there.sha256().equals(file.sha256()))
                                ? Future.succeededFuture()
                                : store.insert(tx, file))
                .compose(inserted -> store.loosen(tx, oldKey));
    }

    /**
     * Refuses beyond the most that a complaint takes.
     *
     * @param id null for one that waits
     * @param more that wait
     */
    Future<Void> requireFew(Tx tx, @Nullable UUID id, int more) {
        Future<List<Attachment>> present = id == null ? Future.succeededFuture(List.of()) : store.list(tx, id);
        return present.compose(there -> there.size() + more < MOST_FILES
                ? Future.succeededFuture()
                : Refusal.failed(TOO_MANY_COMPLAINT_FILES, Map.of("maximum", Integer.toString(MOST_FILES))));
    }

    /** Adds the file whose bytes are stored; the same content is there once. */
    Future<Attachment> add(Tx tx, ResidentCaller caller, Attachment file, Instant now) {
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
    Future<ReadingDesk.Opened> openOwn(ResidentCaller caller, UUID id, UUID attachmentId) {
        return work.own(work.db, caller, id).compose(own -> open(id, attachmentId));
    }

    /** Opens one for somebody whose right to see it was checked. */
    Future<ReadingDesk.Opened> open(UUID id, UUID attachmentId) {
        return store.find(work.db, id, attachmentId)
                .map(ReadingDesk::orNotFound)
                .compose(file -> files.open(file.id(), file.fileKey())
                        .map(content -> new ReadingDesk.Opened(file, plain(file, content))));
    }

    private static Buffer plain(Attachment file, Buffer content) {
        return file.padded() ? Buffer.buffer(Padding.strip(content.getBytes())) : content;
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
