package io.anju.payment;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a channel told that payments cannot settle by themselves, and somebody must look at (差错).
 *
 * @param cityCode none where nothing says whose it is
 * @param subject the number of the payment, refund or transaction; one kind of difference is raised once for it
 * @param ours what we hold, in few words; null for nothing
 * @param theirs what the channel told
 */
public record Difference(
        String channel,
        @Nullable String cityCode,
        Kind kind,
        String subject,
        @Nullable String ours,
        String theirs) {

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
    }
}
