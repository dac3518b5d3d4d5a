package io.anju.rent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.payment.PaidOrder;
import io.anju.payment.Payable;
import io.anju.payment.Payables;
import io.anju.platform.db.Tx;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Settling.Source;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Bills as what can be paid. */
public final class PayableBills implements Payables {
    private final LeaseService leases;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();
    private final Settling settling;
    private final Refunding refunding;

    public PayableBills(LeaseService leases, LedgerService ledger) {
        this.leases = leases;
        this.settling = new Settling(new Books(ledger));
        this.refunding = new Refunding(leases, settling);
    }

    @Override
    public Future<List<Payable>> lock(Tx tx, UUID residentId, List<UUID> billIds, Instant now) {
        return leases.tenancies(tx, residentId)
                .compose(own -> bills.lock(tx, billIds)
                        .map(found -> found.stream()
                                .flatMap(bill -> own.stream().filter(bill::isOf).map(one -> payable(bill, one)))
                                .toList()));
    }

    /** The lease's credit is for whoever has the home: who has left, or will, pays what is due and nothing ahead. */
    private static Payable payable(Bill bill, Tenancy own) {
        return new Payable(bill.id(), bill.leaseId(), bill.cityCode(), bill.dueFen(), true, own.isHeld(), title(bill));
    }

    private static String title(Bill bill) {
        return switch (bill.charge()) {
            case RENT -> bill.from() + "至" + bill.to() + "租金";
            case DEPOSIT -> "租赁押金";
            case AFTER_END -> bill.from() + "至" + bill.to() + "占用费";
            case LATE_FEE -> bill.from() + "至" + bill.to() + "滞纳金";
        };
    }

    @Override
    public Future<List<Entry>> settle(Tx tx, PaidOrder order, Instant now) {
        // both go out at once; the connection locks the account first, as everyone does
        var account = accounts.lock(tx, order.leaseId());
        var found = bills.lock(tx, order.billIds());
        return Future.all(account, found).compose(locked -> settle(tx, order, account.result(), found.result(), now));
    }

    private Future<List<Entry>> settle(Tx tx, PaidOrder order, Account account, List<Bill> owed, Instant now) {
        var source = new Source("payment", order.orderId());
        var spread = settling.settle(tx, owed, order.amountFen(), source, now);
        var left = spread.leftFen();
        return Future.all(spread.written(), accounts.addCredit(tx, order.leaseId(), left), tell(tx, order, left))
                // the ledger learns of the payment from whoever took it, after the subsidies that follow it
                .compose(written -> settling.grant(tx, account, spread.bills(), now))
                .map(credits(account, order.amountFen() - left, left));
    }

    private static Future<Void> tell(Tx tx, PaidOrder order, long surplusFen) {
        return RentEvent.PAID.tell(
                tx, order.leaseId(), about(order, order.amountFen()).put("creditFen", surplusFen));
    }

    private static ObjectNode about(PaidOrder order, long fen) {
        return RentEvent.about().put("orderId", order.orderId().toString()).put("amountFen", fen);
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
        return refunding
                .giveBack(tx, order, amountFen, now)
                .compose(entries -> RentEvent.PAYMENT_RETURNED
                        .tell(tx, order.leaseId(), about(order, amountFen))
                        .map(entries));
    }
}
