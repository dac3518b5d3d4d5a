package io.anju.rent;

import io.anju.lease.Tenancy;
import io.anju.ledger.LedgerService;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Settling.Cause;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bills as debts, for whoever follows them up: what is overdue, what being late costs, what is given back of that. */
public final class Debts {
    private final Books books;
    private final Settling settling;
    private final DebtStore store = new DebtStore();
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();

    public Debts(LedgerService ledger) {
        this.books = new Books(ledger);
        this.settling = new Settling(books);
    }

    /** Whose bills they are. */
    public record Debtor(UUID leaseId, String leaseNumber, String cityCode, String programme, long creditFen) {}

    /**
     * What a household owes, or owed, for some days of its home.
     *
     * @param ownedOn whose tenant of this day owes it
     * @param ownFen what was to be paid in all: without what was taken back and what a subsidy bears
     * @param dueFen what is still to be paid of it
     * @param pendingSubsidyFen what a subsidy bears as soon as the own share is paid
     * @param voided null where the subsidy, if there is one, is not void
     */
    public record Debt(
            UUID billId,
            UUID leaseId,
            Charge charge,
            LocalDate from,
            LocalDate to,
            LocalDate dueOn,
            LocalDate ownedOn,
            long ownFen,
            long dueFen,
            long pendingSubsidyFen,
            @Nullable Voided voided) {}

    /** A part of what is to be paid that a subsidy was to bear up to this day. */
    public record Voided(LocalDate on, long fen) {}

    /** What a bill was settled with on a day; below zero where it was given back. */
    public record Settled(UUID billId, LocalDate on, long fen) {}

    /** A bill of a lease. */
    public record LateBill(UUID billId, UUID leaseId) {}

    /**
     * A late fee to be billed.
     *
     * @param ofBillId the bill that was paid late
     * @param from first day that it is for
     * @param through last day that it is for
     */
    public record FeeOrder(
            UUID feeBillId, UUID leaseId, UUID ofBillId, LocalDate from, LocalDate through, long fen, String reason) {
        /** Names the fee: one for a bill and a day up to which it counts. */
        String occasion() {
            return ofBillId + ":" + through;
        }
    }

    /** Leases on which rent is overdue, in the order of their ids. */
    public Future<List<UUID>> overdueLeases(Sql sql, @Nullable UUID after, LocalDate today, int limit) {
        return store.overdueLeases(sql, after, today, limit);
    }

    /** Keeps everybody else from billing and settling these leases until commit. */
    public Future<List<Debtor>> lock(Tx tx, List<UUID> leases) {
        return store.lock(tx, leases);
    }

    /** What is overdue, by lease, the oldest first. */
    public Future<List<Debt>> overdue(Sql sql, List<UUID> leases, LocalDate today) {
        return store.overdue(sql, leases, today);
    }

    public Future<List<Debt>> ofBills(Sql sql, List<UUID> billIds) {
        return store.ofBills(sql, billIds);
    }

    /** What was paid or given back since an instant, after the day on which it was due. */
    public Future<List<LateBill>> paidLate(Sql sql, Instant since) {
        return store.paidLate(sql, since)
                .map(found -> found.stream()
                        .map(late -> new LateBill(late.billId(), late.leaseId()))
                        .toList());
    }

    /** Day by day what these bills were settled with. */
    public Future<List<Settled>> settled(Sql sql, List<UUID> billIds) {
        return store.settled(sql, billIds);
    }

    /** What is still to be paid of the late fees of a tenant's bills. */
    public Future<Long> feesDue(Sql sql, Tenancy own) {
        return store.feesDue(sql, own);
    }

    /** Bills late fees, each with its posting, and uses what credit the leases have. The accounts are locked. */
    public Future<Void> charge(Tx tx, List<FeeOrder> fees, LocalDate dueOn, Instant now) {
        if (fees.isEmpty()) {
            return Future.succeededFuture();
        }
        var ids = fees.stream().map(FeeOrder::feeBillId).toList();
        return store.insertFees(tx, fees, dueOn, now)
                .compose(inserted -> bills.lock(tx, ids))
                .compose(found -> accountsOf(tx, found)
                        .compose(byLease -> books.issue(
                                        tx,
                                        found.stream()
                                                .map(bill -> Books.issued(account(byLease, bill), bill))
                                                .toList(),
                                        now)
                                .compose(posted -> useCredit(tx, byLease, now))));
    }

    private static AccountStore.Account account(Map<UUID, AccountStore.Account> byLease, Bill bill) {
        return Optional.ofNullable(byLease.get(bill.leaseId())).orElseThrow();
    }

    private Future<Map<UUID, AccountStore.Account>> accountsOf(Tx tx, List<Bill> found) {
        return accounts.lockAll(tx, found.stream().map(Bill::leaseId).distinct().toList())
                .map(read ->
                        read.stream().collect(Collectors.toMap(AccountStore.Account::leaseId, Function.identity())));
    }

    private Future<Void> useCredit(Tx tx, Map<UUID, AccountStore.Account> byLease, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var account : byLease.values()) {
            if (account.creditFen() > 0) {
                done = done.compose(before -> settling.useCredit(tx, account.leaseId(), now));
            }
        }
        return done;
    }

    /**
     * Takes back a part of late fees, the newest first, as credit notes; gives how much could be. The account is locked.
     *
     * @param occasion what led to it: the same credits a bill once
     */
    public Future<Long> takeBack(Tx tx, UUID leaseId, List<UUID> feeBillIds, long fen, Why why, Instant now) {
        return accounts.lock(tx, leaseId)
                .compose(account -> bills.lock(tx, feeBillIds)
                        .compose(found -> {
                            Future<Long> left = Future.succeededFuture(fen);
                            for (var bill : found.stream()
                                    .sorted(Settling.OLDEST.reversed())
                                    .toList()) {
                                left = left.compose(rest -> takeBack(tx, leaseId, bill, rest, why, now));
                            }
                            return left;
                        })
                        .compose(rest -> settling.useCredit(tx, leaseId, now).map(fen - rest)));
    }

    /** Why a late fee is taken back, and by whom; null where the rules do it. */
    public record Why(
            String occasion, String reason, @Nullable UUID by) {}

    private Future<Long> takeBack(Tx tx, UUID leaseId, Bill bill, long rest, Why why, Instant now) {
        var part = Math.min(rest, bill.creditableFen());
        if (part == 0 || bill.charge() != Charge.LATE_FEE || !bill.leaseId().equals(leaseId)) {
            return Future.succeededFuture(rest);
        }
        var cause = new Cause(why.occasion(), why.reason(), why.by());
        return accounts.lock(tx, leaseId)
                .compose(account -> settling.credit(tx, account, bill.id(), part, 0L, cause, now))
                .map(rest - part);
    }

    /** The subsidies of these bills are void as far as they were not granted: the whole rent is due. */
    public Future<Integer> voidSubsidy(Tx tx, List<UUID> billIds, LocalDate today) {
        return bills.lock(tx, billIds).compose(locked -> store.voidSubsidy(tx, billIds, today));
    }

    /** Any bill, for rooms that act by themselves. */
    public Future<Optional<Bill>> find(Sql sql, UUID billId) {
        return bills.find(sql, billId);
    }
}
