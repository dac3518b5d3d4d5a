package io.anju.payment;

import io.anju.api.model.Payment;
import io.anju.api.model.PaymentState;
import io.anju.api.model.Refund;
import io.anju.api.model.RefundState;
import io.anju.api.model.RequestPayment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payments as the contract shows them. */
final class PaymentView {
    private final PaymentProvider provider;

    PaymentView(PaymentProvider provider) {
        this.provider = provider;
    }

    /** As the payer sees it, with fresh parameters to pay while it is open. */
    Payment own(PaymentOrder order, List<RefundOrder> refunds, Instant now) {
        var prepayId = order.prepayId();
        return prepayId != null && order.state() == OrderState.OPEN && !order.isExpired(now)
                ? payment(order, refunds, requestPayment(prepayId, now))
                : payment(order, refunds, null);
    }

    /** As staff see it: not to be paid by them. */
    Payment ofCity(PaymentOrder order, List<RefundOrder> refunds) {
        return payment(order, refunds, null);
    }

    private RequestPayment requestPayment(String prepayId, Instant now) {
        var given = provider.requestPayment(prepayId, now);
        return new RequestPayment(
                given.timeStamp(), given.nonceStr(), given.packageValue(), given.signType(), given.paySign());
    }

    private static Payment payment(
            PaymentOrder order, List<RefundOrder> refunds, @Nullable RequestPayment requestPayment) {
        return new Payment(
                order.id(),
                order.outTradeNo(),
                order.channel(),
                PaymentState.of(order.state().id()),
                order.billIds(),
                order.amountFen(),
                order.refundedFen(),
                order.title(),
                order.createdAt(),
                order.expiresAt(),
                order.paidAt(),
                order.transactionId(),
                requestPayment,
                refunds.stream()
                        .filter(refund -> refund.paymentId().equals(order.id()))
                        .map(PaymentView::refund)
                        .toList());
    }

    static Refund refund(RefundOrder refund) {
        return new Refund(
                refund.id(),
                refund.paymentId(),
                refund.outRefundNo(),
                refund.amountFen(),
                RefundState.of(refund.stage().id()),
                refund.reason(),
                refund.requestedAt(),
                refund.approvalsNeeded(),
                refund.approvals(),
                refund.decision(),
                refund.succeededAt());
    }
}
