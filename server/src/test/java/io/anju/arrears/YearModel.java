package io.anju.arrears;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One household's arrears under a city's sample rules, counted day by day and with none of the product's own rules: bills
 * and payments go in, steps, fees and voids come out.
 */
final class YearModel {
    final ModelCity city;
    /** Of rent, the oldest first. */
    final Map<UUID, ModelBill> bills = new LinkedHashMap<>();
    /** The deposit, then late fees. */
    final Map<UUID, ModelBill> others = new LinkedHashMap<>();

    final ModelLadder ladder = new ModelLadder();
    final ModelRelief relief = new ModelRelief();
    final ModelVoids voids = new ModelVoids();
    boolean hasCase;
    private @Nullable LocalDate latePaymentOn;
    long creditFen;
    /** The first day of this tenant. */
    final LocalDate from;
    /** The first day of whoever followed. */
    @Nullable
    LocalDate until;

    YearModel(ModelCity city, LocalDate from) {
        this.city = city;
        this.from = from;
    }

    boolean hasLeft(LocalDate today) {
        return until != null && !today.isBefore(until);
    }

    /** Somebody else has the home from a day on: what is for their days alone is theirs, with what was charged for it. */
    void passesTo(YearModel next) {
        until = next.from;
        for (var bill : List.copyOf(bills.values())) {
            if (!bill.from.isBefore(next.from)) {
                bills.remove(bill.id);
                next.bills.put(bill.id, bill);
                bill.fees.forEach(fee -> {
                    others.remove(fee.id);
                    next.others.put(fee.id, fee);
                });
            }
        }
    }

    /** What id a late fee got as a bill. */
    @FunctionalInterface
    interface FeeIds {
        UUID of(UUID lateBill, LocalDate through);
    }

    List<ModelBill> overdue(LocalDate today) {
        return bills.values().stream()
                .filter(bill -> bill.isLate(today) && bill.openFen() > 0)
                .toList();
    }

    long overdueFen(LocalDate today) {
        return overdue(today).stream().mapToLong(ModelBill::openFen).sum();
    }

    List<ModelBill> all() {
        return Stream.of(bills, others)
                .map(Map::values)
                .flatMap(Collection::stream)
                .sorted(ModelBill.OLDEST)
                .toList();
    }

    /** The oldest rent first; what is too much is credit. */
    void pay(LocalDate today, long fen) {
        creditFen += settle(List.copyOf(bills.values()), today, fen);
    }

