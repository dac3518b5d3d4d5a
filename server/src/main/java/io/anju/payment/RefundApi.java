package io.anju.payment;

import io.anju.api.RefundOperations;
import io.anju.api.model.Refund;
import io.anju.api.model.RefundPage;
import io.anju.api.model.RefundState;
import io.anju.api.model.RejectRefundRequest;
import io.anju.api.model.RequestRefundRequest;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refunds over HTTP. */
public final class RefundApi implements RefundOperations {
    private static final String LIST = "listRefunds";

    private final RefundService service;
    private final Once once;
    private final Cursors cursors;

    RefundApi(RefundService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<Refund>> requestRefund(
            Request request, ResidentCaller caller, UUID paymentId, RequestRefundRequest body) {
        return once.run(
                request,
                tx -> service.request(tx, caller, paymentId, body.amountFen(), body.reason(), request.now())
                        .map(PaymentView::refund)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<Refund>> issueRefund(
            Request request, CityCaller caller, UUID paymentId, RequestRefundRequest body) {
        return once.run(
                request,
                tx -> service.issue(tx, caller, paymentId, body.amountFen(), body.reason(), request.now())
                        .map(PaymentView::refund)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<RefundPage>> listRefunds(
            Request request, CityCaller caller, @Nullable RefundState state, @Nullable String cursor, int limit) {
        var name = LIST + "/" + (state == null ? "" : state.wire());
        var stage = state == null ? null : RefundStage.of(state.wire());
        var after = cursors.uuid(name, cursor);
        return service.listOfCity(caller, stage, after, limit + 1).map(found -> {
            var page = cursors.page(name, found, limit, last -> last.id());
            return Reply.of(new RefundPage(page.as(PaymentView::refund), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<Refund>> approveRefund(Request request, CityCaller caller, UUID refundId) {
        return once.run(
                request,
                tx -> service.approve(tx, caller, refundId, request.now())
                        .map(PaymentView::refund)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<Refund>> rejectRefund(
            Request request, CityCaller caller, UUID refundId, RejectRefundRequest body) {
        return once.run(
                request,
                tx -> service.reject(tx, caller, refundId, body.reason())
                        .map(PaymentView::refund)
                        .map(Reply::of));
    }
}
