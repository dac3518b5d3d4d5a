package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Fee;
import io.anju.arrears.ArrearsCase.Pause;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.policy.AccruedFee;
import io.anju.policy.MoneyRules;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.FeeOrder;
import io.anju.rent.Debts.LateBill;
import io.anju.rent.Debts.Settled;
import io.anju.rent.Debts.Why;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What being late costs: derived from bills, payments and pauses whenever it is asked, and billed once a month and when
 * the debt is paid. What was billed before is brought to what the rule gives, so a repeat bills nothing.
 */
final class LateFees {
    private final Debts debts;
    private final LeaseService leases;
    private final FeeStore store = new FeeStore();

    LateFees(Debts debts, LeaseService leases) {
        this.debts = debts;
        this.leases = leases;
    }

    /** A bill that was late, everything that was paid of it, and the rent of its first day. */
    record Late(Debt debt, List<Settled> settled, long monthlyRentFen) {
        /** What was still owed of it at the end of a day. */
        long openFen(LocalDate day) {
            var paid = settled.stream()
                    .filter(one -> !one.on().isAfter(day))
                    .mapToLong(Settled::fen)
                    .sum();
            return Math.max(0, ArrearsPolicy.owedFen(debt, day) - paid);
        }

        Optional<AccruedFee> accrued(MoneyRules rules, List<Pause> pauses, LocalDate through) {
            return rules.lateFee(ArrearsPolicy.stretches(debt, settled, pauses, through), monthlyRentFen);
        }
    }

