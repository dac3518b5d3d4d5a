package io.anju.review;

import io.anju.api.ReviewOperations;
import io.anju.api.model.BulkDecisionRequest;
import io.anju.api.model.BulkDecisionResult;
import io.anju.api.model.BulkDecisionRow;
import io.anju.api.model.DecideTaskRequest;
import io.anju.api.model.TaskCounts;
import io.anju.api.model.TaskDetail;
import io.anju.api.model.TaskFilter;
import io.anju.api.model.TaskOutcome;
import io.anju.api.model.TaskPage;
import io.anju.application.CorrectionItem;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.problem.Catalogue;
import io.anju.review.Decision.Verdict;
import io.anju.review.ReviewService.Filter;
import io.anju.review.ReviewStore.After;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract's side of review. */
public final class ReviewApi implements ReviewOperations {
    private static final String LIST = "listTasks";

    private final ReviewService service;
    private final Once once;
    private final Cursors cursors;
    private final Catalogue catalogue;

    public ReviewApi(ReviewService service, Once once, Cursors cursors, Catalogue catalogue) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
        this.catalogue = catalogue;
    }

    @Override
    public Future<Reply<TaskPage>> listTasks(
            Request request,
            OfficeCaller caller,
            @Nullable TaskFilter state,
            @Nullable String step,
            @Nullable String cursor,
            int limit) {
        // a cursor is bound to its filters; one more than asked for tells whether there is a next page
        var name = String.join("/", LIST, state == null ? "" : state.wire(), step == null ? "" : step);
        var after = cursor == null ? null : after(cursors.open(name, 2, cursor));
        var view = new ReviewView(request, caller);
        return service.list(caller, filter(state), step, request.today(), after, limit + 1)
                .map(found -> {
                    var page = cursors.pageBy(name, found, limit, last -> List.of(last.dueOn(), last.id()));
                    return Reply.of(new TaskPage(page.as(view::task), page.nextCursor()));
                });
    }

    @Override
    public Future<Reply<TaskCounts>> getTaskCounts(Request request, OfficeCaller caller) {
        var view = new ReviewView(request, caller);
        return service.count(caller, request.today()).map(view::counts).map(Reply::of);
    }

    @Override
    public Future<Reply<TaskDetail>> getTask(Request request, OfficeCaller caller, UUID taskId) {
        var view = new ReviewView(request, caller);
        return service.get(caller, taskId)
                .map(detail ->
                        Reply.of(view.detail(detail)).withETag(detail.task().version()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Task>> claimTask(Request request, OfficeCaller caller, UUID taskId) {
        return changed(request, caller, tx -> service.claim(tx, caller, taskId, request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Task>> releaseTask(Request request, OfficeCaller caller, UUID taskId) {
        return changed(request, caller, tx -> service.release(tx, caller, taskId));
    }

    private Future<Reply<io.anju.api.model.Task>> changed(
            Request request, OfficeCaller caller, Function<Tx, Future<Task>> change) {
        var view = new ReviewView(request, caller);
        return once.run(
                request,
                tx -> change.apply(tx).map(task -> Reply.of(view.task(task)).withETag(task.version())));
    }

    @Override
    public Future<Reply<TaskOutcome>> decideTask(
            Request request, OfficeCaller caller, UUID taskId, String ifMatch, DecideTaskRequest body) {
        return once.run(
                request,
                tx -> service.decide(tx, caller, taskId, version(ifMatch), decision(body), request.now())
                        .map(outcome -> Reply.of(ReviewView.outcome(outcome))));
    }

    @Override
    public Future<Reply<BulkDecisionResult>> decideTasksInBulk(
            Request request, OfficeCaller caller, BulkDecisionRequest body) {
        var rows = body.rows().stream().map(ReviewApi::row).toList();
        var view = new ReviewView(request, caller);
        return once.run(
                request,
                tx -> service.decideAll(tx, caller, rows, body.dryRun(), request.now())
                        .map(result -> Reply.of(view.bulk(result, catalogue))));
    }

    private static BulkDesk.Row row(BulkDecisionRow row) {
        return new BulkDesk.Row(row.taskId(), row.version(), decision(row.decision()));
    }

    private static Decision decision(DecideTaskRequest body) {
        var reasons = body.reasonCodes();
        var items = body.items();
        return new Decision(
                Verdict.of(body.decision().wire()),
                reasons == null
                        ? List.of()
                        : reasons.stream().map(reason -> reason.wire()).toList(),
                body.note(),
                body.toStep(),
                items == null
                        ? List.of()
                        : items.stream()
                                .map(item -> new CorrectionItem(item.pointer(), item.code(), item.text()))
                                .toList());
    }

    /** The number in an ETag; the contract allows more digits than a version ever has, which then match nothing. */
    private static long version(String etag) {
        var digits = etag.substring(1, etag.length() - 1);
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static After after(List<String> place) {
        return new After(LocalDate.parse(place.get(0)), UUID.fromString(place.get(1)));
    }

    private static Filter filter(@Nullable TaskFilter state) {
        if (state == null) {
            return Filter.ALL;
        }
        return switch (state) {
            case OPEN -> Filter.OPEN;
            case MINE -> Filter.MINE;
            case OVERDUE -> Filter.OVERDUE;
        };
    }
}
