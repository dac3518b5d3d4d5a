package io.anju.rent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.Shanghai;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.Bill.Charge;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What happens to bills, in the ledger's words. */
final class Books {
    private final LedgerService ledger;

    Books(LedgerService ledger) {
        this.ledger = ledger;
    }

    static AccountKey receivable(String cityCode, UUID leaseId) {
        return new AccountKey(cityCode, AccountKind.RECEIVABLE, leaseId.toString());
    }

    static AccountKey credit(String cityCode, UUID leaseId) {
        return new AccountKey(cityCode, AccountKind.TENANT_CREDIT, leaseId.toString());
    }

    static AccountKey deposit(Account account) {
        return new AccountKey(
                account.cityCode(), AccountKind.DEPOSIT, account.leaseId().toString());
    }

    private static AccountKey of(Account account, AccountKind kind, String owner) {
        return new AccountKey(account.cityCode(), kind, owner);
    }

    /** Where a bill's money is earned; a deposit is held, not earned. */
    private static AccountKey counter(Account account, Charge charge) {
        return switch (charge) {
            case DEPOSIT -> deposit(account);
            case LATE_FEE -> of(account, AccountKind.LATE_FEE_INCOME, account.provider());
            case RENT, AFTER_END -> of(account, AccountKind.RENT_INCOME, account.provider());
        };
    }