    Future<List<Late>> late(Sql sql, List<UUID> bills) {
        if (bills.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return debts.ofBills(sql, bills)
                .compose(found -> debts.settled(sql, bills)
                        .compose(settled -> leases.rentsOn(
                                        sql,
                                        found.stream().map(Debt::leaseId).toList(),
                                        found.stream().map(Debt::from).toList())
                                .map(rents -> late(found, settled, rents))));
    }

    private static List<Late> late(List<Debt> found, List<Settled> settled, List<Long> rents) {
        var byBill = settled.stream().collect(Collectors.groupingBy(Settled::billId));
        return IntStream.range(0, found.size())
                .mapToObj(place -> new Late(
                        found.get(place), byBill.getOrDefault(found.get(place).billId(), List.of()), rents.get(place)))
                .toList();
    }

    /** What was billed for each bill so far. */
    private record Billed(long fen, List<Fee> fees) {
        static Billed of(List<Fee> fees) {
            return new Billed(fees.stream().mapToLong(Fee::chargedFen).sum(), fees);
        }

        LocalDate nextDay(LocalDate dueOn) {
            return fees.isEmpty()
                    ? dueOn.plusDays(1)
                    : fees.get(fees.size() - 1).through().plusDays(1);
        }

        List<UUID> feeBills() {
            return fees.stream().map(Fee::feeBillId).filter(Objects::nonNull).toList();
        }
    }

    /**
     * Bills what is to be billed today for late bills of these leases. Their accounts are locked.
     *
     * @param rulesOf a lease's rules
     * @param pausesOf the pauses of whoever owes a bill
     */
    Future<Void> bill(
            Tx tx,
            List<UUID> leaseIds,
            Function<UUID, MoneyRules> rulesOf,
            Function<Debt, List<Pause>> pausesOf,
            LocalDate today,
            Instant now) {
        return store.open(tx, leaseIds).compose(open -> {
            var ids = open.stream().map(LateBill::billId).toList();
            return late(tx, ids)
                    .compose(found -> store.charged(tx, ids).compose(charged -> {
                        var byBill = charged.stream().collect(Collectors.groupingBy(Fee::billId));
                        var fees = new ArrayList<Fee>();
                        for (var one : found) {
                            var billed =
                                    Billed.of(byBill.getOrDefault(one.debt().billId(), List.of()));
                            var through = through(one, billed, today);
                            one.accrued(rulesOf.apply(one.debt().leaseId()), pausesOf.apply(one.debt()), through)
                                    .filter(accrued -> accrued.fen() != billed.fen()
                                            && !through.isBefore(
                                                    billed.nextDay(one.debt().dueOn())))
                                    .ifPresent(accrued -> fees.add(fee(one.debt(), accrued, billed, through, now)));
                        }
                        return write(tx, fees, byBill, found, today, now)
                                .compose(written -> store.settle(tx, settled(found, today), today));
                    }));
        });
    }

    /** Up to yesterday once the bill is paid, otherwise up to the end of the last month. */
    private static LocalDate through(Late late, Billed billed, LocalDate today) {
        var yesterday = today.minusDays(1);
        return late.openFen(yesterday) == 0
                ? yesterday
                : today.withDayOfMonth(1).minusDays(1);
    }

    private static Fee fee(Debt debt, AccruedFee accrued, Billed billed, LocalDate through, Instant now) {
        var delta = accrued.fen() - billed.fen();
        return new Fee(
                debt.billId(),
                debt.leaseId(),
                through,
                accrued.fen(),
                accrued.capFen(),
                delta,
                delta > 0 ? Ids.next(now) : null,
                accrued.step().text(),
                now);
    }

    private Future<Void> write(
            Tx tx, List<Fee> fees, Map<UUID, List<Fee>> before, List<Late> late, LocalDate today, Instant now) {
        if (fees.isEmpty()) {
            return Future.succeededFuture();
        }
        var dueOn = late.stream()
                .collect(Collectors.toMap(
                        one -> one.debt().billId(), one -> one.debt().dueOn()));
        var orders = fees.stream()
                .filter(fee -> fee.feeBillId() != null)
                .map(fee -> order(fee, Billed.of(before.getOrDefault(fee.billId(), List.of())), dueOn))
                .toList();
        return store.insert(tx, fees, now)
                .compose(written -> debts.charge(tx, orders, today, now))
                .compose(charged -> takeBack(tx, fees, before, now))
                .compose(done -> tell(tx, fees));
    }

    private static FeeOrder order(Fee fee, Billed billed, Map<UUID, LocalDate> dueOn) {
        var from = billed.nextDay(Objects.requireNonNull(dueOn.get(fee.billId())));
        return new FeeOrder(
                Objects.requireNonNull(fee.feeBillId()),
                fee.leaseId(),
                fee.billId(),
                from,
                fee.through(),
                fee.chargedFen(),
                fee.text().zh());
    }

    /** A debt that turned out smaller, or days that were paused afterwards: what was billed too much goes back. */
    private Future<Void> takeBack(Tx tx, List<Fee> fees, Map<UUID, List<Fee>> before, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var fee : fees) {
            if (fee.chargedFen() < 0) {
                var feeBills =
                        Billed.of(before.getOrDefault(fee.billId(), List.of())).feeBills();
                var why = new Why("accrued:" + fee.billId() + ":" + fee.through(), "滞纳金重新计算", null);
                done = done.compose(left -> debts.takeBack(tx, fee.leaseId(), feeBills, -fee.chargedFen(), why, now))
                        .mapEmpty();
            }
        }
        return done;
    }

    private static Future<Void> tell(Tx tx, List<Fee> fees) {
        return Outbox.appendAll(
                tx,
                fees.stream()
                        .map(fee -> new Outbox.Draft(
                                "arrears.late-fee-billed",
                                fee.leaseId(),
                                "{\"billId\":\"" + fee.billId() + "\",\"amountFen\":" + fee.chargedFen() + "}"))
                        .toList());
    }

    /** Bills whose fee does not grow any more. */
    private static List<UUID> settled(List<Late> found, LocalDate today) {
        return found.stream()
                .filter(one -> one.openFen(today.minusDays(1)) == 0)
                .map(one -> one.debt().billId())
                .toList();
    }

    /** Bills that are overdue, and those that were paid late, are looked at until their fee is final. */
    Future<Void> watch(Tx tx, List<LateBill> late) {
        return late.isEmpty() ? Future.succeededFuture() : store.watch(tx, late);
    }

    /** As {@link #watch}, for bills on which money moved since they were looked at. */
    Future<Void> watchAgain(Tx tx, List<LateBill> late) {
        return watch(tx, late)
                .compose(watched ->
                        store.reopen(tx, late.stream().map(LateBill::billId).toList()));
    }
}
