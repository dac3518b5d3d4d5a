package io.anju.sandbox.wechatpay;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund as WeChat Pay keeps it. Accepting one is not success: that comes later, or does not.
 *
 * @param settlesAt when it becomes {@code outcome}; null while it is held back
 */
record PayRefund(
        String outRefundNo,
        String refundId,
        String outTradeNo,
        String transactionId,
        long refundFen,
        long totalFen,
        String currency,
        @Nullable String notifyUrl,
        Instant createdAt,
        Status status,
        Status outcome,
        @Nullable Instant settlesAt,
        @Nullable Instant succeededAt) {

    enum Status {
        PROCESSING,
        SUCCESS,
        ABNORMAL,
        CLOSED
    }

    boolean isDue(Instant now) {
        return status == Status.PROCESSING && settlesAt != null && !now.isBefore(settlesAt);
    }

    PayRefund settled(Status as, Instant now) {
        return new PayRefund(
                outRefundNo,
                refundId,
                outTradeNo,
                transactionId,
                refundFen,
                totalFen,
                currency,
                notifyUrl,
                createdAt,
                as,
                as,
                settlesAt,
                as == Status.SUCCESS ? now : null);
    }
}
