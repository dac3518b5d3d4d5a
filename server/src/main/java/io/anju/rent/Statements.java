package io.anju.rent;

import io.anju.lease.Lease;
import io.anju.lease.Tenancy;
import io.anju.ledger.AccountEntry;
import io.anju.ledger.AccountKey;
import io.anju.ledger.LedgerService;
import io.anju.ledger.PostingKind;
import io.anju.platform.db.Sql;
import io.anju.platform.time.Shanghai;
import io.anju.rent.Statement.Line;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Statements as the ledger has them: what a lease owes less what it has as credit. */
final class Statements {
    private static final int AT_ONCE = 500;

    private final LedgerService ledger;
    private final OwnBillStore bills = new OwnBillStore();

    Statements(LedgerService ledger) {
        this.ledger = ledger;
    }

    Future<Statement> of(Sql sql, Lease lease, LocalDate from, LocalDate to) {
        var debt = Books.receivable(lease.cityCode(), lease.id());
        var credit = Books.credit(lease.cityCode(), lease.id());
        // the database keeps microseconds
        var before = Shanghai.startOf(from).minusNanos(1_000);
        var end = Shanghai.startOf(to.plusDays(1)).minusNanos(1_000);
        var opening = Future.all(ledger.balanceAt(sql, debt, before), ledger.balanceAt(sql, credit, before));
        var closing = Future.all(ledger.balanceAt(sql, debt, end), ledger.balanceAt(sql, credit, end));
        return opening.compose(opened -> closing.compose(closed -> since(sql, debt, before, null, new ArrayList<>())
                .compose(debts -> since(sql, credit, before, null, debts))
                .map(entries -> statement(
                        lease,
                        from,
                        to,
                        opened.<Long>resultAt(0) + opened.<Long>resultAt(1),
                        closed.<Long>resultAt(0) + closed.<Long>resultAt(1),
                        entries.stream()
                                .filter(entry -> !entry.postedAt().isAfter(end))
                                .toList()))));
    }

    /** The part of one tenant of a lease that had several. */
    Future<Statement> of(Sql sql, Lease lease, Tenancy own, LocalDate from, LocalDate to, Instant now) {
        return since(sql, Books.receivable(lease.cityCode(), lease.id()), Instant.MIN, null, new ArrayList<>())
                .compose(debts -> since(sql, Books.credit(lease.cityCode(), lease.id()), Instant.MIN, null, debts))
                .compose(entries -> bills.ofLease(sql, lease.id())
                        .compose(all -> bills.settled(sql, lease.id())
                                .map(settled -> new OwnLedger(own, own.isWhole(lease), all, settled)
                                        .statement(lease.id(), lease.number(), from, to, entries, now))));
    }

    /** The account's lines after an instant, added to the others. */
    private Future<List<AccountEntry>> since(
            Sql sql, AccountKey account, Instant before, @Nullable Long beforeVersion, List<AccountEntry> found) {
        return ledger.entries(sql, account, beforeVersion, AT_ONCE).compose(page -> {
            page.stream().filter(entry -> entry.postedAt().isAfter(before)).forEach(found::add);
            var last = page.isEmpty() ? null : page.get(page.size() - 1);
            return last == null || page.size() < AT_ONCE || !last.postedAt().isAfter(before)
                    ? Future.succeededFuture(found)
                    : since(sql, account, before, last.version(), found);
        });
    }

    private static Statement statement(
            Lease lease, LocalDate from, LocalDate to, long opening, long closing, List<AccountEntry> entries) {
        var byPosting = new TreeMap<Long, List<AccountEntry>>();
        entries.stream()
                .sorted(Comparator.comparing(AccountEntry::postedAt).thenComparing(AccountEntry::postingNumber))
                .forEach(entry -> byPosting
                        .computeIfAbsent(entry.postingNumber(), number -> new ArrayList<>())
                        .add(entry));
        var lines = new ArrayList<Line>();
        var balance = opening;
        for (var posting : byPosting.values()) {
            var amount = posting.stream().mapToLong(AccountEntry::amountFen).sum();
            balance += amount;
            lines.add(line(posting.get(0), amount, balance));
        }
        return new Statement(lease.id(), lease.number(), from, to, opening, closing, lines);
    }

    static Line line(AccountEntry entry, long amount, long balance) {
        var billId = entry.about().path("billId").asText("");
        return new Line(
                Shanghai.date(entry.postedAt()),
                kind(entry.kind()),
                text(entry),
                amount,
                balance,
                billId.isEmpty() ? null : UUID.fromString(billId));
    }

    private static String kind(PostingKind kind) {
        return switch (kind) {
            case BILL, DEPOSIT, PAYMENT, REFUND, CREDIT_NOTE, CREDIT_USED, SUBSIDY, WRITE_OFF, LATE_FEE ->
                kind.id().replace('_', '-');
            default -> "other";
        };
    }

    private static String text(AccountEntry entry) {
        var about = entry.about();
        // a deposit is of no days
        var days = about.has("from") && entry.kind() != PostingKind.DEPOSIT
                ? about.path("from").asText() + " 至 " + about.path("to").asText() + " "
                : "";
        return days
                + switch (entry.kind()) {
                    case BILL -> about.path("charge").asText().equals("after-end") ? "占用费" : "租金";
                    case DEPOSIT -> "押金";
                    case PAYMENT -> "缴款";
                    case REFUND -> "退款";
                    case CREDIT_NOTE -> "红冲";
                    case CREDIT_USED -> "预收款抵缴";
                    case SUBSIDY -> "租金补贴";
                    case WRITE_OFF -> "核销";
                    case LATE_FEE -> "滞纳金";
                    default -> "调整";
                };
    }
}
