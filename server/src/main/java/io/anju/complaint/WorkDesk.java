package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINT_ACCEPTED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_ANSWERED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_OPEN;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_OF_ANOTHER_OFFICE;
import static io.anju.complaint.ComplaintProblem.HANDLED_BEFORE;
import static io.anju.complaint.ComplaintProblem.HANDLER_UNKNOWN;
import static io.anju.complaint.ComplaintProblem.NOT_ITS_HANDLER;
import static io.anju.complaint.ComplaintProblem.REFUSAL_WITHOUT_REASON;

import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.identity.Staff;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Code;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the office in charge does: accepts, assigns, answers, closes. */
final class WorkDesk {
    private static final Set<ComplaintState> WORKED = EnumSet.of(ComplaintState.HANDLING, ComplaintState.IN_REVIEW);

    private final Casework work;

    WorkDesk(Casework work) {
        this.work = work;
    }

    /** Whoever accepts for the office in charge handles it; intake may accept for an office, which then assigns it. */
    Future<Complaint> accept(Tx tx, AreaCaller caller, UUID id, Instant now) {
        var today = Shanghai.date(now);
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            var inCharge = complaint.standing().office().is(caller.office());
            require(inCharge || isIntake(caller), COMPLAINT_OF_ANOTHER_OFFICE);
            require(complaint.state() == ComplaintState.RECEIVED, COMPLAINT_ACCEPTED);
            var after = complaint.standing().accepted(inCharge ? caller.id() : null);
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> startHandling(tx, complaint, today, now))
                    .compose(started -> changed(tx, caller, complaint, after, Kind.ACCEPTED, null, null, now));
        });
    }

    /** The time for handling counts from the acceptance where the kind tells one; otherwise it runs already. */
    private Future<Void> startHandling(Tx tx, Complaint complaint, LocalDate today, Instant now) {
        var running = complaint.clock();
        if (running == null || running.stage() != Stage.ACCEPT) {
            return Future.succeededFuture();
        }
        return work.clock(tx, complaint)
                .compose(clock -> work.clocks
                        .done(tx, complaint.id(), today)
                        .compose(done -> work.clocks.start(
                                tx,
                                complaint.id(),
                                Stage.HANDLE,
                                today,
                                clock.handling(today, work.workingDays),
                                ComplaintPolicy.keptTime(complaint.kind(), now))));
    }

    Future<Complaint> refuse(
            Tx tx, AreaCaller caller, UUID id, @Nullable String reason, @Nullable String text, Instant now) {
        require(reason != null && text != null, REFUSAL_WITHOUT_REASON);
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            require(complaint.standing().office().is(caller.office()) || isIntake(caller), COMPLAINT_OF_ANOTHER_OFFICE);
            require(complaint.state() == ComplaintState.RECEIVED, COMPLAINT_ACCEPTED);
            var after = complaint.standing().ended(ComplaintState.REFUSED);
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> work.clocks.done(tx, id, Shanghai.date(now)))
                    .compose(ended -> changed(tx, caller, complaint, after, Kind.REFUSED, reason, text, now));
        });
    }

    /** @param username a colleague; null for the caller */
    Future<Complaint> assign(Tx tx, AreaCaller caller, UUID id, @Nullable String username, Instant now) {
        return lockInCharge(tx, caller, id).compose(complaint -> {
            require(WORKED.contains(complaint.state()), COMPLAINT_NOT_OPEN);
            return colleague(tx, caller, complaint, username)
                    .compose(staff -> work.requireNoConflict(tx, staff, complaint)
                            .compose(free -> requireNewToReview(tx, complaint, staff))
                            .compose(free -> changed(
                                    tx,
                                    caller,
                                    complaint,
                                    complaint.standing().handledBy(staff),
                                    Kind.ASSIGNED,
                                    null,
                                    username,
                                    now)));
        });
    }

    /** Somebody of the same office whom a report does not name. */
    private Future<UUID> colleague(Tx tx, AreaCaller caller, Complaint complaint, @Nullable String username) {
        if (username == null) {
            return Future.succeededFuture(caller.id());
        }
        return work.identities
                .findStaff(tx, username)
                .map(found -> found.filter(
                                staff -> complaint.standing().office().is(staff.office()))
                        .orElseThrow(() -> Refusal.at("/handler", HANDLER_UNKNOWN)))
                .compose(staff -> requireUnnamed(tx, complaint, staff));
    }

    private Future<UUID> requireUnnamed(Tx tx, Complaint complaint, Staff staff) {
        return work.parts
                .namesStaff(tx, complaint.id(), staff.id(), work.nameKey(staff.displayName()))
                .map(named -> {
                    if (named) {
                        throw Refusal.at("/handler", HANDLER_UNKNOWN);
                    }
                    return staff.id();
                });
    }

    /** Whoever answered before has no part in the review of the answer. */
    private Future<Void> requireNewToReview(Tx tx, Complaint complaint, UUID staff) {
        return complaint.standing().reviewRound() == 0
                ? Future.succeededFuture()
                : work.events
                        .answeredBefore(tx, complaint.id(), staff)
                        .compose(before -> before ? Refusal.failed(HANDLED_BEFORE) : Future.succeededFuture());
    }

    /** The answer stops the clock; of a petition it begins the days for asking for a review, and the last is final. */
    Future<Complaint> reply(Tx tx, AreaCaller caller, UUID id, String text, Instant now) {
        var today = Shanghai.date(now);
        return lockHandled(tx, caller, id).compose(complaint -> {
            require(WORKED.contains(complaint.state()), COMPLAINT_NOT_OPEN);
            var reviews = work.desk(complaint.cityCode()).reviews();
            var round = complaint.standing().reviewRound();
            var more = complaint.isPetition() && round < reviews.rounds();
            var after = complaint
                    .standing()
                    .answered(
                            today,
                            more ? reviews.askBy(today, work.workingDays) : null,
                            complaint.isPetition() && !more);
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> work.clocks.done(tx, id, today))
                    .compose(done -> changed(tx, caller, complaint, after, Kind.REPLIED, null, text, now));
        });
    }

    Future<Complaint> close(Tx tx, AreaCaller caller, UUID id, @Nullable String text, Instant now) {
        return lockHandled(tx, caller, id).compose(complaint -> {
            require(complaint.state() == ComplaintState.ANSWERED, COMPLAINT_NOT_ANSWERED);
            var mayReopen = !complaint.isPetition() && !complaint.standing().reopened();
            var reopenBy = work.desk(complaint.cityCode()).reopenBy(Shanghai.date(now), work.workingDays);
            var after = complaint.standing().closed(mayReopen ? reopenBy : null);
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> changed(tx, caller, complaint, after, Kind.CLOSED, null, text, now));
        });
    }

    /** Of an office that helps, or of the one in charge; told to offices only. */
    Future<Complaint> addOpinion(Tx tx, AreaCaller caller, UUID id, String text, Instant now) {
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            require(complaint.state().isOpen(), COMPLAINT_NOT_OPEN);
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> work.note(tx, complaint, Note.ofStaff(caller, Kind.OPINION, null, text), now))
                    .compose(noted -> work.audit(tx, caller, "complaint.opinion", complaint, "opinion"))
                    .map(complaint);
        });
    }

    private Future<Complaint> lockInCharge(Tx tx, AreaCaller caller, UUID id) {
        return work.lockSeen(tx, caller, id).map(complaint -> {
            require(complaint.standing().office().is(caller.office()), COMPLAINT_OF_ANOTHER_OFFICE);
            return complaint;
        });
    }

    private Future<Complaint> lockHandled(Tx tx, AreaCaller caller, UUID id) {
        return lockInCharge(tx, caller, id).map(complaint -> {
            require(caller.id().equals(complaint.standing().handlerId()), NOT_ITS_HANDLER);
            return complaint;
        });
    }

    private Future<Complaint> changed(
            Tx tx,
            AreaCaller caller,
            Complaint before,
            Standing after,
            Kind kind,
            @Nullable String reason,
            @Nullable String text,
            Instant now) {
        return work.change(tx, before, after, Note.ofStaff(caller, kind, reason, text), now)
                .compose(complaint -> work.audit(
                                tx,
                                caller,
                                "complaint." + kind.id(),
                                before,
                                Optional.ofNullable(reason).orElse(kind.id()))
                        .map(complaint));
    }

    static boolean isIntake(Caller caller) {
        return caller.scopes().contains(Sight.INTAKE);
    }

    static void require(boolean holds, Code otherwise) {
        if (!holds) {
            throw Refusal.of(otherwise);
        }
    }
}
