package io.anju.simulation;

import io.anju.api.PolicySimulationOperations;
import io.anju.api.model.PolicySimulation;
import io.anju.api.model.PolicySimulationChangePage;
import io.anju.api.model.PolicySimulationEffect;
import io.anju.api.model.SimulatePolicyRequest;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.simulation.Simulation.ChangePlace;
import io.anju.simulation.Simulation.Effect;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Trials of rules over HTTP. */
public final class SimulationApi implements PolicySimulationOperations {
    private static final String CHANGES = "listPolicySimulationChanges";

    private final SimulationService service;
    private final Once once;
    private final Cursors cursors;

    public SimulationApi(SimulationService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<PolicySimulation>> simulatePolicy(
            Request request, CityCaller caller, SimulatePolicyRequest body) {
        return once.run(
                request,
                tx -> service.start(tx, caller, body.digest(), body.asOf(), request.now())
                        .map(SimulationView::simulation)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<PolicySimulation>> getPolicySimulation(Request request, CityCaller caller, UUID simulationId) {
        return service.get(caller, simulationId).map(SimulationView::simulation).map(Reply::of);
    }

    @Override
    public Future<Reply<PolicySimulationChangePage>> listPolicySimulationChanges(
            Request request,
            CityCaller caller,
            UUID simulationId,
            @Nullable PolicySimulationEffect effect,
            @Nullable String cursor,
            int limit) {
        var name = String.join("/", CHANGES, simulationId.toString(), effect == null ? "" : effect.wire());
        var wanted = effect == null ? null : Effect.of(effect.wire());
        return service.changes(caller, simulationId, wanted, place(name, cursor), limit + 1)
                .map(found -> {
                    var page = cursors.pageBy(name, found, limit, last -> List.of(last.moved(), last.sequence()));
                    return Reply.of(new PolicySimulationChangePage(page.as(SimulationView::change), page.nextCursor()));
                });
    }

    private @Nullable ChangePlace place(String name, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var values = cursors.open(name, 2, cursor);
        return new ChangePlace(Integer.parseInt(values.get(0)), Long.parseLong(values.get(1)));
    }
}
