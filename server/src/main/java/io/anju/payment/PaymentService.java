package io.anju.payment;

import io.anju.identity.IdentityService;
import io.anju.payment.ChannelFailure.Kind;
import io.anju.payment.PaymentProvider.Prepay;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Orders: made, paid, closed. Three steps, never in one transaction: the number is stored, the channel is called, its
 * answer is stored against the row as it is by then. What the channel did not answer is asked, never guessed.
 */
public final class PaymentService {
    /** When the channel is asked about a new order first, should its notice be lost. */
    private static final long FIRST_LOOK_SECONDS = 60;

    private final Db db;
    private final IdentityService identity;
    private final PaymentProvider provider;
    private final Supplier<Payables> payables;
    private final Duration expiry;
    private final Closing closing;
    private final RefundStore refunds;
    private final PaymentStore orders = new PaymentStore();
    private final PaymentEvents events = new PaymentEvents();

    PaymentService(
            Db db,
            IdentityService identity,
            PaymentProvider provider,
            Supplier<Payables> payables,
            Duration expiry,
            Closing closing,
            RefundStore refunds) {
        this.db = db;
        this.identity = identity;
        this.provider = provider;
        this.payables = payables;
        this.expiry = expiry;
        this.closing = closing;
        this.refunds = refunds;
    }

    /** An order that is stored, and the channel's handle for it where it can still be paid. */
    record Prepaid(PaymentOrder order, @Nullable String prepayId) {}

    /**
     * Stores an order for these bills and announces it at the channel. The same request finds the order that it made, so
     * it may be repeated after any failure.
     *
     * @param payerId the account of who pays: the resident, or a proxy
     * @param amountFen none: all that is due
     */
    Future<Prepaid> order(
            UUID residentId,
            UUID payerId,
            String requestKey,
            List<UUID> billIds,
            @Nullable Long amountFen,
            Instant now) {
        return openIdOf(payerId)
                .compose(openId -> db.inTransaction(tx -> store(tx, residentId, requestKey, billIds, amountFen, now))
                        .compose(order -> announce(order, openId)));
    }

    /** Orders all that is due on these bills; for who plays residents, beside the operations. */
    public Future<PaymentOrder> place(UUID residentId, String requestKey, List<UUID> billIds, Instant now) {
        return order(residentId, residentId, requestKey, billIds, null, now)
                .compose(prepaid -> db.inTransaction(tx -> opened(tx, prepaid)));
    }

