package io.anju.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.payment.PaidOrder;
import io.anju.payment.Payable;
import io.anju.payment.Payables;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A biller that keeps what is due in the ledger alone, one debt account for each bill: for tests of payments that want
 * many bills and nothing of leases.
 */
public final class Biller implements Payables {
    public static final String CITY = "370200";

    private final LedgerService ledger = new LedgerService();
    private final Map<UUID, Bill> bills = new ConcurrentHashMap<>();

    public record Bill(UUID id, UUID leaseId, Set<UUID> payers, boolean partialAllowed) {}

    /** A new bill of this lease that these residents may pay. */
    public Bill bill(Anju anju, UUID leaseId, long fen, boolean partialAllowed, UUID... payers) {
        var bill = new Bill(UUID.randomUUID(), leaseId, Set.of(payers), partialAllowed);
        bills.put(bill.id(), bill);
        change(anju, bill, fen, "bill:");
        return bill;
    }

    /** A bill of a lease of its own. */
    public Bill bill(Anju anju, long fen, UUID... payers) {
        return bill(anju, UUID.randomUUID(), fen, true, payers);
    }

    /** Bills of leases of their own, as many as there are payers, in few postings. */
    public List<Bill> bills(Anju anju, long fen, List<UUID> payers) {
        var made = payers.stream()
                .map(payer -> new Bill(UUID.randomUUID(), UUID.randomUUID(), Set.of(payer), true))
                .toList();
        made.forEach(bill -> bills.put(bill.id(), bill));
        var now = anju.clock().instant();
        for (int from = 0; from < made.size(); from += 1_000) {
            var postings = made.subList(from, Math.min(from + 1_000, made.size())).stream()
                    .map(bill -> posting(bill, fen, "bill:" + bill.id(), now))
                    .toList();
            Anju.await(anju.db().inTransaction(tx -> ledger.postAll(tx, postings, now)));
        }
        return made;
    }

    /** Takes so much of a debt back, as a credit note does. */
    public void creditNote(Anju anju, Bill bill, long fen) {
        change(anju, bill, -fen, "note:" + UUID.randomUUID() + ":");
    }

    private void change(Anju anju, Bill bill, long fen, String key) {
        var now = anju.clock().instant();
        Anju.await(anju.db().inTransaction(tx -> ledger.post(tx, posting(bill, fen, key + bill.id(), now), now)));
    }

    private static NewPosting posting(Bill bill, long fen, String key, Instant now) {
        return new NewPosting(
                CITY,
                key,
                PostingKind.BILL,
                Shanghai.date(now),
                JsonNodeFactory.instance.objectNode(),
                List.of(new Entry(debt(bill.id()), fen), new Entry(income(), -fen)));
    }

    public static AccountKey debt(UUID billId) {
        return new AccountKey(CITY, AccountKind.RECEIVABLE, billId.toString());
    }

    public static AccountKey credit(UUID leaseId) {
        return new AccountKey(CITY, AccountKind.TENANT_CREDIT, leaseId.toString());
    }

    private static AccountKey income() {
        return new AccountKey(CITY, AccountKind.RENT_INCOME, "city-housing");
    }

    public long dueFen(Anju anju, Bill bill) {
        return Anju.await(ledger.balance(anju.db(), debt(bill.id())));
    }

    public long creditFen(Anju anju, UUID leaseId) {
        return -Anju.await(ledger.balance(anju.db(), credit(leaseId)));
    }

    @Override
    public Future<List<Payable>> lock(Tx tx, UUID residentId, List<UUID> billIds, Instant now) {
        var mine = billIds.stream()
                .filter(bills::containsKey)
                .map(bills::get)
                .filter(bill -> bill.payers().contains(residentId))
                .toList();
        return lockDue(tx, mine.stream().map(Bill::id).toList())
                .map(due -> mine.stream()
                        .map(bill -> new Payable(
                                bill.id(),
                                bill.leaseId(),
                                CITY,
                                Objects.requireNonNull(due.get(bill.id())),
                                bill.partialAllowed(),
                                true,
                                "2026年3月租金"))
                        .toList());
    }

    private Future<Map<UUID, Long>> lockDue(Tx tx, List<UUID> billIds) {
        var due = new HashMap<UUID, Long>();
        Future<Void> done = Future.succeededFuture();
        for (var billId : billIds) {
            done = done.compose(before -> ledger.lockBalance(tx, debt(billId)))
                    .onSuccess(fen -> due.put(billId, fen))
                    .mapEmpty();
        }
        return done.map(due);
    }

    @Override
    public Future<List<Entry>> settle(Tx tx, PaidOrder order, Instant now) {
        return lockDue(tx, order.billIds()).map(due -> {
            var credits = new ArrayList<Entry>();
            var left = order.amountFen();
            for (var billId : order.billIds()) {
                var fen = Math.min(left, Objects.requireNonNull(due.get(billId)));
                if (fen > 0) {
                    credits.add(Entry.credit(debt(billId), fen));
                    left -= fen;
                }
            }
            if (left > 0) {
                credits.add(Entry.credit(credit(order.leaseId()), left));
            }
            return credits;
        });
    }

    @Override
    public Future<List<Entry>> giveBack(Tx tx, PaidOrder order, long amountFen, String refundNumber, Instant now) {
        return ledger.lockBalance(tx, credit(order.leaseId())).map(balance -> {
            var debits = new ArrayList<Entry>();
            var fromCredit = Math.min(amountFen, -balance);
            if (fromCredit > 0) {
                debits.add(Entry.debit(credit(order.leaseId()), fromCredit));
            }
            if (amountFen > fromCredit) {
                debits.add(Entry.debit(debt(order.billIds().get(0)), amountFen - fromCredit));
            }
            return debits;
        });
    }
}
