package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINT_ANSWERED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_CLOSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_FINAL;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_ANSWERED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_CLOSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_RATED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_REOPENED_BEFORE;
import static io.anju.complaint.ComplaintProblem.NOT_A_PETITION;
import static io.anju.complaint.ComplaintProblem.REOPENING_TOO_LATE;
import static io.anju.complaint.ComplaintProblem.REVIEW_TOO_LATE;

import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.EventStore.Rating;
import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.platform.db.Tx;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What whoever filed a complaint does with it. */
final class OwnDesk {
    private static final Set<ComplaintState> WITHDRAWABLE =
            EnumSet.of(ComplaintState.RECEIVED, ComplaintState.HANDLING);
    private static final Set<ComplaintState> ANSWERED = EnumSet.of(ComplaintState.ANSWERED, ComplaintState.CLOSED);

    private final Casework work;
    private final ComplaintFiles files;
    private final OwnStore lists = new OwnStore();

    OwnDesk(Casework work, ComplaintFiles files) {
        this.work = work;
        this.files = files;
    }

    /** @param filed by the caller, who sees everything; otherwise the caller joined it */
    record Shown(
            Complaint complaint,
            boolean filed,
            List<Happening> events,
            List<ComplaintFiles.Attachment> attachments,
            List<EventStore.View> views,
            Optional<Rating> rating) {}

    Future<List<Complaint>> list(ResidentCaller caller, @Nullable UUID subjectId, @Nullable UUID before, int limit) {
        return lists.list(work.db, caller, subjectId, before, limit);
    }

    Future<Shown> get(ResidentCaller caller, UUID id) {
        return work.complaints
                .findOwn(work.db, caller.id(), caller.proxyId(), id)
                .compose(found -> found.isPresent() ? shown(found.get()) : joined(caller, id));
    }

    /** What a resident joined is their own affair, and not their proxies'. */
    private Future<Shown> joined(ResidentCaller caller, UUID id) {
        return caller.proxy() != null
                ? Refusal.failed(PlatformProblem.NOT_FOUND)
                : work.complaints
                        .findJoined(work.db, caller.id(), id)
                        .map(joined -> joined.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                        .compose(this::shownToSupporter);
    }

    /** Everything, for whoever is known to have filed it. */
    Future<Shown> shown(Complaint complaint) {
        var id = complaint.id();
        return Future.all(
                        work.events.list(work.db, id, false),
                        files.list(work.db, id),
                        work.events.listViews(work.db, id),
                        work.events.lastRating(work.db, id))
                .map(read -> new Shown(
                        complaint, true, read.resultAt(0), read.resultAt(1), read.resultAt(2), read.resultAt(3)));
    }

    /** How far it is; neither words nor pictures of others. */
    private Future<Shown> shownToSupporter(Complaint complaint) {
        return work.events
                .list(work.db, complaint.id(), false)
                .map(events -> new Shown(complaint, false, events, List.of(), List.of(), Optional.empty()));
    }

    Future<Complaint> add(Tx tx, ResidentCaller caller, UUID id, String text, Instant now) {
        return work.lockOwn(tx, caller, id).compose(complaint -> {
            require(complaint.state().isOpen(), COMPLAINT_CLOSED);
            return work.note(tx, complaint, Note.ofFiler(Kind.ADDED, null, text), now)
                    .map(complaint);
        });
    }

    Future<Complaint> withdraw(Tx tx, ResidentCaller caller, UUID id, String reason, Instant now) {
        return work.lockOwn(tx, caller, id).compose(complaint -> {
            require(WITHDRAWABLE.contains(complaint.state()), COMPLAINT_ANSWERED);
            var after = complaint.standing().ended(ComplaintState.WITHDRAWN);
            return work.clocks
                    .voided(tx, id, Shanghai.date(now))
                    .compose(ended ->
                            work.change(tx, complaint, after, Note.ofFiler(Kind.WITHDRAWN, reason, null), now));
        });
    }

    Future<Complaint> rate(Tx tx, ResidentCaller caller, UUID id, int stars, @Nullable String text, Instant now) {
        return work.lockOwn(tx, caller, id).compose(complaint -> {
            require(ANSWERED.contains(complaint.state()), COMPLAINT_NOT_ANSWERED);
            var rating = new Rating(stars, text, ComplaintPolicy.keptTime(complaint.kind(), now));
            return work.events
                    .lastAnswer(tx, id)
                    .compose(answer -> work.events.insertRating(tx, complaint, answer.orElseThrow(), rating))
                    .compose(first -> first
                            ? work.note(tx, complaint, Note.ofFiler(Kind.RATED, "stars-" + stars, null), now)
                            : Refusal.failed(COMPLAINT_RATED))
                    .map(complaint);
        });
    }

    Future<Complaint> reopen(Tx tx, ResidentCaller caller, UUID id, String reason, String text, Instant now) {
        return work.lockOwn(tx, caller, id).compose(complaint -> {
            requireReopenable(complaint, now);
            return reopen(tx, complaint, Note.ofFiler(Kind.REOPENED, reason, text), now);
        });
    }

    /** Opens it again and starts the clock anew. */
    Future<Complaint> reopen(Tx tx, Complaint complaint, Note note, Instant now) {
        var today = Shanghai.date(now);
        return work.clock(tx, complaint)
                .compose(clock -> work.clocks.start(
                        tx,
                        complaint.id(),
                        Stage.HANDLE,
                        today,
                        clock.handling(today, work.workingDays),
                        ComplaintPolicy.keptTime(complaint.kind(), now)))
                .compose(started ->
                        work.change(tx, complaint, complaint.standing().openedAgain(), note, now));
    }

    private static void requireReopenable(Complaint complaint, Instant now) {
        var standing = complaint.standing();
        require(complaint.state() == ComplaintState.CLOSED, COMPLAINT_NOT_CLOSED);
        require(!standing.reopened(), COMPLAINT_REOPENED_BEFORE);
        var until = standing.reopenBy();
        require(until != null && !Shanghai.date(now).isAfter(until), REOPENING_TOO_LATE);
    }

    /** Hands a petition to the next higher office, where nobody works on it who answered before. */
    Future<Complaint> requestReview(Tx tx, ResidentCaller caller, UUID id, String text, Instant now) {
        var today = Shanghai.date(now);
        return work.lockOwn(tx, caller, id).compose(complaint -> {
            var standing = complaint.standing();
            require(complaint.isPetition(), NOT_A_PETITION);
            require(ANSWERED.contains(complaint.state()), COMPLAINT_NOT_ANSWERED);
            require(!standing.conclusive(), COMPLAINT_FINAL);
            var until = standing.reviewBy();
            require(until != null && !today.isAfter(until), REVIEW_TOO_LATE);
            var higher = ComplaintPolicy.above(standing.office());
            var due = work.desk(complaint.cityCode()).reviews().deciding(today, work.workingDays);
            return work.clocks
                    .start(tx, id, Stage.REVIEW, today, due, now)
                    .compose(started -> work.parts.insertHolder(tx, id, higher, now))
                    .compose(held -> work.change(
                            tx,
                            complaint,
                            standing.reviewedAt(higher),
                            Note.ofFiler(Kind.REVIEW_REQUESTED, null, text),
                            now));
        });
    }

    private static void require(boolean holds, ComplaintProblem otherwise) {
        if (!holds) {
            throw Refusal.of(otherwise);
        }
    }
}
