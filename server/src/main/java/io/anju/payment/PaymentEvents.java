package io.anju.payment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.vertx.core.Future;

/** What payments tell others; nothing personal. */
final class PaymentEvents {
    static ObjectNode about(PaymentOrder order) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cityCode", order.cityCode())
                .put("paymentId", order.id().toString())
                .put("outTradeNo", order.outTradeNo())
                .put("leaseId", order.leaseId().toString())
                .put("channel", order.channel())
                .put("amountFen", order.amountFen());
    }

    static ObjectNode about(PaymentOrder order, RefundOrder refund) {
        return about(order)
                .put("refundId", refund.id().toString())
                .put("outRefundNo", refund.outRefundNo())
                .put("refundFen", refund.amountFen());
    }

    /** @param topic the part after {@code payment.} */
    Future<Void> tell(Tx tx, String topic, PaymentOrder order) {
        return Outbox.append(tx, "payment." + topic, order.id(), about(order).toString());
    }

    /** @param topic the part after {@code refund.} */
    Future<Void> tell(Tx tx, String topic, PaymentOrder order, RefundOrder refund) {
        return Outbox.append(
                tx, "refund." + topic, refund.id(), about(order, refund).toString());
    }
}
