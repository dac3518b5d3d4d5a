package io.anju.proxy;

import io.anju.identity.NationalId;
import io.anju.identity.Resident;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What holds for every mandate, whoever makes it; the accounts are locked by whoever asks. */
final class Mandates {
    private final ProxyStore store;

    Mandates(ProxyStore store) {
        this.store = store;
    }

    /** Refuses where the represented has as many proxies as there may be. */
    Future<Void> requireRoomAt(Tx tx, UUID residentId, Instant now) {
        return store.countOfRepresented(tx, residentId, Shanghai.date(now), now)
                .compose(there -> there < ProxyPolicy.MOST_PROXIES
                        ? Future.succeededFuture()
                        : full(ProxyProblem.TOO_MANY_PROXIES, ProxyPolicy.MOST_PROXIES));
    }

    /** Refuses where the proxy acts for as many as they may. */
    Future<Void> requireRoomOf(Tx tx, UUID proxyId, Mandate.Kind kind, LocalDate today) {
        return store.countOfProxy(tx, proxyId, kind, today)
                .compose(there -> there < kind.mostRepresented()
                        ? Future.succeededFuture()
                        : full(ProxyProblem.TOO_MANY_REPRESENTED, kind.mostRepresented()));
    }

    private static Future<Void> full(ProxyProblem problem, int most) {
        return Refusal.failed(problem, Map.of("maximum", Integer.toString(most)));
    }

    static void requireInRange(LocalDate expiresOn, Mandate.Kind kind, NationalId represented, LocalDate today) {
        var latest = ProxyPolicy.latest(kind, represented, today);
        if (expiresOn.isBefore(today) || expiresOn.isAfter(latest)) {
            var args = Map.of("earliest", today.toString(), "latest", latest.toString());
            var code = ProxyProblem.PROXY_EXPIRY_OUT_OF_RANGE;
            throw Refusal.of(code, List.of(new Finding("/expiresOn", code, args)), args);
        }
    }

    static Resident.BoundPerson person(Resident resident) {
        var person = resident.person();
        if (person == null) {
            throw Refusal.of(ProxyProblem.PROXY_NEEDS_IDENTITY);
        }
        return person;
    }

    static void refuse(Optional<ProxyProblem> problem) {
        problem.ifPresent(found -> {
            throw Refusal.of(found);
        });
    }
}
