package io.anju.identity;

import io.anju.api.AccountOperations;
import io.anju.api.model.AddPhoneFromWeChatRequest;
import io.anju.api.model.LogInWithPhoneRequest;
import io.anju.api.model.LogInWithWeChatRequest;
import io.anju.api.model.Me;
import io.anju.api.model.MySessionPage;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A resident's own account over HTTP. */
public final class AccountApi implements AccountOperations {
    private static final String SESSIONS = "listMySessions";

    private final IdentityService service;
    private final IdentityParts parts;
    private final Once once;
    private final Cursors cursors;

    public AccountApi(IdentityService service, Once once, Cursors cursors) {
        this.service = service;
        this.parts = service.parts();
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<MySessionPage>> listMySessions(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        var before = cursors.uuid(SESSIONS, cursor);
        // one more than the page holds, to know whether there is a next one
        return parts.sessions()
                .list(caller.id(), request.now(), before, limit + 1)
                .map(found -> {
                    var page = cursors.page(SESSIONS, found, limit, last -> last.id());
                    return Reply.of(IdentityView.sessions(page, caller.sessionId()));
                });
    }

    @Override
    public Future<Reply<Void>> endSession(Request request, ResidentCaller caller, UUID sessionId) {
        return once.run(
                        request,
                        tx -> parts.sessions()
                                .endOwn(tx, caller.id(), sessionId, request.now())
                                .map(Reply.empty()))
                .onSuccess(done -> parts.sessions().forget(sessionId));
    }

    @Override
    public Future<Reply<Void>> endOtherSessions(Request request, ResidentCaller caller) {
        return parts.sessions()
                .ending(over -> once.run(
                        request,
                        tx -> parts.sessions()
                                .endAll(
                                        tx,
                                        Audience.RESIDENT,
                                        caller.id(),
                                        caller.sessionId(),
                                        request.now(),
                                        "ended-by-owner")
                                .onSuccess(over::addAll)
                                .map(Reply.empty())));
    }

    @Override
    public Future<Reply<Me>> addPhone(Request request, ResidentCaller caller, LogInWithPhoneRequest body) {
        return add(
                request,
                caller,
                () -> parts.codes().tryCode(body.challengeId(), body.code(), request.now()),
                (tx, tried) -> parts.codes()
                        .spend(tx, tried, request.remoteAddress(), request.now())
                        .map(phone -> new Resident.LogIn(Resident.LogIn.Kind.PHONE, phone)));
    }

    @Override
    public Future<Reply<Me>> addWeChat(Request request, ResidentCaller caller, LogInWithWeChatRequest body) {
        return add(
                request,
                caller,
                () -> parts.logIns().askWeChat(body.code()),
                (tx, asked) -> asked.map(openId -> new Resident.LogIn(Resident.LogIn.Kind.WECHAT, openId)));
    }

    @Override
    public Future<Reply<Me>> addPhoneFromWeChat(
            Request request, ResidentCaller caller, AddPhoneFromWeChatRequest body) {
        return add(
                request,
                caller,
                () -> parts.logIns().askWeChatForPhone(body.code()),
                (tx, asked) -> asked.map(phone -> new Resident.LogIn(Resident.LogIn.Kind.PHONE, phone)));
    }

    private <P> Future<Reply<Me>> add(
            Request request,
            ResidentCaller caller,
            Supplier<Future<P>> prove,
            BiFunction<Tx, P, Future<Resident.LogIn>> proven) {
        return parts.sessions()
                .ending(over -> once.run(
                        request,
                        prove,
                        (tx, proof) -> proven.apply(tx, proof)
                                .compose(logIn -> parts.logInMethods().add(tx, caller, logIn, request.now()))
                                .onSuccess(over::addAll)
                                .compose(done -> service.resident(tx, caller.id()))
                                .map(IdentityView::me)
                                .map(Reply::of)));
    }
}
