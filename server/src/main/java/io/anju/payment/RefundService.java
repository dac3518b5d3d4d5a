package io.anju.payment;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.KnownCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refunds: asked for by residents or officials, agreed to by one official or two, and then the channel's. */
public final class RefundService {
    private final Db db;
    private final long fourEyesFen;
    private final RefundStore refunds;
    private final PaymentStore orders = new PaymentStore();
    private final PaymentEvents events = new PaymentEvents();

    /** @param fourEyesFen amount above which two officials must agree */
    RefundService(Db db, RefundStore refunds, long fourEyesFen) {
        this.db = db;
        this.refunds = refunds;
        this.fourEyesFen = fourEyesFen;
    }

    /** A resident asks for money of a payment of their own back. */
    Future<RefundOrder> request(
            Tx tx, ResidentCaller caller, UUID paymentId, long amountFen, String reason, Instant now) {
        return orders.lock(tx, paymentId)
                .map(found -> found.filter(order -> order.residentId().equals(caller.id()))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(order -> insert(tx, caller, order, RefundOrder.Origin.RESIDENT, amountFen, reason, now));
    }

    /** An official begins a refund, and so has agreed to it. */
    Future<RefundOrder> issue(Tx tx, CityCaller caller, UUID paymentId, long amountFen, String reason, Instant now) {
        return orders.lock(tx, paymentId)
                .map(found -> found.filter(
                                order -> order.cityCode().equals(caller.office().cityCode()))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(order -> insert(tx, caller, order, RefundOrder.Origin.STAFF, amountFen, reason, now)
                        .compose(refund -> agree(tx, caller, order, refund, now)));
    }

    private Future<RefundOrder> insert(
            Tx tx,
            KnownCaller caller,
            PaymentOrder order,
            RefundOrder.Origin origin,
            long amountFen,
            String reason,
            Instant now) {
        PaymentPolicy.requireRoom(order, amountFen, origin == RefundOrder.Origin.STAFF);
        var id = Ids.next(now);
        var refund = new RefundOrder(
                id,
                order.id(),
                order.cityCode(),
                OrderNumbers.ofRefund(order.cityCode(), id),
                amountFen,
                RefundStage.REQUESTED,
                1,
                origin,
                now,
                reason,
                PaymentPolicy.approvalsNeeded(amountFen, fourEyesFen),
                0,
                null,
                null,
                0);
        return orders.reserve(tx, order.id(), amountFen)
                .compose(reserved -> refunds.insert(tx, refund, caller.id(), null))
                .compose(inserted -> Audit.record(tx, caller, "refund.requested", "payment", order.id(), null))
                .compose(recorded -> events.tell(tx, "requested", order, refund))
                .map(refund);
    }

    /** An official of the city agrees; with the last one that is needed the refund goes out. */
    Future<RefundOrder> approve(Tx tx, CityCaller caller, UUID refundId, Instant now) {
        return waiting(tx, caller, refundId)
                .compose(refund -> orders.find(tx, refund.paymentId())
                        .compose(order -> agree(tx, caller, order.orElseThrow(), refund, now)));
    }

    private Future<RefundOrder> agree(Tx tx, CityCaller caller, PaymentOrder order, RefundOrder refund, Instant now) {
        return refunds.agree(tx, refund.id(), caller.id(), now)
                .compose(agreed -> Audit.record(tx, caller, "refund.approved", "payment", order.id(), null))
                .compose(recorded -> refund.approvals() + 1 >= refund.approvalsNeeded()
                        ? refunds.move(tx, refund, RefundStage.APPROVED, now, null, null)
                                .compose(moved -> events.tell(tx, "approved", order, refund))
                        : Future.succeededFuture())
                .compose(done -> refunds.lock(tx, refund.id()));
    }

    /** An official of the city declines; the amount is free for another refund. */
    Future<RefundOrder> reject(Tx tx, CityCaller caller, UUID refundId, String decision) {
        return waiting(tx, caller, refundId)
                .compose(refund -> refunds.reject(tx, refund, caller.id(), decision)
                        .compose(rejected -> orders.release(tx, refund.paymentId(), refund.amountFen()))
                        .compose(released ->
                                Audit.record(tx, caller, "refund.rejected", "payment", refund.paymentId(), null))
                        .compose(recorded -> orders.find(tx, refund.paymentId()))
                        .compose(order -> events.tell(tx, "rejected", order.orElseThrow(), refund))
                        .compose(told -> refunds.lock(tx, refund.id())));
    }

    /** The payment is locked first, as everywhere. */
    private Future<RefundOrder> waiting(Tx tx, CityCaller caller, UUID refundId) {
        return refunds.find(tx, refundId)
                .map(found -> found.filter(refund ->
                                refund.cityCode().equals(caller.office().cityCode()))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(refund -> orders.lock(tx, refund.paymentId()))
                .compose(order -> refunds.lock(tx, refundId))
                .map(refund -> {
                    if (refund.stage() != RefundStage.REQUESTED) {
                        throw Refusal.of(PaymentProblem.REFUND_DECIDED);
                    }
                    return refund;
                });
    }

    Future<List<RefundOrder>> listOfCity(
            CityCaller caller, @Nullable RefundStage stage, @Nullable UUID after, int limit) {
        return refunds.ofCity(db, caller.office().cityCode(), stage, after, limit);
    }

    /** What went back in a span of the channel's time, in the order of the numbers: our side of a trade bill. */
    public Future<List<RefundOrder>> madeBetween(
            Sql sql, Instant from, Instant until, @Nullable String after, int limit) {
        return refunds.madeBetween(sql, from, until, after, limit);
    }

    /** A refund by its number at the channel. */
    public Future<Optional<RefundOrder>> findByNumber(Sql sql, String outRefundNo) {
        return refunds.findByNumber(sql, outRefundNo);
    }
}