    private long settle(List<ModelBill> of, LocalDate today, long fen) {
        var left = fen;
        for (var bill : of) {
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

    /** Money of an order goes back: of the credit first, then of what the order settled, then of the newest. */
    void refund(ModelOrder order, long fen, LocalDate today) {
        var ofCredit = Math.min(creditFen, fen);
        creditFen -= ofCredit;
        var missing = fen - ofCredit;
        for (var one : order.newestFirst()) {
            var part =
                    Math.min(missing, Math.min(order.settledFen(one), bill(one).paidFen()));
            settle(bill(one), today, -part);
            order.settled.merge(one, -part, Long::sum);
            missing -= part;
        }
        var newestFirst = new ArrayList<>(all());
        newestFirst.sort(ModelBill.OLDEST.reversed());
        for (var bill : newestFirst) {
            var part = Math.min(missing, bill.paidFen());
            settle(bill, today, -part);
            missing -= part;
        }
        order.leftFen -= fen;
        order.givenBackFen += fen;
        if (missing != 0) {
            throw new IllegalStateException("nobody holds " + missing + " fen of " + order.paymentId);
        }
    }

    /** Below zero gives back. What moves on a late bill makes its fee grow, or shrink, again. */
    private void settle(ModelBill bill, LocalDate today, long fen) {
        if (fen != 0) {
            bill.settled.merge(today, fen, Long::sum);
            if (bill.isLate(today) && bills.containsKey(bill.id)) {
                latePaymentOn = today;
                bill.feeIsFinal = false;
            }
        }
    }

    @Nullable
    UUID oldestDebt(LocalDate today) {
        return debts(today).stream().findFirst().orElse(null);
    }

    /** The overdue bills, the oldest first. */
    List<UUID> debts(LocalDate today) {
        return overdue(today).stream().map(bill -> bill.id).toList();
    }

    /** What is given up is as good as paid, from that day on; what is paid already cannot be given up. */
    void giveUp(UUID id, long fen, LocalDate today) {
        var part = Math.min(fen, bill(id).openFen());
        if (part > 0) {
            bill(id).settled.merge(today, part, Long::sum);
            bill(id).givenUpFen += part;
        }
    }

    /** An official takes a part of a bill back; what was paid above the rest is credit, and pays what is due. */
    void takeBack(UUID id, long fen, LocalDate today) {
        takeBack(bill(id), fen, today);
        useCredit(today);
    }

    /** What was paid above the rest is credit. */
    void takeBack(ModelBill bill, long fen, LocalDate today) {
        bill.credit(fen);
        var tooMuch = Math.max(0, -bill.openFen());
        settle(bill, today, -tooMuch);
        creditFen += tooMuch;
    }

    /** Two officials make the subsidies of what is overdue void: the whole rent is due. */
    void makeVoid(LocalDate today) {
        overdue(today).stream().filter(bill -> bill.voidOn == null).forEach(bill -> bill.voidOn = today);
    }

    void issue(ModelBill bill, LocalDate today) {
        bills.put(bill.id, bill);
        var oldestFirst = new ArrayList<>(bills.values());
        oldestFirst.sort(ModelBill.OLDEST);
        bills.clear();
        oldestFirst.forEach(one -> bills.put(one.id, one));
        useCredit(today);
    }

    private void useCredit(LocalDate today) {
        creditFen = settle(all(), today, creditFen);
    }

    /** Whether the night looks at this household: for a debt, a fee that is not final, or late money of two days ago. */
    boolean isWatched(LocalDate today) {
        return hasCase
                || !overdue(today).isEmpty()
                || latePaymentOn != null && !today.isAfter(latePaymentOn.plusDays(2))
                || bills.values().stream().anyMatch(bill -> bill.wasLate && !bill.feeIsFinal);
    }

    /** What a night does that looks at the lease. */
    void night(LocalDate today, FeeIds feeIds) {
        relief.followComplaint(today);
        var paused = relief.isPaused(today);
        var overdue = overdue(today);
        overdue.forEach(bill -> bill.wasLate = true);
        relief.followPlan(today, bills);
        if (overdue.isEmpty()) {
            hasCase = false;
            ladder.close();
            voids.close();
        } else {
            hasCase = true;
            if (!paused) {
                ladder.climb(today, overdue, relief::isPaused, hasLeft(today));
                voids.follow(today, overdue);
            }
        }
        charge(today, feeIds);
    }

    ModelBill bill(UUID id) {
        return Objects.requireNonNull(bills.get(id));
    }

    /** New fees first, and credit pays them; then what was charged too much goes back. */
    private void charge(LocalDate today, FeeIds feeIds) {
        var tooMuch = new LinkedHashMap<ModelBill, Long>();
        var isCharged = false;
        for (var bill : bills.values()) {
            if (bill.wasLate && !bill.feeIsFinal) {
                var more = charge(bill, today);
                if (more > 0) {
                    var id = feeIds.of(bill.id, bill.feeThrough);
                    var fee = new ModelBill(id, bill.feeThrough, bill.feeThrough, today, more, 0);
                    bill.fees.add(fee);
                    others.put(id, fee);
                    isCharged = true;
                } else if (more < 0) {
                    tooMuch.put(bill, -more);
                }
            }
        }
        if (isCharged) {
            useCredit(today);
        }
        tooMuch.forEach((bill, fen) -> takeFeesBack(bill, fen, today));
    }

    /** Gives by how much what was charged has changed. */
    private long charge(ModelBill bill, LocalDate today) {
        bill.feeIsFinal = bill.openAfter(today.minusDays(1)) <= 0;
        var through =
                bill.feeIsFinal ? today.minusDays(1) : today.withDayOfMonth(1).minusDays(1);
        var fen = bill.feeFen(city, through, relief::isPaused);
        var more = fen - bill.feeFen;
        if (more == 0 || !through.isAfter(bill.feeThrough)) {
            return 0;
        }
        bill.feeFen = fen;
        bill.feeThrough = through;
        return more;
    }

    private void takeFeesBack(ModelBill bill, long fen, LocalDate today) {
        var left = fen;
        var newestFirst = bill.fees.stream().sorted(ModelBill.OLDEST.reversed()).toList();
        for (var fee : newestFirst) {
            var part = Math.min(left, fee.creditableFen());
            takeBack(fee, part, today);
            left -= part;
        }
        useCredit(today);
    }
}
