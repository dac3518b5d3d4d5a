package io.anju.rent;

import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.ledger.AccountKey;
import io.anju.ledger.Entry;
import io.anju.payment.PaidOrder;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.BillStore.Settled;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back to whoever paid: of the lease's credit first, where the payer has the home; then of the payer's own
 * bills, those that the order settled before the others, which are due again. What these do not come to has passed on with
 * the home, or with the lease to the one that followed, and is found there: it never is more than what passed on, because
 * what somebody paid and did not get back is on their own bills or has passed on.
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
                .compose(chain -> payer(tx, order, chain.get(0), now)
                        .compose(payer -> bills.settledBy(tx, order.orderId()).compose(settled -> {
                            var back = new Back(tx, order.orderId(), settled, now);
                            var own = chain.stream().filter(payer::hasCredit).toList();
                            var others = chain.stream()
                                    .filter(one -> !own.contains(one))
                                    .toList();
                            return each(own, new Found(List.of(), fen), (found, one) -> credit(tx, one, found))
                                    .compose(found ->
                                            each(chain, found, (rest, one) -> bills(back, one, payer::owes, rest)))
                                    .compose(found -> each(others, found, (rest, one) -> credit(tx, one, rest)))
                                    .compose(found ->
                                            each(chain, found, (rest, one) -> bills(back, one, bill -> true, rest)));
                        })))
                .map(found -> {
                    if (found.missingFen() != 0) {
                        throw new IllegalStateException("order " + order.orderId() + " paid " + found.missingFen()
                                + " fen that no lease holds any more");
                    }
                    return found.debits();
                });
    }

    /**
     * Whose money it is.
     *
     * @param own days of whoever paid; empty where that is not known any more
     * @param account of the lease that the order was for
     * @param isOfFormer whether the payer has left, or has paid a former tenant's bill, as a co-tenant may have who stayed
     */
    private record Payer(List<Tenancy> own, LocalDate today, Account account, boolean isOfFormer) {
        boolean hasCredit(Account any) {
            return !isOfFormer && (own.isEmpty() || own.stream().anyMatch(one -> has(any, one)));
        }

        /** Before a lease begins, its first tenant has what is paid already. */
        private boolean has(Account any, Tenancy one) {
            var isToCome =
                    one.from().isAfter(today) && account.laterTenantsFrom().contains(one.from());
            return one.leaseId().equals(any.leaseId()) && isBeforeEnd(one) && !isToCome;
        }

        private boolean isBeforeEnd(Tenancy one) {
            return one.until() == null || today.isBefore(one.until());
        }

        boolean owes(Bill bill) {
            return bill.isOfBefore(account.tenantSince(today)) == isOfFormer
                    && (own.isEmpty() || own.stream().anyMatch(bill::isOf));
        }
    }

    private Future<Payer> payer(Tx tx, PaidOrder order, Account account, Instant now) {
        var today = Shanghai.date(now);
        return leases.tenancies(tx, order.residentId())
                // money that has gone back is booked even where the payer's account is erased; the bills say whose it
                // was
                .recover(e -> e instanceof Refusal refusal && refusal.code() == PlatformProblem.NOT_FOUND
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(e))
                .compose(own -> bills.all(tx, order.billIds()).map(paid -> {
                    var hasLeft = own.stream()
                            .anyMatch(one -> one.leaseId().equals(account.leaseId())
                                    && one.until() != null
                                    && !today.isBefore(one.until()));
                    var since = account.tenantSince(today);
                    var isOfFormer = hasLeft || paid.stream().anyMatch(bill -> bill.isOfBefore(since));
                    return new Payer(own, today, account, isOfFormer);
                }));
    }

    /** What is the same for all that is taken back of one order. */
    private record Back(Tx tx, UUID orderId, List<Settled> settled, Instant now) {}

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
    private Future<Found> bills(Back back, Account account, Predicate<Bill> which, Found found) {
        return bills.lockOfLease(back.tx(), account.leaseId()).compose(all -> {
            var own = all.stream().filter(which).toList();
            var byOrder = new ArrayList<Part>();
            for (var one : back.settled()) {
                own.stream()
                        .filter(bill -> bill.id().equals(one.billId()))
                        .forEach(bill -> byOrder.add(new Part(bill, one.fen(), back.orderId())));
            }
            var others = own.stream()
                    .sorted(Settling.OLDEST.reversed())
                    .map(bill -> new Part(bill, Long.MAX_VALUE, null))
                    .toList();
            return each(byOrder, found, (rest, part) -> takeBack(back, account, part, rest))
                    .compose(rest -> each(others, rest, (left, part) -> takeBack(back, account, part, left)));
        });
    }

    private Future<Found> takeBack(Back back, Account account, Part part, Found found) {
        // a bill may be met twice, as the order's own and as one of the others
        return bills.find(back.tx(), part.bill().id()).compose(fresh -> {
            var bill = fresh.orElseThrow();
            var fen = Math.min(Math.min(part.mostFen(), bill.paidFen()), found.missingFen());
            return fen <= 0
                    ? Future.succeededFuture(found)
                    : settling.giveBack(back.tx(), account, bill, fen, part.orderId(), back.now())
                            .map(given -> found.and(Books.receivable(account.cityCode(), account.leaseId()), fen));
        });
    }
}
