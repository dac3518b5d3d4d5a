package io.anju.rent;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.anju.lease.LeaseFile;
import io.anju.lease.LeaseService;
import io.anju.lease.Tenancy;
import io.anju.ledger.LedgerService;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyService;
import io.anju.rent.RunStore.LeftOut;
import io.anju.rent.RunStore.Progress;
import io.anju.rent.RunStore.Run;
import io.anju.rent.Settling.Cause;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bills: how they are issued, corrected and shown. */
public final class RentService {
    private static final int MOST_DAYS = 400;

    private final Db db;
    private final LeaseService leases;
    private final PolicyService policies;
    private final BillRun run;
    private final RentDesk desk;
    private final Settling settling;
    private final Adjustments adjustments;
    private final Statements statements;
    private final WriteOffs writeOffs;
    private final BillStore bills = new BillStore();
    private final OwnBillStore ownBills = new OwnBillStore();
    private final AccountStore accounts = new AccountStore();
    private final RunStore runs = new RunStore();

    /** @param billRunLeases how many leases a run bills in one transaction */
    public RentService(
            Db db,
            LeaseService leases,
            PolicyService policies,
            LedgerService ledger,
            WorkingDays calendar,
            int billRunLeases) {
        this.db = db;
        this.leases = leases;
        this.policies = policies;
        var books = new Books(ledger);
        this.settling = new Settling(books);
        this.adjustments = new Adjustments(db, policies, leases.terms());
        this.statements = new Statements(ledger);
        this.writeOffs = new WriteOffs(db, books);
        this.run = new BillRun(db, policies, calendar, books, billRunLeases);
        this.desk = new RentDesk(leases, policies, calendar, books);
    }

    /** Follows the changes of leases. */
    public RentDesk desk() {
        return desk;
    }

    public void handleJobs(Jobs jobs) {
        jobs.handle(BillRun.KIND, run::run);
        adjustments.handleJobs(jobs);
    }

    /** Rents that are worked out again for many leases. */
    Adjustments adjustments() {
        return adjustments;
    }

    /** Any bills, for rooms that act by themselves. */
    public Future<List<Bill>> ofIds(Sql sql, List<UUID> ids) {
        return bills.all(sql, ids);
    }

    /** Debts that are given up. */
    WriteOffs writeOffs() {
        return writeOffs;
    }

    /** Starts a run for the caller's city. */
    Future<Run> start(Tx tx, CityCaller caller, String programme, YearMonth month, boolean dryRun, Instant now) {
        var cityCode = caller.office().cityCode();
        var id = Ids.next(now);
        return policies.requireKnown(tx, cityCode, programme, "/programme")
                .compose(known -> runs.count(tx, cityCode, programme, month.atEndOfMonth()))
                .map(count -> new Run(
                        id,
                        cityCode,
                        programme,
                        month.atDay(1),
                        dryRun,
                        "running",
                        count,
                        new Progress(0, 0, 0, 0),
                        null,
                        now,
                        null))
                .compose(begun -> runs.insert(tx, begun, caller.id())
                        .compose(stored -> Jobs.enqueue(tx, BillRun.KIND, id.toString(), "{}", now))
                        .compose(queued ->
                                Audit.record(tx, caller, "rent.bill-run-started", "bill-run", id, month.toString()))
                        .compose(audited -> RentEvent.BILL_RUN_STARTED.tell(tx, id, BillRun.toTell(begun)))
                        .map(begun));
    }

    /** As {@link #start}; gives the run's id. */
    public Future<UUID> bill(Tx tx, CityCaller caller, String programme, YearMonth month, Instant now) {
        return start(tx, caller, programme, month, false, now).map(Run::id);
    }

