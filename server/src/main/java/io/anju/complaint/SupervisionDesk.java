package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINT_EXTENDED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_CLOSED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_OPEN;
import static io.anju.complaint.ComplaintProblem.EXTENSION_TOO_LATE;
import static io.anju.complaint.ComplaintProblem.LEAVE_OF_ANOTHER;
import static io.anju.complaint.ComplaintProblem.NO_EXTENSION;
import static io.anju.complaint.WorkDesk.require;

import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Those who watch over the offices: leave for an extension, pressing for an answer, and asking afterwards. */
final class SupervisionDesk {
    private static final String NOT_SATISFIED = "not-satisfied";

    private final Casework work;
    private final OwnDesk own;

    SupervisionDesk(Casework work, OwnDesk own) {
        this.work = work;
        this.own = own;
    }

    /** Gives leave for the one extension; whoever handles it does not give it to himself. */
    Future<Complaint> extend(Tx tx, AreaCaller caller, UUID id, String reason, String text, Instant now) {
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            var standing = complaint.standing();
            var running = complaint.clock();
            require(!standing.extended(), COMPLAINT_EXTENDED);
            require(complaint.state() == ComplaintState.HANDLING && running != null, COMPLAINT_NOT_OPEN);
            require(!caller.id().equals(standing.handlerId()), LEAVE_OF_ANOTHER);
            var dueOn = Objects.requireNonNull(running).dueOn();
            require(!Shanghai.date(now).isAfter(dueOn), EXTENSION_TOO_LATE);
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> work.clock(tx, complaint))
                    .map(clock -> clock.extended(dueOn, work.workingDays).orElseThrow(() -> Refusal.of(NO_EXTENSION)))
                    .compose(due -> work.clocks.extend(tx, id, due))
                    .compose(extended -> work.change(
                            tx,
                            complaint,
                            standing.withExtension(),
                            Note.ofStaff(caller, Kind.EXTENDED, reason, text),
                            now))
                    .compose(after -> work.audit(tx, caller, "complaint.extended", complaint, reason)
                            .map(after));
        });
    }

    Future<Complaint> supervise(Tx tx, AreaCaller caller, UUID id, String reason, String text, Instant now) {
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            require(complaint.state().isOpen(), COMPLAINT_NOT_OPEN);
            var note = Note.ofStaff(caller, Kind.SUPERVISED, reason, text);
            return work.change(tx, complaint, complaint.standing().pressed(), note, now)
                    .compose(after -> work.audit(tx, caller, "complaint.supervised", complaint, reason)
                            .map(after));
        });
    }

    /** Whoever is not satisfied gets it opened again, where that is still possible. */
    Future<Complaint> recordVisit(Tx tx, AreaCaller caller, UUID id, String result, String text, Instant now) {
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            require(complaint.state() == ComplaintState.CLOSED, COMPLAINT_NOT_CLOSED);
            var note = Note.ofStaff(caller, Kind.VISITED, result, text);
            var again = result.equals(NOT_SATISFIED)
                    && !complaint.isPetition()
                    && !complaint.standing().reopened();
            return work.requireNoConflict(tx, caller.id(), complaint)
                    .compose(free -> work.audit(tx, caller, "complaint.visited", complaint, result))
                    .compose(recorded -> work.note(tx, complaint, note, now))
                    .compose(noted -> again
                            ? own.reopen(tx, complaint, Note.ofStaff(caller, Kind.REOPENED, result, null), now)
                            : Future.succeededFuture(complaint));
        });
    }
}
