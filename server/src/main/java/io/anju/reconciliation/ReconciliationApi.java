package io.anju.reconciliation;

import io.anju.api.ReconciliationOperations;
import io.anju.api.model.AssignReconciliationItemRequest;
import io.anju.api.model.ReconciliationDecisionRequest;
import io.anju.api.model.ReconciliationItem;
import io.anju.api.model.ReconciliationItemEvent;
import io.anju.api.model.ReconciliationItemKind;
import io.anju.api.model.ReconciliationItemOwner;
import io.anju.api.model.ReconciliationItemPage;
import io.anju.api.model.ReconciliationItemState;
import io.anju.api.model.ReconciliationResolution;
import io.anju.api.model.ReconciliationRun;
import io.anju.api.model.ReconciliationRunPage;
import io.anju.api.model.ReconciliationRunState;
import io.anju.api.model.RequestReconciliationRequest;
import io.anju.api.model.ResolveReconciliationItemRequest;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.reconciliation.Item.Resolution;
import io.anju.reconciliation.Item.WithHistory;
import io.anju.reconciliation.ItemStore.Wanted;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Comparisons and differences over HTTP. */
public final class ReconciliationApi implements ReconciliationOperations {
    private static final String RUNS = "listReconciliationRuns";
    private static final String ITEMS = "listReconciliationItems";
    private static final LocalDate AFTER_ALL = LocalDate.of(9999, 12, 31);
    private static final UUID GREATEST = new UUID(-1, -1);

    private final ReconciliationService service;
    private final Once once;
    private final Cursors cursors;

    public ReconciliationApi(ReconciliationService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<ReconciliationRunPage>> listReconciliationRuns(
            Request request, CityCaller caller, @Nullable LocalDate billDate, @Nullable String cursor, int limit) {
        var name = RUNS + "/" + billDate;
        var values = cursor == null ? null : cursors.open(name, 2, cursor);
        var day = values == null ? AFTER_ALL : LocalDate.parse(values.get(0));
        var id = values == null ? GREATEST : UUID.fromString(values.get(1));
        return service.list(billDate, day, id, limit + 1).map(found -> {
            var page = cursors.pageBy(name, found, limit, last -> List.of(last.billDate(), last.id()));
            return Reply.of(new ReconciliationRunPage(page.as(ReconciliationApi::view), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<ReconciliationRun>> requestReconciliation(
            Request request, CityCaller caller, RequestReconciliationRequest body) {
        return once.run(
                request,
                tx -> service.start(tx, caller, body.channel(), body.billDate(), request.now())
                        .map(run -> Reply.of(view(run))));
    }

    @Override
    public Future<Reply<ReconciliationItemPage>> listReconciliationItems(
            Request request,
            CityCaller caller,
            @Nullable ReconciliationItemState state,
            @Nullable ReconciliationItemKind kind,
            @Nullable LocalDate billDate,
            @Nullable ReconciliationItemOwner owner,
            @Nullable String cursor,
            int limit) {
        var name = String.join(
                "/",
                ITEMS,
                state == null ? "" : state.wire(),
                kind == null ? "" : kind.wire(),
                String.valueOf(billDate),
                owner == null ? "" : owner.wire());
        var values = cursor == null ? null : cursors.open(name, 2, cursor);
        var wanted = new Wanted(
                caller.office().cityCode(),
                state == null ? null : state.wire(),
                kind == null ? null : kind.wire(),
                billDate,
                owner == ReconciliationItemOwner.ME ? caller.id() : null,
                owner == ReconciliationItemOwner.NOBODY,
                values == null ? null : Instant.parse(values.get(0)),
                values == null ? null : UUID.fromString(values.get(1)),
                limit + 1);
        return service.items().list(wanted).map(found -> {
            var page = cursors.pageBy(name, found, limit, last -> List.of(last.foundAt(), last.id()));
            return Reply.of(
                    new ReconciliationItemPage(page.as(item -> view(item, null, request.now())), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<ReconciliationItem>> getReconciliationItem(Request request, CityCaller caller, UUID itemId) {
        return service.items().get(caller, itemId).map(item -> reply(item, request));
    }

    @Override
    public Future<Reply<ReconciliationItem>> claimReconciliationItem(Request request, CityCaller caller, UUID itemId) {
        return act(request, tx -> service.items().claim(tx, caller, itemId, request.now()));
    }

    @Override
    public Future<Reply<ReconciliationItem>> assignReconciliationItem(
            Request request, CityCaller caller, UUID itemId, AssignReconciliationItemRequest body) {
        return act(request, tx -> service.items().assign(tx, caller, itemId, body.owner(), request.now()));
    }

    @Override
    public Future<Reply<ReconciliationItem>> resolveReconciliationItem(
            Request request, CityCaller caller, UUID itemId, ResolveReconciliationItemRequest body) {
        var resolution = Resolution.of(body.resolution().wire());
        return act(
                request, tx -> service.items().resolve(tx, caller, itemId, resolution, body.reason(), request.now()));
    }

    @Override
    public Future<Reply<ReconciliationItem>> approveReconciliationItem(
            Request request, CityCaller caller, UUID itemId, ReconciliationDecisionRequest body) {
        return act(request, tx -> service.items().approve(tx, caller, itemId, body.reason(), request.now()));
    }

    @Override
    public Future<Reply<ReconciliationItem>> rejectReconciliationItem(
            Request request, CityCaller caller, UUID itemId, ReconciliationDecisionRequest body) {
        return act(request, tx -> service.items().reject(tx, caller, itemId, body.reason(), request.now()));
    }

    private Future<Reply<ReconciliationItem>> act(Request request, Function<Tx, Future<WithHistory>> step) {
        return once.run(request, tx -> step.apply(tx).map(item -> reply(item, request)));
    }

    private static ReconciliationRun view(Run run) {
        var result = run.result();
        return new ReconciliationRun(
                run.id(),
                run.channel(),
                run.billDate(),
                run.number(),
                run.requestedAt(),
                ReconciliationRunState.of(run.state().id()),
                run.failure(),
                run.finishedAt(),
                result == null ? null : result.lines(),
                result == null ? null : result.valueFen(),
                result == null ? null : result.verifiedFen(),
                result == null ? null : result.verifiedShare().toPlainString(),
                result == null ? null : result.found());
    }

    private static Reply<ReconciliationItem> reply(WithHistory found, Request request) {
        return Reply.of(view(found.item(), found.history(), request.now()));
    }

    private static ReconciliationItem view(Item item, @Nullable List<Item.Event> history, Instant now) {
        var resolution = item.resolution();
        return new ReconciliationItem(
                item.id(),
                item.channel(),
                item.billDate(),
                ReconciliationItemKind.of(item.kind()),
                item.subject(),
                item.cityCode(),
                item.ours(),
                item.theirs(),
                item.differenceFen(),
                item.foundAt(),
                (int) item.ageDays(now),
                ReconciliationItemState.of(item.state().id()),
                item.ownerId(),
                resolution == null ? null : ReconciliationResolution.of(resolution.id()),
                item.reason(),
                item.resolvedAt(),
                item.postingId(),
                history == null
                        ? null
                        : history.stream()
                                .map(event -> new ReconciliationItemEvent(
                                        event.at(), event.actorId(), event.action(), event.note()))
                                .toList());
    }
}
