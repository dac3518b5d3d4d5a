package io.anju.simulation;

import io.anju.api.model.PolicySimulation;
import io.anju.api.model.PolicySimulationChange;
import io.anju.api.model.PolicySimulationDirection;
import io.anju.api.model.PolicySimulationEffect;
import io.anju.api.model.PolicySimulationEligibility;
import io.anju.api.model.PolicySimulationRank;
import io.anju.api.model.PolicySimulationReport;
import io.anju.api.model.PolicySimulationRuleCount;
import io.anju.api.model.PolicySimulationScore;
import io.anju.api.model.PolicySimulationScoreRange;
import io.anju.api.model.PolicySimulationState;
import java.util.List;

/** Trials and what they found in the contract's words. */
final class SimulationView {
    private SimulationView() {}

    static PolicySimulation simulation(Simulation simulation) {
        var report = simulation.report();
        return new PolicySimulation(
                simulation.id(),
                simulation.cityCode(),
                simulation.programme(),
                simulation.digest(),
                simulation.asOf(),
                PolicySimulationState.valueOf(simulation.state().name()),
                simulation.households(),
                simulation.evaluated(),
                simulation.requestedAt(),
                simulation.finishedAt(),
                simulation.expiresAt(),
                report == null ? null : report(report));
    }

    private static PolicySimulationReport report(SimulationReport report) {
        var eligibility = report.eligibility();
        var rank = report.rank();
        return new PolicySimulationReport(
                report.households(),
                report.notEvaluated(),
                new PolicySimulationEligibility(
                        eligibility.lost(),
                        eligibility.gained(),
                        eligibility.stillEligible(),
                        eligibility.stillNotEligible(),
                        eligibility.lostByRule().stream()
                                .map(count -> new PolicySimulationRuleCount(count.rule(), count.households()))
                                .toList()),
                score(report.score()),
                new PolicySimulationRank(
                        rank.up(),
                        rank.down(),
                        rank.same(),
                        rank.largestRise(),
                        rank.largestFall(),
                        rank.medianMove()));
    }

    private static PolicySimulationScore score(SimulationReport.ScoreChange score) {
        return new PolicySimulationScore(
                score.higher(),
                score.lower(),
                score.same(),
                score.totalBefore(),
                score.totalAfter(),
                score.largestRise(),
                score.largestFall(),
                score.distribution().stream().map(SimulationView::range).toList());
    }

    private static PolicySimulationScoreRange range(SimulationReport.Range range) {
        var to = range.to();
        return new PolicySimulationScoreRange(
                range.isRise() ? PolicySimulationDirection.HIGHER : PolicySimulationDirection.LOWER,
                Integer.toString(range.from()),
                to == null ? null : to.toString(),
                range.households());
    }

    static PolicySimulationChange change(Simulation.Change change) {
        return new PolicySimulationChange(
                change.receiptNumber(),
                change.maskedName(),
                PolicySimulationEffect.valueOf(change.effect().name()),
                change.eligibleBefore(),
                change.eligibleAfter(),
                change.scoreBefore(),
                change.scoreAfter(),
                change.rankBefore(),
                change.rankAfter(),
                change.lostBy().isEmpty() ? List.of() : List.of(change.lostBy().split(",")));
    }
}
