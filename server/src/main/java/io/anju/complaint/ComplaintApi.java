package io.anju.complaint;

import io.anju.api.ComplaintOperations;
import io.anju.api.model.ComplaintAttachment;
import io.anju.api.model.ComplaintCategoryList;
import io.anju.api.model.ComplaintFiled;
import io.anju.api.model.ComplaintPage;
import io.anju.api.model.ComplaintSummary;
import io.anju.api.model.ComplaintText;
import io.anju.api.model.FileComplaintRequest;
import io.anju.api.model.RateComplaintRequest;
import io.anju.api.model.RelatedMatters;
import io.anju.api.model.ReopenComplaintRequest;
import io.anju.api.model.RequestComplaintReviewRequest;
import io.anju.api.model.WithdrawComplaintRequest;
import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Subject;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Complaints over HTTP, for whoever files them. */
public final class ComplaintApi implements ComplaintOperations {
    private static final String LIST = "listMyComplaints";

    private final Casework work;
    private final Filing filing;
    private final Likeness likeness;
    private final OwnDesk own;
    private final ComplaintFiles files;
    private final Related related;
    private final Acting acting;
    private final Once once;
    private final Cursors cursors;

    ComplaintApi(
            Casework work,
            Filing filing,
            Likeness likeness,
            OwnDesk own,
            ComplaintFiles files,
            Related related,
            Once once,
            Cursors cursors) {
        this.work = work;
        this.filing = filing;
        this.likeness = likeness;
        this.own = own;
        this.files = files;
        this.related = related;
        this.acting = new Acting(work.policies, once);
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<ComplaintCategoryList>> listComplaintCategories(Request request, String cityCode) {
        var desk = work.city(cityCode).complaints();
        return desk == null
                ? Future.failedFuture(Refusal.at("/query/cityCode", ComplaintProblem.COMPLAINTS_NOT_TAKEN))
                : Future.succeededFuture(Reply.of(acting.view(request).categories(desk)));
    }

    @Override
    public Future<Reply<ComplaintFiled>> fileComplaint(
            Request request, ResidentCaller caller, FileComplaintRequest body) {
        var order = order(caller, body);
        return once.run(
                request,
                tx -> filing.file(tx, order, request.now())
                        .compose(filed -> likeness.like(tx, caller, filed)
                                .map(like -> Reply.of(acting.view(request).filed(filed.complaint(), like)))));
    }

    private static Filing.Order order(ResidentCaller caller, FileComplaintRequest body) {
        var subject = body.subject();
        var office = subject == null ? null : subject.office();
        return new Filing.Order(
                caller.id(),
                caller.proxyId(),
                body.cityCode(),
                ComplaintKind.of(body.kind().wire()),
                body.category(),
                body.areaCode(),
                subject == null
                        ? null
                        : new Subject(SubjectType.of(subject.type().wire()), subject.subjectId()),
                new Content(
                        body.text(),
                        body.contact(),
                        subject == null ? null : subject.name(),
                        office == null ? null : new OfficeRef(office.level().wire(), office.areaCode())),
                body.objectionTrackingNumber());
    }

    @Override
    public Future<Reply<ComplaintPage>> listMyComplaints(
            Request request, ResidentCaller caller, @Nullable UUID subjectId, @Nullable String cursor, int limit) {
        var name = subjectId == null ? LIST : LIST + "/" + subjectId;
        var before = cursors.uuid(name, cursor);
        return own.list(caller, subjectId, before, limit + 1).map(found -> {
            var page = cursors.page(name, found, limit, last -> last.id());
            return Reply.of(new ComplaintPage(page.as(acting.view(request)::summary), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<io.anju.api.model.Complaint>> getComplaint(
            Request request, ResidentCaller caller, UUID complaintId) {
        return own.get(caller, complaintId)
                .map(shown -> Reply.of(acting.view(request).own(shown, work.complaints.open(shown.complaint()))));
    }

    @Override
    public Future<Reply<RelatedMatters>> listMyRelatedMatters(
            Request request, ResidentCaller caller, UUID complaintId) {
        return related.ofOwn(caller, complaintId)
                .map(matters -> Reply.of(acting.view(request).related(matters)));
    }

    @Override
    public Future<Reply<ComplaintSummary>> addToComplaint(
            Request request, ResidentCaller caller, UUID complaintId, ComplaintText body) {
        return acting.run(request, tx -> own.add(tx, caller, complaintId, body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintAttachment>> uploadComplaintAttachment(
            Request request, ResidentCaller caller, UUID complaintId) {
        return upload(request, caller, complaintId);
    }

    @Override
    public Future<Reply<ComplaintAttachment>> uploadComplaintAttachmentBytes(
            Request request, ResidentCaller caller, UUID complaintId, String fileName) {
        return upload(request, caller, complaintId);
    }

    private Future<Reply<ComplaintAttachment>> upload(Request request, ResidentCaller caller, UUID complaintId) {
        return once.run(
                request,
                () -> files.keep(caller, complaintId, request.upload().content(), request.now()),
                (tx, kept) -> files.add(tx, caller, kept, request.now())
                        .map(file -> Reply.of(ComplaintView.attachment(file))));
    }

    @Override
    public Future<Reply<Buffer>> getComplaintAttachment(
            Request request, ResidentCaller caller, UUID complaintId, UUID complaintFileId) {
        return files.openOwn(caller, complaintId, complaintFileId).map(ComplaintApi::download);
    }

    static Reply<Buffer> download(ReadingDesk.Opened opened) {
        return Reply.download(opened.content(), opened.attachment().mediaType());
    }

    @Override
    public Future<Reply<ComplaintSummary>> rateComplaint(
            Request request, ResidentCaller caller, UUID complaintId, RateComplaintRequest body) {
        return acting.run(request, tx -> own.rate(tx, caller, complaintId, body.stars(), body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> reopenComplaint(
            Request request, ResidentCaller caller, UUID complaintId, ReopenComplaintRequest body) {
        return acting.run(
                request, tx -> own.reopen(tx, caller, complaintId, body.reason().wire(), body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> requestComplaintReview(
            Request request, ResidentCaller caller, UUID complaintId, RequestComplaintReviewRequest body) {
        return acting.run(request, tx -> own.requestReview(tx, caller, complaintId, body.text(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> withdrawComplaint(
            Request request, ResidentCaller caller, UUID complaintId, WithdrawComplaintRequest body) {
        return acting.run(
                request,
                tx -> own.withdraw(tx, caller, complaintId, body.reason().wire(), request.now()));
    }

    @Override
    public Future<Reply<ComplaintSummary>> joinComplaint(Request request, ResidentCaller caller, UUID complaintId) {
        return acting.run(request, tx -> likeness.join(tx, caller, complaintId, request.now()));
    }
}
