package io.anju.proxy;

import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Operation;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proxies whom residents appoint themselves, and what a proxy's request is allowed. */
public final class ProxyService {
    private static final Duration CODE_GOOD_FOR = Duration.ofDays(7);

    private final Db db;
    private final IdentityService identities;
    private final ProxyStore store;
    private final UseStore uses = new UseStore();
    private final Mandates mandates;

    public ProxyService(Db db, Vault vault, IdentityService identities) {
        this.db = db;
        this.identities = identities;
        this.store = new ProxyStore(vault);
        this.mandates = new Mandates(store);
    }

    /** An offer as the represented gets it, once. */
    record Offered(UUID id, ProxyStore.Offer offer) {}

    /** Offers somebody to act for the caller; refuses minors, and whoever has too many proxies. */
    Future<Offered> appoint(Tx tx, ResidentCaller caller, List<String> groups, LocalDate expiresOn, Instant now) {
        var me = caller.id();
        var offer = new ProxyStore.Offer(ProxyCode.next(), now.plus(CODE_GOOD_FOR));
        return identities
                .hold(tx, me)
                .compose(held -> identities.resident(tx, me))
                .map(represented -> offered(represented, groups, expiresOn, now))
                .compose(mandate -> mandates.requireRoomAt(tx, me, now)
                        .compose(room -> store.insert(tx, mandate, offer))
                        .compose(done -> Audit.record(tx, caller, "proxy.offered", "resident", me, null))
                        .map(new Offered(mandate.id(), offer)));
    }

    private static Mandate offered(Resident represented, List<String> groups, LocalDate expiresOn, Instant now) {
        var today = Shanghai.date(now);
        var person = Mandates.person(represented);
        Mandates.refuse(ProxyPolicy.againstAppointing(person.nationalId(), today));
        Mandates.requireInRange(expiresOn, Mandate.Kind.RELATIVE, person.nationalId(), today);
        return new Mandate(
                Ids.next(now),
                represented.id(),
                null,
                Mandate.Kind.RELATIVE,
                groups,
                Mandate.State.OFFERED,
                Masking.name(person.name()),
                null,
                now,
                expiresOn,
                null,
                null);
    }

    /** Counts a try to take an offer, whatever becomes of it. */
    Future<Void> countCode(ResidentCaller caller, Instant now) {
        return identities.countProxyCode(caller, now);
    }

    /** Takes an offer by its code. */
    Future<Mandate> accept(Tx tx, ResidentCaller caller, String code, Instant now) {
        var me = caller.id();
        return store.findOffer(tx, code, now)
                .map(found -> found.orElseThrow(ProxyService::wrongCode))
                .compose(offer -> offer.representedId().equals(me)
                        ? Refusal.failed(ProxyProblem.PROXY_OF_ONESELF)
                        : identities
                                .hold(tx, offer.representedId(), me)
                                .compose(held -> Future.all(
                                        identities.resident(tx, offer.representedId()), identities.resident(tx, me)))
                                .compose(both -> take(tx, caller, offer, both.resultAt(0), both.resultAt(1), now)));
    }

    private Future<Mandate> take(
            Tx tx, Caller caller, Mandate offer, Resident represented, Resident proxy, Instant now) {
        var today = Shanghai.date(now);
        var acting = Mandates.person(proxy);
        Mandates.refuse(ProxyPolicy.againstActing(
                acting.nationalId(), Mandates.person(represented).nationalId(), today));
        return mandates.requireRoomOf(tx, proxy.id(), offer.kind(), today)
                .compose(room -> store.accept(tx, offer.id(), proxy.id(), Masking.name(acting.name())))
                .compose(taken -> taken
                        ? Audit.record(tx, caller, "proxy.accepted", "resident", represented.id(), null)
                        : Future.failedFuture(wrongCode()))
                .compose(recorded -> store.lock(tx, offer.id()))
                .map(found -> found.orElseThrow());
    }

    private static Refusal wrongCode() {
        return Refusal.at("/code", ProxyProblem.PROXY_CODE_WRONG);
    }

    /** Ends a mandate of the caller's, on either side; refuses with 404 what is over or of others. */
    Future<Void> end(Tx tx, ResidentCaller caller, UUID id, Instant now) {
        var me = caller.id();
        return store.lock(tx, id)
                .map(found -> found.filter(mandate -> me.equals(mandate.representedId()) || isActing(mandate, me))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(mandate -> store.end(tx, id, null, now)
                        .compose(ended -> ended
                                ? Audit.record(tx, caller, "proxy.ended", "resident", mandate.representedId(), null)
                                : Refusal.failed(PlatformProblem.NOT_FOUND)));
    }

    private static boolean isActing(Mandate mandate, UUID residentId) {
        return mandate.state() == Mandate.State.ACTIVE && residentId.equals(mandate.proxyId());
    }

    Future<List<Mandate>> ofRepresented(ResidentCaller caller, @Nullable UUID before, int limit) {
        return store.listOfRepresented(db, caller.id(), before, limit);
    }

    Future<List<Mandate>> ofProxy(ResidentCaller caller, @Nullable UUID before, int limit) {
        return store.listOfProxy(db, caller.id(), before, limit);
    }

    /** Puts the caller in the place of the represented, for one request; asked of the database each time. */
    public Future<Caller> represent(ResidentCaller caller, UUID mandateId, Operation operation, Instant now) {
        var group = operation.proxyGroup();
        if (group == null || caller.proxy() != null) {
            return Refusal.failed(PlatformProblem.PROXY_NOT_VALID);
        }
        return uses.use(db, mandateId, caller.id(), group, operation.id(), now)
                .map(found -> found.map(used -> caller.actingFor(used.representedId(), used.proxy()))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.PROXY_NOT_VALID)));
    }
}
