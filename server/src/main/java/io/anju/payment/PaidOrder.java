package io.anju.payment;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An order whose money has arrived.
 *
 * @param outTradeNo the order's number at the channel
 * @param billIds what it was made for, in the order of their ids; all of one lease
 * @param amountFen what was paid
 * @param paidAt when, by the channel's clock
 */
public record PaidOrder(
        UUID orderId,
        String outTradeNo,
        UUID residentId,
        String cityCode,
        UUID leaseId,
        List<UUID> billIds,
        long amountFen,
        Instant paidAt) {
    public PaidOrder {
        billIds = List.copyOf(billIds);
    }
}
