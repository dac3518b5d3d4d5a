package io.anju.rent;

import io.anju.lease.Lease;
import io.anju.lease.LeaseFile;
import io.anju.lease.LeaseFollower;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.MoneyRules;
import io.anju.policy.PolicyService;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.AccountStore.Stored;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Bill.SubsidyState;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import io.anju.rent.Settling.Cause;
import io.anju.rent.Settling.Source;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Follows each change of a lease with its money: plans, corrections to the fen, the final bill and the deposit. */
public final class RentDesk implements LeaseFollower {
    private final LeaseService leases;
    private final PolicyService policies;
    private final WorkingDays calendar;
    private final Books books;
    private final BillStore bills = new BillStore();
    private final AccountStore accounts = new AccountStore();
    private final Settling settling;

    RentDesk(LeaseService leases, PolicyService policies, WorkingDays calendar, Books books) {
        this.leases = leases;
        this.policies = policies;
        this.calendar = calendar;
        this.books = books;
        this.settling = new Settling(books);
    }

    /** A lease and what its bills follow from. */
    private record Work(LeaseFile file, MoneyRules rules, RentPlan plan, UUID planId, Instant now) {
        Lease lease() {
            return file.lease();
        }

        UUID leaseId() {
            return file.lease().id();
        }
    }

    @Override
    public Future<Void> follow(Tx tx, LeaseFile file, Change change, Instant now) {
        var digest = file.lease().policyDigest();
        return policies.byDigest(tx, digest).compose(policy -> {
            var plan = RentPlan.of(file);
            return accounts.plan(tx, new Stored(digest, plan), now)
                    .map(planId -> new Work(file, policy.money(), plan, planId, now))
                    .compose(work -> follow(tx, work, change));
        });
    }

    private Future<Void> follow(Tx tx, Work work, Change change) {
        return switch (change) {
            case SIGNED -> open(tx, work);
            case TENANT_CHANGED -> split(tx, work);
            case TERMS_CHANGED ->
                correct(tx, work, "terms:" + work.file().terms().size(), "租金调整");
            case ENDED ->
                correct(tx, work, "ended:" + work.lease().version(), "合同终止")
                        .compose(done -> issueRest(tx, work))
                        .compose(done -> settleWhenReturned(tx, work));
            case RETURNED -> settleWhenReturned(tx, work);
            case WITHDRAWN -> withdraw(tx, work);
        };
    }

    private Future<Void> open(Tx tx, Work work) {
        var lease = work.lease();
        var lines = work.plan().lines(work.rules(), calendar);
        var account = new Account(
                lease.id(),
                lease.number(),
                lease.cityCode(),
                lease.programme(),
                lease.provider(),
                work.planId(),
                lease.from().minusDays(1),
                lines.isEmpty() ? null : lines.get(0).dueOn(),
                0);
        return accounts.insert(tx, account)
                .compose(opened -> lease.follows() != null || lease.depositFen() == 0
                        ? Future.succeededFuture()
                        : issue(tx, account, deposit(work)));
    }

    private static Bill deposit(Work work) {
        var lease = work.lease();
        return bill(
                work,
                Charge.DEPOSIT,
                "",
                new Line(lease.from(), lease.from(), lease.from(), new Amount(lease.depositFen(), 0), true),
                null);
    }

    private static Bill bill(Work work, Charge charge, String occasion, Line line, @Nullable String reason) {
        var amount = line.amount();
        return new Bill(
                Ids.next(work.now()),
                work.leaseId(),
                work.lease().number(),
                work.lease().cityCode(),
                charge,
                occasion,
                line.from(),
                line.to(),
                line.dueOn(),
                amount.fen(),
                amount.subsidyFen(),
                amount.subsidyFen() > 0 ? SubsidyState.PENDING : SubsidyState.NONE,
                0,
                0,
                0,
                work.now(),
                reason);
    }

    /** Issues one bill with its posting, unless it was issued before. */
    private Future<Void> issue(Tx tx, Account account, Bill bill) {
        return bill.amountFen() == 0
                ? Future.succeededFuture()
                : bills.insert(tx, bill)
                        .compose(isNew -> isNew
                                ? books.post(tx, List.of(Books.issued(account, bill)), bill.issuedAt())
                                : Future.succeededFuture(0))
                        .compose(posted -> bill.dueFen() == 0
                                ? settling.grant(tx, account, List.of(bill.id()), bill.issuedAt())
                                : Future.succeededFuture());
    }

