package io.anju.arrears;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One household's arrears under Qingdao's sample rules, counted day by day and with none of the product's own rules: bills
 * and payments go in, steps and fees come out.
 */
final class YearModel {
    final Map<UUID, ModelBill> bills = new LinkedHashMap<>();
    final ModelLadder ladder = new ModelLadder();
    final ModelRelief relief = new ModelRelief();
    boolean hasCase;
    private @Nullable LocalDate latePaymentOn;
    long creditFen;
    /** What is to be paid beside the rent: the deposit and late fees, which credit pays first. */
    long otherFen;

    long otherPaidFen;
    /** Due before everything else. */
    long depositFen;

    List<ModelBill> overdue(LocalDate today) {
        return bills.values().stream()
                .filter(bill -> bill.dueOn.isBefore(today) && bill.openFen() > 0)
                .toList();
    }

    long overdueFen(LocalDate today) {
        return overdue(today).stream().mapToLong(ModelBill::openFen).sum();
    }

    /** The oldest first; what is too much is credit. */
    void pay(LocalDate today, long fen) {
        creditFen += settle(today, fen);
    }

    private long settle(LocalDate today, long fen) {
        var left = fen;
        for (var bill : bills.values()) {
            var part = Math.min(left, bill.openFen());
            settle(bill, today, part);
            left -= part;
        }
        return left;
    }

    /** Pays these bills as one order, the oldest first, and no more than they ask for. */
    ModelOrder order(String paymentId, LocalDate today, long fen, List<UUID> ids) {
        var order = new ModelOrder(paymentId, fen);
        var left = fen;
        for (var id : ids) {
            var part = Math.min(left, bill(id).openFen());
            order.settled.put(id, part);
            settle(bill(id), today, part);
            left -= part;
        }
        return order;
    }

    /** Money of an order goes back: of the credit first, then of what the order settled, which is due again. */
    void refund(ModelOrder order, long fen, LocalDate today) {
        var ofCredit = Math.min(creditFen, fen);
        creditFen -= ofCredit;
        var missing = fen - ofCredit;
        for (var one : order.newestFirst()) {
            var bill = bill(one);
            var part = Math.min(missing, Math.min(order.settledFen(one), bill.paidFen()));
            if (part > 0) {
                settle(bill, today, -part);
                order.settled.merge(one, -part, Long::sum);
                bill.feeIsFinal &= !bill.dueOn.isBefore(today);
            }
            missing -= part;
        }
        order.leftFen -= fen;
        order.givenBackFen += fen;
        if (missing != 0) {
            throw new IllegalStateException("nobody holds " + missing + " fen of " + order.paymentId);
        }
    }

    private void settle(ModelBill bill, LocalDate today, long fen) {
        if (fen != 0) {
            bill.paid.merge(today, fen, Long::sum);
            latePaymentOn = bill.dueOn.isBefore(today) ? today : latePaymentOn;
        }
    }

    @Nullable
    UUID oldestDebt(LocalDate today) {
        return debts(today).stream().findFirst().orElse(null);
    }

    /** The overdue bills, the oldest first. */
    List<UUID> debts(LocalDate today) {
        return bills.entrySet().stream()
                .filter(one -> overdue(today).contains(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is given up is as good as paid, from that day on; what is paid already cannot be given up. */
    void giveUp(UUID id, long fen, LocalDate today) {
        var part = Math.min(fen, bill(id).openFen());
        if (part > 0) {
            bill(id).paid.merge(today, part, Long::sum);
            bill(id).givenUpFen += part;
        }
    }

    void issue(UUID id, ModelBill bill, LocalDate today) {
        bills.put(id, bill);
        useCredit(today);
    }

    private void useCredit(LocalDate today) {
        var other = Math.min(creditFen, otherFen);
        otherFen -= other;
        otherPaidFen += other;
        creditFen = settle(today, creditFen - other);
    }

    /** Whether the night looks at this household: for a debt, a fee that is not final, or late money of two days ago. */
    private boolean isWatched(LocalDate today) {
        return hasCase
                || !overdue(today).isEmpty()
                || latePaymentOn != null && !today.isAfter(latePaymentOn.plusDays(2))
                || bills.values().stream().anyMatch(bill -> bill.wasLate && !bill.feeIsFinal);
    }

    void night(LocalDate today) {
        if (!isWatched(today)) {
            return;
        }
        relief.followComplaint(today);
        var paused = relief.isPaused(today);
        var overdue = overdue(today);
        overdue.forEach(bill -> bill.wasLate = true);
        relief.followPlan(today, bills);
        if (overdue.isEmpty()) {
            hasCase = false;
            ladder.close();
        } else {
            hasCase = true;
            if (!paused) {
                ladder.climb(today, overdue, relief::isPaused);
            }
        }
        bills.values().forEach(bill -> charge(bill, today));
    }

    ModelBill bill(UUID id) {
        return Objects.requireNonNull(bills.get(id));
    }

    private void charge(ModelBill bill, LocalDate today) {
        if (!bill.wasLate || bill.feeIsFinal) {
            return;
        }
        var isSettled = bill.openAfter(today.minusDays(1)) == 0;
        var through = isSettled ? today.minusDays(1) : today.withDayOfMonth(1).minusDays(1);
        var fen = bill.feeFen(through, relief::isPaused);
        if (fen != bill.feeFen && through.isAfter(bill.feeThrough)) {
            otherFen += fen - bill.feeFen;
            bill.feeFen = fen;
            bill.feeThrough = through;
            useCredit(today);
        }
        bill.feeIsFinal = isSettled;
    }
}
