package io.anju.rent;

import io.anju.lease.Tenancy;
import io.anju.ledger.AccountEntry;
import io.anju.ledger.AccountKind;
import io.anju.platform.time.Shanghai;
import io.anju.rent.OwnBillStore.Settled;
import io.anju.rent.Statement.Line;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's part of what the ledger has of a lease that had several: the debts of the bills of this tenant's own days,
 * whenever they are paid, and the lease's credit while this tenant has the home. What all of them have comes to what the
 * ledger has.
 */
final class OwnLedger {
    private final Tenancy own;
    private final @Nullable Instant from;
    private final @Nullable Instant until;
    private final Map<UUID, Bill> bills;
    private final Deque<Settled> settled;
    private final Set<String> others;

    /**
     * @param isFirst whether nobody was the tenant before
     * @param bills all of the lease
     * @param settled what settled them, in its order
     */
    OwnLedger(Tenancy own, boolean isFirst, List<Bill> bills, List<Settled> settled) {
        var next = own.until();
        this.own = own;
        this.from = isFirst ? null : Shanghai.startOf(own.from());
        this.until = next == null ? null : Shanghai.startOf(next);
        this.bills = bills.stream().collect(Collectors.toMap(Bill::id, Function.identity()));
        this.settled = new ArrayDeque<>(settled);
        this.others = settled.stream()
                .filter(one -> one.orderId() != null && !isOwn(one.billId()))
                .map(one -> String.valueOf(one.orderId()))
                .collect(Collectors.toSet());
    }

    /** What moved at an instant; the line's balance is not known yet. */
    private record Move(Instant at, long fen, Line line) {}

    /**
     * The statement of some days.
     *
     * @param entries of the lease's debt and of its credit, all of them
     * @param now the credit passes on when its day has come
     */
    Statement statement(
            UUID leaseId, String number, LocalDate first, LocalDate last, List<AccountEntry> entries, Instant now) {
        var moves = moves(entries, now);
        var begin = Shanghai.startOf(first);
        var end = Shanghai.startOf(last.plusDays(1));
        var opening = moves.stream()
                .filter(move -> move.at().isBefore(begin))
                .mapToLong(Move::fen)
                .sum();
        var lines = new ArrayList<Line>();
        var balance = opening;
        for (var move : moves) {
            var line = move.line();
            if (!move.at().isBefore(begin) && move.at().isBefore(end)) {
                balance += move.fen();
                lines.add(new Line(line.on(), line.kind(), line.text(), move.fen(), balance, line.billId()));
            }
        }
        return new Statement(leaseId, number, first, last, opening, balance, lines);
    }

    private List<Move> moves(List<AccountEntry> entries, Instant now) {
        var byPosting = new TreeMap<Long, List<AccountEntry>>(
                entries.stream().collect(Collectors.groupingBy(AccountEntry::postingNumber)));
        var moves = new ArrayList<Move>();
        var debt = 0L;
        var credit = 0L;
        var passings = new ArrayDeque<>(passings(now));
        for (var posting : byPosting.values()) {
            var at = posting.get(0).postedAt();
            while (!passings.isEmpty() && !at.isBefore(passings.peek())) {
                add(moves, passing(passings.remove(), credit));
            }
            var owed = owed(posting);
            debt += owed.fen();
            var creditFen = sum(posting, AccountKind.TENANT_CREDIT);
            credit += creditFen;
            var fen = owed.fen() + (has(at) ? creditFen : 0);
            if (owed.isOwn() || fen != 0) {
                moves.add(new Move(at, fen, owed.isOwn() ? Statements.line(posting.get(0), fen, 0) : passedOn(at)));
            }
        }
        while (!passings.isEmpty()) {
            add(moves, passing(passings.remove(), credit));
        }
        requireAsBilled(debt);
        return moves;
    }

    private boolean has(Instant at) {
        return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
    }

    /** When the home, and the lease's credit with it, passed to this tenant or to the next. */
    private List<Instant> passings(Instant now) {
        var all = new ArrayList<Instant>();
        if (from != null && !from.isAfter(now)) {
            all.add(from);
        }
        if (until != null && !until.isAfter(now)) {
            all.add(until);
        }
        return all;
    }

    private Move passing(Instant at, long creditFen) {
        return new Move(at, at.equals(until) ? -creditFen : creditFen, passedOn(at));
    }

    private static void add(List<Move> moves, Move move) {
        if (move.fen() != 0) {
            moves.add(move);
        }
    }

    private static Line passedOn(Instant at) {
        return new Line(Shanghai.date(at), "other", "预收款随租约转移", 0, 0, null);
    }

    /** @param isOwn whether the posting is about this tenant's bills */
    private record Owed(long fen, boolean isOwn) {}

    private Owed owed(List<AccountEntry> posting) {
        var fen = sum(posting, AccountKind.RECEIVABLE);
        var about = posting.get(0).about().path("billId").asText("");
        if (!about.isEmpty()) {
            var isOwn = isOwn(UUID.fromString(about));
            return new Owed(isOwn ? fen : 0, isOwn);
        }
        var owed = 0L;
        var isOwn = false;
        for (var rest = -fen; rest != 0; ) {
            // whoever settles bills holds the lease's account, so the two are in one order
            var one = settled.poll();
            if (one == null || Math.abs(one.fen()) > Math.abs(rest) || Long.signum(one.fen()) != Long.signum(rest)) {
                throw new IllegalStateException("posting " + posting.get(0).businessKey() + " settled no bills for it");
            }
            rest -= one.fen();
            if (isOwn(one.billId())) {
                owed -= one.fen();
                isOwn = true;
            }
        }
        return new Owed(owed, isOwn || fen == 0 && isOfOwnOrder(posting.get(0)));
    }

    /** Money that moved credit alone is told to whom its order is known: a refund of another's payment is not. */
    private boolean isOfOwnOrder(AccountEntry entry) {
        var order = entry.about().path("paymentId").asText("");
        return has(entry.postedAt()) && !others.contains(order);
    }

    private boolean isOwn(UUID billId) {
        var bill = bills.get(billId);
        return bill != null && bill.isOf(own);
    }

    private static long sum(List<AccountEntry> posting, AccountKind kind) {
        return posting.stream()
                .filter(entry -> entry.account().kind() == kind)
                .mapToLong(AccountEntry::amountFen)
                .sum();
    }

    /** An error is better than a statement that does not add up. */
    private void requireAsBilled(long debtFen) {
        var open = bills.values().stream()
                .filter(bill -> bill.isOf(own))
                .mapToLong(Bill::openFen)
                .sum();
        if (!settled.isEmpty() || open != debtFen) {
            throw new IllegalStateException("the bills of lease " + own.leaseId() + " of the days from " + own.from()
                    + " have " + open + " open, the ledger says " + debtFen);
        }
    }
}
