package io.anju.review;

import io.anju.platform.db.Tx;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.review.DecisionDesk.Order;
import io.anju.review.DecisionDesk.Outcome;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides many tasks in one transaction, all or none, with a result for each.
 *
 * <p>A trial does everything that the real thing does and then takes it back to a savepoint, so the two cannot differ.
 * A row that is refused is taken back to its own savepoint, so that the rows after it are judged as well.
 */
public final class BulkDesk {
    private static final UUID NOWHERE = new UUID(0, 0);

    private final ReviewStore tasks;
    private final DecisionStore savepoints;
    private final DecisionDesk desk;

    BulkDesk(ReviewStore tasks, DecisionStore savepoints, DecisionDesk desk) {
        this.tasks = tasks;
        this.savepoints = savepoints;
        this.desk = desk;
    }

    /** A decision on a task; a task that nobody holds is taken with it. */
    public record Row(UUID taskId, @Nullable Long version, Decision decision) {}

    /** The result of one row: an outcome, or what stands against it. */
    public record RowResult(UUID taskId, @Nullable Outcome outcome, List<Finding> findings) {
        public boolean accepted() {
            return outcome != null;
        }
    }

    /** @param applied whether the decisions are written: all of them, or none */
    public record BulkResult(boolean dryRun, boolean applied, List<RowResult> rows) {}

    /** One request's rows; {@code firstAt} tells a row that repeats a task from the one that names it first. */
    private record Batch(Tx tx, OfficeCaller caller, List<Row> rows, Map<UUID, Integer> firstAt, Instant now) {
        Row row(int index) {
            return rows.get(index);
        }
    }

    Future<BulkResult> decide(Tx tx, OfficeCaller caller, List<Row> rows, boolean dryRun, Instant now) {
        var firstAt = new HashMap<UUID, Integer>();
        IntStream.range(0, rows.size())
                .forEach(index -> firstAt.putIfAbsent(rows.get(index).taskId(), index));
        var batch = new Batch(tx, caller, rows, firstAt, now);
        return savepoints
                .beginTrial(tx)
                .compose(begun -> inLockOrder(batch))
                .compose(order -> decideAll(batch, order))
                .compose(results -> settle(tx, results, dryRun));
    }

    private Future<List<RowResult>> decideAll(Batch batch, List<Integer> order) {
        var results = new RowResult[order.size()];
        Future<Void> done = Future.succeededFuture();
        for (int index : order) {
            done = done.compose(before -> decideRow(batch, index).compose(result -> {
                results[index] = result;
                return Future.succeededFuture();
            }));
        }
        return done.map(all -> List.of(results));
    }

    private Future<BulkResult> settle(Tx tx, List<RowResult> results, boolean dryRun) {
        var applied = !dryRun && results.stream().allMatch(RowResult::accepted);
        var result = new BulkResult(dryRun, applied, results);
        return applied
                ? Future.succeededFuture(result)
                : savepoints.undoTrial(tx).map(result);
    }

    /** Applications are locked in the order of their ids, so that two such requests never wait for each other. */
    private Future<List<Integer>> inLockOrder(Batch batch) {
        return tasks.list(batch.tx(), batch.firstAt().keySet()).map(found -> {
            var applications = found.stream().collect(Collectors.toMap(Task::id, Task::applicationId));
            Comparator<Integer> byApplication = Comparator.comparing(
                    index -> applications.getOrDefault(batch.row(index).taskId(), NOWHERE));
            return IntStream.range(0, batch.rows().size())
                    .boxed()
                    .sorted(byApplication)
                    .toList();
        });
    }

    private Future<RowResult> decideRow(Batch batch, int index) {
        var row = batch.row(index);
        if (!Integer.valueOf(index).equals(batch.firstAt().get(row.taskId()))) {
            var finding = Finding.of(pointer(index) + "/taskId", ReviewProblem.TASK_REPEATED);
            return Future.succeededFuture(new RowResult(row.taskId(), null, List.of(finding)));
        }
        var tx = batch.tx();
        var order = new Order(batch.caller(), row.taskId(), row.version(), row.decision(), true, batch.now());
        return savepoints
                .beginRow(tx)
                .compose(begun -> desk.decide(tx, order))
                .compose(outcome -> savepoints.keepRow(tx).map(new RowResult(row.taskId(), outcome, List.of())))
                .recover(failure -> rejected(tx, row, index, failure));
    }

    private Future<RowResult> rejected(Tx tx, Row row, int index, Throwable failure) {
        if (!(failure instanceof Refusal refusal) || refusal.code().equals(PlatformProblem.UNAVAILABLE)) {
            return Future.failedFuture(failure);
        }
        return savepoints.undoRow(tx).map(new RowResult(row.taskId(), null, findings(refusal, index)));
    }

    /** The refusal of one row, with pointers into the request of all. */
    private static List<Finding> findings(Refusal refusal, int index) {
        if (refusal.findings().isEmpty()) {
            var field = refusal.code().equals(PlatformProblem.PRECONDITION_FAILED) ? "/version" : "/taskId";
            return List.of(new Finding(pointer(index) + field, refusal.code(), refusal.args()));
        }
        return refusal.findings().stream()
                .map(finding ->
                        new Finding(pointer(index) + "/decision" + finding.pointer(), finding.code(), finding.args()))
                .toList();
    }

    private static String pointer(int index) {
        return "/rows/" + index;
    }
}
