package io.anju.rent;

import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Bill.Charge;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import io.anju.rent.Settling.Cause;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Brings what was billed to what a changed lease owes: by credit notes and further bills, never by an edit. */
final class Correcting {
    private final Issuing issuing;
    private final Settling settling;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();

    Correcting(Issuing issuing, Settling settling) {
        this.issuing = issuing;
        this.settling = settling;
    }

    /** Brings what was billed for each period to what the plan says now, by credit notes or a further bill. */
    Future<Void> correct(Tx tx, RentWork work, String occasion, String reason) {
        var cause = new Cause(occasion, reason, null);
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> bills.givenByHand(tx, work.leaseId())
                                .compose(given -> correct(tx, work, account, rents(found), given, cause)))
                        .compose(corrected -> move(tx, work, account))
                        .compose(moved -> settling.useCredit(tx, work.leaseId(), work.now())));
    }

    private Future<Void> correct(
            Tx tx, RentWork work, Account account, List<Bill> rents, Map<UUID, Long> given, Cause cause) {
        Future<Void> done = Future.succeededFuture();
        for (var main : rents) {
            if (main.occasion().isEmpty()) {
                var same = rents.stream().filter(bill -> isWithin(bill, main)).toList();
                done = done.compose(before -> correct(tx, work, account, main, same, given, cause));
            }
        }
        return done;
    }

    /** What was given by hand stays given: it counts as billed, or the next correction would ask for it again. */
    private Future<Void> correct(
            Tx tx, RentWork work, Account account, Bill main, List<Bill> same, Map<UUID, Long> given, Cause cause) {
        var last = main.to().isAfter(work.plan().lastDay()) ? work.plan().lastDay() : main.to();
        var wanted = last.isBefore(main.from()) ? Amount.NOTHING : work.amount(main.from(), last);
        var billed = same.stream()
                .map(bill -> new Amount(
                        bill.amountFen() - bill.creditedFen() + given.getOrDefault(bill.id(), 0L), bill.subsidyFen()))
                .reduce(Amount.NOTHING, Amount::plus);
        var more = wanted.minus(billed);
        if (more.fen() > 0) {
            var today = Shanghai.date(work.now());
            var dueOn = main.dueOn().isBefore(today) ? today : main.dueOn();
            var subsidy = Math.max(0, Math.min(more.subsidyFen(), more.fen()));
            var line = new Line(main.from(), last, dueOn, new Amount(more.fen(), subsidy), true);
            return issuing.issue(tx, account, work.bill(Charge.RENT, cause.occasion(), line, cause.reason()));
        }
        return takeBack(tx, work, account, same, more, cause);
    }

    /** The newest bill of the period gives first. */
    private Future<Void> takeBack(Tx tx, RentWork work, Account account, List<Bill> same, Amount more, Cause cause) {
        var fen = -more.fen();
        var subsidy = Math.max(0, -more.subsidyFen());
        Future<Void> done = Future.succeededFuture();
        for (var i = same.size() - 1; i >= 0 && fen > 0; i--) {
            var bill = same.get(i);
            var part = Math.min(fen, bill.creditableFen());
            var own = part == bill.creditableFen()
                    ? bill.subsidyFen()
                    : Math.min(Math.min(subsidy, bill.subsidyFen()), part);
            if (part > 0) {
                done = done.compose(before -> settling.credit(tx, account, bill.id(), part, own, cause, work.now()));
            }
            fen -= part;
            subsidy = Math.max(0, subsidy - own);
        }
        return done;
    }

    private Future<Void> move(Tx tx, RentWork work, Account account) {
        var next = work.lines().stream()
                .filter(line -> line.from().isAfter(account.billedTo()))
                .map(Line::dueOn)
                .findFirst()
                .orElse(null);
        return accounts.move(tx, work, account.billedTo(), next);
    }

    /** What was billed over the day on which another tenant came is credited from there on, and issued to the new one. */
    Future<Void> split(Tx tx, RentWork work) {
        var day = tenantFrom(work);
        return accounts.lock(tx, work.leaseId())
                // first of all, so that who has the home is known where a part becomes credit
                .compose(account -> move(tx, work, account)
                        .compose(moved -> bills.lockOfLease(tx, work.leaseId()))
                        .compose(found -> {
                            Future<Void> done = Future.succeededFuture();
                            for (var main : rents(found)) {
                                var from = main.from().isBefore(day) ? day : main.from();
                                var passing = rents(found).stream()
                                        .filter(bill -> isWithin(bill, main))
                                        .filter(bill -> isOver(bill, day) || wasAskedOfAnother(bill, day, work.now()))
                                        .sorted(Comparator.comparing(Bill::from))
                                        .toList();
                                if (main.occasion().isEmpty() && !passing.isEmpty()) {
                                    done = done.compose(before -> pass(tx, work, account, main, passing, from));
                                }
                            }
                            return done;
                        })
                        .compose(passed -> settling.useCredit(tx, work.leaseId(), work.now())));
    }

    /** The first day of the newest tenant. */
    private static LocalDate tenantFrom(RentWork work) {
        var all = work.file().tenantsFrom();
        return all.get(all.size() - 1);
    }

    private static boolean isOver(Bill bill, LocalDate day) {
        return bill.from().isBefore(day) && !bill.to().isBefore(day);
    }

    /** Of days behind the change, due already and nothing of it paid: asked of who left, and now of who has the home. */
    private static boolean wasAskedOfAnother(Bill bill, LocalDate day, Instant now) {
        return !bill.from().isBefore(day)
                && bill.dueOn().isBefore(Shanghai.date(now))
                && bill.paidFen() == 0
                && bill.writtenOffFen() == 0
                && bill.creditableFen() > 0;
    }

    private static boolean isWithin(Bill bill, Bill main) {
        return !bill.from().isBefore(main.from()) && !bill.to().isAfter(main.to());
    }

    /**
     * The bill of the latest days gives first: where tenants changed before, it is that of who had the home last. Nobody is
     * late with what they were not asked for: it is due again no earlier than on the day of the change, nor before today.
     */
    private Future<Void> pass(Tx tx, RentWork work, Account account, Bill main, List<Bill> over, LocalDate from) {
        var last = main.to().isAfter(work.plan().lastDay()) ? work.plan().lastDay() : main.to();
        if (last.isBefore(from)) {
            return Future.succeededFuture();
        }
        var part = work.amount(from, last);
        var fen = Math.min(
                part.fen(), over.stream().mapToLong(Bill::creditableFen).sum());
        var subsidy = Math.min(
                part.subsidyFen(), over.stream().mapToLong(Bill::subsidyFen).sum());
        if (fen == 0) {
            return Future.succeededFuture();
        }
        var cause = new Cause("tenant:" + tenantFrom(work), "变更承租人", null);
        var dueOn = Stream.of(main.dueOn(), from, Shanghai.date(work.now()))
                .max(LocalDate::compareTo)
                .orElseThrow();
        var line = new Line(from, last, dueOn, new Amount(fen, Math.min(subsidy, fen)), true);
        return takeBack(tx, work, account, over, new Amount(-fen, -subsidy), cause)
                .compose(credited ->
                        issuing.issue(tx, account, work.bill(Charge.RENT, cause.occasion(), line, cause.reason())));
    }

    private static List<Bill> rents(List<Bill> found) {
        return found.stream().filter(bill -> bill.charge() == Charge.RENT).toList();
    }

    /** A lease that never began owes nothing. */
    Future<Void> withdraw(Tx tx, RentWork work) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> {
                            Future<Void> done = Future.succeededFuture();
                            for (var bill : found) {
                                var rest = bill.creditableFen();
                                if (rest > 0) {
                                    var cause = new Cause("withdrawn", "合同撤销", null);
                                    done = done.compose(before -> settling.credit(
                                            tx, account, bill.id(), rest, bill.subsidyFen(), cause, work.now()));
                                }
                            }
                            return done;
                        })
                        .compose(credited -> accounts.move(tx, work, account.billedTo(), null)));
    }
}
