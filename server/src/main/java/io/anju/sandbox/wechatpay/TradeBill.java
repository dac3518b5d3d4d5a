package io.anju.sandbox.wechatpay;

import io.anju.sandbox.wechatpay.BillDefects.Defect;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a trade bill (交易账单) of the type ALL: names, lines, names of the sums, sums. */
final class TradeBill {
    private static final String NAMES = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
            + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
            + "手续费,费率,订单金额,申请退款金额,费率备注";
    private static final String SUM_NAMES = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
    private static final String END = "\r\n";

    private TradeBill() {}

    /** Writes the lines with these faults in them. */
    static void write(OutputStream to, List<BillLine> lines, List<Defect> faults) throws IOException {
        var spoilt = new BillDefects(lines);
        faults.forEach(spoilt::plant);
        try (var out = new BufferedOutputStream(to)) {
            line(out, NAMES);
            for (var line : spoilt.lines()) {
                line(out, line.text());
            }
            for (var text : spoilt.unreadable()) {
                line(out, text);
            }
            line(out, SUM_NAMES);
            line(out, sums(spoilt.lines(), spoilt.hasWrongSummary() ? 1 : 0));
        }
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + END).getBytes(StandardCharsets.UTF_8));
    }

    private static String sums(List<BillLine> lines, long tooMuchFen) {
        long orders = tooMuchFen;
        long refunds = 0;
        long fees = 0;
        for (var line : lines) {
            orders += line.orderFen();
            refunds += line.refundFen();
            fees += line.feeFen();
        }
        var fields = List.of(
                String.valueOf(lines.size()),
                BillLine.yuan(orders),
                BillLine.yuan(refunds),
                "0.00",
                BillLine.fee(fees),
                BillLine.yuan(orders),
                BillLine.yuan(refunds));
        return "`" + String.join(",`", fields);
    }
}
