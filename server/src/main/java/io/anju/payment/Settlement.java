package io.anju.payment;

import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.payment.Difference.Kind;
import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a channel says has happened becomes a fact here, and only here: from a notice, a query or a bill, any number of
 * times and from any number of instances. The order's row is locked, its state decides, and the posting carries the
 * order's number as its business key.
 */
final class Settlement {
    private final Db db;
    private final LedgerService ledger;
    private final Supplier<Payables> payables;
    private final PaymentStore orders = new PaymentStore();
    private final RefundStore refunds;
    private final Differences differences;
    private final PaymentEvents events = new PaymentEvents();

    Settlement(Db db, LedgerService ledger, RefundStore refunds, Differences differences, Supplier<Payables> payables) {
        this.db = db;
        this.ledger = ledger;
        this.refunds = refunds;
        this.differences = differences;
        this.payables = payables;
    }

    /** Takes the channel's word about an order; anything but money that has arrived changes nothing here. */
    Future<Void> payment(PaymentProvider provider, ChannelPayment told, Instant now) {
        if (!told.isPaid()) {
            return Future.succeededFuture();
        }
        return db.inTransaction(tx -> orders.lockByNumber(tx, told.outTradeNo())
                // a channel knows its own orders only, whatever numbers it names
                .map(found -> found.filter(order -> order.channel().equals(provider.channel())))
                .compose(order -> order.isPresent()
                        ? settle(tx, provider, order.get(), told, now)
                        : raiseUnknown(tx, provider.channel(), told, now)));
    }

    private Future<Void> settle(Tx tx, PaymentProvider provider, PaymentOrder order, ChannelPayment told, Instant now) {
        var difference = PaymentPolicy.difference(order, told, provider.accepts(told));
        if (difference.isPresent()) {
            return counted("differs", raise(tx, order, difference.get(), told, now));
        }
        if (order.state().hasMoney()) {
            return counted("repeated", Future.succeededFuture());
        }
        return order.state().isUnsettled()
                ? counted("posted", land(tx, order, told, now))
                : counted("late", landLate(tx, order, told, now));
    }

    private Future<Void> land(Tx tx, PaymentOrder order, ChannelPayment told, Instant now) {
        var paidAt = Objects.requireNonNull(told.paidAt());
        // whatever does not follow from another's answer goes out at once
        var moved = Future.all(orders.paid(tx, order, OrderState.PAID, told), events.tell(tx, "paid", order));
        var credits = payables.get().settle(tx, order.paid(paidAt), now);
        // all payments of a city lock its one account of the channel, so nothing is left to do after the posting
        return Future.all(moved, credits)
                .compose(settled -> post(tx, order, PostingKind.PAYMENT, told, credits.result(), now));
    }

    /** The bills may be paid by another order by now, so nothing is allotted: the money waits to go back. */
    private Future<Void> landLate(Tx tx, PaymentOrder order, ChannelPayment told, Instant now) {
        var waiting = List.of(Entry.credit(account(order, AccountKind.REFUNDS_PENDING), order.amountFen()));
        var id = Ids.next(now);
        var refund = new RefundOrder(
                id,
                order.id(),
                order.cityCode(),
                OrderNumbers.ofRefund(order.cityCode(), id),
                order.amountFen(),
                RefundStage.APPROVED,
                1,
                RefundOrder.Origin.LATE,
                now,
                null,
                0,
                0,
                null,
                null,
                0);
        return orders.paid(tx, order, OrderState.PAID_LATE, told)
                .compose(moved -> orders.reserve(tx, order.id(), order.amountFen()))
                .compose(reserved -> refunds.insert(tx, refund, null, now))
                .compose(inserted -> raise(tx, order, Kind.PAID_AFTER_CLOSE, told, now))
                .compose(raised -> post(tx, order, PostingKind.LATE_PAYMENT, told, waiting, now))
                .compose(posted -> events.tell(tx, "paid-late", order));
    }

    private Future<Void> post(
            Tx tx, PaymentOrder order, PostingKind kind, ChannelPayment told, List<Entry> credits, Instant now) {
        var entries = new ArrayList<>(credits);
        entries.add(Entry.debit(account(order, AccountKind.CLEARING), order.amountFen()));
        var about = PaymentEvents.about(order).put("transactionId", told.transactionId());
        var posting = new NewPosting(
                order.cityCode(),
                "payment:" + order.outTradeNo(),
                kind,
                Shanghai.date(Objects.requireNonNull(told.paidAt())),
                about,
                entries);
        return ledger.postAll(tx, List.of(posting), now).mapEmpty();
    }

    private Future<Void> raiseUnknown(Tx tx, String channel, ChannelPayment told, Instant now) {
        var unknown = new Difference(channel, null, Kind.UNKNOWN_ORDER, told.outTradeNo(), null, told(told));
        return counted("unknown", differences.raise(tx, unknown, now));
    }

    private Future<Void> raise(Tx tx, PaymentOrder order, Kind kind, ChannelPayment told, Instant now) {
        var subject = kind == Kind.PAID_TWICE ? String.valueOf(told.transactionId()) : order.outTradeNo();
        var ours = order.state().id() + ", " + order.amountFen() + " fen, number " + order.outTradeNo();
        return differences.raise(
                tx, new Difference(order.channel(), order.cityCode(), kind, subject, ours, told(told)), now);
    }

    private static String told(ChannelPayment told) {
        return told.amountFen() + " fen " + told.currency() + ", transaction " + told.transactionId() + ", merchant "
                + told.merchantId() + ", app " + told.appId();
    }

    static AccountKey account(PaymentOrder order, AccountKind kind) {
        return new AccountKey(order.cityCode(), kind, order.channel());
    }

    private static Future<Void> counted(String outcome, Future<Void> work) {
        return work.onSuccess(done ->
                Metrics.counter("anju.payments.told", "outcome", outcome).increment());
    }
}