    static ObjectNode about(Bill bill) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("billId", bill.id().toString())
                .put("charge", bill.charge().id())
                .put("from", bill.from().toString())
                .put("to", bill.to().toString());
    }

    static NewPosting issued(Account account, Bill bill) {
        return new NewPosting(
                account.cityCode(),
                // a fee for a bill and a day is posted once, whatever its own id is
                bill.charge() == Charge.LATE_FEE ? "late-fee:" + bill.occasion() : "bill:" + bill.id(),
                kind(bill.charge()),
                Shanghai.date(bill.issuedAt()),
                about(bill),
                List.of(
                        Entry.debit(receivable(account.cityCode(), account.leaseId()), bill.amountFen()),
                        Entry.credit(counter(account, bill.charge()), bill.amountFen())));
    }

    private static PostingKind kind(Charge charge) {
        return switch (charge) {
            case DEPOSIT -> PostingKind.DEPOSIT;
            case LATE_FEE -> PostingKind.LATE_FEE;
            case RENT, AFTER_END -> PostingKind.BILL;
        };
    }

    /** Posts bills that were issued, and tells of them. */
    Future<Integer> issue(Tx tx, List<NewPosting> postings, Instant now) {
        return ledger.postAll(tx, postings, now)
                .compose(posted -> Outbox.appendAll(
                                tx,
                                postings.stream()
                                        .map(posting -> new Outbox.Draft(
                                                RentEvent.BILL_ISSUED.topic(), billId(posting), toTell(posting)))
                                        .toList())
                        .map(posted));
    }

    private static UUID billId(NewPosting posting) {
        return UUID.fromString(posting.about().path("billId").asText());
    }

    private static String toTell(NewPosting posting) {
        var debt = posting.entries().get(0);
        return RentEvent.about()
                .put("leaseId", debt.account().owner())
                .put("charge", posting.about().path("charge").asText())
                .put("amountFen", debt.amountFen())
                .toString();
    }

    private Future<Void> post(
            Tx tx, Account account, String key, PostingKind kind, ObjectNode about, List<Entry> entries, Instant now) {
        return ledger.post(tx, new NewPosting(account.cityCode(), key, kind, Shanghai.date(now), about, entries), now)
                .mapEmpty();
    }

    /**
     * A part of a bill is taken back.
     *
     * @param paidBackFen what was paid of it and becomes the lease's credit
     * @param subsidyBackFen what the subsidy bore of it
     */
    Future<Void> credited(
            Tx tx,
            Account account,
            Bill bill,
            BillStore.Note note,
            long paidBackFen,
            long subsidyBackFen,
            Instant now) {
        var entries = new ArrayList<Entry>();
        entries.add(Entry.debit(counter(account, bill.charge()), note.amountFen()));
        var debt = note.amountFen() - paidBackFen - subsidyBackFen;
        add(entries, receivable(account.cityCode(), account.leaseId()), -debt);
        add(entries, credit(account.cityCode(), account.leaseId()), -paidBackFen);
        add(entries, of(account, AccountKind.SUBSIDY_EXPENSE, account.programme()), -subsidyBackFen);
        return post(tx, account, "credit-note:" + note.id(), PostingKind.CREDIT_NOTE, about(bill), entries, now)
                .compose(posted -> RentEvent.CREDIT_NOTE_ISSUED.tell(
                        tx,
                        bill.id(),
                        RentEvent.about()
                                .put("leaseId", bill.leaseId().toString())
                                .put("amountFen", note.amountFen())
                                .put("creditFen", paidBackFen)));
    }

    private static void add(List<Entry> entries, AccountKey account, long fen) {
        if (fen != 0) {
            entries.add(new Entry(account, fen));
        }
    }

    /** The own share is settled, so the subsidy bears its part; or a payment went back, and the subsidy with it. */
    Future<Void> subsidised(Tx tx, Account account, Bill bill, long fen, Instant now) {
        var entries = List.of(
                new Entry(of(account, AccountKind.SUBSIDY_EXPENSE, account.programme()), fen),
                new Entry(receivable(account.cityCode(), account.leaseId()), -fen));
        var key = "subsidy:" + bill.id() + ":" + Ids.next(now);
        var event = fen > 0 ? RentEvent.SUBSIDY_GRANTED : RentEvent.SUBSIDY_TAKEN_BACK;
        return post(tx, account, key, PostingKind.SUBSIDY, about(bill), entries, now)
                .compose(posted -> event.tell(
                        tx,
                        bill.id(),
                        RentEvent.about()
                                .put("leaseId", bill.leaseId().toString())
                                .put("amountFen", Math.abs(fen))));
    }

    /** Credit of the lease is used for its debt. */
    Future<Void> creditUsed(Tx tx, Account account, long fen, Instant now) {
        var entries = List.of(
                Entry.debit(credit(account.cityCode(), account.leaseId()), fen),
                Entry.credit(receivable(account.cityCode(), account.leaseId()), fen));
        return post(
                        tx,
                        account,
                        "credit-used:" + Ids.next(now),
                        PostingKind.CREDIT_USED,
                        JsonNodeFactory.instance.objectNode(),
                        entries,
                        now)
                .compose(posted -> RentEvent.CREDIT_USED.tell(
                        tx, account.leaseId(), RentEvent.about().put("amountFen", fen)));
    }

    /** A deposit that nobody paid is no loss: less of it is held. */
    Future<Void> writtenOff(Tx tx, Account account, Bill bill, UUID writeOffId, long fen, Instant now) {
        var loss = bill.charge() == Charge.DEPOSIT
                ? deposit(account)
                : of(account, AccountKind.WRITE_OFF, account.provider());
        var entries =
                List.of(Entry.debit(loss, fen), Entry.credit(receivable(account.cityCode(), account.leaseId()), fen));
        return post(tx, account, "write-off:" + writeOffId, PostingKind.WRITE_OFF, about(bill), entries, now);
    }

    /** The deposit that is held for a lease, as a positive amount. */
    Future<Long> held(Tx tx, Account account) {
        return ledger.lockBalance(tx, deposit(account)).map(balance -> -balance);
    }

    /** The deposit settles what is owed; the rest is the household's. */
    Future<Void> depositSettled(Tx tx, Account account, long debtFen, long restFen, Instant now) {
        var entries = new ArrayList<Entry>();
        entries.add(Entry.debit(deposit(account), debtFen + restFen));
        add(entries, receivable(account.cityCode(), account.leaseId()), -debtFen);
        add(entries, credit(account.cityCode(), account.leaseId()), -restFen);
        var about = JsonNodeFactory.instance.objectNode();
        return post(tx, account, "deposit-settled:" + account.leaseId(), PostingKind.DEPOSIT, about, entries, now)
                .compose(posted -> RentEvent.DEPOSIT_SETTLED.tell(
                        tx,
                        account.leaseId(),
                        RentEvent.about().put("settledFen", debtFen).put("creditFen", restFen)));
    }

    /** The deposit and the credit of a lease pass to the one that follows. */
    Future<Void> passed(Tx tx, Account account, UUID next, long depositFen, long creditFen, Instant now) {
        var entries = new ArrayList<Entry>();
        var nextDeposit = new AccountKey(account.cityCode(), AccountKind.DEPOSIT, next.toString());
        add(entries, deposit(account), depositFen);
        add(entries, nextDeposit, -depositFen);
        add(entries, credit(account.cityCode(), account.leaseId()), creditFen);
        add(entries, credit(account.cityCode(), next), -creditFen);
        if (entries.isEmpty()) {
            return Future.succeededFuture();
        }
        var about = JsonNodeFactory.instance.objectNode().put("nextLeaseId", next.toString());
        return post(tx, account, "passed-on:" + account.leaseId(), PostingKind.ADJUSTMENT, about, entries, now)
                .compose(posted -> RentEvent.PASSED_ON.tell(
                        tx,
                        account.leaseId(),
                        RentEvent.about()
                                .put("nextLeaseId", next.toString())
                                .put("depositFen", depositFen)
                                .put("creditFen", creditFen)));
    }
}
