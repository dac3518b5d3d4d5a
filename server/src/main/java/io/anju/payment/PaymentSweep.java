package io.anju.payment;

import io.anju.payment.ChannelFailure.Kind;
import io.anju.payment.PaymentProvider.ChannelRefund;
import io.anju.payment.PaymentProvider.RefundCall;
import io.anju.platform.db.Db;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Cause;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the channel about what it may have failed to tell: delivery of notices is not guaranteed. Each look at an order or
 * a refund is taken by one instance, and the next one comes later and later.
 */
final class PaymentSweep {
    static final String PAYMENTS = "payment.sweep-payments";
    static final String REFUNDS = "payment.sweep-refunds";

    private static final Logger LOG = LoggerFactory.getLogger(PaymentSweep.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int CHUNK = 50;
    /** Seconds from one look to the next. */
    private static final Integer[] PAYMENT_LADDER = {30, 60, 120, 300, 600, 600, 1_200, 3_600};

    private static final Integer[] REFUND_LADDER = {30, 60, 300, 600, 1_800, 3_600, 7_200, 14_400, 43_200};
    private static final String NOT_ENOUGH = "NOT_ENOUGH";

    private final Db db;
    private final PaymentProvider provider;
    private final Closing closing;
    private final RefundSettlement settlement;
    private final RefundStore refunds;
    private final PaymentStore orders = new PaymentStore();

    PaymentSweep(Db db, PaymentProvider provider, Closing closing, RefundSettlement settlement, RefundStore refunds) {
        this.db = db;
        this.provider = provider;
        this.closing = closing;
        this.settlement = settlement;
        this.refunds = refunds;
    }

    void schedule(Jobs jobs) {
        jobs.every(PERIOD, PAYMENTS, this::sweepPayments);
        jobs.every(PERIOD, REFUNDS, this::sweepRefunds);
    }

    private Future<Void> sweepPayments(Job job) {
        return orders.takeDue(db, provider.channel(), job.now(), PAYMENT_LADDER, CHUNK)
                .compose(due -> each(due, order -> look(order, job.now())).map(due.size()))
                .compose(taken -> taken < CHUNK ? Future.succeededFuture() : sweepPayments(job));
    }

    private Future<Void> look(PaymentOrder order, Instant now) {
        if (order.state() == OrderState.CLOSING) {
            return closing.finish(order, now);
        }
        return order.isExpired(now)
                ? closing.begin(order, now)
                        .compose(begun -> orders.find(db, order.id()))
                        .map(Optional::orElseThrow)
                        .compose(begun -> begun.state() == OrderState.CLOSING
                                ? closing.finish(begun, now)
                                : Future.succeededFuture())
                : closing.ask(order, now);
    }

    private Future<Void> sweepRefunds(Job job) {
        return refunds.takeDue(db, provider.channel(), job.now(), REFUND_LADDER, CHUNK)
                .compose(due -> each(due, refund -> look(refund, job.now())).map(due.size()))
                .compose(taken -> taken < CHUNK ? Future.succeededFuture() : sweepRefunds(job));
    }

    /** The first time it is sent; after that it is asked about before it is sent again under the same number. */
    private Future<Void> look(RefundOrder refund, Instant now) {
        var known = refund.stage() == RefundStage.APPROVED && refund.looks() == 1
                ? Future.succeededFuture(Optional.<ChannelRefund>empty())
                : ask(refund);
        return known.compose(told -> told.isPresent() || refund.stage() != RefundStage.APPROVED
                        ? Future.succeededFuture(told)
                        : send(refund).map(Optional::of))
                .compose(told ->
                        told.isPresent() ? settlement.take(provider, told.get(), now) : Future.succeededFuture())
                .recover(failure -> failure instanceof ChannelFailure answer
                        ? resolve(refund, answer, now)
                        : Future.failedFuture(failure));
    }

    /** A question that is declined says nothing of the refund, which may have been made. */
    private Future<Optional<ChannelRefund>> ask(RefundOrder refund) {
        return provider.queryRefund(refund.outRefundNo())
                .recover(failure -> Future.failedFuture(
                        failure instanceof ChannelFailure told
                                ? new ChannelFailure(Kind.UNKNOWN, told.code())
                                : failure));
    }

    private Future<ChannelRefund> send(RefundOrder refund) {
        return orders.find(db, refund.paymentId())
                .map(Optional::orElseThrow)
                .compose(order -> provider.refund(new RefundCall(
                        order.outTradeNo(), refund.outRefundNo(), refund.amountFen(), order.amountFen(), null)));
    }

    /** The merchant's balance may be too low for today: that is no refusal of the refund. */
    private Future<Void> resolve(RefundOrder refund, ChannelFailure answer, Instant now) {
        if (answer.kind() == Kind.UNKNOWN || answer.is(NOT_ENOUGH)) {
            LOG.warn("refund {}: {}", refund.outRefundNo(), answer.code());
            return Future.succeededFuture();
        }
        LOG.error("refund {} is declined: {}", refund.outRefundNo(), answer.code());
        return db.inTransaction(tx -> orders.lock(tx, refund.paymentId())
                .compose(order -> refunds.lock(tx, refund.id())
                        .compose(locked -> locked.stage() == RefundStage.APPROVED
                                ? settlement.fail(tx, order.orElseThrow(), locked, answer.code(), now)
                                : Future.succeededFuture())));
    }

    /** All at once; one that fails is left for its next look and holds up no other. */
    private static <T> Future<Void> each(List<T> all, Function<T, Future<Void>> look) {
        return Future.join(all.stream()
                        .map(one -> look.apply(one).recover(failure -> {
                            LOG.error("a look at the channel failed: {}", Cause.of(failure));
                            return Future.succeededFuture();
                        }))
                        .toList())
                .mapEmpty();
    }
}
