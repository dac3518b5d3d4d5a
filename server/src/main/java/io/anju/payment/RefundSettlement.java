package io.anju.payment;

import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.payment.Difference.Kind;
import io.anju.payment.PaymentProvider.ChannelRefund;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** As {@link Settlement}, for refunds: that one was accepted is no success, and success is posted once. */
final class RefundSettlement {
    /** When a refund that the channel works on is asked about first. */
    private static final long FIRST_LOOK_SECONDS = 60;

    private final Db db;
    private final LedgerService ledger;
    private final RefundStore refunds;
    private final Differences differences;
    private final Supplier<Payables> payables;
    private final PaymentStore orders = new PaymentStore();
    private final PaymentEvents events = new PaymentEvents();

    RefundSettlement(
            Db db, LedgerService ledger, RefundStore refunds, Differences differences, Supplier<Payables> payables) {
        this.db = db;
        this.ledger = ledger;
        this.refunds = refunds;
        this.differences = differences;
        this.payables = payables;
    }

    /** Takes the channel's word about a refund. */
    Future<Void> take(PaymentProvider provider, ChannelRefund told, Instant now) {
        return refunds.findByNumber(db, told.outRefundNo()).compose(found -> {
            if (found.isEmpty()) {
                return db.inTransaction(tx -> raiseUnknown(tx, provider.channel(), told, now));
            }
            var refund = found.get();
            return db.inTransaction(tx -> orders.lock(tx, refund.paymentId())
                    .map(Optional::orElseThrow)
                    .compose(order -> order.channel().equals(provider.channel())
                            ? refunds.lock(tx, refund.id())
                                    .compose(locked -> settle(tx, provider, order, locked, told, now))
                            : raiseUnknown(tx, provider.channel(), told, now)));
        });
    }

    private Future<Void> settle(
            Tx tx, PaymentProvider provider, PaymentOrder order, RefundOrder refund, ChannelRefund told, Instant now) {
        if (!provider.accepts(told) || PaymentPolicy.differs(order, refund, told)) {
            return raise(tx, order, refund, Kind.REFUND_DIFFERS, told(told), now);
        }
        return switch (told.state()) {
            case SUCCESS -> succeed(tx, order, refund, told, now);
            case PROCESSING ->
                moveTo(
                        refund,
                        RefundStage.PROCESSING,
                        () -> refunds.move(
                                tx,
                                refund,
                                RefundStage.PROCESSING,
                                now.plusSeconds(FIRST_LOOK_SECONDS),
                                told.refundId(),
                                null));
            case CLOSED -> fail(tx, order, refund, told(told), now);
            case ABNORMAL ->
                moveTo(
                        refund,
                        RefundStage.ABNORMAL,
                        () -> refunds.move(tx, refund, RefundStage.ABNORMAL, null, told.refundId(), null)
                                .compose(moved -> raise(tx, order, refund, Kind.REFUND_ABNORMAL, told(told), now)));
        };
    }

    /** What the channel tells again, or tells too late, changes nothing. */
    private static Future<Void> moveTo(RefundOrder refund, RefundStage stage, Supplier<Future<Void>> move) {
        return refund.stage().mayMoveTo(stage) ? move.get() : Future.succeededFuture();
    }

    /** Money that went back for a refund which we gave up is a difference that people must see. */
    private Future<Void> succeed(Tx tx, PaymentOrder order, RefundOrder refund, ChannelRefund told, Instant now) {
        if (refund.stage() == RefundStage.SUCCEEDED) {
            return Future.succeededFuture();
        }
        return refund.stage().mayMoveTo(RefundStage.SUCCEEDED)
                ? giveBack(tx, order, refund, told, now)
                : raise(tx, order, refund, Kind.REFUND_DIFFERS, told(told), now);
    }

    private Future<Void> giveBack(Tx tx, PaymentOrder order, RefundOrder refund, ChannelRefund told, Instant now) {
        var succeededAt = Objects.requireNonNull(told.succeededAt());
        return refunds.move(tx, refund, RefundStage.SUCCEEDED, null, told.refundId(), succeededAt)
                .compose(moved -> orders.refunded(tx, order.id(), refund.amountFen()))
                .compose(counted -> debits(tx, order, refund, now))
                .compose(debits -> {
                    var entries = new ArrayList<>(debits);
                    entries.add(Entry.credit(Settlement.account(order, AccountKind.CLEARING), refund.amountFen()));
                    var posting = new NewPosting(
                            order.cityCode(),
                            "refund:" + refund.outRefundNo(),
                            PostingKind.REFUND,
                            Shanghai.date(succeededAt),
                            PaymentEvents.about(order, refund),
                            entries);
                    return ledger.postAll(tx, List.of(posting), now);
                })
                .compose(posted -> events.tell(tx, "succeeded", order, refund));
    }

    private Future<List<Entry>> debits(Tx tx, PaymentOrder order, RefundOrder refund, Instant now) {
        return order.state() == OrderState.PAID_LATE
                ? Future.succeededFuture(List.of(
                        Entry.debit(Settlement.account(order, AccountKind.REFUNDS_PENDING), refund.amountFen())))
                : payables.get().giveBack(tx, order.paid(), refund.amountFen(), refund.outRefundNo(), now);
    }

    /**
     * The channel will not make this refund: its amount is free for another.
     *
     * @param theirs what it says, in few words
     */
    Future<Void> fail(Tx tx, PaymentOrder order, RefundOrder refund, String theirs, Instant now) {
        return moveTo(
                refund,
                RefundStage.FAILED,
                () -> refunds.move(tx, refund, RefundStage.FAILED, null, null, null)
                        .compose(moved -> orders.release(tx, order.id(), refund.amountFen()))
                        .compose(released -> raise(tx, order, refund, Kind.REFUND_DECLINED, theirs, now))
                        .compose(raised -> events.tell(tx, "failed", order, refund)));
    }

    private Future<Void> raiseUnknown(Tx tx, String channel, ChannelRefund told, Instant now) {
        var unknown = new Difference(channel, null, Kind.UNKNOWN_REFUND, told.outRefundNo(), null, told(told));
        return differences.raise(tx, unknown, now);
    }

    private Future<Void> raise(Tx tx, PaymentOrder order, RefundOrder refund, Kind kind, String theirs, Instant now) {
        var ours = refund.stage().id() + ", " + refund.amountFen() + " fen of order " + order.outTradeNo();
        return differences.raise(
                tx, new Difference(order.channel(), order.cityCode(), kind, refund.outRefundNo(), ours, theirs), now);
    }

    private static String told(ChannelRefund told) {
        return told.state() + ", " + told.amountFen() + " fen "
                + Objects.requireNonNullElse(told.currency(), "") + " of merchant "
                + Objects.requireNonNullElse(told.merchantId(), "-") + " for order " + told.outTradeNo() + ", refund "
                + told.refundId();
    }
}
