package io.anju.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** A trade bill being written for a test, by somebody who has only read the channel's documentation. */
final class BillText {
    static final String NAMES = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
            + "微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
    static final String SUM_NAMES = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

    private final List<Line> lines = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private long sumsOffByFen;

    /** A line before it is written. */
    record Line(
            LocalDate day,
            boolean isPayment,
            String number,
            String channelNumber,
            long fen,
            String state,
            String merchant,
            String app,
            String currency,
            long feeFen) {
        Line withFen(long other) {
            return new Line(day, isPayment, number, channelNumber, other, state, merchant, app, currency, feeFen);
        }

        Line withState(String other) {
            return new Line(day, isPayment, number, channelNumber, fen, other, merchant, app, currency, feeFen);
        }

        Line withChannelNumber(String other) {
            return new Line(day, isPayment, number, other, fen, state, merchant, app, currency, feeFen);
        }

        Line withMerchant(String other) {
            return new Line(day, isPayment, number, channelNumber, fen, state, other, app, currency, feeFen);
        }

        Line withApp(String other) {
            return new Line(day, isPayment, number, channelNumber, fen, state, merchant, other, currency, feeFen);
        }

        Line withCurrency(String other) {
            return new Line(day, isPayment, number, channelNumber, fen, state, merchant, app, other, feeFen);
        }

        Line withFeeFen(long other) {
            return new Line(day, isPayment, number, channelNumber, fen, state, merchant, app, currency, other);
        }

        Line withDay(LocalDate other) {
            return new Line(other, isPayment, number, channelNumber, fen, state, merchant, app, currency, feeFen);
        }

        String text() {
            var payment = isPayment ? yuan(fen) : "0.00";
            var refund = isPayment ? "0.00" : yuan(fen);
            return "`" + day + " 12:34:56,`" + app + ",`" + merchant + ",`0,`,`"
                    + (isPayment ? channelNumber : "42REFUNDED")
                    + ",`" + (isPayment ? number : "REFUNDED") + ",`oSomebody,`JSAPI,`"
                    + (isPayment ? "SUCCESS" : "REFUND")
                    + ",`OTHERS,`" + currency + ",`" + payment + ",`0.00,`" + (isPayment ? "0" : channelNumber) + ",`"
                    + (isPayment ? "0" : number) + ",`" + refund + ",`0.00,`,`" + state + ",`租金, 三月,`{\"a\":1},`"
                    + yuan(feeFen) + "000,`0.60%,`" + payment + ",`" + refund + ",`";
        }
    }

    static Line payment(LocalDate day, String number, String transaction, long fen) {
        return new Line(day, true, number, transaction, fen, "", "1900000001", "wxsimulated0000001", "CNY", fee(fen));
    }

    static Line refund(LocalDate day, String number, String refundId, long fen) {
        return new Line(
                day, false, number, refundId, fen, "SUCCESS", "1900000001", "wxsimulated0000001", "CNY", -fee(fen));
    }

    private static long fee(long fen) {
        return BigDecimal.valueOf(fen)
                .multiply(new BigDecimal("0.006"))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    BillText add(Line line) {
        lines.add(line);
        return this;
    }

    BillText addUnreadable(String text) {
        unreadable.add(text);
        return this;
    }

    BillText sumsOffBy(long fen) {
        sumsOffByFen = fen;
        return this;
    }

    int size() {
        return lines.size();
    }

    String text() {
        var text = new StringBuilder(NAMES).append("\r\n");
        lines.forEach(line -> text.append(line.text()).append("\r\n"));
        unreadable.forEach(line -> text.append(line).append("\r\n"));
        return text.append(SUM_NAMES)
                .append("\r\n")
                .append(sums())
                .append("\r\n")
                .toString();
    }

    private String sums() {
        long payments = sumsOffByFen;
        long refunds = 0;
        long fees = 0;
        for (var line : lines) {
            payments += line.isPayment() ? line.fen() : 0;
            refunds += line.isPayment() ? 0 : line.fen();
            fees += line.feeFen();
        }
        return "`" + lines.size() + ",`" + yuan(payments) + ",`" + yuan(refunds) + ",`0.00,`" + yuan(fees) + "000,`"
                + yuan(payments) + ",`" + yuan(refunds);
    }

    static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }
}
