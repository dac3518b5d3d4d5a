package io.anju.complaint;

import io.anju.complaint.ComplaintPolicy.Mark;
import io.anju.complaint.WorkStore.After;
import io.anju.complaint.WorkStore.Queue;
import io.anju.identity.Resident;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What staff reads. Each look at one is on record, for whoever filed it and in the audit, before anything is shown. */
final class ReadingDesk {
    private final Casework work;
    private final ComplaintFiles files;
    private final WorkStore lists = new WorkStore();

    ReadingDesk(Casework work, ComplaintFiles files) {
        this.work = work;
        this.files = files;
    }

    Future<List<Complaint>> list(
            AreaCaller caller,
            Queue queue,
            @Nullable Mark mark,
            @Nullable ComplaintKind kind,
            LocalDate today,
            @Nullable After after,
            int limit) {
        return work.sight(work.db, caller)
                .compose(sight -> lists.list(work.db, sight, queue, mark, kind, today, after, limit));
    }

    record File(
            Complaint complaint,
            List<Happening> events,
            List<ComplaintFiles.Attachment> attachments,
            List<OfficeRef> joint) {}

    Future<File> open(AreaCaller caller, UUID id, String reason, Instant now) {
        return work.db
                .inTransaction(tx -> admit(tx, caller, id, "file", reason, now))
                .compose(complaint -> Future.all(
                                work.events.list(work.db, id, true),
                                files.list(work.db, id),
                                work.parts.listJoint(work.db, id))
                        .map(read -> new File(complaint, read.resultAt(0), read.resultAt(1), read.resultAt(2))));
    }

    /** An attachment with its bytes. */
    record Opened(ComplaintFiles.Attachment attachment, Buffer content) {}

    Future<Opened> openAttachment(AreaCaller caller, UUID id, UUID attachmentId, String reason, Instant now) {
        return work.db
                .inTransaction(tx -> admit(tx, caller, id, "attachment", reason, now))
                .compose(complaint -> files.open(id, attachmentId));
    }

    /** @param person empty where nobody gave a name */
    record Reporter(Complaint complaint, Optional<Resident> person) {}

    Future<Reporter> reporter(AreaCaller caller, UUID id, String reason, Instant now) {
        return work.db.inTransaction(tx -> admit(tx, caller, id, "reporter", reason, now)
                .compose(complaint -> {
                    var filer = complaint.residentId();
                    Future<Optional<Resident>> person = filer == null
                            ? Future.succeededFuture(Optional.empty())
                            : work.identities.resident(tx, filer).map(Optional::of);
                    return person.map(found -> new Reporter(complaint, found));
                }));
    }

    private Future<Complaint> admit(Tx tx, AreaCaller caller, UUID id, String what, String reason, Instant now) {
        return work.seen(tx, caller, id)
                .compose(complaint -> work.events
                        .insertView(tx, caller, id, what, reason, now)
                        .compose(noted -> work.audit(tx, caller, "complaint.read-" + what, complaint, reason))
                        .map(complaint));
    }

    /** Others about one of these things, or that quote one of these objections. */
    Future<List<Complaint>> about(AreaCaller caller, List<UUID> things, List<UUID> objections, @Nullable UUID but) {
        return work.sight(work.db, caller).compose(sight -> lists.listAbout(work.db, sight, things, objections, but));
    }

    Future<Complaint> seen(AreaCaller caller, UUID id) {
        return work.seen(work.db, caller, id);
    }

    String text(Complaint complaint) {
        return work.complaints.open(complaint).text();
    }

    static <T> T orNotFound(Optional<T> found) {
        return found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
    }
}
