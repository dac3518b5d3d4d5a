package io.anju.proxy;

import io.anju.api.ProxyOperations;
import io.anju.api.model.AcceptProxyRequest;
import io.anju.api.model.AppointProxyRequest;
import io.anju.api.model.DecideProxyRequest;
import io.anju.api.model.Proxy;
import io.anju.api.model.ProxyAppointer;
import io.anju.api.model.ProxyDecision;
import io.anju.api.model.ProxyGroup;
import io.anju.api.model.ProxyKind;
import io.anju.api.model.ProxyOffer;
import io.anju.api.model.ProxyPage;
import io.anju.api.model.ProxyState;
import io.anju.api.model.RecordProxyRequest;
import io.anju.api.model.RevokeProxyRequest;
import io.anju.api.model.StaffProxy;
import io.anju.api.model.StaffProxyPage;
import io.anju.platform.http.Area;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proxies over HTTP. */
public final class ProxyApi implements ProxyOperations {
    private static final String MINE = "listMyProxies";
    private static final String REPRESENTED = "listMyRepresentations";
    private static final String RECORDED = "listProxies/";

    private final ProxyService service;
    private final ProxyDesk desk;
    private final Once once;
    private final Cursors cursors;

    public ProxyApi(ProxyService service, ProxyDesk desk, Once once, Cursors cursors) {
        this.service = service;
        this.desk = desk;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<ProxyOffer>> appointProxy(Request request, ResidentCaller caller, AppointProxyRequest body) {
        return once.run(
                request,
                tx -> service.appoint(tx, caller, wire(body.groups()), body.expiresOn(), request.now())
                        .map(offered -> Reply.of(new ProxyOffer(
                                offered.id(),
                                offered.offer().code(),
                                offered.offer().expiresAt()))));
    }

    @Override
    public Future<Reply<ProxyPage>> listMyProxies(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        return service.ofRepresented(caller, cursors.uuid(MINE, cursor), limit + 1)
                .map(found -> Reply.of(page(MINE, found, limit)));
    }

    @Override
    public Future<Reply<ProxyPage>> listMyRepresentations(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        return service.ofProxy(caller, cursors.uuid(REPRESENTED, cursor), limit + 1)
                .map(found -> Reply.of(page(REPRESENTED, found, limit)));
    }

    @Override
    public Future<Reply<Void>> endProxy(Request request, ResidentCaller caller, UUID proxyId) {
        return once.run(
                request, tx -> service.end(tx, caller, proxyId, request.now()).map(Reply.empty()));
    }

    @Override
    public Future<Reply<Proxy>> acceptProxy(Request request, ResidentCaller caller, AcceptProxyRequest body) {
        return once.run(
                request,
                () -> service.countCode(caller, request.now()),
                (tx, counted) ->
                        service.accept(tx, caller, body.code(), request.now()).map(mandate -> Reply.of(view(mandate))));
    }

    @Override
    public Future<Reply<StaffProxy>> recordProxy(
            Request request, AreaCaller caller, RecordProxyRequest body, Area area) {
        var paper = new ProxyDesk.Paper(
                Mandate.Kind.of(body.kind().wire()),
                new ProxyDesk.Named(body.representedName(), body.representedNationalId()),
                new ProxyDesk.Named(body.proxyName(), body.proxyNationalId()),
                wire(body.groups()),
                area,
                body.expiresOn(),
                body.reason(),
                body.evidenceNumber());
        return once.run(
                request,
                tx -> desk.record(tx, caller, paper, request.now()).map(mandate -> Reply.of(staffView(mandate))));
    }

    @Override
    public Future<Reply<StaffProxyPage>> listProxies(
            Request request, AreaCaller caller, @Nullable ProxyState state, @Nullable String cursor, int limit) {
        var name = RECORDED + (state == null ? "" : state.wire());
        var wanted = state == null ? null : Mandate.State.of(state.wire());
        return desk.list(caller, wanted, cursors.uuid(name, cursor), limit + 1)
                .map(found -> cursors.page(name, found, limit, Mandate::id))
                .map(page -> Reply.of(new StaffProxyPage(page.as(ProxyApi::staffView), page.nextCursor())));
    }

    @Override
    public Future<Reply<StaffProxy>> decideProxy(
            Request request, AreaCaller caller, UUID proxyId, DecideProxyRequest body) {
        var approved = body.decision() == ProxyDecision.APPROVE;
        return once.run(
                request,
                tx -> desk.decide(tx, caller, proxyId, approved, body.reason(), request.now())
                        .map(mandate -> Reply.of(staffView(mandate))));
    }

    @Override
    public Future<Reply<StaffProxy>> revokeProxy(
            Request request, AreaCaller caller, UUID proxyId, RevokeProxyRequest body) {
        return once.run(
                request,
                tx -> desk.revoke(tx, caller, proxyId, body.reason(), request.now())
                        .map(mandate -> Reply.of(staffView(mandate))));
    }

    private ProxyPage page(String name, List<Mandate> found, int limit) {
        var page = cursors.page(name, found, limit, Mandate::id);
        return new ProxyPage(page.as(ProxyApi::view), page.nextCursor());
    }

    private static List<String> wire(List<ProxyGroup> groups) {
        return groups.stream().map(ProxyGroup::wire).distinct().toList();
    }

    private static List<ProxyGroup> groups(Mandate mandate) {
        return mandate.groups().stream().map(ProxyGroup::of).toList();
    }

    private static Proxy view(Mandate mandate) {
        var recorded = mandate.recorded();
        return new Proxy(
                mandate.id(),
                ProxyKind.of(mandate.kind().id()),
                ProxyState.of(mandate.state().id()),
                groups(mandate),
                mandate.maskedRepresentedName(),
                mandate.maskedProxyName(),
                recorded == null ? ProxyAppointer.RESIDENT : ProxyAppointer.OFFICE,
                mandate.appointedAt(),
                mandate.expiresOn(),
                mandate.endedAt(),
                recorded == null ? null : recorded.reason());
    }

    private static StaffProxy staffView(Mandate mandate) {
        var recorded = Objects.requireNonNull(mandate.recorded());
        return new StaffProxy(
                mandate.id(),
                ProxyKind.of(mandate.kind().id()),
                ProxyState.of(mandate.state().id()),
                groups(mandate),
                mandate.maskedRepresentedName(),
                mandate.maskedProxyName(),
                ProxyAppointer.OFFICE,
                mandate.appointedAt(),
                mandate.expiresOn(),
                mandate.endedAt(),
                recorded.reason(),
                recorded.areaCode(),
                recorded.evidenceNumber());
    }
}
