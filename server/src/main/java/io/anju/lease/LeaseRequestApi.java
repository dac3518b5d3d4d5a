package io.anju.lease;

import io.anju.api.LeaseRequestOperations;
import io.anju.api.model.DecideTerminationRequest;
import io.anju.api.model.LeaseRequest;
import io.anju.api.model.LeaseRequestKind;
import io.anju.api.model.LeaseRequestPage;
import io.anju.api.model.RequestTerminationRequest;
import io.anju.api.model.TerminationDecision;
import io.anju.lease.RequestStore.Place;
import io.anju.lease.RequestStore.Waiting;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract's side of what households ask of their leases. */
public final class LeaseRequestApi implements LeaseRequestOperations {
    private static final String WAITING = "listLeaseRequests";

    private final Terminations terminations;
    private final Once once;
    private final Cursors cursors;

    public LeaseRequestApi(LeaseService service, Once once, Cursors cursors) {
        this.terminations = service.terminations();
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> requestTermination(
            Request request, ResidentCaller caller, UUID leaseId, RequestTerminationRequest body) {
        return change(request, tx -> terminations.ask(tx, caller, leaseId, body.lastDay(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> withdrawTermination(
            Request request, ResidentCaller caller, UUID leaseId) {
        return change(request, tx -> terminations.takeBack(tx, caller, leaseId, request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> decideTermination(
            Request request, CityCaller caller, UUID leaseId, DecideTerminationRequest body) {
        var decision = new Terminations.Decision(
                body.decision() == TerminationDecision.APPROVE, body.lastDay(), body.reason());
        return change(request, tx -> terminations.decide(tx, caller, leaseId, decision, request.now()));
    }

    private Future<Reply<io.anju.api.model.Lease>> change(Request request, Function<Tx, Future<LeaseFile>> effect) {
        return once.run(
                request, tx -> effect.apply(tx).map(file -> Reply.of(LeaseContract.lease(file, request.language()))));
    }

    @Override
    public Future<Reply<LeaseRequestPage>> listLeaseRequests(
            Request request, CityCaller caller, @Nullable LeaseRequestKind kind, @Nullable String cursor, int limit) {
        var wanted = Optional.ofNullable(kind).map(LeaseRequestKind::wire);
        var name = WAITING + "/" + wanted.orElse("");
        var place = cursor == null ? null : cursors.open(name, 3, cursor);
        var after = place == null
                ? null
                : new Place(LocalDate.parse(place.get(0)), UUID.fromString(place.get(1)), place.get(2));
        return terminations.waiting(caller, wanted, after, limit + 1).map(found -> {
            var page = cursors.pageBy(name, found, limit, LeaseRequestApi::place);
            return Reply.of(new LeaseRequestPage(page.as(LeaseRequestApi::toContract), page.nextCursor()));
        });
    }

    private static List<String> place(Waiting last) {
        return List.of(last.requestedOn().toString(), last.leaseId().toString(), last.kind());
    }

    private static LeaseRequest toContract(Waiting one) {
        return new LeaseRequest(
                one.leaseId(),
                one.leaseNumber(),
                LeaseRequestKind.of(one.kind()),
                one.requestedOn(),
                one.wishedLastDay(),
                one.maskedTenant(),
                one.leaseTo());
    }
}
