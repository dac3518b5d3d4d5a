package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Something that a merchant is told, until it says that it has heard.
 *
 * @param attempts deliveries that were made so far
 */
record Notice(
        String id,
        String url,
        String eventType,
        String summary,
        String originalType,
        ObjectNode resource,
        Instant createdAt,
        int attempts,
        Instant dueAt) {

    /** The waits between deliveries; after the last one WeChat Pay gives up. */
    static final List<Duration> LADDER = List.of(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(30),
            Duration.ofMinutes(60),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(6));

    static Notice ofPayment(PayOrder order, Instant now, Instant dueAt) {
        return new Notice(
                UUID.randomUUID().toString(),
                order.terms().notifyUrl(),
                "TRANSACTION.SUCCESS",
                "支付成功",
                "transaction",
                PayDocuments.transaction(order),
                now,
                0,
                dueAt);
    }

    static Notice ofRefund(PayRefund refund, String url, Instant now, Instant dueAt) {
        return new Notice(
                UUID.randomUUID().toString(),
                url,
                "REFUND." + refund.status().name(),
                "退款" + (refund.status() == PayRefund.Status.SUCCESS ? "成功" : "异常"),
                "refund",
                PayDocuments.refundNotice(refund, PayKeys.MERCHANT_ID),
                now,
                0,
                dueAt);
    }

    boolean isGivenUp() {
        return attempts > LADDER.size();
    }

    /** The same notice after a delivery that was not answered with success. */
    Notice failed(Instant now) {
        var next = attempts < LADDER.size() ? now.plus(LADDER.get(attempts)) : now;
        return new Notice(id, url, eventType, summary, originalType, resource, createdAt, attempts + 1, next);
    }
}
