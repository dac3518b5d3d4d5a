package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.Refusal;
import io.anju.policy.PolicyDocument;
import io.anju.policy.Step;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes moves along the pipeline: the row, its event, the outbox, and whoever has work at the place arrived at. */
final class Moves {
    private final ApplicationStore store;
    private final Pipeline pipeline;

    Moves(ApplicationStore store, Pipeline pipeline) {
        this.store = store;
        this.pipeline = pipeline;
    }

    /** Changes state or step; nobody is told to begin work. */
    Future<CaseFile> move(Tx tx, CaseFile file, Move move) {
        requireLegal(file.state(), move.to());
        return store.move(tx, file.id(), file.version(), file.state(), move)
                .map(Application::asCase)
                .compose(moved -> announce(tx, moved, move.kind()).map(moved));
    }

    /** Goes to the step and opens its work there. */
    Future<CaseFile> moveToStep(Tx tx, CaseFile file, Step step, Move move) {
        return move(tx, file, move.toStep(step.index()))
                .compose(moved -> enter(tx, moved, step, move.at()).map(moved));
    }

    /** Goes to the step after the one the file is at, or into the register where that was the last. */
    Future<CaseFile> moveOn(Tx tx, CaseFile file, PolicyDocument policy, Move move) {
        var next = file.stepIndex() + 1;
        if (next < policy.pipeline().size()) {
            var step = policy.pipeline().get(next);
            return moveToStep(tx, file, step, move.to(stateAt(step)));
        }
        return move(tx, file, move.to(ApplicationState.REGISTERED))
                .compose(moved ->
                        pipeline.registrar().register(tx, moved, move.at()).map(moved));
    }

    Future<Void> enter(Tx tx, CaseFile file, Step step, Instant now) {
        return pipeline.handler(step.kind()).enter(tx, file, step, now);
    }

    Future<Void> enterReReview(
            Tx tx, CaseFile file, ReReviewHandler.FirstRefusal refusal, LocalDate dueOn, Instant now) {
        return pipeline.reReview().enterReReview(tx, file, refusal, dueOn, now);
    }

    /** Closes the work that is open for a file where it stands. */
    Future<Void> leave(Tx tx, CaseFile file, Step step, Instant now) {
        return file.state() == ApplicationState.IN_RE_REVIEW
                ? pipeline.reReview().leaveReReview(tx, file, now)
                : pipeline.handler(step.kind()).leave(tx, file, now);
    }

    /** Tells whoever follows; without personal data. */
    Future<Void> announce(Tx tx, CaseFile file, Event.Kind kind) {
        Map<String, Object> payload = new TreeMap<>(Map.of(
                "cityCode", file.cityCode(),
                "programme", file.programme(),
                "receiptNumber", file.receiptNumber(),
                "state", file.state().id(),
                "stepIndex", file.stepIndex(),
                "version", file.version()));
        var topic = "application." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return Outbox.append(tx, topic, file.id(), new String(CanonicalJson.write(payload), StandardCharsets.UTF_8));
    }

    static ApplicationState stateAt(Step step) {
        return step.kind() == Step.Kind.PUBLICITY ? ApplicationState.AWAITING_PUBLICITY : ApplicationState.IN_REVIEW;
    }

    static void requireLegal(ApplicationState from, ApplicationState to) {
        if (!from.mayMoveTo(to)) {
            throw Refusal.of(ApplicationProblem.MOVE_NOT_ALLOWED);
        }
    }
}
