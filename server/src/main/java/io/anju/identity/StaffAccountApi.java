package io.anju.identity;

import io.anju.api.StaffAccountOperations;
import io.anju.api.model.ConfirmTotpRequest;
import io.anju.api.model.TotpEnrolment;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A member of staff's own account over HTTP. */
public final class StaffAccountApi implements StaffAccountOperations {
    private final IdentityService service;
    private final IdentityParts parts;
    private final Once once;

    public StaffAccountApi(IdentityService service, Once once) {
        this.service = service;
        this.parts = service.parts();
        this.once = once;
    }

    @Override
    public Future<Reply<TotpEnrolment>> enrolTotp(Request request, AccountCaller caller) {
        return once.run(
                request,
                tx -> service.staff(tx, caller.id())
                        .compose(staff -> parts.secondStep().begin(tx, caller, staff, request.now()))
                        .map(enrolment -> Reply.of(new TotpEnrolment(enrolment.secret(), enrolment.uri()))));
    }

    @Override
    public Future<Reply<Void>> confirmTotp(Request request, AccountCaller caller, ConfirmTotpRequest body) {
        var over = new ConcurrentLinkedQueue<UUID>();
        return once.run(
                        request,
                        () -> parts.secondStep().count(caller.id(), request.now()),
                        (tx, counted) -> parts.secondStep()
                                .confirm(tx, caller, body.totp(), request.now())
                                // whoever else is logged in gave a password only
                                .compose(done -> parts.sessions()
                                        .endAll(
                                                tx,
                                                Audience.STAFF,
                                                caller.id(),
                                                caller.sessionId(),
                                                request.now(),
                                                "ended-by-owner"))
                                .onSuccess(over::addAll)
                                .map(Reply.empty()))
                .onSuccess(done -> List.copyOf(over).forEach(parts.sessions()::forget));
    }
}
