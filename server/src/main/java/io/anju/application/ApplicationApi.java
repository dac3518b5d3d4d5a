package io.anju.application;

import io.anju.api.ApplicationOperations;
import io.anju.api.model.AnswerCorrectionRequest;
import io.anju.api.model.ApplicationFile;
import io.anju.api.model.ApplicationPage;
import io.anju.api.model.CreateApplicationRequest;
import io.anju.api.model.ReadingPage;
import io.anju.api.model.Receipt;
import io.anju.api.model.ReceiptKey;
import io.anju.api.model.RequestReReviewRequest;
import io.anju.api.model.SubmitApplicationRequest;
import io.anju.api.model.TimelinePage;
import io.anju.api.model.UpdateApplicationRequest;
import io.anju.api.model.WithdrawApplicationRequest;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of applications. */
public final class ApplicationApi implements ApplicationOperations {
    private static final int FILE_NAME_MAX_CHARS = 120;

    private final Db db;
    private final Once once;
    private final Cursors cursors;
    private final DraftService drafts;
    private final SubmissionService submissions;
    private final ResidentService residents;
    private final AttachmentService attachments;
    private final ApplicationViews views;
    private final FileService files;

    ApplicationApi(
            Db db,
            Once once,
            Cursors cursors,
            DraftService drafts,
            SubmissionService submissions,
            ResidentService residents,
            AttachmentService attachments,
            ApplicationViews views,
            FileService files) {
        this.db = db;
        this.once = once;
        this.cursors = cursors;
        this.drafts = drafts;
        this.submissions = submissions;
        this.residents = residents;
        this.attachments = attachments;
        this.views = views;
        this.files = files;
    }

    @Override
    public Future<Reply<io.anju.api.model.Application>> createApplication(
            Request request, ResidentCaller caller, CreateApplicationRequest body) {
        var household = HouseholdContract.read(body.household());
        return once.run(
                request,
                tx -> drafts.create(tx, caller, body.cityCode(), body.programme(), household, request.now())
                        .compose(made -> reply(tx, request, made))
                        .map(reply -> reply.withHeader(
                                "Location", "/v1/applications/" + reply.body().id())));
    }

    @Override
    public Future<Reply<io.anju.api.model.Application>> updateApplication(
            Request request, ResidentCaller caller, UUID applicationId, String ifMatch, UpdateApplicationRequest body) {
        var household = HouseholdContract.read(body.household());
        return once.run(
                request,
                tx -> drafts.update(tx, caller, applicationId, version(ifMatch), household, request.now())
                        .compose(updated -> reply(tx, request, updated)));
    }

    @Override
    public Future<Reply<Receipt>> submitApplication(
            Request request, ResidentCaller caller, UUID applicationId, String ifMatch, SubmitApplicationRequest body) {
        var commitment = body.commitment();
        return once.run(
                request,
                tx -> submissions
                        .submit(
                                tx,
                                caller,
                                applicationId,
                                version(ifMatch),
                                commitment.accepted(),
                                commitment.signedName(),
                                request.now())
                        .map(handed -> Reply.of(ApplicationContract.receipt(handed, request.language()))
                                .withETag(handed.application().version())
                                .withHeader("Location", "/v1/applications/" + applicationId + "/receipt")));
    }

    @Override
    public Future<Reply<io.anju.api.model.Application>> withdrawApplication(
            Request request, ResidentCaller caller, UUID applicationId, WithdrawApplicationRequest body) {
        return once.run(
                request,
                tx -> residents
                        .withdraw(tx, caller, applicationId, body.reason(), request.now())
                        .compose(withdrawn -> reply(tx, request, withdrawn)));
    }

    @Override
    public Future<Reply<io.anju.api.model.Application>> answerCorrection(
            Request request, ResidentCaller caller, UUID applicationId, AnswerCorrectionRequest body) {
        var household = HouseholdContract.read(body.household());
        return once.run(
                request,
                tx -> submissions
                        .answerCorrection(tx, caller, applicationId, household, body.note(), request.now())
                        .compose(answered -> views.own(tx, caller, applicationId))
                        .map(view -> reply(request, view)));
    }

    @Override
    public Future<Reply<io.anju.api.model.Application>> requestReReview(
            Request request, ResidentCaller caller, UUID applicationId, RequestReReviewRequest body) {
        return once.run(
                request,
                tx -> residents
                        .requestReReview(tx, caller, applicationId, body.reason(), request.now())
                        .compose(asked -> reply(tx, request, asked)));
    }

    @Override
    public Future<Reply<io.anju.api.model.Application>> getApplication(
            Request request, ResidentCaller caller, UUID applicationId) {
        return views.own(db, caller, applicationId).map(view -> reply(request, view));
    }

    @Override
    public Future<Reply<ApplicationPage>> listMyApplications(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        var list = "listMyApplications";
        return views.listOwn(caller, cursors.uuid(list, cursor), limit + 1)
                .map(found -> cursors.page(list, found, limit, Application::id))
                .map(page -> Reply.of(ApplicationContract.page(page.items(), page.nextCursor())));
    }

    @Override
    public Future<Reply<Receipt>> getApplicationReceipt(Request request, ResidentCaller caller, UUID applicationId) {
        return receipt(request, caller, applicationId).map(Reply::of);
    }

