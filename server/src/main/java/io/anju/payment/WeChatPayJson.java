package io.anju.payment;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.payment.PaymentProvider.ChannelRefund;
import io.anju.payment.PaymentProvider.PaymentState;
import io.anju.payment.PaymentProvider.RefundState;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** WeChat Pay's documents as ours. A field that must be there and is not makes the whole unreadable. */
final class WeChatPayJson {

    private WeChatPayJson() {}

    /** What is not as the documentation says. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String what) {
            super(what, null, false, false);
        }
    }

    static JsonNode read(byte[] json) {
        try {
            var tree = PlainJson.mapper().readTree(json);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            throw new Unreadable("no JSON");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new Unreadable("no object");
    }

    /** A transaction (支付单), from a query or a notice. */
    static ChannelPayment payment(JsonNode document) {
        var state =
                switch (text(document, "trade_state")) {
                    case "SUCCESS" -> PaymentState.PAID;
                    case "REFUND" -> PaymentState.REFUNDED;
                    case "NOTPAY" -> PaymentState.NOT_PAID;
                    case "USERPAYING", "ACCEPT" -> PaymentState.PAYING;
                    case "CLOSED", "REVOKED" -> PaymentState.CLOSED;
                    case "PAYERROR" -> PaymentState.FAILED;
                    default -> throw new Unreadable("trade_state");
                };
        boolean paid = state == PaymentState.PAID || state == PaymentState.REFUNDED;
        return new ChannelPayment(
                state,
                text(document, "mchid"),
                text(document, "appid"),
                text(document, "out_trade_no"),
                paid ? text(document, "transaction_id") : null,
                paid
                        ? fen(document.path("amount"), "total")
                        : document.at("/amount/total").asLong(0),
                document.at("/amount/currency").asText("CNY"),
                paid ? instant(document, "success_time") : null);
    }

    /** A refund (退款单) as an answer tells it; a notice calls the state {@code refund_status}. */
    static ChannelRefund refund(JsonNode document) {
        var state =
                switch (text(document, document.has("status") ? "status" : "refund_status")) {
                    case "SUCCESS" -> RefundState.SUCCESS;
                    case "CLOSED" -> RefundState.CLOSED;
                    case "ABNORMAL" -> RefundState.ABNORMAL;
                    case "PROCESSING" -> RefundState.PROCESSING;
                    default -> throw new Unreadable("refund status");
                };
        return new ChannelRefund(
                state,
                document.path("mchid").asText(null),
                document.at("/amount/currency").asText(null),
                text(document, "out_trade_no"),
                text(document, "out_refund_no"),
                text(document, "refund_id"),
                fen(document.path("amount"), "refund"),
                fen(document.path("amount"), "total"),
                state == RefundState.SUCCESS ? instant(document, "success_time") : null);
    }

    static String text(JsonNode document, String field) {
        var value = document.path(field);
        if (!value.isTextual() || value.asText().isEmpty()) {
            throw new Unreadable(field);
        }
        return value.asText();
    }

    private static long fen(JsonNode amount, String field) {
        var value = amount.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new Unreadable(field);
        }
        return value.asLong();
    }

    private static @Nullable Instant instant(JsonNode document, String field) {
        try {
            return OffsetDateTime.parse(text(document, field)).toInstant();
        } catch (DateTimeException e) {
            throw new Unreadable(field);
        }
    }
}
