package io.anju.sandbox.wechatpay;

import io.anju.platform.time.Shanghai;
import io.anju.sandbox.wechatpay.PayOrder.State;
import io.anju.sandbox.wechatpay.PayOrder.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What WeChat Pay knows of orders, and the rules by which it changes. Thread-safe. */
final class PayBook {
    private static final Duration PREPAY_GOOD_FOR = Duration.ofHours(2);

    private final Map<String, PayOrder> orders = new HashMap<>();
    private final Map<String, String> byPrepayId = new HashMap<>();
    private final Map<String, String> byTransactionId = new HashMap<>();
    private final List<Charge> charges = new ArrayList<>();
    private final AtomicLong numbers = new AtomicLong();
    private PayFile file = PayFile.none();

    /** Money that a payer gave: what a trade bill lists. An order that was charged twice has two. */
    record Charge(PayOrder order, String transactionId, Instant at) {}

    /** Knows what is in the file from here on, and adds to it whatever happens. */
    synchronized void keepIn(PayFile kept) {
        file = kept;
    }

    /** Takes up what happened before this process. */
    synchronized void takeUp(PayFile.Line line) {
        numbers.accumulateAndGet(line.numbers(), Math::max);
        if (line.order() != null) {
            put(line.order());
        }
        if (line.charge() != null) {
            charges.add(line.charge());
        }
    }

    private PayOrder keep(PayOrder order) {
        put(order);
        file.add(new PayFile.Line(numbers.get(), order, null, null));
        return order;
    }

    private void put(PayOrder order) {
        orders.put(order.outTradeNo(), order);
        byPrepayId.put(order.prepayId(), order.outTradeNo());
        if (order.transactionId() != null) {
            byTransactionId.put(order.transactionId(), order.outTradeNo());
        }
    }

    private Charge keep(Charge charge) {
        charges.add(charge);
        file.add(new PayFile.Line(numbers.get(), null, charge, null));
        return charge;
    }

    /** A new order, or the known one with a new prepay id; an order's terms never change. */
    synchronized PayOrder prepay(String outTradeNo, Terms terms, Instant now) {
        var known = orders.get(outTradeNo);
        if (known != null) {
            requireOpen(known);
            if (!known.terms().equals(terms)) {
                throw new PayFault(PayError.OUT_TRADE_NO_USED);
            }
        }
        var prepayId = "wx" + number(now) + PayKeys.nonce(16).toLowerCase(Locale.ROOT);
        var order = known == null
                ? new PayOrder(outTradeNo, terms, prepayId, now, State.NOTPAY, null, null, 0, 0)
                : known.prepaid(prepayId, now);
        return keep(order);
    }

    synchronized PayOrder close(String outTradeNo) {
        var order = get(outTradeNo);
        requireOpen(order);
        return keep(order.closed());
    }

    /** What the payer's app does: charges the order, if that is still possible. */
    synchronized PayOrder pay(String outTradeNo, Instant now) {
        var order = get(outTradeNo);
        requireOpen(order);
        var expiresAt = order.terms().expiresAt();
        if ((expiresAt != null && now.isAfter(expiresAt))
                || now.isAfter(order.prepaidAt().plus(PREPAY_GOOD_FOR))) {
            throw new PayFault(PayError.ORDER_CLOSED, "订单已过支付结束时间");
        }
        return charge(order, now);
    }

    /** A payment that was under way when the merchant closed the order: it counts all the same. */
    synchronized PayOrder payAfterClose(String outTradeNo, Instant now) {
        var order = get(outTradeNo);
        if (order.isPaid()) {
            throw new PayFault(PayError.ORDERPAID);
        }
        return charge(order, now);
    }

    /** Charges a paid order once more; the order itself keeps its first transaction. */
    synchronized PayOrder chargeAgain(String outTradeNo, Instant now) {
        var at = now.truncatedTo(ChronoUnit.SECONDS);
        var again = get(outTradeNo).paid(transactionId(at), at);
        return keep(new Charge(again, String.valueOf(again.transactionId()), at))
                .order();
    }

    private PayOrder charge(PayOrder order, Instant now) {
        // the platform's times have no fractions
        var at = now.truncatedTo(ChronoUnit.SECONDS);
        var transactionId = transactionId(at);
        var paid = keep(order.paid(transactionId, at));
        return keep(new Charge(paid, transactionId, at)).order();
    }

    /** Notes that money of a paid order goes back, or with a negative amount that it did not after all. */
    synchronized void refund(String outTradeNo, long fen) {
        keep(get(outTradeNo).refunded(fen));
    }

    synchronized PayOrder get(String outTradeNo) {
        var order = orders.get(outTradeNo);
        if (order == null) {
            throw new PayFault(PayError.ORDER_NOT_EXIST);
        }
        return order;
    }

    synchronized PayOrder getByTransactionId(String transactionId) {
        var outTradeNo = byTransactionId.get(transactionId);
        if (outTradeNo == null) {
            throw new PayFault(PayError.ORDER_NOT_EXIST);
        }
        return get(outTradeNo);
    }

    synchronized Optional<PayOrder> findByPrepayId(@Nullable String prepayId) {
        return Optional.ofNullable(byPrepayId.get(prepayId)).map(orders::get);
    }

    /** All that was charged on a day in Shanghai, in the order in which it was. */
    synchronized List<Charge> chargesOf(LocalDate day) {
        return charges.stream()
                .filter(charge -> Shanghai.date(charge.at()).equals(day))
                .toList();
    }

    private static void requireOpen(PayOrder order) {
        if (order.isPaid()) {
            throw new PayFault(PayError.ORDERPAID);
        }
        if (order.state() == State.CLOSED) {
            throw new PayFault(PayError.ORDER_CLOSED);
        }
    }

    private String transactionId(Instant at) {
        return "42" + number(at);
    }

    /** A number that nobody else has: the day and a count. */
    String number(Instant at) {
        return "%s%016d".formatted(Shanghai.date(at).toString().replace("-", ""), numbers.incrementAndGet());
    }
}
