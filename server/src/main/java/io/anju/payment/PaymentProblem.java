package io.anju.payment;

import io.anju.platform.problem.Code;

/** What payments refuse; the texts are in {@code problems/payment.yaml}. */
public enum PaymentProblem implements Code {
    PAYMENT_UNAVAILABLE(503),
    CHANNEL_SILENT(503),
    CHANNEL_DECLINED(422),
    WECHAT_ACCOUNT_NEEDED(422),
    BILL_NOT_PAYABLE(422),
    BILL_SETTLED(422),
    BILLS_OF_SEVERAL_LEASES(422),
    PARTIAL_NOT_ALLOWED(422),
    AHEAD_NOT_ALLOWED(422),
    BILL_BEING_PAID(409),
    PAYMENT_SETTLED(409),
    PAYMENT_NOT_REFUNDABLE(409),
    REFUND_ABOVE_PAYMENT(409),
    TOO_MANY_REFUNDS(409),
    REFUND_DECIDED(409),
    ALREADY_APPROVED(409);

    private final int status;

    PaymentProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
