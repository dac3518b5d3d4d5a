package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.time.Shanghai;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Orders and refunds as WeChat Pay's documents show them. */
final class PayDocuments {
    private PayDocuments() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** RFC 3339 in Shanghai's time, whole seconds. */
    static String time(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX").format(at.atZone(Shanghai.ZONE));
    }

    /** The answer to a query, and the resource of a notice about a payment. */
    static ObjectNode transaction(PayOrder order) {
        var terms = order.terms();
        var document = object().put("appid", terms.appId())
                .put("mchid", terms.merchantId())
                .put("out_trade_no", order.outTradeNo())
                .put("trade_state", order.state().name())
                .put("trade_state_desc", order.state().description())
                .put("attach", terms.attach());
        document.putObject("payer").put("openid", terms.openId());
        var amount = document.putObject("amount").put("total", terms.totalFen()).put("currency", terms.currency());
        if (order.isPaid()) {
            document.put("transaction_id", order.transactionId())
                    .put("trade_type", "JSAPI")
                    .put("bank_type", "OTHERS")
                    .put("success_time", timeOrNull(order.paidAt()));
            amount.put("payer_total", terms.totalFen()).put("payer_currency", terms.currency());
        }
        return document;
    }

    /** The answer to a request for a refund, and to a query of one. */
    static ObjectNode refund(PayRefund refund) {
        var document = object().put("refund_id", refund.refundId())
                .put("out_refund_no", refund.outRefundNo())
                .put("transaction_id", refund.transactionId())
                .put("out_trade_no", refund.outTradeNo())
                .put("channel", "ORIGINAL")
                .put("user_received_account", "支付用户零钱")
                .put("create_time", time(refund.createdAt()))
                .put("status", refund.status().name())
                .put("funds_account", "AVAILABLE");
        if (refund.succeededAt() != null) {
            document.put("success_time", timeOrNull(refund.succeededAt()));
        }
        document.putObject("amount")
                .put("total", refund.totalFen())
                .put("refund", refund.refundFen())
                .put("payer_total", refund.totalFen())
                .put("payer_refund", refund.refundFen())
                .put("settlement_total", refund.totalFen())
                .put("settlement_refund", refund.refundFen())
                .put("discount_refund", 0)
                .put("currency", refund.currency());
        return document;
    }

    /** The resource of a notice about a refund; its shape differs from the answer's. */
    static ObjectNode refundNotice(PayRefund refund, String merchantId) {
        var document = object().put("mchid", merchantId)
                .put("out_trade_no", refund.outTradeNo())
                .put("transaction_id", refund.transactionId())
                .put("out_refund_no", refund.outRefundNo())
                .put("refund_id", refund.refundId())
                .put("refund_status", refund.status().name())
                .put("user_received_account", "支付用户零钱");
        if (refund.succeededAt() != null) {
            document.put("success_time", timeOrNull(refund.succeededAt()));
        }
        document.putObject("amount")
                .put("total", refund.totalFen())
                .put("refund", refund.refundFen())
                .put("payer_total", refund.totalFen())
                .put("payer_refund", refund.refundFen());
        return document;
    }

    private static @Nullable String timeOrNull(@Nullable Instant at) {
        return at == null ? null : time(at);
    }
}
