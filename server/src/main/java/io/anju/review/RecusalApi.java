package io.anju.review;

import io.anju.api.RecusalOperations;
import io.anju.api.model.DeclareRecusalRequest;
import io.anju.api.model.RecusalGround;
import io.anju.api.model.RecusalPage;
import io.anju.api.model.RecuseFromTaskRequest;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Declarations of recusal over HTTP. */
public final class RecusalApi implements RecusalOperations {
    private static final String LIST = "listRecusals";

    private final ReviewService service;
    private final Once once;
    private final Cursors cursors;

    public RecusalApi(ReviewService service, Once once, Cursors cursors) {
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<RecusalPage>> listRecusals(
            Request request, AccountCaller caller, @Nullable String cursor, int limit) {
        var before = cursors.uuid(LIST, cursor);
        return service.recusals().list(caller, before, limit + 1).map(found -> {
            var page = cursors.page(LIST, found, limit, last -> last.id());
            return Reply.of(new RecusalPage(page.as(RecusalApi::view), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<io.anju.api.model.Recusal>> declareRecusal(
            Request request, AccountCaller caller, DeclareRecusalRequest body) {
        return once.run(
                request,
                tx -> service.recusals()
                        .declarePerson(
                                tx, caller, body.nationalId(), body.ground().wire(), request.today(), request.now())
                        .map(RecusalApi::view)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<io.anju.api.model.Recusal>> declareRecusalFromTask(
            Request request, OfficeCaller caller, UUID taskId, RecuseFromTaskRequest body) {
        return once.run(
                request,
                tx -> service.stepBack(tx, caller, taskId, body.ground().wire(), request.now())
                        .map(RecusalApi::view)
                        .map(Reply::of));
    }

    private static io.anju.api.model.Recusal view(Recusal recusal) {
        return new io.anju.api.model.Recusal(
                recusal.id(),
                RecusalGround.of(recusal.ground()),
                recusal.maskedNationalId(),
                recusal.applicationId(),
                recusal.declaredAt());
    }
}
