package io.anju.publicity;

import io.anju.api.PublicityOperations;
import io.anju.api.model.DecideObjectionRequest;
import io.anju.api.model.NoticeDetail;
import io.anju.api.model.NoticePage;
import io.anju.api.model.NoticeState;
import io.anju.api.model.ObjectToNoticeRequest;
import io.anju.api.model.ObjectionOutcome;
import io.anju.api.model.ObjectionPage;
import io.anju.api.model.ObjectionProgress;
import io.anju.api.model.ObjectionReceipt;
import io.anju.api.model.ObjectionState;
import io.anju.api.model.OpenPublicityRequest;
import io.anju.api.model.OpenedNotice;
import io.anju.api.model.PublicityQueue;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.publicity.Objection.Content;
import io.anju.publicity.Objection.State;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of publicity. */
public final class PublicityApi implements PublicityOperations {
    private static final String NOTICES = "listNotices";
    private static final String LINES = "getNotice";
    private static final String OBJECTIONS = "listObjections";

    private final PublicityService service;
    private final ObjectionService objections;
    private final Once once;
    private final Cursors cursors;

    public PublicityApi(PublicityService service, ObjectionService objections, Once once, Cursors cursors) {
        this.service = service;
        this.objections = objections;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<NoticePage>> listNotices(
            Request request,
            @Nullable String cityCode,
            @Nullable String programme,
            @Nullable NoticeState state,
            @Nullable String cursor,
            int limit) {
        // a cursor is bound to its filters; one more than asked for tells whether there is a next page
        var name = String.join("/", NOTICES, orEmpty(cityCode), orEmpty(programme), state == null ? "" : state.wire());
        var open = state == null ? null : state == NoticeState.OPEN;
        var view = new PublicityView(request);
        return service.list(cityCode, programme, open, request.now(), cursors.uuid(name, cursor), limit + 1)
                .map(found -> {
                    var page = cursors.page(name, found, limit, last -> last.id());
                    return Reply.of(new NoticePage(page.as(view::notice), page.nextCursor()));
                });
    }

    @Override
    public Future<Reply<NoticeDetail>> getNotice(Request request, UUID noticeId, @Nullable String cursor, int limit) {
        var name = LINES + "/" + noticeId;
        var after = cursor == null ? "" : cursors.open(name, 1, cursor).get(0);
        var view = new PublicityView(request);
        return service.get(noticeId, after, limit + 1, request.now()).map(shown -> {
            var page = cursors.page(name, shown.lines(), limit, last -> last.receiptNumber());
            return Reply.of(new NoticeDetail(view.notice(shown.notice()), page.as(view::line), page.nextCursor()))
                    .withETag(shown.notice().shownVersion(request.now()));
        });
    }

    @Override
    public Future<Reply<ObjectionReceipt>> objectToNotice(Request request, UUID noticeId, ObjectToNoticeRequest body) {
        var content = new Content(body.reason(), body.contact());
        return once.run(
                request,
                tx -> objections
                        .object(tx, noticeId, body.receiptNumber(), content, request.now())
                        .map(trackingNumber -> Reply.of(new ObjectionReceipt(trackingNumber, request.now()))));
    }

    @Override
    public Future<Reply<ObjectionProgress>> lookUpObjection(Request request, String trackingNumber) {
        return objections.lookUp(trackingNumber).map(PublicityView::progress).map(Reply::of);
    }

    @Override
    public Future<Reply<OpenedNotice>> openPublicity(Request request, OfficeCaller caller, OpenPublicityRequest body) {
        var view = new PublicityView(request);
        return once.run(
                request,
                tx -> service.open(tx, caller, body.programme(), body.stepId(), body.applicationIds(), request.now())
                        .map(opened ->
                                Reply.of(new OpenedNotice(view.notice(opened.notice()), opened.stillWaiting()))));
    }

    @Override
    public Future<Reply<PublicityQueue>> getPublicityQueue(Request request, OfficeCaller caller) {
        var view = new PublicityView(request);
        return service.queue(caller).map(view::queue).map(Reply::of);
    }

    @Override
    public Future<Reply<ObjectionPage>> listObjections(
            Request request,
            OfficeCaller caller,
            @Nullable ObjectionState state,
            @Nullable UUID noticeId,
            @Nullable String cursor,
            int limit) {
        var name = String.join(
                "/", OBJECTIONS, state == null ? "" : state.wire(), noticeId == null ? "" : noticeId.toString());
        var wanted = state == null ? null : State.of(state.wire());
        return objections
                .list(caller, wanted, noticeId, cursors.uuid(name, cursor), limit)
                .map(page -> {
                    var last = page.last();
                    var next = last == null ? null : cursors.seal(name, last);
                    return Reply.of(new ObjectionPage(
                            page.objections().stream()
                                    .map(PublicityView::objection)
                                    .toList(),
                            next));
                });
    }

    @Override
    public Future<Reply<ObjectionOutcome>> decideObjection(
            Request request, OfficeCaller caller, UUID objectionId, DecideObjectionRequest body) {
        var state = State.of(body.decision().wire());
        return once.run(
                request,
                tx -> objections
                        .decide(tx, caller, objectionId, state, body.reason(), request.now())
                        .map(PublicityView::outcome)
                        .map(Reply::of));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
