package io.anju.reconciliation;

import io.anju.ledger.AccountKind;
import io.anju.ledger.LedgerService;
import io.anju.payment.Movement;
import io.anju.payment.Movement.Kind;
import io.anju.payment.Movements;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.time.Shanghai;
import io.anju.reconciliation.CompareStore.Terms;
import io.anju.reconciliation.Run.Result;
import io.anju.reconciliation.Run.Stage;
import io.anju.reconciliation.Run.State;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * The work of one comparison: fetch the bill and keep its lines, gather what we hold, compare.
 *
 * <p>Each stage begins by forgetting what an earlier attempt at it has left, and is noted when it is through: a run that
 * died goes on at the stage where it stopped. Lines and movements are written page by page; no heap holds a whole day.
 */
final class ReconciliationRun {
    static final String KIND = "reconciliation.run";
    static final LocalTime BILL_READY_AT = LocalTime.of(10, 0);

    /** After so many failures the run is given up; the daily job begins another one. */
    private static final int MAX_ATTEMPTS = 5;

    private static final int PAGE = 1_000;

    private final Vertx vertx;
    private final Db db;
    private final LedgerService ledger;
    private final Movements movements;
    private final Map<String, Channel> channels;
    private final RunStore runs = new RunStore();
    private final CompareStore comparison = new CompareStore();
    private final DaySettlement settlement;

    ReconciliationRun(Vertx vertx, Db db, LedgerService ledger, Movements movements, Map<String, Channel> channels) {
        this.vertx = vertx;
        this.db = db;
        this.ledger = ledger;
        this.movements = movements;
        this.channels = channels;
        this.settlement = new DaySettlement(ledger);
    }

    static Future<Void> enqueue(Tx tx, UUID runId, Instant now) {
        return Jobs.enqueue(
                tx,
                KIND,
                runId.toString(),
                new JsonObject().put("runId", runId.toString()).encode(),
                now);
    }

    Future<Void> work(Job job) {
        var id = UUID.fromString(new JsonObject(job.payload()).getString("runId"));
        return runs.find(db, id)
                .compose(found -> found.filter(run -> run.state() == State.RUNNING)
                        .map(run -> from(job, run))
                        .orElseGet(Future::succeededFuture))
                .recover(failure -> failure instanceof LostLease || job.attempt() < MAX_ATTEMPTS
                        ? Future.failedFuture(failure)
                        : db.inTransaction(tx -> runs.fail(tx, id, reason(failure), job.now())));
    }

    private static String reason(Throwable failure) {
        return failure instanceof UnusableBill unusable
                ? unusable.reason()
                : failure.getClass().getSimpleName();
    }

    private Future<Void> from(Job job, Run run) {
        var channel = channels.get(run.channel());
        if (channel == null) {
            return Future.failedFuture(new IllegalStateException("no channel " + run.channel()));
        }
        return switch (run.stage()) {
            case FETCH ->
                fetch(job, run, channel).compose(done -> gather(job, run)).compose(done -> compare(job, run, channel));
            case GATHER -> gather(job, run).compose(done -> compare(job, run, channel));
            case COMPARE -> compare(job, run, channel);
        };
    }

    private Future<Void> fetch(Job job, Run run, Channel channel) {
        return db.inTransaction(tx -> Jobs.hold(tx, job).compose(held -> runs.clearLines(tx, run.id())))
                .compose(cleared -> channel.bill().apply(run.billDate()))
                .compose(file -> file.isEmpty()
                        ? db.inTransaction(tx -> runs.reach(tx, run.id(), Stage.GATHER))
                        : new BillStaging(vertx, db, runs).stage(job, run, file.get()));
    }

