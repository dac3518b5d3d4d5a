package io.anju.simulation;

import io.anju.platform.problem.Code;

/** What a trial refuses; the texts are in {@code problems/simulation.yaml}. */
public enum SimulationProblem implements Code {
    SIMULATION_RUNNING(409),
    SIMULATION_NOT_DONE(409);

    private final int status;

    SimulationProblem(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
