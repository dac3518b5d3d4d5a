package io.anju.rent;

import io.anju.platform.db.Tx;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Settling.Cause;
import io.anju.rent.Settling.Source;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What becomes of the deposit of a lease, and of its credit, when the lease is over. */
final class Deposits {
    private final Books books;
    private final Settling settling;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();

    Deposits(Books books, Settling settling) {
        this.books = books;
        this.settling = settling;
    }

    /** What is owed is taken from the deposit first; the rest becomes the household's credit. */
    Future<Void> settle(Tx tx, RentWork work) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> dropUnpaid(tx, work, account, found))
                        .compose(dropped -> settling.useCredit(tx, work.leaseId(), work.now()))
                        .compose(used -> books.held(tx, account))
                        .compose(held -> held == 0
                                ? Future.succeededFuture()
                                : bills.lockOfLease(tx, work.leaseId())
                                        .compose(found -> use(tx, work, account, found, held))));
    }

    private Future<Void> use(Tx tx, RentWork work, Account account, List<Bill> owed, long heldFen) {
        var spread = settling.settle(tx, owed, heldFen, Source.DEPOSIT, work.now());
        var rest = spread.leftFen();
        return spread.written()
                .compose(written -> accounts.addCredit(tx, work.leaseId(), rest))
                .compose(added -> books.depositSettled(tx, account, heldFen - rest, rest, work.now()))
                .compose(posted -> settling.grant(tx, account, spread.bills(), work.now()));
    }

    /** A deposit that was never paid holds nothing: what is open of it is taken back. */
    private Future<Void> dropUnpaid(Tx tx, RentWork work, Account account, List<Bill> found) {
        Future<Void> done = Future.succeededFuture();
        for (var bill : found) {
            if (bill.charge() == Charge.DEPOSIT && bill.openFen() > 0) {
                var cause = new Cause("never-paid", "押金未缴", null);
                done = done.compose(
                        before -> settling.credit(tx, account, bill.id(), bill.openFen(), 0L, cause, work.now()));
            }
        }
        return done;
    }

    /** The lease that follows takes over the deposit that is held, and the credit. */
    Future<Void> passOn(Tx tx, RentWork work, UUID next) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> dropUnpaid(tx, work, account, found))
                        .compose(dropped -> books.held(tx, account))
                        .compose(held -> accounts.addCredit(tx, work.leaseId(), -account.creditFen())
                                .compose(taken -> accounts.addCredit(tx, next, account.creditFen()))
                                .compose(given ->
                                        books.passed(tx, account, next, held, account.creditFen(), work.now()))));
    }
}