    private Future<Void> gather(Job job, Run run) {
        var from = Shanghai.startOf(run.billDate());
        var to = Shanghai.endOf(run.billDate());
        return db.inTransaction(tx -> Jobs.hold(tx, job).compose(held -> comparison.clear(tx, run.id())))
                .compose(cleared -> ofDay(job, run, Kind.PAYMENT, from, to, ""))
                .compose(done -> ofDay(job, run, Kind.REFUND, from, to, ""))
                .compose(done -> db.inTransaction(comparison::learn))
                .compose(done -> listedOnly(job, run, Kind.PAYMENT, ""))
                .compose(done -> listedOnly(job, run, Kind.REFUND, ""))
                .compose(done -> db.inTransaction(
                        tx -> comparison.learn(tx).compose(learnt -> runs.reach(tx, run.id(), Stage.COMPARE))));
    }

    /** What moved on the day. */
    private Future<Void> ofDay(Job job, Run run, Kind kind, Instant from, Instant to, String after) {
        return movements.between(db, run.channel(), kind, from, to, after, PAGE).compose(page -> {
            if (page.isEmpty()) {
                return Future.succeededFuture();
            }
            return keep(job, run, page)
                    .compose(kept -> ofDay(
                            job, run, kind, from, to, page.get(page.size() - 1).number()));
        });
    }

    /** What the bill lists of other days, or of orders that are not paid here. */
    private Future<Void> listedOnly(Job job, Run run, Kind kind, String after) {
        return comparison.unmatched(db, run.id(), kind, after, PAGE).compose(numbers -> {
            if (numbers.isEmpty()) {
                return Future.succeededFuture();
            }
            return movements
                    .named(db, run.channel(), kind, numbers)
                    .compose(page -> keep(job, run, page))
                    .compose(kept -> listedOnly(job, run, kind, numbers.get(numbers.size() - 1)));
        });
    }

    private Future<Void> keep(Job job, Run run, List<Movement> page) {
        var keys = page.stream().map(Movement::businessKey).toList();
        return ledger.amounts(db, AccountKind.CLEARING, run.channel(), keys)
                .compose(posted -> db.inTransaction(
                        tx -> Jobs.hold(tx, job).compose(held -> comparison.insert(tx, run.id(), page, posted))));
    }

    /** The lease is asked for last: its row would keep the heartbeat waiting for as long as the database compares. */
    private Future<Void> compare(Job job, Run run, Channel channel) {
        var day = run.billDate();
        var terms = new Terms(
                run.id(),
                channel.merchantId(),
                channel.appId(),
                Shanghai.startOf(day),
                Shanghai.endOf(day),
                readyAt(day),
                channel.feeRate());
        return db.inTransaction(tx -> comparison
                .compare(tx, terms, job.now())
                .compose(result -> comparison
                        .closeVanished(tx, run.id(), "run " + run.number() + " of " + day, job.now())
                        .map(result))
                .compose(result -> settlement.settle(tx, run, terms, job.now()).map(result))
                .compose(result -> comparison.clear(tx, run.id()).map(result))
                .compose(result -> Jobs.hold(tx, job)
                        .compose(held -> runs.finish(tx, run.id(), result, job.now()))
                        .compose(finished -> announce(tx, run, result))));
    }

    private static Future<Void> announce(Tx tx, Run run, Result result) {
        var payload = new JsonObject()
                .put("channel", run.channel())
                .put("billDate", run.billDate().toString())
                .put("run", run.number())
                .put("lines", result.lines())
                .put("valueFen", result.valueFen())
                .put("verifiedFen", result.verifiedFen())
                .put("differences", result.found());
        return Outbox.append(tx, "reconciliation.done", run.id(), payload.encode());
    }

    /** From when on the channel has the bill of a day. */
    static Instant readyAt(LocalDate day) {
        return day.plusDays(1).atTime(BILL_READY_AT).atZone(Shanghai.ZONE).toInstant();
    }

    /** One after the other. */
    static <T> Future<Void> each(Collection<T> all, Function<T, Future<Void>> work) {
        Future<Void> done = Future.succeededFuture();
        for (var one : new ArrayList<>(all)) {
            done = done.compose(before -> work.apply(one));
        }
        return done;
    }
}
