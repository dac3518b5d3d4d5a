package io.anju.rent;

import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Bill.SubsidyState;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How bills are settled, and how what was settled is taken back. The lease's account is locked by the caller. */
final class Settling {
    /** The oldest due first. */
    static final Comparator<Bill> OLDEST = Comparator.comparing(Bill::dueOn).thenComparing(Bill::id);

    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();
    private final Books books;

    Settling(Books books) {
        this.books = books;
    }

    /** Where money for bills comes from. */
    record Source(String name, @Nullable UUID orderId) {
        static final Source CREDIT = new Source("credit", null);
        static final Source DEPOSIT = new Source("deposit", null);
    }

    /**
     * Money spread over bills: known at once, so that whoever has more to write need not wait for it.
     *
     * @param bills as they are after it
     * @param leftFen what no bill asked for
     * @param written done when the parts are
     */
    record Spread(List<Bill> bills, long leftFen, Future<Void> written) {}

    /** Settles what is due on the bills, each of them once and locked, the oldest first. */
    Spread settle(Tx tx, List<Bill> of, long fen, Source source, Instant now) {
        var left = fen;
        var parts = new ArrayList<BillStore.Part>();
        var after = new ArrayList<Bill>();
        for (var bill : of.stream().sorted(OLDEST).toList()) {
            var part = Math.min(left, bill.dueFen());
            if (part > 0) {
                parts.add(new BillStore.Part(bill.id(), part, bill.subsidyState()));
            }
            after.add(bill.paid(part));
            left -= part;
        }
        return new Spread(after, left, bills.allocate(tx, parts, source.name(), source.orderId(), now));
    }

    /** Grants what the bills, locked, have earned by now: subsidies follow the payment of the own share (先交后补). */
    Future<Void> grant(Tx tx, Account account, List<Bill> of, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var bill : of) {
            if (bill.earnsSubsidy()) {
                done = done.compose(before -> bills.setSubsidy(tx, bill.id(), SubsidyState.GRANTED))
                        .compose(set -> books.subsidised(tx, account, bill, bill.subsidyFen(), now));
            }
        }
        return done;
    }

    /** As {@link #grant}, for a bill that has changed since it was read. */
    Future<Void> grantNow(Tx tx, Account account, UUID billId, Instant now) {
        return bills.lock(tx, List.of(billId)).compose(found -> grant(tx, account, found, now));
    }

    /** Uses the lease's credit for what is due on its bills: what former tenants owe is not paid of it. */
    Future<Void> useCredit(Tx tx, UUID leaseId, Instant now) {
        return accounts.lock(tx, leaseId)
                .compose(account -> account.creditFen() == 0
                        ? Future.succeededFuture()
                        : use(tx, account, account.creditFen(), ofPresent(account, now), now));
    }

    /** What is owed by whoever has the home now, or had it last: whatever belongs to the home pays this alone. */
    static Predicate<Bill> ofPresent(Account account, Instant now) {
        var since = account.tenantSince(Shanghai.date(now));
        return bill -> !bill.isOfBefore(since);
    }

    private Future<Void> use(Tx tx, Account account, long fen, Predicate<Bill> which, Instant now) {
        return bills.lockOfLease(tx, account.leaseId()).compose(found -> {
            var those = found.stream().filter(which).toList();
            return used(tx, account, fen, settle(tx, those, fen, Source.CREDIT, now), now);
        });
    }

    private Future<Void> used(Tx tx, Account account, long mostFen, Spread spread, Instant now) {
        var fen = mostFen - spread.leftFen();
        return fen == 0
                ? spread.written()
                : spread.written()
                        .compose(written -> accounts.addCredit(tx, account.leaseId(), -fen))
                        .compose(taken -> books.creditUsed(tx, account, fen, now))
                        .compose(posted -> grant(tx, account, spread.bills(), now));
    }

    /** Why a part of a bill is taken back. */
    record Cause(String occasion, String reason, @Nullable UUID by) {}

    /**
     * Takes a part of a bill back. What was paid of it and is owed no more becomes the lease's credit.
     *
     * @param subsidyFen how much of it the subsidy bore, as far as the bill bears that; null for what goes beyond the own
     *     share
     */
    Future<Void> credit(
            Tx tx, Account account, UUID billId, long fen, @Nullable Long subsidyFen, Cause cause, Instant now) {
        return bills.lock(tx, List.of(billId))
                .map(found -> found.stream().findFirst().orElseThrow())
                .compose(bill -> {
                    if (fen > bill.creditableFen()) {
                        return Refusal.failed(RentProblem.CREDITED_ALREADY);
                    }
                    var subsidy = bill.subsidyOf(fen, subsidyFen);
                    var granted = bill.subsidyState() == SubsidyState.GRANTED ? subsidy : 0;
                    var bornByOthers = bill.subsidyState() == SubsidyState.VOID ? 0 : subsidy;
                    var paidBack = Math.max(0, fen - bornByOthers - bill.dueFen());
                    var note = new BillStore.Note(
                            Ids.next(now), billId, cause.occasion(), fen, subsidy, cause.reason(), cause.by(), now);
                    return bills.credit(tx, note, paidBack)
                            .compose(credited -> accounts.addCredit(tx, account.leaseId(), paidBack))
                            .compose(added -> books.credited(tx, account, bill, note, paidBack, granted, now))
                            .compose(posted -> grantNow(tx, account, billId, now))
                            .compose(granting -> useOfFormer(tx, account, bill, paidBack, now));
                });
    }

    /** What becomes credit of a bill of a former tenant pays what this tenant owes, before it is the home's. */
    private Future<Void> useOfFormer(Tx tx, Account before, Bill bill, long fen, Instant now) {
        return fen == 0
                ? Future.succeededFuture()
                : accounts.lock(tx, before.leaseId())
                        .compose(account -> ofPresent(account, now).test(bill)
                                ? Future.succeededFuture()
                                : use(tx, account, fen, other -> account.isSameTenant(bill, other), now));
    }

    /** Gives back what was settled on a bill: it is due again, and a subsidy that had followed waits again. */
    Future<Void> giveBack(Tx tx, Account account, Bill bill, long fen, @Nullable UUID orderId, Instant now) {
        var wasGranted = bill.subsidyState() == SubsidyState.GRANTED;
        var state = wasGranted ? SubsidyState.PENDING : bill.subsidyState();
        return bills.allocate(tx, List.of(new BillStore.Part(bill.id(), -fen, state)), "refund", orderId, now)
                .compose(given -> wasGranted && bill.subsidyFen() > 0
                        ? books.subsidised(tx, account, bill, -bill.subsidyFen(), now)
                        : Future.succeededFuture());
    }
}
