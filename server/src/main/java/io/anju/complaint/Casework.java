package io.anju.complaint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.complaint.Happening.Note;
import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.City;
import io.anju.policy.ComplaintClock;
import io.anju.policy.ComplaintDesk;
import io.anju.policy.PolicyService;
import io.anju.review.ReviewService;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What every use case of this room does: finds and locks, changes, and notes what happened. */
final class Casework {
    final Db db;
    final WorkingDays workingDays;
    final IdentityService identities;
    final PolicyService policies;
    final ComplaintStore complaints;
    final EventStore events;
    final ClockStore clocks = new ClockStore();
    final PartStore parts = new PartStore();

    private final Vault vault;
    private final ReviewService reviews;

    Casework(
            Db db,
            Vault vault,
            IdentityService identities,
            PolicyService policies,
            ReviewService reviews,
            WorkingDays workingDays) {
        this.db = db;
        this.vault = vault;
        this.identities = identities;
        this.policies = policies;
        this.reviews = reviews;
        this.workingDays = workingDays;
        this.complaints = new ComplaintStore(vault);
        this.events = new EventStore(vault);
    }

    /** One that the caller filed; 404 for every other. A proxy finds what they filed themself, nothing else. */
    Future<Complaint> own(Sql sql, ResidentCaller caller, UUID id) {
        return complaints.findOwn(sql, caller.id(), caller.proxyId(), id).map(Casework::orNotFound);
    }

    /** As {@link #own}, and nobody else changes it until this transaction ends. */
    Future<Complaint> lockOwn(Tx tx, ResidentCaller caller, UUID id) {
        return own(tx, caller, id).compose(found -> complaints.lock(tx, id)).compose(locked -> own(tx, caller, id));
    }

    /** One that the member of staff may see; 404 for every other. */
    Future<Complaint> seen(Sql sql, AreaCaller caller, UUID id) {
        return sight(sql, caller)
                .compose(sight -> complaints.findSeen(sql, sight, id))
                .map(Casework::orNotFound);
    }

    /** As {@link #seen}, and nobody else changes it until this transaction ends. */
    Future<Complaint> lockSeen(Tx tx, AreaCaller caller, UUID id) {
        return seen(tx, caller, id).compose(found -> complaints.lock(tx, id)).compose(locked -> seen(tx, caller, id));
    }

    Future<Sight> sight(Sql sql, AreaCaller caller) {
        return identities.staff(sql, caller.id()).map(staff -> Sight.of(caller, nameKey(staff.displayName())));
    }

    Buffer nameKey(String name) {
        return Buffer.buffer(vault.blindIndex("complaint.named-person", ComplaintPolicy.plain(name)));
    }

    /** Changes the standing and notes why; gives the complaint as it is now. */
    Future<Complaint> change(Tx tx, Complaint before, Standing after, Note note, Instant now) {
        var at = ComplaintPolicy.keptTime(before.kind(), now);
        return complaints
                .update(tx, before, after, at)
                .compose(updated -> note(tx, before, note, now))
                .compose(noted -> complaints.get(tx, before.id()));
    }

    Future<Void> note(Tx tx, Complaint complaint, Note note, Instant now) {
        var at = ComplaintPolicy.keptTime(complaint.kind(), now);
        var happened = note.happened(Ids.next(at), at);
        return events.insert(tx, complaint, happened).compose(noted -> tell(tx, complaint, happened));
    }

    /**
     * Tells those who follow events what the filer is told, too. Of reports nothing leaves this room: whoever follows
     * need not be among those who may see one.
     */
    private static Future<Void> tell(Tx tx, Complaint complaint, Happening happened) {
        return complaint.isReport() || happened.inside()
                ? Future.succeededFuture()
                : Outbox.append(
                        tx,
                        happened.kind().topic(),
                        complaint.id(),
                        payload(complaint).toString());
    }

    private static ObjectNode payload(Complaint complaint) {
        var office = complaint.standing().office();
        return JsonNodeFactory.instance
                .objectNode()
                .put("cityCode", complaint.cityCode())
                .put("kind", complaint.kind().id())
                .put("officeLevel", office.level())
                .put("areaCode", office.areaCode());
    }

    /**
     * Staff's doings are on the common record; what residents do is not, so that nobody finds reporters there. Whoever
     * reads the record may be named in a report, so of reports it holds no words.
     */
    Future<Void> audit(Sql sql, Caller caller, String action, Complaint complaint, String reason) {
        return Audit.record(sql, caller, action, "complaint", complaint.id(), complaint.isReport() ? null : reason);
    }

    /** The clock of the rules that it was filed under. */
    Future<ComplaintClock> clock(Sql sql, Complaint complaint) {
        return policies.byDigest(sql, complaint.policyDigest())
                .map(document ->
                        document.cases().clock(complaint.kind().clock()).orElseThrow());
    }

    City city(String cityCode) {
        return policies.city(cityCode);
    }

    /** How the city takes complaints; one that has any keeps its desk. */
    ComplaintDesk desk(String cityCode) {
        return Optional.ofNullable(city(cityCode).complaints()).orElseThrow();
    }

    /** Refuses an office that the city does not have. */
    void requireOffice(OfficeRef office, String cityCode, String pointer) {
        var known = ComplaintPolicy.fits(office, cityCode)
                && (office.equals(ComplaintPolicy.intake(cityCode))
                        || city(cityCode).areaName(office.areaCode()).isPresent());
        if (!known) {
            throw Refusal.at(pointer, ComplaintProblem.OFFICE_UNKNOWN);
        }
    }

    /**
     * Refuses whoever belongs to the case, or has declared somebody of it or who filed it. Of a report only the case
     * counts: that a reporter is close to a member of staff would tell who it is.
     */
    Future<Void> requireNoConflict(Tx tx, UUID staffId, Complaint complaint) {
        var application = complaint.applicationId().orElse(null);
        return persons(tx, complaint).compose(persons -> reviews.requireNoConflict(tx, staffId, application, persons));
    }

    private Future<List<byte[]>> persons(Tx tx, Complaint complaint) {
        var filer = complaint.residentId();
        return complaint.isReport() || filer == null
                ? Future.succeededFuture(List.of())
                : identities.resident(tx, filer).map(this::person);
    }

    private List<byte[]> person(Resident resident) {
        var person = resident.person();
        return person == null ? List.of() : List.of(identities.personIndex(person.nationalId()));
    }

    private static Complaint orNotFound(Optional<Complaint> found) {
        return found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
    }
}
