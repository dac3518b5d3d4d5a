package io.anju.simulation;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.LostLease;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.ProposalService;
import io.anju.simulation.Simulation.State;
import io.anju.simulation.SimulationCases.Case;
import io.anju.simulation.SimulationStore.Evaluated;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The work of a trial, in slices that follow one another as jobs, so that other work has its turn in between.
 *
 * <p>A slice takes page after page of households by their numbers: read and evaluated outside any transaction, then
 * written together with the progress in a short one that holds the job's lease. What was written before a runner died
 * stays; the next one goes on behind it. When no households are left, the database ranks them.
 */
final class SimulationRun {
    static final String KIND = "policy.simulate";

    static final Pace PACE = new Pace(2_000, 20);
    /** After so many failures of one slice the trial is given up, so that the city can begin another. */
    private static final int MAX_ATTEMPTS = 5;

    private static final int PURGE_ROWS = 20_000;

    /** How many households are written together, and how many such pages a job does before others have their turn. */
    record Pace(int page, int pagesPerSlice) {}

    private final Vertx vertx;
    private final Db db;
    private final PolicyService policies;
    private final ProposalService proposals;
    private final SimulationCases cases;
    private final Pace pace;
    private final SimulationStore store = new SimulationStore();
    private final SimulationRankStore ranks = new SimulationRankStore();

    SimulationRun(
            Vertx vertx, Db db, PolicyService policies, ProposalService proposals, SimulationCases cases, Pace pace) {
        this.vertx = vertx;
        this.db = db;
        this.policies = policies;
        this.proposals = proposals;
        this.cases = cases;
        this.pace = pace;
    }

    /** Queues a slice of a trial; each number is queued once. */
    static Future<Void> enqueue(Tx tx, UUID id, int slice, Instant now) {
        var payload = new JsonObject().put("simulationId", id.toString()).put("slice", slice);
        return Jobs.enqueue(tx, KIND, id + "/" + slice, payload.encode(), now);
    }

    /** The job of one slice. */
    Future<Void> slice(Job job) {
        var payload = new JsonObject(job.payload());
        var id = UUID.fromString(payload.getString("simulationId"));
        return store.find(db, id)
                .compose(found -> found.filter(
                                one -> one.state() == State.RUNNING && one.slice() == payload.getInteger("slice"))
                        .map(simulation -> trial(simulation).compose(trial -> pages(job, trial, simulation, 1)))
                        .orElseGet(Future::succeededFuture))
                .recover(failure -> failure instanceof LostLease || job.attempt() < MAX_ATTEMPTS
                        ? Future.failedFuture(failure)
                        : store.fail(db, id, job.now()));
    }

    private Future<Trial> trial(Simulation simulation) {
        var before = policies.byDigest(db, simulation.baselineDigest());
        var after = proposals.candidate(db, simulation.cityCode(), simulation.digest());
        return Future.all(before, after)
                .map(both -> new Trial(before.result(), after.result().document(), simulation.asOf()));
    }

    private Future<Void> pages(Job job, Trial trial, Simulation simulation, int number) {
        return cases.page(
                        db,
                        simulation.cityCode(),
                        simulation.programme(),
                        simulation.registerVersion(),
                        simulation.lastSequence(),
                        pace.page())
                .compose(page -> page.isEmpty()
                        ? finish(job, simulation)
                        : page(job, trial, simulation, page, number == pace.pagesPerSlice())
                                .compose(next -> number == pace.pagesPerSlice()
                                        ? Future.succeededFuture()
                                        : pages(job, trial, next, number + 1)));
    }

    private Future<Simulation> page(Job job, Trial trial, Simulation simulation, List<Case> page, boolean isLast) {
        var slice = isLast ? simulation.slice() + 1 : simulation.slice();
        var next = simulation.advanced(page.get(page.size() - 1).sequence(), page.size(), slice);
        return ownPolicies(page)
                .compose(own -> vertx.executeBlocking(() -> evaluate(trial, own, page), false))
                .compose(rows -> db.inTransaction(tx -> Jobs.hold(tx, job)
                        .compose(held -> advance(tx, job, simulation, next, page.size()))
                        .compose(advanced -> store.insertCases(tx, simulation.id(), rows))
                        .compose(written ->
                                isLast ? enqueue(tx, simulation.id(), slice, job.now()) : Future.succeededFuture())))
                .map(next);
    }

    private Future<Void> advance(Tx tx, Job job, Simulation from, Simulation to, int households) {
        return store.advance(tx, from, to.lastSequence(), households, to.slice())
                .compose(moved -> moved ? Future.succeededFuture() : Future.failedFuture(new LostLease(job)));
    }

    /** The rules that the page's households were registered with. */
    private Future<Map<String, PolicyDocument>> ownPolicies(List<Case> page) {
        var documents = new HashMap<String, PolicyDocument>();
        Future<Void> loaded = Future.succeededFuture();
        for (var digest : page.stream().map(Case::policyDigest).distinct().toList()) {
            loaded = loaded.compose(before -> policies.byDigest(db, digest)).map(document -> {
                documents.put(digest, document);
                return null;
            });
        }
        return loaded.map(documents);
    }

    private static List<Evaluated> evaluate(Trial trial, Map<String, PolicyDocument> own, List<Case> page) {
        return page.stream()
                .map(one -> new Evaluated(
                        one,
                        trial.of(one.facts().get(), Objects.requireNonNull(own.get(one.policyDigest())), one.entry())))
                .toList();
    }

    /** The lease is asked for last: its row would keep the heartbeat waiting for as long as the database sorts. */
    private Future<Void> finish(Job job, Simulation simulation) {
        return db.inTransaction(tx -> ranks.rank(tx, simulation.id())
                .compose(ranked -> ranks.report(tx, simulation.id()))
                .compose(report ->
                        Jobs.hold(tx, job).compose(held -> store.finish(tx, simulation.id(), report, job.now()))));
    }

    /** Deletes what has expired, some rows at a time. */
    Future<Void> purge(Instant now) {
        return store.expired(db, now)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : purge(found.get()).compose(deleted -> purge(now)));
    }

    private Future<Void> purge(UUID id) {
        return store.deleteRows(db, id, PURGE_ROWS).compose(deleted -> deleted > 0 ? purge(id) : store.delete(db, id));
    }
}
