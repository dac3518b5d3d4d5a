package io.anju.complaint;

import io.anju.api.ComplaintWorkOperations;
import io.anju.api.model.AcceptComplaintRequest;
import io.anju.api.model.AddJointOfficeRequest;
import io.anju.api.model.AssignComplaintRequest;
import io.anju.api.model.CloseComplaintRequest;
import io.anju.api.model.ComplaintFile;
import io.anju.api.model.ComplaintKind;
import io.anju.api.model.ComplaintMark;
import io.anju.api.model.ComplaintOffice;
import io.anju.api.model.ComplaintQueue;
import io.anju.api.model.ComplaintReporter;
import io.anju.api.model.ComplaintSummary;
import io.anju.api.model.ComplaintText;
import io.anju.api.model.ComplaintWork;
import io.anju.api.model.ComplaintWorkPage;
import io.anju.api.model.ExtendComplaintRequest;
import io.anju.api.model.RecordNamedRequest;
import io.anju.api.model.RecordReturnVisitRequest;
import io.anju.api.model.RelatedComplaints;
import io.anju.api.model.RelatedMatters;
import io.anju.api.model.SuperviseComplaintRequest;
import io.anju.api.model.TransferComplaintRequest;
import io.anju.complaint.ComplaintPolicy.Mark;
import io.anju.complaint.WorkStore.After;
import io.anju.complaint.WorkStore.Queue;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Complaints over HTTP, for the offices that answer them. */
public final class ComplaintWorkApi implements ComplaintWorkOperations {
    private static final String LIST = "listComplaintWork";

    private final Casework work;
    private final ReadingDesk reading;
    private final WorkDesk desk;
    private final RoutingDesk routing;
    private final SupervisionDesk supervision;
    private final Related related;
    private final Acting acting;
    private final Cursors cursors;

