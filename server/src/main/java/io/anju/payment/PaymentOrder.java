package io.anju.payment;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One order at a channel (缴费订单).
 *
 * @param outTradeNo its number there, ours, stored before the channel hears of it
 * @param billIds in the order of their ids
 * @param title what the payer reads at the channel
 * @param prepayId the channel's handle; none before it has answered
 * @param transactionId the channel's own number; none before the money came
 * @param paidAt by the channel's clock
 * @param reservedFen what refunds that were made or may still be made come to
 * @param looks how often the channel was asked since the state last changed
 */
public record PaymentOrder(
        UUID id,
        String cityCode,
        UUID residentId,
        UUID leaseId,
        String channel,
        String outTradeNo,
        List<UUID> billIds,
        String title,
        long amountFen,
        OrderState state,
        long version,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String prepayId,
        @Nullable String transactionId,
        @Nullable Instant paidAt,
        long reservedFen,
        long refundedFen,
        int refunds,
        int looks) {

    /** The order as billing sees it once its money is there. */
    PaidOrder paid(Instant when) {
        return new PaidOrder(id, outTradeNo, residentId, cityCode, leaseId, billIds, amountFen, when);
    }

    PaidOrder paid() {
        return paid(Objects.requireNonNull(paidAt));
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