    /** Bills issued over the day on which another tenant came are credited from there on, and issued to the new one. */
    private Future<Void> split(Tx tx, Work work) {
        var day = work.file().tenantsFrom().get(work.file().tenantsFrom().size() - 1);
        var occasion = "tenant:" + day;
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> {
                            Future<Void> done = Future.succeededFuture();
                            for (var bill : rents(found)) {
                                if (bill.from().isBefore(day)
                                        && !bill.to().isBefore(day)
                                        && bill.occasion().isEmpty()) {
                                    done = done.compose(before -> pass(tx, work, account, bill, day, occasion));
                                }
                            }
                            return done;
                        })
                        .compose(passed -> settling.useCredit(tx, work.leaseId(), work.now())));
    }

    private Future<Void> pass(Tx tx, Work work, Account account, Bill bill, LocalDate day, String occasion) {
        var part = work.plan().amount(work.rules(), calendar, day, bill.to());
        var fen = Math.min(part.fen(), bill.creditableFen());
        var subsidy = Math.min(part.subsidyFen(), bill.subsidyFen());
        if (fen == 0) {
            return Future.succeededFuture();
        }
        var cause = new Cause(occasion, "变更承租人", null);
        var line = new Line(day, bill.to(), bill.dueOn(), new Amount(fen, subsidy), true);
        return settling.credit(tx, account, bill.id(), fen, subsidy, cause, work.now())
                .compose(credited -> issue(tx, account, bill(work, Charge.RENT, occasion, line, "变更承租人")));
    }

    private static List<Bill> rents(List<Bill> found) {
        return found.stream().filter(bill -> bill.charge() == Charge.RENT).toList();
    }

    /** Brings what was billed for each period to what the plan says now, by credit notes or a further bill. */
    private Future<Void> correct(Tx tx, Work work, String occasion, String reason) {
        var cause = new Cause(occasion, reason, null);
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> bills.givenByHand(tx, work.leaseId())
                                .compose(given -> correct(tx, work, account, rents(found), given, cause)))
                        .compose(corrected -> move(tx, work, account))
                        .compose(moved -> settling.useCredit(tx, work.leaseId(), work.now())));
    }

    private Future<Void> correct(
            Tx tx, Work work, Account account, List<Bill> rents, Map<UUID, Long> given, Cause cause) {
        Future<Void> done = Future.succeededFuture();
        for (var main : rents) {
            if (main.occasion().isEmpty()) {
                var same = rents.stream()
                        .filter(bill ->
                                !bill.from().isBefore(main.from()) && !bill.to().isAfter(main.to()))
                        .toList();
                done = done.compose(before -> correct(tx, work, account, main, same, given, cause));
            }
        }
        return done;
    }

    /** What was given by hand stays given: it counts as billed, or the next correction would ask for it again. */
    private Future<Void> correct(
            Tx tx, Work work, Account account, Bill main, List<Bill> same, Map<UUID, Long> given, Cause cause) {
        var last = main.to().isAfter(work.plan().lastDay()) ? work.plan().lastDay() : main.to();
        var wanted = last.isBefore(main.from())
                ? Amount.NOTHING
                : work.plan().amount(work.rules(), calendar, main.from(), last);
        var billed = same.stream()
                .map(bill -> new Amount(
                        bill.amountFen() - bill.creditedFen() + given.getOrDefault(bill.id(), 0L), bill.subsidyFen()))
                .reduce(Amount.NOTHING, Amount::plus);
        var more = wanted.minus(billed);
        if (more.fen() > 0) {
            var today = Shanghai.date(work.now());
            var dueOn = main.dueOn().isBefore(today) ? today : main.dueOn();
            var subsidy = Math.max(0, Math.min(more.subsidyFen(), more.fen()));
            var line = new Line(main.from(), last, dueOn, new Amount(more.fen(), subsidy), true);
            return issue(tx, account, bill(work, Charge.RENT, cause.occasion(), line, cause.reason()));
        }
        return takeBack(tx, work, account, same, more, cause);
    }

    /** The newest bill of the period gives first. */
    private Future<Void> takeBack(Tx tx, Work work, Account account, List<Bill> same, Amount more, Cause cause) {
        var fen = -more.fen();
        var subsidy = Math.max(0, -more.subsidyFen());
        Future<Void> done = Future.succeededFuture();
        for (var i = same.size() - 1; i >= 0 && fen > 0; i--) {
            var bill = same.get(i);
            var part = Math.min(fen, bill.creditableFen());
            var own = part == bill.creditableFen()
                    ? bill.subsidyFen()
                    : Math.min(Math.min(subsidy, bill.subsidyFen()), part);
            if (part > 0) {
                done = done.compose(before -> settling.credit(tx, account, bill.id(), part, own, cause, work.now()));
            }
            fen -= part;
            subsidy = Math.max(0, subsidy - own);
        }
        return done;
    }

    private Future<Void> move(Tx tx, Work work, Account account) {
        var next = work.plan().lines(work.rules(), calendar).stream()
                .filter(line -> line.from().isAfter(account.billedTo()))
                .map(Line::dueOn)
                .findFirst()
                .orElse(null);
        return accounts.move(tx, work.leaseId(), work.planId(), account.billedTo(), next);
    }

    /** The final bill: whatever was not billed up to the last day, by days. */
    private Future<Void> issueRest(Tx tx, Work work) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> {
                    Future<Void> done = Future.succeededFuture();
                    var billedTo = account.billedTo();
                    for (var line : work.plan().lines(work.rules(), calendar)) {
                        if (line.from().isAfter(billedTo)) {
                            done = done.compose(before -> issue(tx, account, bill(work, Charge.RENT, "", line, null)));
                        }
                    }
                    var last = work.plan().lastDay();
                    var end = last.isAfter(billedTo) ? last : billedTo;
                    return done.compose(issued -> accounts.move(tx, work.leaseId(), work.planId(), end, null));
                })
                .compose(moved -> settling.useCredit(tx, work.leaseId(), work.now()));
    }

    private Future<Void> settleWhenReturned(Tx tx, Work work) {
        var end = work.lease().end();
        if (end == null || end.returnedOn() == null) {
            return Future.succeededFuture();
        }
        var renewal = work.lease().renewal();
        var next = renewal == null ? null : renewal.nextLeaseId();
        return next == null
                ? billStay(tx, work, end.lastDay(), Objects.requireNonNull(end.returnedOn()))
                        .compose(billed -> settleDeposit(tx, work))
                : passOn(tx, work, next);
    }

    /** What the rules say about the days between the end of the contract and the return of the home, by months. */
    private Future<Void> billStay(Tx tx, Work work, LocalDate lastDay, LocalDate returnedOn) {
        if (!returnedOn.isAfter(lastDay)) {
            return Future.succeededFuture();
        }
        return leases.basis(tx, work.leaseId())
                .compose(basis -> accounts.lock(tx, work.leaseId()).compose(account -> {
                    Future<Void> done = Future.succeededFuture();
                    var endedOn = lastDay.plusDays(1);
                    var number = 0;
                    for (var from = endedOn; !from.isAfter(returnedOn); number++) {
                        var to = endedOn.plusMonths(number + 1L).minusDays(1);
                        var line = RentPolicy.stay(work.rules(), basis.tenancy(), endedOn, from, to, returnedOn);
                        done = done.compose(before -> issue(tx, account, bill(work, Charge.AFTER_END, "", line, null)));
                        from = to.plusDays(1);
                    }
                    return done;
                }));
    }

    /** What is owed is taken from the deposit first; the rest becomes the household's credit. */
    private Future<Void> settleDeposit(Tx tx, Work work) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> dropUnpaid(tx, work, account, found))
                        .compose(dropped -> settling.useCredit(tx, work.leaseId(), work.now()))
                        .compose(used -> books.held(tx, account))
                        .compose(held -> held == 0
                                ? Future.succeededFuture()
                                : bills.lockOfLease(tx, work.leaseId())
                                        .compose(found -> settling.settle(
                                                        tx, account, found, held, Source.DEPOSIT, work.now())
                                                .compose(rest -> accounts.addCredit(tx, work.leaseId(), rest)
                                                        .compose(added -> books.depositSettled(
                                                                tx, account, held - rest, rest, work.now())))
                                                .compose(posted -> settling.grant(
                                                        tx,
                                                        account,
                                                        found.stream()
                                                                .map(Bill::id)
                                                                .toList(),
                                                        work.now())))));
    }

    /** A deposit that was never paid holds nothing: what is open of it is taken back. */
    private Future<Void> dropUnpaid(Tx tx, Work work, Account account, List<Bill> found) {
        Future<Void> done = Future.succeededFuture();
        for (var bill : found) {
            if (bill.charge() == Charge.DEPOSIT && bill.openFen() > 0) {
                var cause = new Cause("never-paid", "押金未缴", null);
                done = done.compose(
                        before -> settling.credit(tx, account, bill.id(), bill.openFen(), 0L, cause, work.now()));
            }
        }
        return done;
    }

    private Future<Void> passOn(Tx tx, Work work, UUID next) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> dropUnpaid(tx, work, account, found))
                        .compose(dropped -> books.held(tx, account))
                        .compose(held -> accounts.addCredit(tx, work.leaseId(), -account.creditFen())
                                .compose(taken -> accounts.addCredit(tx, next, account.creditFen()))
                                .compose(given ->
                                        books.passed(tx, account, next, held, account.creditFen(), work.now()))));
    }

    private Future<Void> withdraw(Tx tx, Work work) {
        return accounts.lock(tx, work.leaseId())
                .compose(account -> bills.lockOfLease(tx, work.leaseId())
                        .compose(found -> {
                            Future<Void> done = Future.succeededFuture();
                            for (var bill : found) {
                                var rest = bill.creditableFen();
                                if (rest > 0) {
                                    var cause = new Cause("withdrawn", "合同撤销", null);
                                    done = done.compose(before -> settling.credit(
                                            tx, account, bill.id(), rest, bill.subsidyFen(), cause, work.now()));
                                }
                            }
                            return done;
                        })
                        .compose(credited ->
                                accounts.move(tx, work.leaseId(), account.planId(), account.billedTo(), null)));
    }
}
