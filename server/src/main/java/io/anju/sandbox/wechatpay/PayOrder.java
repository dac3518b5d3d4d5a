package io.anju.sandbox.wechatpay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order as WeChat Pay keeps it.
 *
 * @param prepayId the newest; good for two hours
 * @param refundedFen what was given back or is on its way
 */
record PayOrder(
        String outTradeNo,
        Terms terms,
        String prepayId,
        Instant prepaidAt,
        State state,
        @Nullable String transactionId,
        @Nullable Instant paidAt,
        long refundedFen,
        int refunds) {

    /**
     * What the merchant asked for: the same number with other terms is another order.
     *
     * @param expiresAt the merchant's {@code time_expire}; it cannot be changed afterwards
     */
    record Terms(
            String appId,
            String merchantId,
            String description,
            String attach,
            String notifyUrl,
            String openId,
            long totalFen,
            String currency,
            @Nullable Instant expiresAt) {}

    /** As {@code trade_state} says it. */
    enum State {
        NOTPAY("订单未支付"),
        SUCCESS("支付成功"),
        REFUND("订单发生过退款，退款详情请查询退款单"),
        CLOSED("订单已关闭");

        private final String description;

        State(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    boolean isPaid() {
        return state == State.SUCCESS || state == State.REFUND;
    }

    PayOrder prepaid(String newPrepayId, Instant now) {
        return new PayOrder(outTradeNo, terms, newPrepayId, now, state, transactionId, paidAt, refundedFen, refunds);
    }

    PayOrder paid(String newTransactionId, Instant now) {
        return new PayOrder(outTradeNo, terms, prepayId, prepaidAt, State.SUCCESS, newTransactionId, now, 0, 0);
    }

    PayOrder closed() {
        return new PayOrder(outTradeNo, terms, prepayId, prepaidAt, State.CLOSED, null, null, 0, 0);
    }

    PayOrder refunded(long moreFen) {
        return new PayOrder(
                outTradeNo,
                terms,
                prepayId,
                prepaidAt,
                State.REFUND,
                transactionId,
                paidAt,
                refundedFen + moreFen,
                moreFen > 0 ? refunds + 1 : refunds);
    }
}
