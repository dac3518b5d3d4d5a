package io.anju.payment;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that payments cannot settle by themselves and somebody must look at (差错).
 *
 * @param cityCode none where nothing says whose it is
 * @param subject the number of the payment, refund or transaction
 */
public record PaymentItem(
        UUID id,
        @Nullable String cityCode,
        Kind kind,
        String subject,
        @Nullable Long amountFen,
        Instant raisedAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolution) {

    /** What is wrong. */
    public enum Kind {
        /** The channel has money for an order that is none of ours. */
        UNKNOWN_ORDER,
        AMOUNT_DIFFERS,
        /** Another merchant, another mini-program or another currency. */
        PARTIES_DIFFER,
        /** A second transaction for an order that is paid. */
        PAID_TWICE,
        PAID_AFTER_CLOSE,
        REFUND_DECLINED,
        REFUND_ABNORMAL,
        REFUND_DIFFERS,
        UNKNOWN_REFUND;

        /** The name in the contract and in the database, such as {@code paid-twice}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }
}
