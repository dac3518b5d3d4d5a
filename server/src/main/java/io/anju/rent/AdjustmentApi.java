package io.anju.rent;

import io.anju.api.RentAdjustmentOperations;
import io.anju.api.model.CreateRentAdjustmentRequest;
import io.anju.api.model.RentAdjustment;
import io.anju.api.model.RentAdjustmentException;
import io.anju.api.model.RentAdjustmentExceptionPage;
import io.anju.api.model.RentAdjustmentState;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.rent.Adjustment.LeftOut;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of adjustments. */
public final class AdjustmentApi implements RentAdjustmentOperations {
    private static final String EXCEPTIONS = "listRentAdjustmentExceptions";

    private final Adjustments adjustments;
    private final Once once;
    private final Cursors cursors;

    public AdjustmentApi(RentService service, Once once, Cursors cursors) {
        this.adjustments = service.adjustments();
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<RentAdjustment>> createRentAdjustment(
            Request request, CityCaller caller, CreateRentAdjustmentRequest body) {
        var order = new Adjustment.Order(
                caller.office().cityCode(),
                body.programme(),
                body.estateName(),
                body.from(),
                body.reason(),
                Boolean.TRUE.equals(body.dryRun()));
        return once.run(
                request,
                tx -> adjustments
                        .start(tx, caller, order, request.now())
                        .map(AdjustmentApi::toContract)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<RentAdjustment>> getRentAdjustment(Request request, CityCaller caller, UUID adjustmentId) {
        return adjustments
                .get(caller, adjustmentId)
                .map(AdjustmentApi::toContract)
                .map(Reply::of);
    }

    @Override
    public Future<Reply<RentAdjustmentExceptionPage>> listRentAdjustmentExceptions(
            Request request, CityCaller caller, UUID adjustmentId, @Nullable String cursor, int limit) {
        var name = EXCEPTIONS + "/" + adjustmentId;
        return adjustments
                .leftOut(caller, adjustmentId, cursors.uuid(name, cursor), limit + 1)
                .map(found -> {
                    var page = cursors.page(name, found, limit, LeftOut::leaseId);
                    return Reply.of(new RentAdjustmentExceptionPage(
                            page.as(one -> new RentAdjustmentException(one.leaseId(), one.leaseNumber(), one.code())),
                            page.nextCursor()));
                });
    }

    private static RentAdjustment toContract(Adjustment one) {
        var order = one.order();
        var done = one.done();
        return new RentAdjustment(
                one.id(),
                order.cityCode(),
                order.programme(),
                order.estateName(),
                order.from(),
                order.reason(),
                order.dryRun(),
                RentAdjustmentState.of(one.state()),
                done.leases(),
                done.leasesDone(),
                done.changed(),
                done.beforeFen(),
                done.afterFen(),
                done.exceptions(),
                one.requestedAt(),
                one.finishedAt());
    }
}
