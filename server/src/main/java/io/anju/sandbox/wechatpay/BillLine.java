package io.anju.sandbox.wechatpay;

import io.anju.platform.time.Shanghai;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One line of a trade bill (交易账单) of the type ALL, before it is written.
 *
 * @param state {@code SUCCESS} for a payment, {@code REFUND} for a refund
 * @param feeFen what WeChat Pay keeps, or with a refund gives back as a negative number
 */
record BillLine(
        Instant at,
        String appId,
        String merchantId,
        String transactionId,
        String outTradeNo,
        String openId,
        String state,
        String currency,
        long orderFen,
        String refundId,
        String outRefundNo,
        long refundFen,
        String refundState,
        String description,
        String attach,
        long feeFen) {
    static final String PAYMENT = "SUCCESS";
    static final String REFUND = "REFUND";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final BigDecimal FEE_PER_CENT = new BigDecimal("0.60");

    static BillLine of(PayBook.Charge charge) {
        var order = charge.order();
        var terms = order.terms();
        return new BillLine(
                charge.at(),
                terms.appId(),
                terms.merchantId(),
                charge.transactionId(),
                order.outTradeNo(),
                terms.openId(),
                PAYMENT,
                terms.currency(),
                terms.totalFen(),
                "0",
                "0",
                0,
                "",
                terms.description(),
                terms.attach(),
                feeFen(terms.totalFen()));
    }

    static BillLine of(PayRefund refund, PayOrder order) {
        var terms = order.terms();
        return new BillLine(
                refund.createdAt(),
                terms.appId(),
                terms.merchantId(),
                refund.transactionId(),
                refund.outTradeNo(),
                terms.openId(),
                REFUND,
                refund.currency(),
                0,
                refund.refundId(),
                refund.outRefundNo(),
                refund.refundFen(),
                refund.status().name(),
                terms.description(),
                terms.attach(),
                -feeFen(refund.refundFen()));
    }

    boolean isPayment() {
        return state.equals(PAYMENT);
    }

    /** The rate's share, rounded to whole fen. */
    private static long feeFen(long amountFen) {
        return BigDecimal.valueOf(amountFen)
                .multiply(FEE_PER_CENT)
                .movePointLeft(2)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** The line as WeChat Pay writes it: every field led by a back-tick, so that spreadsheets keep it as text. */
    String text() {
        var fields = List.of(
                TIME.format(at.atZone(Shanghai.ZONE)),
                appId,
                merchantId,
                "0",
                "",
                transactionId,
                outTradeNo,
                openId,
                "JSAPI",
                state,
                "OTHERS",
                currency,
                yuan(orderFen),
                "0.00",
                refundId,
                outRefundNo,
                yuan(refundFen),
                "0.00",
                isPayment() ? "" : "ORIGINAL",
                refundState,
                description,
                attach,
                fee(feeFen),
                "0.60%",
                yuan(orderFen),
                yuan(refundFen),
                "");
        return "`" + String.join(",`", fields);
    }

    BillLine withOrderFen(long fen) {
        return with(at, appId, merchantId, transactionId, outTradeNo, currency, fen, refundFen, refundState, feeFen);
    }

    BillLine withRefundFen(long fen) {
        return with(at, appId, merchantId, transactionId, outTradeNo, currency, orderFen, fen, refundState, feeFen);
    }

    BillLine withFeeFen(long fen) {
        return with(at, appId, merchantId, transactionId, outTradeNo, currency, orderFen, refundFen, refundState, fen);
    }

    BillLine withMerchantId(String id) {
        return with(at, appId, id, transactionId, outTradeNo, currency, orderFen, refundFen, refundState, feeFen);
    }

    BillLine withAppId(String id) {
        return with(at, id, merchantId, transactionId, outTradeNo, currency, orderFen, refundFen, refundState, feeFen);
    }

    BillLine withCurrency(String code) {
        return with(at, appId, merchantId, transactionId, outTradeNo, code, orderFen, refundFen, refundState, feeFen);
    }

    BillLine withTransactionId(String id) {
        return with(at, appId, merchantId, id, outTradeNo, currency, orderFen, refundFen, refundState, feeFen);
    }

    BillLine withRefundState(String status) {
        return with(at, appId, merchantId, transactionId, outTradeNo, currency, orderFen, refundFen, status, feeFen);
    }

    BillLine withAt(Instant time) {
        return with(
                time, appId, merchantId, transactionId, outTradeNo, currency, orderFen, refundFen, refundState, feeFen);
    }

    /** The same line of a payment or refund that nobody else knows. */
    BillLine unknown(String number) {
        return isPayment()
                ? with(
                        at,
                        appId,
                        merchantId,
                        "42" + number,
                        "U" + number,
                        currency,
                        orderFen,
                        refundFen,
                        refundState,
                        feeFen)
                : new BillLine(
                        at,
                        appId,
                        merchantId,
                        transactionId,
                        outTradeNo,
                        openId,
                        state,
                        currency,
                        orderFen,
                        "50" + number,
                        "U" + number,
                        refundFen,
                        refundState,
                        description,
                        attach,
                        feeFen);
    }

    private BillLine with(
            Instant newAt,
            String newAppId,
            String newMerchantId,
            String newTransactionId,
            String newOutTradeNo,
            String newCurrency,
            long newOrderFen,
            long newRefundFen,
            String newRefundState,
            long newFeeFen) {
        return new BillLine(
                newAt,
                newAppId,
                newMerchantId,
                newTransactionId,
                newOutTradeNo,
                openId,
                state,
                newCurrency,
                newOrderFen,
                refundId,
                outRefundNo,
                newRefundFen,
                newRefundState,
                description,
                attach,
                newFeeFen);
    }

    static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** Fees are written with five places, of which the last three are always zero. */
    static String fee(long fen) {
        return BigDecimal.valueOf(fen, 2).setScale(5).toPlainString();
    }
}