    ComplaintWorkApi(
            Casework work,
            ReadingDesk reading,
            WorkDesk desk,
            RoutingDesk routing,
            SupervisionDesk supervision,
            Related related,
            Once once,
            Cursors cursors) {
        this.work = work;
        this.reading = reading;
        this.desk = desk;
        this.routing = routing;
        this.supervision = supervision;
        this.related = related;
        this.acting = new Acting(work.policies, once);
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<ComplaintWorkPage>> listComplaintWork(
            Request request,
            AreaCaller caller,
            @Nullable ComplaintQueue queue,
            @Nullable ComplaintMark mark,
            @Nullable ComplaintKind kind,
            @Nullable String cursor,
            int limit) {
        var name = String.join("/", LIST, wire(queue), wire(mark), wire(kind));
        return reading.list(
                        caller,
                        queue == null ? Queue.OFFICE : Queue.valueOf(queue.name()),
                        mark == null ? null : Mark.valueOf(mark.name()),
                        kind == null ? null : io.anju.policy.ComplaintKind.of(kind.wire()),
                        request.today(),
                        cursor == null ? null : after(cursors.open(name, 3, cursor)),
                        limit + 1)
                .map(found -> page(request, caller, name, found, limit));
    }

    private Reply<ComplaintWorkPage> page(
            Request request, AreaCaller caller, String name, List<Complaint> found, int limit) {
        var view = acting.view(request);
        var page = cursors.pageBy(name, found, limit, ComplaintWorkApi::place);
        return Reply.of(new ComplaintWorkPage(page.as(one -> line(view, one, request, caller)), page.nextCursor()));
    }

    private ComplaintWork line(ComplaintView view, Complaint complaint, Request request, AreaCaller caller) {
        var transfer = ComplaintPolicy.transferMark(complaint.standing(), request.today(), work.workingDays);
        return view.work(complaint, transfer, caller);
    }

    private static List<Object> place(Complaint last) {
        var dueOn = Objects.requireNonNull(last.clock()).dueOn();
        return List.of(last.standing().supervised(), dueOn, last.id());
    }

    private static After after(List<String> values) {
        return new After(
                Boolean.parseBoolean(values.get(0)), LocalDate.parse(values.get(1)), UUID.fromString(values.get(2)));
    }

    private static String wire(@Nullable Enum<?> value) {
        return value == null ? "" : value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Future<Reply<ComplaintFile>> getComplaintFile(
            Request request, AreaCaller caller, UUID complaintId, String reason) {
        return reading.open(caller, complaintId, reason, request.now())
                .map(file -> Reply.of(acting.view(request).file(file, work.complaints.open(file.complaint()), caller)));
    }

    @Override
    public Future<Reply<Buffer>> getComplaintFileAttachment(
            Request request, AreaCaller caller, UUID complaintId, UUID complaintFileId, String reason) {
        return reading.openAttachment(caller, complaintId, complaintFileId, reason, request.now())
                .map(ComplaintApi::download);
    }

    @Override
    public Future<Reply<ComplaintReporter>> getComplaintReporter(
            Request request, AreaCaller caller, UUID complaintId, String reason) {
        return reading.reporter(caller, complaintId, reason, request.now())
                .map(found -> Reply.of(ComplaintView.reporter(found, work.complaints.open(found.complaint()))));
    }

    @Override
    public Future<Reply<RelatedMatters>> listRelatedMatters(Request request, AreaCaller caller, UUID complaintId) {
        return related.of(caller, complaintId)
                .map(matters -> Reply.of(acting.view(request).related(matters)));
    }

    @Override
    public Future<Reply<RelatedComplaints>> listComplaintsOfObjection(
            Request request, AreaCaller caller, UUID objectionId) {
        return related.ofObjection(caller, objectionId)
                .map(found -> Reply.of(acting.view(request).relatedComplaints(found)));
    }

    @Override
    public Future<Reply<RelatedComplaints>> listComplaintsOfApplication(
            Request request, AreaCaller caller, UUID applicationId) {
        return related.ofApplication(caller, applicationId)
                .map(found -> Reply.of(acting.view(request).relatedComplaints(found)));
    }

    @Override
    public Future<Reply<ComplaintSummary>> acceptComplaint(
            Request request, AreaCaller caller, UUID complaintId, AcceptComplaintRequest body) {
        var reason = body.reason();
        return acting.run(
                request,
                tx -> body.accepted()
                        ? desk.accept(tx, caller, complaintId, request.now())
                        : desk.refuse(
                                tx,
                                caller,
                                complaintId,
                                reason == null ? null : reason.wire(),
                                body.text(),
                                request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> transferComplaint(
            Request request, AreaCaller caller, UUID complaintId, TransferComplaintRequest body) {
        var to = body.toOffice();
        var transfer = new RoutingDesk.Transfer(body.reason().wire(), body.text(), to == null ? null : office(to));
        return acting.run(request, tx -> routing.transfer(tx, caller, complaintId, transfer, request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> assignComplaint(
            Request request, AreaCaller caller, UUID complaintId, AssignComplaintRequest body) {
        return acting.run(request, tx -> desk.assign(tx, caller, complaintId, body.handler(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> addJointOffice(
            Request request, AreaCaller caller, UUID complaintId, AddJointOfficeRequest body) {
        return acting.run(
                request,
                tx -> routing.addJointOffice(
                        tx, caller, complaintId, office(body.office()), body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> addComplaintOpinion(
            Request request, AreaCaller caller, UUID complaintId, ComplaintText body) {
        return acting.run(request, tx -> desk.addOpinion(tx, caller, complaintId, body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> replyToComplaint(
            Request request, AreaCaller caller, UUID complaintId, ComplaintText body) {
        return acting.run(request, tx -> desk.reply(tx, caller, complaintId, body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> extendComplaint(
            Request request, AreaCaller caller, UUID complaintId, ExtendComplaintRequest body) {
        return acting.run(
                request,
                tx -> supervision.extend(tx, caller, complaintId, body.reason().wire(), body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> closeComplaint(
            Request request, AreaCaller caller, UUID complaintId, CloseComplaintRequest body) {
        return acting.run(request, tx -> desk.close(tx, caller, complaintId, body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> superviseComplaint(
            Request request, AreaCaller caller, UUID complaintId, SuperviseComplaintRequest body) {
        return acting.run(
                request,
                tx -> supervision.supervise(
                        tx, caller, complaintId, body.reason().wire(), body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> recordReturnVisit(
            Request request, AreaCaller caller, UUID complaintId, RecordReturnVisitRequest body) {
        return acting.run(
                request,
                tx -> supervision.recordVisit(
                        tx, caller, complaintId, body.result().wire(), body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> recordNamed(
            Request request, AreaCaller caller, UUID complaintId, RecordNamedRequest body) {
        var office = body.office();
        return acting.run(
                request,
                tx -> routing.recordNamed(
                        tx, caller, complaintId, office == null ? null : office(office), body.staff(), request.now()));
    }

    private static OfficeRef office(ComplaintOffice office) {
        return new OfficeRef(office.level().wire(), office.areaCode());
    }
}
