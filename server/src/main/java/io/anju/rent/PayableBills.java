package io.anju.rent;

import io.anju.lease.LeaseService;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.payment.PaidOrder;
import io.anju.payment.Payable;
import io.anju.payment.Payables;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.BillStore.Settled;
import io.anju.rent.Settling.Source;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bills as what can be paid. */
public final class PayableBills implements Payables {
    private final LeaseService leases;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();
    private final Settling settling;

    public PayableBills(LeaseService leases, LedgerService ledger) {
        this.leases = leases;
        this.settling = new Settling(new Books(ledger));
    }

    @Override
    public Future<List<Payable>> lock(Tx tx, UUID residentId, List<UUID> billIds, Instant now) {
        return leases.leasesOf(tx, residentId)
                .compose(own -> bills.lock(tx, billIds)
                        .map(found -> found.stream()
                                .filter(bill -> new HashSet<>(own).contains(bill.leaseId()))
                                .map(PayableBills::payable)
                                .toList()));
    }

    private static Payable payable(Bill bill) {
        return new Payable(bill.id(), bill.leaseId(), bill.cityCode(), bill.dueFen(), true, title(bill));
    }

    private static String title(Bill bill) {
        return switch (bill.charge()) {
            case RENT -> bill.from() + "至" + bill.to() + "租金";
            case DEPOSIT -> "租赁押金";
            case AFTER_END -> bill.from() + "至" + bill.to() + "占用费";
        };
    }

    @Override
    public Future<List<Entry>> settle(Tx tx, PaidOrder order, Instant now) {
        var source = new Source("payment", order.orderId());
        return accounts.lock(tx, order.leaseId())
                .compose(account -> bills.lock(tx, order.billIds())
                        .compose(found -> settling.settle(tx, account, found, order.amountFen(), source, now))
                        .compose(left -> accounts.addCredit(tx, order.leaseId(), left)
                                .compose(added -> tell(tx, order))
                                .map(told -> credits(account, order.amountFen() - left, left)))
                        // the ledger learns of the payment from whoever took it, after the subsidies that follow it
                        .compose(entries -> settling.grant(tx, account, order.billIds(), now)
                                .map(entries)));
    }

    private static Future<Void> tell(Tx tx, PaidOrder order) {
        return Outbox.append(tx, "rent.paid", order.leaseId(), "{\"orderId\":\"" + order.orderId() + "\"}");
    }

    private static List<Entry> credits(Account account, long settledFen, long surplusFen) {
        var entries = new ArrayList<Entry>();
        if (settledFen > 0) {
            entries.add(Entry.credit(Books.receivable(account.cityCode(), account.leaseId()), settledFen));
        }
        if (surplusFen > 0) {
            entries.add(Entry.credit(Books.credit(account.cityCode(), account.leaseId()), surplusFen));
        }
        return entries;
    }

    @Override
    public Future<List<Entry>> giveBack(Tx tx, PaidOrder order, long amountFen, String refundNumber, Instant now) {
        return accounts.lock(tx, order.leaseId()).compose(account -> {
            var fromCredit = Math.min(account.creditFen(), amountFen);
            return accounts.addCredit(tx, order.leaseId(), -fromCredit)
                    .compose(taken -> bills.settledBy(tx, order.orderId()))
                    .compose(settled -> takeBack(tx, account, order, settled, amountFen - fromCredit, now))
                    .map(fromBills -> debits(account, fromCredit, fromBills));
        });
    }

    /** What the order settled first; what its surplus settled later, as credit, only after that. */
    private Future<Long> takeBack(
            Tx tx, Account account, PaidOrder order, List<Settled> settled, long fen, Instant now) {
        return bills.lockOfLease(tx, account.leaseId()).compose(found -> {
            Future<Long> left = Future.succeededFuture(fen);
            for (var one : settled) {
                left = left.compose(rest -> part(
                        tx, account, find(found, one.billId()), Math.min(rest, one.fen()), order.orderId(), rest, now));
            }
            var others = found.stream().sorted(Settling.OLDEST.reversed()).toList();
            for (var bill : others) {
                left = left.compose(rest -> rest == 0
                        ? Future.succeededFuture(0L)
                        : bills.find(tx, bill.id()).compose(fresh -> {
                            var paid = fresh.orElseThrow();
                            return part(tx, account, paid, Math.min(rest, paid.paidFen()), null, rest, now);
                        }));
            }
            return left.map(rest -> fen - rest);
        });
    }

    private static Bill find(List<Bill> found, UUID id) {
        return found.stream().filter(bill -> bill.id().equals(id)).findFirst().orElseThrow();
    }

    private Future<Long> part(
            Tx tx, Account account, Bill bill, long part, @Nullable UUID orderId, long rest, Instant now) {
        var most = Math.min(part, bill.paidFen());
        return most == 0
                ? Future.succeededFuture(rest)
                : settling.giveBack(tx, account, bill, most, orderId, now).map(rest - most);
    }

    private static List<Entry> debits(Account account, long fromCredit, long fromBills) {
        var entries = new ArrayList<Entry>();
        if (fromCredit > 0) {
            entries.add(Entry.debit(Books.credit(account.cityCode(), account.leaseId()), fromCredit));
        }
        if (fromBills > 0) {
            entries.add(Entry.debit(Books.receivable(account.cityCode(), account.leaseId()), fromBills));
        }
        return entries;
    }
}
