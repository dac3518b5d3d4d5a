package io.anju.rent;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.time.Shanghai;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyService;
import io.anju.rent.ChunkStore.Issued;
import io.anju.rent.RunStore.Progress;
import io.anju.rent.RunStore.Run;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;

/**
 * The work of a run: some thousand leases at a time, each chunk with its bills, their postings and the progress in one
 * transaction, so a run that dies goes on behind the last chunk. A plan's lines are computed once for all leases that
 * share it; the rest is done by sets.
 */
final class BillRun {
    static final String KIND = "rent.bill-run";

    private static final int MAX_ATTEMPTS = 5;

    private final Db db;
    private final PolicyService policies;
    private final WorkingDays calendar;
    private final Books books;
    private final Settling settling;
    private final int leasesAtOnce;
    private final RunStore store = new RunStore();
    private final ChunkStore chunks = new ChunkStore();
    private final AccountStore accounts = new AccountStore();

    /** @param leasesAtOnce how many are billed in one transaction */
    BillRun(Db db, PolicyService policies, WorkingDays calendar, Books books, int leasesAtOnce) {
        this.leasesAtOnce = leasesAtOnce;
        this.db = db;
        this.policies = policies;
        this.calendar = calendar;
        this.books = books;
        this.settling = new Settling(books);
    }

    /** The job; its key is the run's id. */
    Future<Void> run(Job job) {
        var id = UUID.fromString(job.key());
        return goOn(job, id)
                .recover(failure -> failure instanceof LostLease || job.attempt() < MAX_ATTEMPTS
                        ? Future.failedFuture(failure)
                        : fail(id, job.now()));
    }

    private Future<Void> fail(UUID id, Instant now) {
        return store.find(db, id)
                .compose(found -> db.inTransaction(tx -> store.finish(tx, id, "failed", now)
                        .compose(done -> RentEvent.BILL_RUN_FAILED.tell(tx, id, toTell(found.orElseThrow())))));
    }

    static ObjectNode toTell(Run run) {
        var done = run.done();
        return RentEvent.about()
                .put("programme", run.programme())
                .put("month", YearMonth.from(run.month()).toString())
                .put("dryRun", run.dryRun())
                .put("bills", done.bills())
                .put("amountFen", done.amountFen())
                .put("exceptions", done.exceptions());
    }

    private Future<Void> goOn(Job job, UUID id) {
        return store.find(db, id)
                .compose(found -> found.filter(run -> run.state().equals("running"))
                        .map(run -> db.inTransaction(tx -> chunk(tx, job, run))
                                .compose(more -> more ? goOn(job, id) : Future.succeededFuture()))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<Boolean> chunk(Tx tx, Job job, Run run) {
        return chunks.allowManyRows(tx)
                .compose(allowed -> chunks.lockChunk(tx, run, leasesAtOnce))
                .compose(chunk -> {
                    var last = chunk.last();
                    if (last == null) {
                        return Jobs.hold(tx, job)
                                .compose(held -> store.finish(tx, run.id(), "done", job.now()))
                                .compose(done -> RentEvent.BILL_RUN_DONE.tell(tx, run.id(), toTell(run)))
                                .map(false);
                    }
                    return computeLines(tx, run, last)
                            .compose(computed ->
                                    run.dryRun() ? chunks.totals(tx, run, last) : issue(tx, run, last, job.now()))
                            .compose(totals -> chunks.markExceptions(tx, run, last)
                                    .map(left ->
                                            new Progress(chunk.leases(), totals.bills(), totals.amountFen(), left)))
                            .compose(more -> (run.dryRun() ? Future.succeededFuture(0) : chunks.move(tx, run, last))
                                    .compose(moved -> Jobs.hold(tx, job))
                                    .compose(held -> store.advance(tx, run.id(), last, more)))
                            .map(true);
                });
    }

    private Future<Void> computeLines(Tx tx, Run run, UUID last) {
        return chunks.plansWithoutLines(tx, run, last).compose(plans -> {
            Future<Void> done = Future.succeededFuture();
            for (var planId : plans) {
                done = done.compose(before -> computeLines(tx, planId));
            }
            return done;
        });
    }

    private Future<Void> computeLines(Tx tx, UUID planId) {
        return accounts.readPlan(tx, planId)
                .compose(stored -> policies.byDigest(tx, stored.policyDigest())
                        .map(policy -> stored.plan().lines(policy.money(), calendar)))
                .compose(lines -> accounts.insertLines(tx, planId, lines));
    }

    private Future<Progress> issue(Tx tx, Run run, UUID last, Instant now) {
        return chunks.issue(tx, run, last, now)
                .compose(issued -> books.issue(
                                tx,
                                issued.stream()
                                        .map(bill -> posting(run, bill, now))
                                        .toList(),
                                now)
                        .compose(posted -> useCredit(tx, issued, now))
                        .map(new Progress(
                                0,
                                issued.size(),
                                issued.stream().mapToLong(Issued::amountFen).sum(),
                                0)));
    }

    private static NewPosting posting(Run run, Issued bill, Instant now) {
        var about = JsonNodeFactory.instance
                .objectNode()
                .put("billId", bill.id().toString())
                .put("charge", "rent")
                .put("from", bill.from().toString())
                .put("to", bill.to().toString());
        var income = new AccountKey(run.cityCode(), AccountKind.RENT_INCOME, bill.provider());
        return new NewPosting(
                run.cityCode(),
                "bill:" + bill.id(),
                PostingKind.BILL,
                Shanghai.date(now),
                about,
                List.of(
                        Entry.debit(Books.receivable(run.cityCode(), bill.leaseId()), bill.amountFen()),
                        Entry.credit(income, bill.amountFen())));
    }

    private Future<Void> useCredit(Tx tx, List<Issued> issued, Instant now) {
        var leases = issued.stream().map(Issued::leaseId).distinct().toList();
        return chunks.withCredit(tx, leases).compose(found -> {
            Future<Void> done = Future.succeededFuture();
            for (var leaseId : found) {
                done = done.compose(before -> settling.useCredit(tx, leaseId, now));
            }
            return done;
        });
    }
}
