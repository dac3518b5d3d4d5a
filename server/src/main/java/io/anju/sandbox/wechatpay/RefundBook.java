package io.anju.sandbox.wechatpay;

import io.anju.platform.time.Shanghai;
import io.anju.sandbox.wechatpay.PayRefund.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What WeChat Pay knows of refunds, and the rules by which it accepts them. Thread-safe. */
final class RefundBook {
    private static final int MOST_OF_ONE_ORDER = 50;
    private static final Duration POSSIBLE_FOR = Duration.ofDays(365);
    /** Between acceptance and success. */
    private static final Duration TAKES = Duration.ofSeconds(5);

    private final PayBook orders;
    private final Map<String, PayRefund> refunds = new LinkedHashMap<>();
    private PayFile file = PayFile.none();

    RefundBook(PayBook orders) {
        this.orders = orders;
    }

    /** What a merchant asks for. */
    record Wish(
            PayOrder order,
            String outRefundNo,
            long refundFen,
            long totalFen,
            String currency,
            @Nullable String notifyUrl) {}

    /**
     * Accepts a refund, or gives the known one to whoever asks again with the same number.
     *
     * @param outcome what becomes of it later; PROCESSING for one that is held until {@link #settle}
     */
    synchronized PayRefund accept(Wish wish, Status outcome, Instant now) {
        var known = refunds.get(wish.outRefundNo());
        if (known != null) {
            if (!isSame(known, wish)) {
                throw new PayFault(PayError.INVALID_REQUEST, "订单金额或退款金额与之前请求不一致，请核实后再试");
            }
            return known;
        }
        requirePossible(wish, now);
        var order = wish.order();
        var refund = new PayRefund(
                wish.outRefundNo(),
                "50" + orders.number(now),
                order.outTradeNo(),
                String.valueOf(order.transactionId()),
                wish.refundFen(),
                wish.totalFen(),
                wish.currency(),
                wish.notifyUrl(),
                now.truncatedTo(ChronoUnit.SECONDS),
                Status.PROCESSING,
                outcome,
                outcome == Status.PROCESSING ? null : now.plus(TAKES),
                null);
        orders.refund(order.outTradeNo(), wish.refundFen());
        return keep(refund);
    }

    /** Knows what is in the file from here on, and adds to it whatever happens. */
    synchronized void keepIn(PayFile kept) {
        file = kept;
    }

    /** Takes up what happened before this process. */
    synchronized void takeUp(PayFile.Line line) {
        if (line.refund() != null) {
            refunds.put(line.refund().outRefundNo(), line.refund());
        }
    }

    private PayRefund keep(PayRefund refund) {
        refunds.put(refund.outRefundNo(), refund);
        file.add(new PayFile.Line(0, null, null, refund));
        return refund;
    }

    private static boolean isSame(PayRefund known, Wish wish) {
        return known.outTradeNo().equals(wish.order().outTradeNo())
                && known.refundFen() == wish.refundFen()
                && known.totalFen() == wish.totalFen();
    }

    private static void requirePossible(Wish wish, Instant now) {
        var order = wish.order();
        var paidAt = order.paidAt();
        if (!order.isPaid() || paidAt == null) {
            throw new PayFault(PayError.INVALID_REQUEST, "订单未支付");
        }
        if (wish.totalFen() != order.terms().totalFen()) {
            throw new PayFault(PayError.INVALID_REQUEST, "订单金额不一致");
        }
        if (order.refundedFen() + wish.refundFen() > order.terms().totalFen()) {
            throw new PayFault(PayError.INVALID_REQUEST, "申请退款金额超过订单可退金额");
        }
        if (order.refunds() >= MOST_OF_ONE_ORDER) {
            throw new PayFault(PayError.INVALID_REQUEST, "部分退款次数超过限制");
        }
        if (now.isAfter(paidAt.plus(POSSIBLE_FOR))) {
            throw new PayFault(PayError.INVALID_REQUEST, "订单已超过可退款的最大期限");
        }
    }

    synchronized PayRefund get(String outRefundNo) {
        var refund = refunds.get(outRefundNo);
        if (refund == null) {
            throw new PayFault(PayError.RESOURCE_NOT_EXISTS, "退款单不存在");
        }
        return refund;
    }

    /** Ends a refund that is still under way. */
    synchronized PayRefund settle(String outRefundNo, Status as, Instant now) {
        var refund = get(outRefundNo);
        if (refund.status() != Status.PROCESSING) {
            throw new PayFault(PayError.INVALID_REQUEST, "退款单已是终态");
        }
        var settled = keep(refund.settled(as, now.truncatedTo(ChronoUnit.SECONDS)));
        if (as == Status.CLOSED) {
            orders.refund(refund.outTradeNo(), -refund.refundFen());
        }
        return settled;
    }

    /** Ends all whose time has come; gives them. */
    synchronized List<PayRefund> settleDue(Instant now) {
        return refunds.values().stream().filter(refund -> refund.isDue(now)).toList().stream()
                .map(refund -> settle(refund.outRefundNo(), refund.outcome(), now))
                .toList();
    }

    /** All that were accepted on a day in Shanghai. */
    synchronized List<PayRefund> acceptedOn(LocalDate day) {
        return refunds.values().stream()
                .filter(refund -> Shanghai.date(refund.createdAt()).equals(day))
                .toList();
    }
}