    @Override
    public Future<Reply<Buffer>> printApplicationReceipt(Request request, ResidentCaller caller, UUID applicationId) {
        return receipt(request, caller, applicationId)
                .map(receipt -> ReceiptPage.of(receipt, request.language()))
                .map(page -> Reply.bytes(Buffer.buffer(page), "text/html; charset=utf-8")
                        .withHeader("Content-Security-Policy", ReceiptPage.CONTENT_SECURITY_POLICY));
    }

    @Override
    public Future<Reply<ReceiptKey>> getReceiptKey(Request request, String keyId) {
        return Future.succeededFuture(Reply.of(ApplicationContract.receiptKey(keyId, views.receiptKey(keyId))));
    }

    private Future<Receipt> receipt(Request request, ResidentCaller caller, UUID applicationId) {
        return views.ownReceipt(db, caller, applicationId)
                .map(view -> ApplicationContract.receipt(view, request.language()));
    }

    @Override
    public Future<Reply<TimelinePage>> getApplicationTimeline(
            Request request, ResidentCaller caller, UUID applicationId, @Nullable String cursor, int limit) {
        var list = "getApplicationTimeline/" + applicationId;
        return views.ownTimeline(caller, applicationId, cursors.number(list, cursor), limit + 1)
                .map(view -> {
                    var page = cursors.page(list, view.events(), limit, Event::version);
                    return Reply.of(
                            ApplicationContract.timeline(view, page.items(), page.nextCursor(), request.language()));
                });
    }

    @Override
    public Future<Reply<ReadingPage>> listApplicationReadings(
            Request request, ResidentCaller caller, UUID applicationId, @Nullable String cursor, int limit) {
        var list = "listApplicationReadings/" + applicationId;
        return views.ownReadings(caller, applicationId, cursors.uuid(list, cursor), limit + 1)
                .map(found -> cursors.page(list, found, limit, ReadingStore.Reading::id))
                .map(page -> Reply.of(ApplicationContract.readings(page.items(), page.nextCursor())));
    }

    @Override
    public Future<Reply<io.anju.api.model.Attachment>> uploadAttachment(
            Request request, ResidentCaller caller, UUID applicationId, String kind) {
        return upload(request, caller, applicationId, kind, request.upload().fileName());
    }

    @Override
    public Future<Reply<io.anju.api.model.Attachment>> uploadAttachmentBytes(
            Request request, ResidentCaller caller, UUID applicationId, String kind, String fileName) {
        return upload(request, caller, applicationId, kind, fileName);
    }

    private Future<Reply<io.anju.api.model.Attachment>> upload(
            Request request, ResidentCaller caller, UUID applicationId, String kind, String fileName) {
        var name = fileName.isBlank() ? kind : shortened(fileName);
        return once.run(
                request,
                () -> attachments.store(caller, applicationId, kind, name, request.upload(), request.now()),
                (tx, stored) -> attachments
                        .add(tx, caller, stored, request.now())
                        .map(added -> Reply.of(ApplicationContract.attachment(added.attachment()))
                                .withETag(added.version())));
    }

    private static String shortened(String fileName) {
        return fileName.length() <= FILE_NAME_MAX_CHARS ? fileName : fileName.substring(0, FILE_NAME_MAX_CHARS);
    }

    @Override
    public Future<Reply<Buffer>> getAttachment(
            Request request, ResidentCaller caller, UUID applicationId, UUID attachmentId) {
        return attachments.openOwn(caller, applicationId, attachmentId).map(ApplicationApi::download);
    }

    @Override
    public Future<Reply<Void>> deleteAttachment(
            Request request, ResidentCaller caller, UUID applicationId, UUID attachmentId) {
        return once.run(
                request,
                tx -> attachments
                        .delete(tx, caller, applicationId, attachmentId, request.now())
                        .map(gone -> Reply.empty()));
    }

    @Override
    public Future<Reply<ApplicationFile>> getApplicationFile(
            Request request, AreaCaller caller, UUID applicationId, String reason) {
        return files.open(caller, applicationId, reason, request.now())
                .map(file -> Reply.of(ApplicationContract.file(file, request.language())));
    }

    @Override
    public Future<Reply<Buffer>> getApplicationFileAttachment(
            Request request, AreaCaller caller, UUID applicationId, UUID attachmentId, String reason) {
        return files.openAttachment(caller, applicationId, attachmentId, reason, request.now())
                .map(ApplicationApi::download);
    }

    /** Saved, never shown in the page: what residents upload is not ours. */
    private static Reply<Buffer> download(AttachmentService.Opened opened) {
        var attachment = opened.attachment();
        var encoded =
                URLEncoder.encode(attachment.fileName(), StandardCharsets.UTF_8).replace("+", "%20");
        return Reply.bytes(opened.content(), attachment.mediaType())
                .withHeader(
                        "Content-Disposition",
                        "attachment; filename=\"" + attachment.kind() + "\"; filename*=UTF-8''" + encoded);
    }

    private Future<Reply<io.anju.api.model.Application>> reply(Tx tx, Request request, Application application) {
        return views.view(tx, application).map(view -> reply(request, view));
    }

    private static Reply<io.anju.api.model.Application> reply(Request request, ApplicationViews.View view) {
        return Reply.of(ApplicationContract.application(view, request.language(), request.now()))
                .withETag(view.application().version());
    }

    /** The version in {@code If-Match}; one that is too large to be a version matches none. */
    private static long version(String ifMatch) {
        try {
            return Long.parseLong(ifMatch, 1, ifMatch.length() - 1, 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
