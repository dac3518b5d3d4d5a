package io.anju.payment;

import io.anju.payment.Difference.Kind;
import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.payment.PaymentProvider.ChannelRefund;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rules of payments that need nothing but what they are told. */
final class PaymentPolicy {
    static final int MOST_REFUNDS = 50;
    private static final int MOST_TITLE_CHARS = 120;

    private PaymentPolicy() {}

    /**
     * What an order for these bills comes to; refuses what cannot be ordered.
     *
     * @param found those of the wanted bills that the caller may pay
     * @param askedFen none: all that is due
     */
    static long orderedFen(List<UUID> wanted, List<Payable> found, @Nullable Long askedFen) {
        requireAll(wanted, found);
        if (found.stream().map(Payable::leaseId).distinct().count() > 1) {
            throw Refusal.at("/billIds", PaymentProblem.BILLS_OF_SEVERAL_LEASES);
        }
        var dueFen = found.stream().mapToLong(Payable::dueFen).reduce(0, Math::addExact);
        if (dueFen <= 0) {
            throw Refusal.at("/billIds", PaymentProblem.BILL_SETTLED);
        }
        if (askedFen == null) {
            return dueFen;
        }
        if (askedFen < dueFen && !found.stream().allMatch(Payable::partialAllowed)) {
            throw notAsDue(PaymentProblem.PARTIAL_NOT_ALLOWED, dueFen);
        }
        if (askedFen > dueFen && !found.stream().allMatch(Payable::aheadAllowed)) {
            throw notAsDue(PaymentProblem.AHEAD_NOT_ALLOWED, dueFen);
        }
        return askedFen;
    }

    private static Refusal notAsDue(PaymentProblem problem, long dueFen) {
        var args = Map.of("dueFen", Long.toString(dueFen));
        return Refusal.of(problem, List.of(new Finding("/amountFen", problem, args)), args);
    }

    private static void requireAll(List<UUID> wanted, List<Payable> found) {
        var payable = found.stream().map(Payable::billId).toList();
        var findings = IntStream.range(0, wanted.size())
                .filter(at -> !payable.contains(wanted.get(at)))
                .mapToObj(at -> Finding.of("/billIds/" + at, PaymentProblem.BILL_NOT_PAYABLE))
                .toList();
        if (!findings.isEmpty()) {
            throw Refusal.of(PaymentProblem.BILL_NOT_PAYABLE, findings);
        }
    }

    /** What the payer reads at the channel; it takes 127 characters. */
    static String title(List<Payable> bills) {
        var first = bills.get(0).title();
        var text = bills.size() == 1 ? first : first + "等" + bills.size() + "笔";
        return text.length() <= MOST_TITLE_CHARS ? text : text.substring(0, MOST_TITLE_CHARS);
    }

    /** What keeps the channel's word about an order from being posted; none where all of it is as we stored it. */
    static Optional<Kind> difference(PaymentOrder order, ChannelPayment told, boolean partiesAreOurs) {
        if (!partiesAreOurs) {
            return Optional.of(Kind.PARTIES_DIFFER);
        }
        if (order.amountFen() != told.amountFen()) {
            return Optional.of(Kind.AMOUNT_DIFFERS);
        }
        return order.state().hasMoney()
                        && !String.valueOf(order.transactionId()).equals(told.transactionId())
                ? Optional.of(Kind.PAID_TWICE)
                : Optional.empty();
    }

    static boolean differs(PaymentOrder order, RefundOrder refund, ChannelRefund told) {
        return refund.amountFen() != told.amountFen()
                || order.amountFen() != told.orderFen()
                || !order.outTradeNo().equals(told.outTradeNo());
    }

    /** How many officials must agree: a resident's wish needs one, an amount above the limit one more. */
    static int approvalsNeeded(long amountFen, long fourEyesFen) {
        return amountFen > fourEyesFen ? 2 : 1;
    }

    /** Refuses a refund that the payment has no room for. */
    static void requireRoom(PaymentOrder order, long amountFen, boolean byStaff) {
        if (!(order.state() == OrderState.PAID || byStaff && order.state() == OrderState.PAID_LATE)) {
            throw Refusal.of(PaymentProblem.PAYMENT_NOT_REFUNDABLE);
        }
        if (order.refunds() >= MOST_REFUNDS) {
            throw Refusal.of(PaymentProblem.TOO_MANY_REFUNDS);
        }
        var leftFen = order.amountFen() - order.reservedFen();
        if (amountFen > leftFen) {
            throw Refusal.of(PaymentProblem.REFUND_ABOVE_PAYMENT, Map.of("leftFen", Long.toString(leftFen)));
        }
    }
}