    /** A run of the caller's city. */
    Future<Run> run(CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return runs.find(db, id)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** Runs of the caller's city, the newest first. */
    Future<List<Run>> list(CityCaller caller, @Nullable UUID before, int limit) {
        return runs.list(db, caller.office().cityCode(), before, limit);
    }

    Future<List<LeftOut>> leftOut(CityCaller caller, UUID runId, @Nullable UUID after, int limit) {
        return run(caller, runId).compose(found -> runs.exceptions(db, runId, after, limit));
    }

    /** Bills of a lease of the caller's city, the newest first. */
    Future<List<Bill>> ofLease(CityCaller caller, UUID leaseId, @Nullable UUID before, int limit) {
        return leases.get(db, caller, leaseId).compose(file -> bills.list(db, leaseId, before, limit));
    }

    /** The rent is worked out again from a day on; the desk corrects what was billed. */
    Future<LeaseFile> changeRent(
            Tx tx,
            CityCaller caller,
            UUID leaseId,
            LocalDate from,
            @Nullable HouseholdFacts household,
            String reason,
            Instant now) {
        return leases.terms().amend(tx, caller, leaseId, from, household, reason, now);
    }

    /** A bill with everything that became of it. */
    record Shown(Bill bill, LeaseFile file, List<BillStore.Note> notes, List<BillStore.Allocation> allocations) {}

    /** Takes a part of a bill of the caller's city back. */
    Future<Shown> credit(Tx tx, CityCaller caller, UUID billId, long fen, String reason, Instant now) {
        WriteOffs.requireMasked(reason);
        return ownBill(tx, caller, billId).compose(bill -> {
            var cause = new Cause(BillStore.BY_HAND + Ids.next(now), reason, caller.id());
            return accounts.lock(tx, bill.leaseId())
                    .compose(account -> settling.credit(tx, account, billId, fen, null, cause, now))
                    .compose(credited -> settling.useCredit(tx, bill.leaseId(), now))
                    .compose(used -> Audit.record(tx, caller, "rent.credit-note-issued", "bill", billId, reason))
                    .compose(audited -> shown(tx, billId));
        });
    }

    private Future<Shown> shown(Tx tx, UUID billId) {
        return bills.find(tx, billId)
                .map(Optional::orElseThrow)
                .compose(bill -> leases.find(tx, bill.leaseId())
                        .map(Optional::orElseThrow)
                        .compose(file -> bills.notes(tx, billId)
                                .compose(notes -> bills.allocations(tx, billId)
                                        .map(paid -> new Shown(bill, file, notes, paid)))));
    }

    /** The account is locked before the bills, everywhere. */
    private Future<Bill> ownBill(Tx tx, CityCaller caller, UUID billId) {
        var cityCode = caller.office().cityCode();
        return bills.find(tx, billId)
                .map(found -> found.filter(bill -> bill.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The resident's own bills, the newest first. */
    public Future<List<Bill>> mine(ResidentCaller caller, boolean onlyDue, @Nullable UUID before, int limit) {
        return leases.tenancies(db, caller.id()).compose(own -> ownBills.list(db, own, onlyDue, before, limit));
    }

    /** A bill of the resident's own days. */
    Future<Shown> mine(ResidentCaller caller, UUID billId) {
        return db.inTransaction(tx -> bills.find(tx, billId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(bill -> leases.getMine(tx, caller, bill.leaseId())
                        .compose(mine -> bill.isOf(mine.tenancy())
                                ? shown(tx, billId)
                                : Refusal.failed(PlatformProblem.NOT_FOUND))));
    }

    /** The statement of what is the resident's own of a lease, as one state of the ledger. */
    Future<Statement> statement(ResidentCaller caller, UUID leaseId, LocalDate from, LocalDate to, Instant now) {
        return explained(caller, leaseId, from, to, now).map(StatementPaper.Content::statement);
    }

    /** The statement with everything that its amounts follow from. */
    Future<StatementPaper.Content> explained(
            ResidentCaller caller, UUID leaseId, LocalDate from, LocalDate to, Instant now) {
        if (to.isBefore(from) || to.isAfter(from.plusDays(MOST_DAYS))) {
            throw Refusal.of(RentProblem.STATEMENT_DAYS);
        }
        return db.inTransaction(tx -> leases.getMine(tx, caller, leaseId).compose(mine -> {
            var own = mine.tenancy();
            var lease = mine.file().lease();
            var first = from.isBefore(own.from()) && !own.isWhole(lease) ? own.from() : from;
            // nobody posts to the lease while it is read
            return to.isBefore(first)
                    ? Refusal.failed(PlatformProblem.NOT_FOUND)
                    : accounts.lock(tx, leaseId)
                            .compose(locked -> own.isWhole(lease) && own.isHeld()
                                    ? statements.of(tx, lease, first, to)
                                    : statements.of(tx, lease, own, first, to, now))
                            .compose(statement -> billsOf(tx, statement, own)
                                    .map(found -> new StatementPaper.Content(statement, mine.file(), found)));
        }));
    }

    private Future<Map<UUID, Bill>> billsOf(Tx tx, Statement statement, Tenancy own) {
        var ids = statement.lines().stream()
                .map(Statement.Line::billId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return bills.all(tx, ids)
                .map(found -> found.stream().filter(bill -> bill.isOf(own)).collect(toMap(Bill::id, identity())));
    }
}
