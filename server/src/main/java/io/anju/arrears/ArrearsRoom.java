package io.anju.arrears;

import io.anju.lease.LeaseService;
import io.anju.ledger.LedgerRule;
import io.anju.ledger.LedgerService;
import io.anju.platform.db.Db;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyService;
import io.anju.rent.Debts;
import java.util.List;

/** The domain put together. */
public final class ArrearsRoom {
    private final NightShift shift;
    private final ArrearsService service;

    /** Other rooms, as far as this one asks them. */
    public record Neighbours(
            LeaseService leases,
            PolicyService policies,
            LedgerService ledger,
            PendingComplaints complaints,
            Conflicts conflicts) {}

    public ArrearsRoom(Db db, Neighbours others, WorkingDays calendar) {
        var debts = new Debts(others.ledger());
        var fees = new LateFees(debts, others.leases());
        var sheets = new Sheets(others.leases(), others.policies(), debts, fees);
        var impartial = new Impartial(others.leases(), others.conflicts());
        var climbing = new Climbing(others.leases(), others.policies(), calendar, others.complaints());
        this.shift = new NightShift(db, others.policies(), others.leases(), debts, fees, climbing);
        this.service = new ArrearsService(db, others.leases(), sheets, impartial);
    }

    public void handleJobs(Jobs jobs) {
        shift.handleJobs(jobs);
    }

    public ArrearsApi api(Once once, Cursors cursors) {
        return new ArrearsApi(service, once, cursors);
    }

    /** What must hold about late fees at every instant. */
    public static List<LedgerRule> rules() {
        return ArrearsRuleStore.RULES;
    }
}
