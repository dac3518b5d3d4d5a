package io.anju.rent;

import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Bill.Charge;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import io.anju.rent.Settling.Cause;
import io.anju.rent.Settling.Source;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What becomes of the deposit of a lease, and of its credit: both are of whoever has the home, pass on with it, and pay no
 * debt of anybody who had it before.
 */
final class Deposits {
    private final Books books;
    private final Settling settling;
    private final Issuing issuing;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();

    Deposits(Books books, Settling settling, Issuing issuing) {
        this.books = books;
        this.settling = settling;
        this.issuing = issuing;
    }

    /** What is open of the deposit when the home passes on is asked of who comes: who leaves has nothing to secure. */
    Future<Void> askNext(Tx tx, RentWork work) {
        var tenants = work.file().tenantsFrom();
        var day = tenants.get(tenants.size() - 1);
        var today = Shanghai.date(work.now());
        var cause = new Cause("tenant:" + day, "变更承租人", null);
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId()).compose(found -> {
                    var openFen = unpaid(found).mapToLong(Bill::openFen).sum();
                    var dueOn = day.isBefore(today) ? today : day;
                    var line = new Line(day, day, dueOn, new Amount(openFen, 0), true);
                    return drop(tx, work, account, found, cause)
                            .compose(dropped -> issuing.issue(
                                    tx, account, work.bill(Charge.DEPOSIT, cause.occasion(), line, cause.reason())));
                }));
    }

    /** What the last tenant owes is taken from the deposit first; the rest becomes this tenant's credit. */
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
        var own = owed.stream().filter(Settling.ofPresent(account, work.now())).toList();
        var spread = settling.settle(tx, own, heldFen, Source.DEPOSIT, work.now());
        var rest = spread.leftFen();
        return spread.written()
                .compose(written -> accounts.addCredit(tx, work.leaseId(), rest))
                .compose(added -> books.depositSettled(tx, account, heldFen - rest, rest, work.now()))
                .compose(posted -> settling.grant(tx, account, spread.bills(), work.now()));
    }

    /** A deposit that was never paid holds nothing: what is open of it is taken back. */
    private Future<Void> dropUnpaid(Tx tx, RentWork work, Account account, List<Bill> found) {
        return drop(tx, work, account, found, new Cause("never-paid", "押金未缴", null));
    }

    private Future<Void> drop(Tx tx, RentWork work, Account account, List<Bill> found, Cause cause) {
        Future<Void> done = Future.succeededFuture();
        for (var bill : unpaid(found).toList()) {
            done = done.compose(
                    before -> settling.credit(tx, account, bill.id(), bill.openFen(), 0L, cause, work.now()));
        }
        return done;
    }

    private static Stream<Bill> unpaid(List<Bill> found) {
        return found.stream().filter(bill -> bill.charge() == Charge.DEPOSIT && bill.openFen() > 0);
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
