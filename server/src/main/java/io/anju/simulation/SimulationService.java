package io.anju.simulation;

import io.anju.platform.audit.Audit;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyProblem;
import io.anju.policy.PolicyService;
import io.anju.policy.ProposalService;
import io.anju.policy.ProposalService.Candidate;
import io.anju.simulation.Simulation.Change;
import io.anju.simulation.Simulation.ChangePlace;
import io.anju.simulation.Simulation.Effect;
import io.anju.simulation.Simulation.State;
import io.anju.simulation.SimulationCases.Extent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trials of rules on the households of a city: what would change, before anybody decides. */
public final class SimulationService {
    private static final Duration KEPT_FOR = Duration.ofDays(30);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);
    private static final int YEARS_AHEAD = 10;

    private final Db db;
    private final PolicyService policies;
    private final ProposalService proposals;
    private final SimulationCases cases;
    private final SimulationStore store = new SimulationStore();
    private final SimulationRun run;

    public SimulationService(
            Vertx vertx, Db db, PolicyService policies, ProposalService proposals, SimulationCases cases) {
        this.db = db;
        this.policies = policies;
        this.proposals = proposals;
        this.cases = cases;
        this.run = new SimulationRun(vertx, db, policies, proposals, cases, SimulationRun.PACE);
    }

    /** Names who does the work, and the work that comes again. */
    public void handleJobs(Jobs jobs) {
        jobs.handle(SimulationRun.KIND, run::slice);
        jobs.every(PURGE_EVERY, "policy.purge-simulations", job -> run.purge(job.now()));
    }

    /** Starts a trial over every household that is on the list now; refuses while another one of the city runs. */
    Future<Simulation> start(Tx tx, CityCaller caller, String digest, @Nullable LocalDate asOf, Instant now) {
        var cityCode = caller.office().cityCode();
        var id = Ids.next(now);
        return proposals
                .candidate(tx, cityCode, digest)
                .compose(tried -> prepare(tx, id, tried, asOf, now))
                .compose(simulation -> store.insert(tx, simulation, caller.id())
                        .compose(stored -> SimulationRun.enqueue(tx, id, 0, now))
                        .compose(
                                queued -> Audit.record(tx, caller, "policy.simulated", "policy-simulation", id, digest))
                        .map(simulation));
    }

    private Future<Simulation> prepare(Tx tx, UUID id, Candidate tried, @Nullable LocalDate asOf, Instant now) {
        var document = tried.document();
        var today = Shanghai.date(now);
        var day = asOf(document, asOf, today);
        return cases.extent(tx, document.cityCode(), document.programme())
                .compose(extent -> policies.inForce(tx, document.cityCode(), document.programme(), today)
                        .map(baseline -> simulation(id, tried, baseline.digest(), day, extent, now)));
    }

    private static Simulation simulation(
            UUID id, Candidate tried, String baseline, LocalDate asOf, Extent extent, Instant now) {
        var document = tried.document();
        return new Simulation(
                id,
                document.cityCode(),
                document.programme(),
                document.digest(),
                tried.proposalId(),
                baseline,
                asOf,
                now,
                now.plus(KEPT_FOR),
                extent.version(),
                extent.households(),
                0,
                0,
                0,
                State.RUNNING,
                null,
                null);
    }

    /** Both rules are evaluated on one day of the tried rules' period; yearly figures are not known for ever. */
    private static LocalDate asOf(PolicyDocument document, @Nullable LocalDate asked, LocalDate today) {
        var first = document.effectiveFrom().isAfter(today) ? document.effectiveFrom() : today;
        var end = document.effectiveTo();
        var horizon = first.plusYears(YEARS_AHEAD);
        var last = end == null || end.isAfter(horizon) ? horizon : end;
        var day = asked == null ? first : asked;
        if (day.isBefore(first) || day.isAfter(last)) {
            var args = Map.of("from", first.toString(), "to", last.toString());
            throw Refusal.of(
                    PolicyProblem.AS_OF_OUT_OF_RANGE,
                    List.of(new Finding("/asOf", PolicyProblem.AS_OF_OUT_OF_RANGE, args)),
                    args);
        }
        return day;
    }

    /** A trial of the caller's city. */
    Future<Simulation> get(CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return store.find(db, id)
                .map(found -> found.filter(simulation -> simulation.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** What a finished trial of the caller's city would change, after a place of the list. */
    Future<List<Change>> changes(
            CityCaller caller, UUID id, @Nullable Effect effect, @Nullable ChangePlace after, int limit) {
        var place = after == null ? new ChangePlace(Integer.MAX_VALUE, 0) : after;
        return get(caller, id)
                .compose(simulation -> simulation.state() == State.DONE
                        ? store.changes(db, id, effect, place, limit)
                        : Refusal.failed(SimulationProblem.SIMULATION_NOT_DONE));
    }
}
