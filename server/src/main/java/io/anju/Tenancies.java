package io.anju;

import io.anju.application.ApplicationService;
import io.anju.arrears.ArrearsApi;
import io.anju.arrears.ArrearsRoom;
import io.anju.arrears.PendingComplaints;
import io.anju.complaint.Complaints;
import io.anju.complaint.PendingAboutLease;
import io.anju.identity.IdentityService;
import io.anju.lease.HomeService;
import io.anju.lease.LeaseApi;
import io.anju.lease.LeaseRequestApi;
import io.anju.lease.LeaseService;
import io.anju.ledger.LedgerService;
import io.anju.message.MessageService;
import io.anju.payment.Payables;
import io.anju.payment.PaymentService;
import io.anju.platform.config.Settings.WeChatMessages;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyService;
import io.anju.rent.AdjustmentApi;
import io.anju.rent.PayableBills;
import io.anju.rent.RentApi;
import io.anju.rent.RentService;
import io.anju.review.ReviewService;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Vertx;
import java.util.List;

/** Homes, leases and what is paid for them, wired. */
public final class Tenancies {
    public final HomeService homes;
    public final LeaseService leases;

    public final RentService rent;
    /** Bills as what can be paid. */
    public final Payables payables;

    private final Vertx vertx;
    public final ArrearsRoom arrears;
    private final Db db;

    Tenancies(
            Vertx vertx,
            Db db,
            Vault vault,
            PolicyService policies,
            WaitingListService register,
            ApplicationService applications,
            IdentityService identity,
            LedgerService ledger,
            ReviewService reviews,
            Complaints complaints,
            WorkingDays calendar,
            int billRunLeases) {
        this.vertx = vertx;
        this.db = db;
        homes = new HomeService(vertx, db);
        leases = new LeaseService(db, vault, policies, register, applications, identity);
        rent = new RentService(db, leases, policies, ledger, calendar, billRunLeases);
        leases.useFollower(rent.desk());
        payables = new PayableBills(leases, ledger);
        arrears = new ArrearsRoom(
                db,
                vault,
                new ArrearsRoom.Neighbours(
                        leases,
                        policies,
                        ledger,
                        (sql, ids) -> complaints.pendingAboutLeases(sql, ids).map(Tenancies::waiting),
                        (tx, staffId, persons) -> reviews.requireNoConflict(tx, staffId, null, persons)),
                calendar);
    }

    private static List<PendingComplaints.Waiting> waiting(List<PendingAboutLease> pending) {
        return pending.stream()
                .map(one -> new PendingComplaints.Waiting(one.leaseId(), one.complaintId(), one.residentId()))
                .toList();
    }

    void handleJobs(Jobs jobs) {
        leases.handleJobs(jobs);
        rent.handleJobs(jobs);
        arrears.handleJobs(jobs);
    }

    MessageService messages(IdentityService identity, PaymentService payments, WeChatMessages templates) {
        return new MessageService(db, templates, identity, leases, rent, arrears, payments);
    }

    LeaseApi leaseApi(Once once, Cursors cursors) {
        return new LeaseApi(leases, homes, db, once, cursors);
    }

    LeaseRequestApi leaseRequestApi(Once once, Cursors cursors) {
        return new LeaseRequestApi(leases, once, cursors);
    }

    AdjustmentApi adjustmentApi(Once once, Cursors cursors) {
        return new AdjustmentApi(rent, once, cursors);
    }

    RentApi rentApi(Once once, Cursors cursors) {
        return new RentApi(vertx, rent, once, cursors);
    }

    ArrearsApi arrearsApi(Once once, Cursors cursors) {
        return arrears.api(once, cursors);
    }
}
