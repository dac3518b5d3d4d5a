package io.anju.arrears;

import io.anju.lease.LeaseService;
import io.anju.ledger.LedgerRule;
import io.anju.ledger.LedgerService;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.ArrearsFollowUp.Channel;
import io.anju.policy.PolicyService;
import io.anju.rent.Debts;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The domain put together. */
public final class ArrearsRoom {
    private final NightShift shift;
    private final ArrearsService service;
    private final ArrearsApi.Desks desks;
    private final CaseStore cases = new CaseStore();

    /** Other rooms, as far as this one asks them. */
    public record Neighbours(
            LeaseService leases,
            PolicyService policies,
            LedgerService ledger,
            PendingComplaints complaints,
            Conflicts conflicts) {}

    public ArrearsRoom(Db db, Vault vault, Neighbours others, WorkingDays calendar) {
        var debts = new Debts(others.ledger());
        var fees = new LateFees(debts, others.leases());
        var store = new HardshipStore(vault);
        var plans = new Plans(debts, store);
        var sheets = new Sheets(others.leases(), others.policies(), debts, fees, store, plans, calendar);
        var lines = new WorkLines(others.leases(), debts, store);
        var impartial = new Impartial(others.leases(), others.conflicts());
        var proposals = new ProposalDesk(others.leases(), debts, sheets, impartial);
        this.shift = new NightShift(
                db,
                debts,
                fees,
                new Climbing(others.leases(), calendar),
                new ComplaintPauses(others.leases(), others.policies(), others.complaints()),
                plans,
                new NightWork.Reader(others.leases(), others.policies(), debts));
        this.service = new ArrearsService(db, others.leases(), sheets, lines, impartial);
        this.desks = new ArrearsApi.Desks(
                new HardshipDesk(others.leases(), debts, sheets, impartial, store),
                proposals,
                new WaiverDesk(debts, impartial),
                sheets);
    }

    public void handleJobs(Jobs jobs) {
        shift.handleJobs(jobs);
    }

    /** What a step that is told in the mini-program was about. */
    public record Nudge(LocalDate takenOn, long overdueFen) {}

    /** A step, for rooms that act by themselves; empty where it is not told in the mini-program. */
    public Future<Optional<Nudge>> nudge(Sql sql, UUID stepId) {
        return cases.findStep(sql, stepId)
                .map(found -> found.filter(step -> step.channels().contains(Channel.APP))
                        .map(step -> new Nudge(step.takenOn(), step.overdueFen())));
    }

    public ArrearsApi api(Once once, Cursors cursors) {
        return new ArrearsApi(service, desks, once, cursors);
    }

    /** What must hold about late fees at every instant. */
    public static List<LedgerRule> rules() {
        return ArrearsRuleStore.RULES;
    }
}
