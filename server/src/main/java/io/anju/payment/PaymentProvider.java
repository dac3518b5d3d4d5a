package io.anju.payment;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel that money comes through. All numbers are ours and are stored before they are used here, so every call may
 * be repeated.
 *
 * <p>Calls fail with {@link ChannelFailure}, which says whether the channel has declined or whether nobody knows what
 * happened; never call from inside a transaction.
 */
public interface PaymentProvider {
    /** The name that ledger accounts and orders carry, such as {@code wechat}. */
    String channel();

    /** Whether it was paid to our account there, through our mini-program, in fen of CNY. */
    boolean accepts(ChannelPayment payment);

    /** As {@link #accepts(ChannelPayment)}, as far as what tells of a refund says it. */
    boolean accepts(ChannelRefund refund);

    /** Announces an order; gives the channel's handle for it, the same for a repeat. */
    Future<String> prepay(Prepay order);

    /** What the mini-program hands to {@code wx.requestPayment}. */
    RequestPayment requestPayment(String prepayId, Instant now);

    /** What the channel knows about an order; empty where it never heard of it. */
    Future<Optional<ChannelPayment>> query(String outTradeNo);

    /** Ends an unpaid order. Fails where it is paid. */
    Future<Void> close(String outTradeNo);

    /** Asks for a refund. That it was accepted does not mean that it was made. */
    Future<ChannelRefund> refund(RefundCall refund);

    /** What the channel knows about a refund; empty where it never heard of it. */
    Future<Optional<ChannelRefund>> queryRefund(String outRefundNo);

    /**
     * All trades of a day as the channel lists them, unpacked and with its digest checked, in a file that is the caller's
     * to delete; empty where the channel lists none.
     */
    Future<Optional<Path>> tradeBill(LocalDate date);

    /** Checks who sent a notification and what it says; throws {@link UntrustedNotice} where it cannot be believed. */
    Notice read(NoticeMessage message, Instant now);

    /**
     * An order as it is announced.
     *
     * @param payerId who pays, as the channel names people
     * @param expiresAt after which the channel takes no money for it; never changes
     */
    record Prepay(String outTradeNo, String description, long amountFen, String payerId, Instant expiresAt) {
        @Override
        public String toString() {
            return "Prepay[" + outTradeNo + "]";
        }
    }

    /** The fields of {@code wx.requestPayment}; {@code packageValue} goes out as {@code package}. */
    record RequestPayment(String timeStamp, String nonceStr, String packageValue, String signType, String paySign) {}

    /**
     * A refund as it is asked for.
     *
     * @param orderFen what the whole order was
     */
    record RefundCall(
            String outTradeNo,
            String outRefundNo,
            long amountFen,
            long orderFen,
            @Nullable String reason) {}

    /** Where an order stands at the channel. */
    enum PaymentState {
        NOT_PAID,
        PAYING,
        PAID,
        /** Paid, and some or all of it went back. */
        REFUNDED,
        CLOSED,
        FAILED
    }

    /** Where a refund stands at the channel. */
    enum RefundState {
        PROCESSING,
        SUCCESS,
        CLOSED,
        ABNORMAL
    }

    /**
     * An order as the channel tells it.
     *
     * @param transactionId the channel's own number; none before it is paid
     * @param paidAt none before it is paid
     */
    record ChannelPayment(
            PaymentState state,
            String merchantId,
            String appId,
            String outTradeNo,
            @Nullable String transactionId,
            long amountFen,
            String currency,
            @Nullable Instant paidAt) {
        /** Whether the payer's money has arrived, whatever became of it later. */
        public boolean isPaid() {
            return state == PaymentState.PAID || state == PaymentState.REFUNDED;
        }
    }

    /**
     * A refund as the channel tells it.
     *
     * @param merchantId whose account paid it out; null where that is not told
     * @param currency null where it is not told
     * @param refundId the channel's own number
     * @param succeededAt none before it was made
     */
    record ChannelRefund(
            RefundState state,
            @Nullable String merchantId,
            @Nullable String currency,
            String outTradeNo,
            String outRefundNo,
            String refundId,
            long amountFen,
            long orderFen,
            @Nullable Instant succeededAt) {}

    /** A notification as it came: the signature is over the raw bytes. */
    record NoticeMessage(
            @Nullable String timestamp,
            @Nullable String nonce,
            @Nullable String serial,
            @Nullable String signature,
            Buffer body) {}

    /** What a notification says. Exactly one of the two is there. */
    record Notice(
            String id,
            @Nullable ChannelPayment payment,
            @Nullable ChannelRefund refund) {}
}
