package io.anju.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that an order or a refund moves at a channel, for whoever compares it with what the channel lists.
 *
 * @param number our number of the order or the refund
 * @param doneAt when it moved, by the channel's clock; null while it has not
 * @param channelNumber the channel's number of it; null while that is not known
 */
public record Movement(
        Kind kind,
        String number,
        String cityCode,
        long amountFen,
        @Nullable Instant doneAt,
        @Nullable String channelNumber) {
    public enum Kind {
        PAYMENT,
        REFUND;

        /** The name in databases and business keys. */
        public String id() {
            return this == PAYMENT ? "payment" : "refund";
        }
    }

    /** Names its posting in the ledger. */
    public String businessKey() {
        return kind.id() + ":" + number;
    }
}