    private Future<String> openIdOf(UUID residentId) {
        return identity.openId(db, residentId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PaymentProblem.WECHAT_ACCOUNT_NEEDED)));
    }

    private Future<PaymentOrder> store(
            Tx tx, UUID residentId, String requestKey, List<UUID> billIds, @Nullable Long amountFen, Instant now) {
        var sorted = billIds.stream().sorted().toList();
        return orders.findByRequest(tx, residentId, requestKey)
                .compose(before -> before.isPresent()
                        ? sameRequest(before.get(), sorted, amountFen)
                        : payables.get()
                                .lock(tx, residentId, sorted, now)
                                .map(found -> draft(residentId, billIds, found, amountFen, now))
                                .compose(order ->
                                        orders.insert(tx, order, requestKey, now.plusSeconds(FIRST_LOOK_SECONDS)))
                                .compose(inserted -> orders.findByRequest(tx, residentId, requestKey))
                                .map(Optional::orElseThrow)
                                .compose(order -> sameRequest(order, sorted, amountFen)));
    }

    private static Future<PaymentOrder> sameRequest(PaymentOrder order, List<UUID> billIds, @Nullable Long amountFen) {
        boolean same = order.billIds().equals(billIds) && (amountFen == null || amountFen == order.amountFen());
        return same ? Future.succeededFuture(order) : Refusal.failed(PlatformProblem.IDEMPOTENCY_KEY_REUSED);
    }

    private PaymentOrder draft(
            UUID residentId, List<UUID> wanted, List<Payable> found, @Nullable Long amountFen, Instant now) {
        var fen = PaymentPolicy.orderedFen(wanted, found, amountFen);
        var id = Ids.next(now);
        var cityCode = found.get(0).cityCode();
        return new PaymentOrder(
                id,
                cityCode,
                residentId,
                found.get(0).leaseId(),
                provider.channel(),
                OrderNumbers.ofPayment(cityCode, id),
                wanted.stream().sorted().toList(),
                PaymentPolicy.title(found),
                fen,
                OrderState.CREATED,
                1,
                now,
                now.plus(expiry),
                null,
                null,
                null,
                0,
                0,
                0,
                0);
    }

    private Future<Prepaid> announce(PaymentOrder order, String openId) {
        if (order.state() != OrderState.CREATED && order.state() != OrderState.OPEN) {
            return Future.succeededFuture(new Prepaid(order, null));
        }
        var prepay = new Prepay(order.outTradeNo(), order.title(), order.amountFen(), openId, order.expiresAt());
        return provider.prepay(prepay)
                .map(prepayId -> new Prepaid(order, prepayId))
                .recover(failure -> failure instanceof ChannelFailure told
                        ? notAnnounced(order, told)
                        : Future.failedFuture(failure));
    }

    /** Declined is the end of an order that the channel never had; silence leaves it to the next attempt. */
    private Future<Prepaid> notAnnounced(PaymentOrder order, ChannelFailure told) {
        if (told.kind() == Kind.UNKNOWN) {
            return Refusal.failed(PaymentProblem.CHANNEL_SILENT, Map.of(Refusal.RETRY_AFTER_SECONDS, "5"));
        }
        return db.inTransaction(tx -> orders.lock(tx, order.id())
                        .map(Optional::orElseThrow)
                        .compose(locked -> locked.state() == OrderState.CREATED
                                ? orders.ended(tx, locked, OrderState.FAILED)
                                        .compose(ended -> events.tell(tx, "failed", locked))
                                : Future.succeededFuture()))
                .compose(ended -> Refusal.failed(PaymentProblem.CHANNEL_DECLINED));
    }

    /** Stores what the channel answered, unless the order has moved on meanwhile. */
    Future<PaymentOrder> opened(Tx tx, Prepaid prepaid) {
        return orders.lock(tx, prepaid.order().id())
                .map(Optional::orElseThrow)
                .compose(order -> order.state() == OrderState.CREATED && prepaid.prepayId() != null
                        ? orders.opened(tx, order, prepaid.prepayId())
                                .compose(done -> events.tell(tx, "created", order))
                        : Future.succeededFuture())
                .compose(done -> get(tx, prepaid.order().id()));
    }

    /** Closes an order of one's own as far as the channel answers; refuses one that is paid. */
    Future<PaymentOrder> cancel(UUID residentId, UUID paymentId, Instant now) {
        return ofResident(residentId, paymentId).compose(order -> {
            if (order.state().hasMoney()) {
                return Refusal.failed(PaymentProblem.PAYMENT_SETTLED);
            }
            if (!order.state().isUnsettled()) {
                return Future.succeededFuture(order);
            }
            return closing.begin(order, now)
                    .compose(begun -> get(db, paymentId))
                    .compose(begun ->
                            begun.state() == OrderState.CLOSING ? closing.finish(begun, now) : Future.succeededFuture())
                    .compose(done -> get(db, paymentId))
                    .compose(after -> after.state().hasMoney()
                            ? Refusal.failed(PaymentProblem.PAYMENT_SETTLED)
                            : Future.succeededFuture(after));
        });
    }

    Future<PaymentOrder> get(Sql sql, UUID paymentId) {
        return orders.find(sql, paymentId).map(Optional::orElseThrow);
    }

    /** One's own; another's looks as if it were not there. */
    Future<PaymentOrder> ofResident(UUID residentId, UUID paymentId) {
        return findOf(db, residentId, paymentId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    Future<List<PaymentOrder>> listOfResident(UUID residentId, @Nullable UUID before, int limit) {
        return orders.ofResident(db, residentId, before, limit);
    }

    Future<List<PaymentOrder>> listOfCity(
            String cityCode,
            @Nullable String outTradeNo,
            @Nullable OrderState state,
            @Nullable UUID before,
            int limit) {
        return orders.ofCity(db, cityCode, outTradeNo, state, before, limit);
    }

    Future<List<RefundOrder>> refundsOf(List<PaymentOrder> found) {
        return refunds.ofPayments(db, found.stream().map(PaymentOrder::id).toList());
    }

    /**
     * What a channel was paid in a span of its own time, in the order of the numbers: our side of a trade bill.
     *
     * @param after the last number of the page before
     */
    public Future<List<PaymentOrder>> paidBetween(
            Sql sql, String channel, Instant from, Instant until, @Nullable String after, int limit) {
        return orders.paidBetween(sql, channel, from, until, after, limit);
    }

    /** An order that this resident made. */
    public Future<Optional<PaymentOrder>> findOf(Sql sql, UUID residentId, UUID paymentId) {
        return orders.find(sql, paymentId)
                .map(found -> found.filter(order -> order.residentId().equals(residentId)));
    }

    /** Any order, for rooms that act by themselves. */
    public Future<PaymentOrder> order(Sql sql, UUID paymentId) {
        return get(sql, paymentId);
    }

    /** Any refund of an order, for rooms that act by themselves. */
    public Future<RefundOrder> refund(Sql sql, UUID refundId) {
        return refunds.find(sql, refundId).map(Optional::orElseThrow);
    }

    /** An order by its number at the channel. */
    public Future<Optional<PaymentOrder>> findByNumber(Sql sql, String outTradeNo) {
        return orders.findByNumber(sql, outTradeNo);
    }
}
