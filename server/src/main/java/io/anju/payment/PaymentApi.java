package io.anju.payment;

import io.anju.api.PaymentOperations;
import io.anju.api.model.CreatePaymentRequest;
import io.anju.api.model.Payment;
import io.anju.api.model.PaymentPage;
import io.anju.api.model.PaymentState;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Payments over HTTP. */
public final class PaymentApi implements PaymentOperations {
    private static final String MINE = "listMyPayments";
    private static final String OF_CITY = "listPayments";

    private final PaymentService service;
    private final PaymentView view;
    private final Once once;
    private final Cursors cursors;

    PaymentApi(PaymentService service, PaymentView view, Once once, Cursors cursors) {
        this.service = service;
        this.view = view;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<Payment>> createPayment(Request request, ResidentCaller caller, CreatePaymentRequest body) {
        return once.run(
                request,
                () -> service.order(
                        caller.id(),
                        caller.actorId(),
                        request.idempotencyKey(),
                        body.billIds(),
                        body.amountFen(),
                        request.now()),
                (tx, prepaid) ->
                        service.opened(tx, prepaid).map(order -> Reply.of(view.own(order, List.of(), request.now()))));
    }

    @Override
    public Future<Reply<Payment>> getPayment(Request request, ResidentCaller caller, UUID paymentId) {
        return service.ofResident(caller.id(), paymentId)
                .compose(order -> shown(request, order))
                .map(Reply::of);
    }

    @Override
    public Future<Reply<Payment>> cancelPayment(Request request, ResidentCaller caller, UUID paymentId) {
        return once.run(
                request,
                () -> service.cancel(caller.id(), paymentId, request.now()),
                (tx, order) -> Future.succeededFuture(Reply.of(view.own(order, List.of(), request.now()))));
    }

    private Future<Payment> shown(Request request, PaymentOrder order) {
        return service.refundsOf(List.of(order)).map(found -> view.own(order, found, request.now()));
    }

    @Override
    public Future<Reply<PaymentPage>> listMyPayments(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        return service.listOfResident(caller.id(), cursors.uuid(MINE, cursor), limit + 1)
                .compose(found -> page(MINE, found, limit, (order, all) -> view.own(order, all, request.now())));
    }

    @Override
    public Future<Reply<PaymentPage>> listPayments(
            Request request,
            CityCaller caller,
            @Nullable String outTradeNo,
            @Nullable PaymentState state,
            @Nullable String cursor,
            int limit) {
        var name = String.join("/", OF_CITY, outTradeNo == null ? "" : outTradeNo, state == null ? "" : state.wire());
        var wanted = state == null ? null : OrderState.of(state.wire());
        var cityCode = caller.office().cityCode();
        return service.listOfCity(cityCode, outTradeNo, wanted, cursors.uuid(name, cursor), limit + 1)
                .compose(found -> page(name, found, limit, view::ofCity));
    }

    private Future<Reply<PaymentPage>> page(
            String name,
            List<PaymentOrder> found,
            int limit,
            BiFunction<PaymentOrder, List<RefundOrder>, Payment> shown) {
        var page = cursors.page(name, found, limit, PaymentOrder::id);
        return service.refundsOf(page.items())
                .map(refunds ->
                        Reply.of(new PaymentPage(page.as(order -> shown.apply(order, refunds)), page.nextCursor())));
    }
}
