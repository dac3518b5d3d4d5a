package io.anju.complaint;

import io.anju.api.AnonymousReportOperations;
import io.anju.api.model.AddToAnonymousReportRequest;
import io.anju.api.model.AnonymousAddition;
import io.anju.api.model.AnonymousReport;
import io.anju.api.model.AnonymousReportFiled;
import io.anju.api.model.FileAnonymousReportRequest;
import io.anju.api.model.FollowAnonymousReportRequest;
import io.anju.complaint.Allowance.Act;
import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Subject;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.policy.ComplaintKind;
import io.vertx.core.Future;
import java.time.LocalDate;

/** Reports without a name over HTTP. The caller is never looked at. */
public final class AnonymousReportApi implements AnonymousReportOperations {
    private static final String CODE = "trackingCode";
    private static final int CODE_MAX_CHARS = 60;

    private final Casework work;
    private final AnonymousDesk desk;
    private final Once once;

    AnonymousReportApi(Casework work, AnonymousDesk desk, Once once) {
        this.work = work;
        this.desk = desk;
        this.once = once;
    }

    @Override
    public Future<Reply<AnonymousReportFiled>> fileAnonymousReport(Request request, FileAnonymousReportRequest body) {
        var order = order(body);
        return desk.prepare(once.untraced(request), request.remoteAddress(), request.now())
                .compose(prepared -> once.untraced(
                        request,
                        (tx, key) -> desk.file(tx, key, prepared, order, request.now())
                                .map(taken -> Reply.of(new AnonymousReportFiled(
                                        taken.code().text(),
                                        taken.on(),
                                        taken.on().plusDays(1))))));
    }

    private static Filing.Order order(FileAnonymousReportRequest body) {
        var subject = body.subject();
        var office = subject == null ? null : subject.office();
        return new Filing.Order(
                null,
                null,
                body.cityCode(),
                ComplaintKind.REPORT,
                body.category(),
                body.areaCode(),
                subject == null
                        ? null
                        : new Subject(SubjectType.of(subject.type().wire()), subject.subjectId()),
                new Content(
                        body.text(),
                        null,
                        subject == null ? null : subject.name(),
                        office == null ? null : new OfficeRef(office.level().wire(), office.areaCode())),
                null);
    }

    @Override
    public Future<Reply<AnonymousReport>> followAnonymousReport(Request request, FollowAnonymousReportRequest body) {
        return desk.open(Act.FOLLOW, body.trackingCode(), request.remoteAddress(), request.now())
                .compose(desk::progress)
                .map(progress -> Reply.of(new AnonymousReport(
                        progress.filedOn(),
                        progress.shown().isPresent(),
                        progress.waiting(),
                        progress.shown()
                                .map(shown -> new ComplaintView(work.policies, request)
                                        .own(shown, work.complaints.open(shown.complaint())))
                                .orElse(null))));
    }

    @Override
    public Future<Reply<AnonymousAddition>> addToAnonymousReport(Request request, AddToAnonymousReportRequest body) {
        return desk.open(Act.ADD, body.trackingCode(), request.remoteAddress(), request.now())
                .compose(opened -> once.untraced(
                        request,
                        (tx, key) -> desk.add(tx, key, opened, body.text(), request.now())
                                .map(AnonymousReportApi::added)));
    }

    @Override
    public Future<Reply<AnonymousAddition>> uploadAnonymousReportAttachment(Request request) {
        var content = request.upload().content();
        return desk.open(Act.ATTACH, request.formField(CODE, CODE_MAX_CHARS), request.remoteAddress(), request.now())
                .compose(opened -> desk.keep(opened, content, request.now())
                        .compose(file -> once.untraced(
                                request,
                                (tx, key) -> desk.attach(tx, key, opened, file, request.now())
                                        .map(AnonymousReportApi::added))));
    }

    private static Reply<AnonymousAddition> added(LocalDate on) {
        return Reply.of(new AnonymousAddition(on, on.plusDays(1)));
    }
}
