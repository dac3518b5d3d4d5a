package io.anju.rent;

import io.anju.lease.LeaseService;
import io.anju.ledger.AccountKey;
import io.anju.ledger.Entry;
import io.anju.payment.PaidOrder;
import io.anju.platform.db.Tx;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.BillStore.Settled;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back to whoever paid: of the lease's credit first, then of the bills that the order settled, which are
 * due again. What a lease held when it ended has passed to the one that followed, and is found there.
 */
final class Refunding {
    private final LeaseService leases;
    private final Settling settling;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();

    Refunding(LeaseService leases, Settling settling) {
        this.leases = leases;
        this.settling = settling;
    }

    /** What has been found so far, as debits, and what is still looked for. */
    private record Found(List<Entry> debits, long missingFen) {
        Found and(AccountKey account, long fen) {
            var all = new ArrayList<Entry>();
            var sum = fen;
            for (var debit : debits) {
                if (debit.account().equals(account)) {
                    sum += debit.amountFen();
                } else {
                    all.add(debit);
                }
            }
            all.add(Entry.debit(account, sum));
            return new Found(all, missingFen - fen);
        }
    }

    /** Gives the debits; they come to the amount. */
    Future<List<Entry>> giveBack(Tx tx, PaidOrder order, long fen, Instant now) {
        return chain(tx, order.leaseId())
                .compose(chain -> each(chain, new Found(List.of(), fen), (found, one) -> credit(tx, one, found))
                        .compose(found -> bills.settledBy(tx, order.orderId())
                                .compose(settled ->
                                        each(chain, found, (rest, one) -> bills(tx, one, order, settled, rest, now)))))
                .map(found -> {
                    if (found.missingFen() != 0) {
                        throw new IllegalStateException("order " + order.orderId() + " paid " + found.missingFen()
                                + " fen that no lease holds any more");
                    }
                    return found.debits();
                });
    }

    /** The account of the order's lease and of those that took over what it held, locked in the order in which they follow. */
    private Future<List<Account>> chain(Tx tx, UUID leaseId) {
        return accounts.lock(tx, leaseId)
                .compose(account -> leases.successors(tx, leaseId).compose(later -> {
                    var locked = Future.succeededFuture(List.of(account));
                    for (var id : later) {
                        locked = locked.compose(before -> accounts.lock(tx, id)
                                .map(next -> Stream.concat(before.stream(), Stream.of(next))
                                        .toList()));
                    }
                    return locked;
                }));
    }

    private static <T> Future<Found> each(List<T> all, Found start, BiFunction<Found, T, Future<Found>> step) {
        var done = Future.succeededFuture(start);
        for (var one : all) {
            done = done.compose(
                    found -> found.missingFen() == 0 ? Future.succeededFuture(found) : step.apply(found, one));
        }
        return done;
    }

    private Future<Found> credit(Tx tx, Account account, Found found) {
        var part = Math.min(account.creditFen(), found.missingFen());
        return part == 0
                ? Future.succeededFuture(found)
                : accounts.addCredit(tx, account.leaseId(), -part)
                        .map(taken -> found.and(Books.credit(account.cityCode(), account.leaseId()), part));
    }

    /** A part of a bill that may be taken back. */
    private record Part(Bill bill, long mostFen, @Nullable UUID orderId) {}

    /** What the order settled first; what its surplus settled later, as credit, only after that, and the newest first. */
    private Future<Found> bills(
            Tx tx, Account account, PaidOrder order, List<Settled> settled, Found found, Instant now) {
        return bills.lockOfLease(tx, account.leaseId()).compose(own -> {
            var byOrder = new ArrayList<Part>();
            for (var one : settled) {
                own.stream()
                        .filter(bill -> bill.id().equals(one.billId()))
                        .forEach(bill -> byOrder.add(new Part(bill, one.fen(), order.orderId())));
            }
            var others = own.stream()
                    .sorted(Settling.OLDEST.reversed())
                    .map(bill -> new Part(bill, Long.MAX_VALUE, null))
                    .toList();
            return each(byOrder, found, (rest, part) -> takeBack(tx, account, part, rest, now))
                    .compose(rest -> each(others, rest, (left, part) -> takeBack(tx, account, part, left, now)));
        });
    }

    private Future<Found> takeBack(Tx tx, Account account, Part part, Found found, Instant now) {
        // a bill may be met twice, as the order's own and as one of the others
        return bills.find(tx, part.bill().id()).compose(fresh -> {
            var bill = fresh.orElseThrow();
            var fen = Math.min(Math.min(part.mostFen(), bill.paidFen()), found.missingFen());
            return fen <= 0
                    ? Future.succeededFuture(found)
                    : settling.giveBack(tx, account, bill, fen, part.orderId(), now)
                            .map(given -> found.and(Books.receivable(account.cityCode(), account.leaseId()), fen));
        });
    }
}
