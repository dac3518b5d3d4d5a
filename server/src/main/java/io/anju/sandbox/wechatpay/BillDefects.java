package io.anju.sandbox.wechatpay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Plants faults into a trade bill, each on a line of its own, so that whoever reconciles can be measured.
 *
 * <p>Lines are taken from the front, the summary is that of the spoilt lines: every fault is to be found by comparing,
 * not by adding up.
 */
final class BillDefects {
    private static final Duration A_DAY = Duration.ofDays(1);

    private final List<BillLine> lines;
    private final Set<BillLine> touched = new HashSet<>();
    private final List<String> unreadable = new ArrayList<>();
    private boolean wrongSummary;
    private int count;

    BillDefects(List<BillLine> lines) {
        this.lines = new ArrayList<>(lines);
    }

    /** What can be planted; the name on the wire is in kebab case. */
    enum Defect {
        /** A payment is not in the bill. */
        MISSING_PAYMENT,
        /** A payment in the bill that the merchant never ordered. */
        UNKNOWN_PAYMENT,
        WRONG_AMOUNT,
        /** The same line twice. */
        DUPLICATE_LINE,
        /** One order with two transactions. */
        CHARGED_TWICE,
        MISSING_REFUND,
        UNKNOWN_REFUND,
        WRONG_REFUND_AMOUNT,
        /** A refund that the merchant holds for done is under way. */
        WRONG_REFUND_STATE,
        WRONG_MERCHANT,
        WRONG_APP,
        WRONG_CURRENCY,
        WRONG_FEE,
        WRONG_TRANSACTION,
        /** A line of the day before. */
        WRONG_DAY,
        /** A line with too few fields. */
        UNREADABLE_LINE,
        WRONG_SUMMARY;

        static Defect of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    List<BillLine> lines() {
        return lines;
    }

    /** Lines that are no lines, for the end of the bill. */
    List<String> unreadable() {
        return unreadable;
    }

    boolean hasWrongSummary() {
        return wrongSummary;
    }

    /** Plants one; does nothing where the bill has no line that it could be planted on. */
    void plant(Defect defect) {
        count++;
        var number = "99%016d".formatted(count);
        switch (defect) {
            case MISSING_PAYMENT -> remove(BillLine::isPayment);
            case UNKNOWN_PAYMENT -> add(BillLine::isPayment, line -> line.unknown(number));
            case WRONG_AMOUNT -> change(BillLine::isPayment, line -> line.withOrderFen(line.orderFen() + 1));
            case DUPLICATE_LINE -> add(BillLine::isPayment, line -> line);
            case CHARGED_TWICE -> add(BillLine::isPayment, line -> line.withTransactionId("42" + number));
            case MISSING_REFUND -> remove(line -> !line.isPayment());
            case UNKNOWN_REFUND -> add(line -> !line.isPayment(), line -> line.unknown(number));
            case WRONG_REFUND_AMOUNT ->
                change(line -> !line.isPayment(), line -> line.withRefundFen(line.refundFen() + 1));
            case WRONG_REFUND_STATE -> change(line -> !line.isPayment(), line -> line.withRefundState("PROCESSING"));
            case WRONG_MERCHANT -> change(BillLine::isPayment, line -> line.withMerchantId("1900000999"));
            case WRONG_APP -> change(BillLine::isPayment, line -> line.withAppId("wxsomebodyelse0001"));
            case WRONG_CURRENCY -> change(BillLine::isPayment, line -> line.withCurrency("USD"));
            case WRONG_FEE -> change(BillLine::isPayment, line -> line.withFeeFen(line.feeFen() + 100));
            case WRONG_TRANSACTION -> change(BillLine::isPayment, line -> line.withTransactionId("42" + number));
            case WRONG_DAY ->
                change(BillLine::isPayment, line -> line.withAt(line.at().minus(A_DAY)));
            case UNREADABLE_LINE -> unreadable.add("`2026-01-01 00:00:00,`cut");
            case WRONG_SUMMARY -> wrongSummary = true;
        }
    }

    private int untouched(Predicate<BillLine> of) {
        for (int i = 0; i < lines.size(); i++) {
            if (of.test(lines.get(i)) && !touched.contains(lines.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private void change(Predicate<BillLine> of, UnaryOperator<BillLine> spoil) {
        int at = untouched(of);
        if (at >= 0) {
            var spoilt = spoil.apply(lines.get(at));
            lines.set(at, spoilt);
            touched.add(spoilt);
        }
    }

    private void add(Predicate<BillLine> of, UnaryOperator<BillLine> make) {
        int at = untouched(of);
        if (at >= 0) {
            var made = make.apply(lines.get(at));
            touched.add(lines.get(at));
            touched.add(made);
            lines.add(made);
        }
    }

    private void remove(Predicate<BillLine> of) {
        int at = untouched(of);
        if (at >= 0) {
            lines.remove(at);
        }
    }
}
