package io.anju.reconciliation;

import java.time.Instant;

/**
 * A line of a channel's bill, as far as it is compared.
 *
 * @param number its place in the file, from 1 for the first line after the names
 * @param subject our own number of the order or the refund
 * @param channelNumber the channel's number of the transaction or the refund
 * @param amountFen what was paid or given back
 * @param feeFen what the channel keeps; negative where it gives back
 * @param refundState empty for a payment
 */
record BillLine(
        int number,
        Kind kind,
        String subject,
        String channelNumber,
        Instant at,
        String merchantId,
        String appId,
        String currency,
        long amountFen,
        long feeFen,
        String refundState) {
    enum Kind {
        PAYMENT,
        REFUND;

        /** The name in the database. */
        String id() {
            return this == PAYMENT ? "payment" : "refund";
        }
    }
}
