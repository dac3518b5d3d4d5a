package io.anju.rent;

import io.anju.lease.LeaseFile;
import io.anju.lease.LeaseFollower;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Tx;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyService;
import io.anju.rent.AccountStore.Account;
import io.anju.rent.AccountStore.Stored;
import io.anju.rent.Bill.Charge;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** Follows each change of a lease with its money: plans, corrections to the fen, the final bill and the deposit. */
public final class RentDesk implements LeaseFollower {
    private final LeaseService leases;
    private final PolicyService policies;
    private final WorkingDays calendar;
    private final AccountStore accounts = new AccountStore();
    private final Issuing issuing;
    private final Correcting correcting;
    private final Deposits deposits;

    RentDesk(LeaseService leases, PolicyService policies, WorkingDays calendar, Books books) {
        this.leases = leases;
        this.policies = policies;
        this.calendar = calendar;
        var settling = new Settling(books);
        this.issuing = new Issuing(books, settling);
        this.correcting = new Correcting(issuing, settling);
        this.deposits = new Deposits(books, settling, issuing);
    }

    @Override
    public Future<Void> follow(Tx tx, LeaseFile file, Change change, Instant now) {
        var digest = file.lease().policyDigest();
        return policies.byDigest(tx, digest).compose(policy -> {
            var plan = RentPlan.of(file);
            return accounts.plan(tx, new Stored(digest, plan), now)
                    .map(planId -> new RentWork(file, policy.money(), calendar, plan, planId, now))
                    .compose(work -> follow(tx, work, change));
        });
    }

    private Future<Void> follow(Tx tx, RentWork work, Change change) {
        return switch (change) {
            case SIGNED -> open(tx, work);
            case TENANT_CHANGED -> deposits.askNext(tx, work).compose(asked -> correcting.split(tx, work));
            case TERMS_CHANGED ->
                correcting.correct(tx, work, "terms:" + work.file().terms().size(), "租金调整");
            case END_ANNOUNCED -> shorten(tx, work);
            case ENDED ->
                shorten(tx, work)
                        .compose(done -> issuing.issueRest(tx, work))
                        .compose(done -> settleWhenReturned(tx, work));
            case RETURNED -> settleWhenReturned(tx, work);
            case WITHDRAWN -> correcting.withdraw(tx, work);
        };
    }

    private Future<Void> shorten(Tx tx, RentWork work) {
        return correcting.correct(tx, work, "ended:" + work.lease().version(), "合同终止");
    }

    private Future<Void> open(Tx tx, RentWork work) {
        var lease = work.lease();
        var lines = work.lines();
        var account = new Account(
                lease.id(),
                lease.number(),
                lease.cityCode(),
                lease.programme(),
                lease.provider(),
                work.planId(),
                lease.from().minusDays(1),
                lines.isEmpty() ? null : lines.get(0).dueOn(),
                0,
                List.of());
        return accounts.insert(tx, account)
                .compose(opened -> lease.follows() != null || lease.depositFen() == 0
                        ? Future.succeededFuture()
                        : issuing.issue(tx, account, deposit(work)));
    }

    private static Bill deposit(RentWork work) {
        var lease = work.lease();
        return work.bill(
                Charge.DEPOSIT,
                "",
                new Line(lease.from(), lease.from(), lease.from(), new Amount(lease.depositFen(), 0), true),
                null);
    }

    private Future<Void> settleWhenReturned(Tx tx, RentWork work) {
        var end = work.lease().end();
        if (end == null || end.returnedOn() == null) {
            return Future.succeededFuture();
        }
        var renewal = work.lease().renewal();
        var next = renewal == null ? null : renewal.nextLeaseId();
        return next == null
                ? stay(tx, work, end.lastDay(), Objects.requireNonNull(end.returnedOn()))
                        .compose(billed -> deposits.settle(tx, work))
                : deposits.passOn(tx, work, next);
    }

    private Future<Void> stay(Tx tx, RentWork work, LocalDate lastDay, LocalDate returnedOn) {
        return leases.basis(tx, work.leaseId())
                .compose(basis -> issuing.issueStay(tx, work, basis.tenancy(), lastDay, returnedOn));
    }
}
