package io.anju.waitinglist;

import io.anju.api.RescoringOperations;
import io.anju.api.model.RescoreRegistrationsRequest;
import io.anju.api.model.RescoringMove;
import io.anju.api.model.RescoringReport;
import io.anju.api.model.RescoringState;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.waitinglist.Rescoring.Move;
import io.anju.waitinglist.Rescoring.Report;
import io.vertx.core.Future;
import java.util.UUID;

/** The contract's side of re-scorings. */
public final class RescoringApi implements RescoringOperations {
    private final RescoringService service;
    private final Once once;

    public RescoringApi(RescoringService service, Once once) {
        this.service = service;
        this.once = once;
    }

    @Override
    public Future<Reply<io.anju.api.model.Rescoring>> rescoreRegistrations(
            Request request, CityCaller caller, RescoreRegistrationsRequest body) {
        return once.run(
                request,
                tx -> service.start(tx, caller, body.programme(), body.dryRun(), body.reason(), request.now())
                        .map(RescoringApi::toContract)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<io.anju.api.model.Rescoring>> getRescoring(
            Request request, CityCaller caller, UUID rescoringId) {
        return service.get(caller, rescoringId).map(RescoringApi::toContract).map(Reply::of);
    }

    private static io.anju.api.model.Rescoring toContract(Rescoring rescoring) {
        var report = rescoring.report();
        return new io.anju.api.model.Rescoring(
                rescoring.id(),
                rescoring.list().cityCode(),
                rescoring.list().programme(),
                rescoring.policyDigest(),
                rescoring.dryRun(),
                rescoring.asOf(),
                RescoringState.of(rescoring.state().id()),
                rescoring.households(),
                rescoring.evaluated(),
                rescoring.requestedAt(),
                rescoring.finishedAt(),
                report == null ? null : toContract(report));
    }

    private static RescoringReport toContract(Report report) {
        return new RescoringReport(
                report.notEvaluated(),
                report.scoresHigher(),
                report.scoresLower(),
                report.ranksChanged(),
                report.biggestMoves().stream().map(RescoringApi::toContract).toList());
    }

    private static RescoringMove toContract(Move move) {
        return new RescoringMove(
                move.receiptNumber(),
                move.maskedName(),
                move.scoreBefore(),
                move.scoreAfter(),
                move.rankBefore(),
                move.rankAfter());
    }
}
