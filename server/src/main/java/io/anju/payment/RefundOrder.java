package io.anju.payment;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A refund (退款) of a payment.
 *
 * @param outRefundNo its number at the channel, ours, the same for every attempt
 * @param reason why it was asked for; none where it came about by itself
 * @param decision why it was rejected
 * @param succeededAt when the money went back, by the channel's clock
 * @param looks how often the channel was asked about it
 */
public record RefundOrder(
        UUID id,
        UUID paymentId,
        String cityCode,
        String outRefundNo,
        long amountFen,
        RefundStage stage,
        long version,
        Origin origin,
        Instant requestedAt,
        @Nullable String reason,
        int approvalsNeeded,
        int approvals,
        @Nullable String decision,
        @Nullable Instant succeededAt,
        int looks) {

    /** How it came about. */
    public enum Origin {
        RESIDENT,
        STAFF,
        /** The money came after the order was closed. */
        LATE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Origin of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
