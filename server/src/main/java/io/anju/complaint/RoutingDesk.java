package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.COMPLAINT_ACCEPTED;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_BOUND;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_NOT_OPEN;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_OF_ANOTHER_OFFICE;
import static io.anju.complaint.ComplaintProblem.COMPLAINT_WAS_THERE;
import static io.anju.complaint.ComplaintProblem.NAMED_NOBODY;
import static io.anju.complaint.ComplaintProblem.NOT_A_REPORT;
import static io.anju.complaint.ComplaintProblem.OFFICE_IS_NAMED;
import static io.anju.complaint.ComplaintProblem.OFFICE_UNKNOWN;
import static io.anju.complaint.ComplaintProblem.TRANSFER_TOO_LATE;
import static io.anju.complaint.WorkDesk.require;

import io.anju.complaint.Happening.Kind;
import io.anju.complaint.Happening.Note;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which office has a complaint. An office may send on what is not its own; nobody gets the same one twice, because then
 * intake rules, and its ruling binds.
 */
final class RoutingDesk {
    private final Casework work;

    RoutingDesk(Casework work) {
        this.work = work;
    }

    /** @param to null for the city's intake */
    record Transfer(String reason, String text, @Nullable OfficeRef to) {}

    Future<Complaint> transfer(Tx tx, AreaCaller caller, UUID id, Transfer transfer, Instant now) {
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            var intake = WorkDesk.isIntake(caller);
            require(intake || complaint.standing().office().is(caller.office()), COMPLAINT_OF_ANOTHER_OFFICE);
            require(complaint.state() == ComplaintState.RECEIVED, COMPLAINT_ACCEPTED);
            var to = transfer.to() == null ? ComplaintPolicy.intake(complaint.cityCode()) : transfer.to();
            work.requireOffice(to, complaint.cityCode(), "/toOffice");
            if (to.equals(complaint.standing().office())) {
                throw Refusal.at("/toOffice", OFFICE_UNKNOWN);
            }
            return (intake ? Future.<Void>succeededFuture() : requireMaySend(tx, complaint, to, now))
                    .compose(may -> requireUnnamed(tx, complaint, to, "/toOffice"))
                    .compose(may -> send(tx, caller, complaint, to, intake && transfer.to() != null, transfer, now));
        });
    }

    private Future<Void> requireMaySend(Tx tx, Complaint complaint, OfficeRef to, Instant now) {
        var standing = complaint.standing();
        require(!standing.bound(), COMPLAINT_BOUND);
        var until = standing.transferBy();
        require(until != null && !Shanghai.date(now).isAfter(until), TRANSFER_TOO_LATE);
        // back to intake is always possible: that is where the back and forth ends
        return to.equals(ComplaintPolicy.intake(complaint.cityCode()))
                ? Future.succeededFuture()
                : work.parts
                        .isHolder(tx, complaint.id(), to)
                        .compose(before -> before ? Refusal.failed(COMPLAINT_WAS_THERE) : Future.succeededFuture());
    }

    private Future<Void> requireUnnamed(Tx tx, Complaint complaint, OfficeRef office, String pointer) {
        return !complaint.isReport()
                ? Future.succeededFuture()
                : work.parts
                        .namesOffice(tx, complaint.id(), office)
                        .compose(named -> named
                                ? Future.failedFuture(Refusal.at(pointer, OFFICE_IS_NAMED))
                                : Future.succeededFuture());
    }

    private Future<Complaint> send(
            Tx tx,
            AreaCaller caller,
            Complaint complaint,
            OfficeRef to,
            boolean ruled,
            Transfer transfer,
            Instant now) {
        var today = Shanghai.date(now);
        var note = Note.ofStaff(caller, Kind.TRANSFERRED, transfer.reason(), transfer.text());
        return work.clock(tx, complaint)
                .map(clock -> complaint
                        .standing()
                        .sentTo(
                                to,
                                clock.refuseTransferBy(today, work.workingDays).orElse(null),
                                ruled))
                .compose(after -> work.parts
                        .insertHolder(tx, complaint.id(), to, ComplaintPolicy.keptTime(complaint.kind(), now))
                        .compose(held -> work.change(tx, complaint, after, note, now)))
                .compose(changed -> work.audit(tx, caller, "complaint.transferred", complaint, transfer.reason())
                        .map(changed));
    }

    /** Asks another office to help; the one in charge stays the one that answers. */
    Future<Complaint> addJointOffice(Tx tx, AreaCaller caller, UUID id, OfficeRef office, String text, Instant now) {
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            require(
                    WorkDesk.isIntake(caller) || complaint.standing().office().is(caller.office()),
                    COMPLAINT_OF_ANOTHER_OFFICE);
            require(complaint.state().isOpen(), COMPLAINT_NOT_OPEN);
            work.requireOffice(office, complaint.cityCode(), "/office");
            return requireUnnamed(tx, complaint, office, "/office")
                    .compose(may -> work.parts.insertJoint(tx, id, office))
                    .compose(joined ->
                            work.note(tx, complaint, Note.ofStaff(caller, Kind.OFFICE_ADDED, null, text), now))
                    .compose(noted -> work.audit(tx, caller, "complaint.office-added", complaint, office.level()))
                    .map(complaint);
        });
    }

    /**
     * Records whom a report names. For them it is not there from now on; where the office that has it is named, it goes
     * back to intake.
     */
    Future<Complaint> recordNamed(
            Tx tx, AreaCaller caller, UUID id, @Nullable OfficeRef office, @Nullable String username, Instant now) {
        if ((office == null) == (username == null)) {
            return Refusal.failed(NAMED_NOBODY);
        }
        return work.lockSeen(tx, caller, id).compose(complaint -> {
            require(complaint.isReport(), NOT_A_REPORT);
            return (office != null ? nameOffice(tx, complaint, office) : nameStaff(tx, complaint, username))
                    .compose(named -> work.note(tx, complaint, Note.ofStaff(caller, Kind.NAMED, null, null), now))
                    .compose(noted -> work.audit(tx, caller, "complaint.noted", complaint, "noted"))
                    .compose(recorded -> takeBack(tx, caller, complaint, office, now));
        });
    }

    private Future<Void> nameOffice(Tx tx, Complaint complaint, OfficeRef office) {
        work.requireOffice(office, complaint.cityCode(), "/office");
        // where nobody would be left to answer, it must go to a higher authority outside of here
        if (office.equals(ComplaintPolicy.intake(complaint.cityCode()))) {
            return Future.failedFuture(Refusal.at("/office", ComplaintProblem.REPORT_NAMES_LAST_OFFICE));
        }
        return work.parts.nameOffice(tx, complaint.id(), office);
    }

    private Future<Void> nameStaff(Tx tx, Complaint complaint, @Nullable String username) {
        return work.identities
                .findStaff(tx, String.valueOf(username))
                .map(found -> found.filter(staff -> staff.office().cityCode().equals(complaint.cityCode()))
                        .orElseThrow(() -> Refusal.at("/staff", NAMED_NOBODY)))
                .compose(staff -> work.parts.nameStaff(tx, complaint.id(), staff.id()));
    }

    private Future<Complaint> takeBack(
            Tx tx, AreaCaller caller, Complaint complaint, @Nullable OfficeRef named, Instant now) {
        var standing = complaint.standing();
        var movable = standing.state() == ComplaintState.RECEIVED || standing.state() == ComplaintState.HANDLING;
        if (!standing.office().equals(named) || !movable) {
            return Future.succeededFuture(complaint);
        }
        var note = Note.ofStaff(caller, Kind.TRANSFERRED, "conflict-of-interest", null);
        var after = standing.sentTo(ComplaintPolicy.intake(complaint.cityCode()), null, false);
        return work.change(tx, complaint, after, note, now);
    }
}
