package io.anju.rent;

import io.anju.platform.db.Tx;
import io.anju.policy.TenancyFacts;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Bill.Charge;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;

/** Issues bills of one lease: outside of the runs, when something happens to it. */
final class Issuing {
    private final Books books;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();
    private final Settling settling;

    Issuing(Books books, Settling settling) {
        this.books = books;
        this.settling = settling;
    }

    /** Issues one bill with its posting, unless it was issued before. */
    Future<Void> issue(Tx tx, Account account, Bill bill) {
        return bill.amountFen() == 0
                ? Future.succeededFuture()
                : bills.insert(tx, bill)
                        .compose(isNew -> isNew
                                ? books.issue(tx, List.of(Books.issued(account, bill)), bill.issuedAt())
                                : Future.succeededFuture(0))
                        .compose(posted -> bill.dueFen() == 0
                                ? settling.grantNow(tx, account, bill.id(), bill.issuedAt())
                                : Future.succeededFuture());
    }

    /** The final bill: whatever was not billed up to the last day, by days. */
    Future<Void> issueRest(Tx tx, RentWork work) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> {
                    Future<Void> done = Future.succeededFuture();
                    var billedTo = account.billedTo();
                    for (var line : work.lines()) {
                        if (line.from().isAfter(billedTo)) {
                            done = done.compose(before -> issue(tx, account, work.bill(Charge.RENT, "", line, null)));
                        }
                    }
                    var last = work.plan().lastDay();
                    var end = last.isAfter(billedTo) ? last : billedTo;
                    return done.compose(issued -> accounts.move(tx, work, end, null));
                })
                .compose(moved -> settling.useCredit(tx, work.leaseId(), work.now()));
    }

    /** What the rules say about the days between the end of the contract and the return of the home, by months. */
    Future<Void> issueStay(Tx tx, RentWork work, TenancyFacts tenancy, LocalDate lastDay, LocalDate returnedOn) {
        if (!returnedOn.isAfter(lastDay)) {
            return Future.succeededFuture();
        }
        return accounts.lock(tx, work.leaseId()).compose(account -> {
            Future<Void> done = Future.succeededFuture();
            var endedOn = lastDay.plusDays(1);
            var number = 0;
            for (var from = endedOn; !from.isAfter(returnedOn); number++) {
                var to = endedOn.plusMonths(number + 1L).minusDays(1);
                var line = RentPolicy.stay(work.rules(), tenancy, endedOn, from, to, returnedOn);
                done = done.compose(before -> issue(tx, account, work.bill(Charge.AFTER_END, "", line, null)));
                from = to.plusDays(1);
            }
            return done;
        });
    }
}
