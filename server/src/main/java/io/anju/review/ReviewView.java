package io.anju.review;

import io.anju.api.model.BulkDecisionResult;
import io.anju.api.model.BulkRowResult;
import io.anju.api.model.DecisionRecord;
import io.anju.api.model.EarlierStep;
import io.anju.api.model.OfficeLevel;
import io.anju.api.model.ProblemError;
import io.anju.api.model.ReviewDecision;
import io.anju.api.model.StepTaskCounts;
import io.anju.api.model.TaskCounts;
import io.anju.api.model.TaskDetail;
import io.anju.api.model.TaskKind;
import io.anju.api.model.TaskOutcome;
import io.anju.api.model.TaskState;
import io.anju.platform.http.KnownCaller;
import io.anju.platform.http.Language;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Catalogue;
import io.anju.review.BulkDesk.BulkResult;
import io.anju.review.BulkDesk.RowResult;
import io.anju.review.DecisionDesk.Outcome;
import io.anju.review.ReviewStore.StepCount;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/** Review as the contract shows it to one caller: in the caller's language, on the caller's day. */
final class ReviewView {
    private final String language;
    private final boolean english;
    private final LocalDate today;
    private final UUID caller;

    ReviewView(Request request, KnownCaller caller) {
        this.language = request.language().tag();
        this.english = request.language() == Language.EN;
        this.today = request.today();
        this.caller = caller.id();
    }

    io.anju.api.model.Task task(Task task) {
        return new io.anju.api.model.Task(
                task.id(),
                task.applicationId(),
                task.receiptNumber(),
                TaskKind.of(task.kind().id()),
                task.programme(),
                task.stepId(),
                task.stepIndex(),
                task.stepName().in(language),
                OfficeLevel.of(task.officeLevel()),
                task.areaCode(),
                task.maskedName(),
                task.householdSize(),
                task.category(),
                TaskState.of(task.state().id()),
                task.openedAt(),
                task.dueOn(),
                task.isOverdue(today),
                task.state() == Task.State.CLAIMED
                        && task.claimedBy() != null
                        && task.claimedBy().equals(caller),
                task.claimedAt(),
                task.version());
    }

    TaskDetail detail(ReviewService.Detail detail) {
        return new TaskDetail(
                task(detail.task()),
                detail.decisions().stream().map(ReviewView::decision).toList(),
                detail.stepsBefore().stream()
                        .map(step -> new EarlierStep(
                                step.index(), step.id(), step.name().in(language)))
                        .toList());
    }

    private static DecisionRecord decision(Decision.Kept kept) {
        return new DecisionRecord(
                kept.taskId(),
                kept.stepId(),
                kept.stepIndex(),
                ReviewDecision.of(kept.verdict().id()),
                kept.reasonCodes(),
                kept.note(),
                kept.office(),
                kept.decidedAt());
    }

    TaskCounts counts(List<StepCount> counts) {
        return new TaskCounts(
                sum(counts, StepCount::open),
                sum(counts, StepCount::claimed),
                sum(counts, StepCount::mine),
                sum(counts, StepCount::overdue),
                counts.stream()
                        .map(count -> new StepTaskCounts(
                                count.stepId(),
                                count.stepName().in(language),
                                count.open(),
                                count.claimed(),
                                count.overdue()))
                        .toList());
    }

    private static long sum(List<StepCount> counts, ToLongFunction<StepCount> part) {
        return counts.stream().mapToLong(part).sum();
    }

    static TaskOutcome outcome(Outcome outcome) {
        return new TaskOutcome(
                outcome.task().id(),
                outcome.file().id(),
                outcome.file().receiptNumber(),
                ReviewDecision.of(outcome.decision().verdict().id()),
                outcome.file().state().id(),
                outcome.file().stepIndex(),
                outcome.decidedAt());
    }

    BulkDecisionResult bulk(BulkResult result, Catalogue catalogue) {
        var accepted = (int) result.rows().stream().filter(RowResult::accepted).count();
        return new BulkDecisionResult(
                result.dryRun(),
                result.applied(),
                accepted,
                result.rows().size() - accepted,
                result.rows().stream().map(row -> row(row, catalogue)).toList());
    }

    private BulkRowResult row(RowResult row, Catalogue catalogue) {
        var outcome = row.outcome();
        return new BulkRowResult(
                row.taskId(),
                row.accepted(),
                outcome == null ? null : outcome.file().state().id(),
                row.findings().stream()
                        .map(finding -> new ProblemError(
                                finding.pointer(), finding.code().id(), catalogue.detail(finding, english)))
                        .toList());
    }
}
