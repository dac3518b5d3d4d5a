package io.anju.proxy;

import io.anju.identity.IdentityService;
import io.anju.identity.NationalId;
import io.anju.identity.Resident;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Area;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proxies that offices record on paper: guardians and community workers. Two people of the area put one in force. */
public final class ProxyDesk {
    private final Db db;
    private final IdentityService identities;
    private final ProxyStore store;
    private final Mandates mandates;

    public ProxyDesk(Db db, Vault vault, IdentityService identities) {
        this.db = db;
        this.identities = identities;
        this.store = new ProxyStore(vault);
        this.mandates = new Mandates(store);
    }

    /** A person as written on the paper. */
    record Named(String name, String nationalId) {
        private NationalId id() {
            return NationalId.parse(nationalId);
        }

        @Override
        public String toString() {
            return "Named";
        }
    }

    /** What the paper says. */
    record Paper(
            Mandate.Kind kind,
            Named represented,
            Named proxy,
            List<String> groups,
            Area community,
            LocalDate expiresOn,
            String reason,
            @Nullable String evidenceNumber) {}

    /** Records a proxy, to be decided by a colleague. */
    Future<Mandate> record(Tx tx, AreaCaller caller, Paper paper, Instant now) {
        requireLawful(paper, Shanghai.date(now));
        var representedId = paper.represented().id();
        var proxyId = paper.proxy().id();
        return requireNeither(tx, caller, representedId, proxyId)
                .compose(free -> identities.accountOf(tx, paper.proxy().name(), proxyId))
                .map(found ->
                        found.orElseThrow(() -> Refusal.at("/proxyNationalId", ProxyProblem.PROXY_PERSON_UNKNOWN)))
                .compose(proxy -> identities
                        .accountForPaper(tx, caller, paper.represented().name(), representedId, now)
                        .compose(represented -> enter(tx, caller, paper, represented, proxy, now)));
    }

    private static void requireLawful(Paper paper, LocalDate today) {
        requireWellFormed(paper, today);
        var represented = paper.represented().id();
        Mandates.refuse(ProxyPolicy.againstActing(paper.proxy().id(), represented, today));
        Mandates.requireInRange(paper.expiresOn(), paper.kind(), represented, today);
        if (paper.evidenceNumber() == null && ProxyPolicy.needsEvidence(paper.kind(), represented, today)) {
            throw Refusal.at("/evidenceNumber", ProxyProblem.PROXY_EVIDENCE_NEEDED);
        }
    }

    private static void requireWellFormed(Paper paper, LocalDate today) {
        var represented = paper.represented();
        var proxy = paper.proxy();
        List<Finding> faults = new ArrayList<>(IdentityService.personFaults(
                represented.name(), "/representedName", represented.nationalId(), "/representedNationalId", today));
        faults.addAll(IdentityService.personFaults(
                proxy.name(), "/proxyName", proxy.nationalId(), "/proxyNationalId", today));
        if (!faults.isEmpty()) {
            throw Refusal.of(ProxyProblem.PROXY_PERSON_NOT_VALID, faults);
        }
    }

    private Future<Mandate> enter(
            Tx tx, AreaCaller caller, Paper paper, Resident represented, Resident proxy, Instant now) {
        var today = Shanghai.date(now);
        var mandate = proposed(caller, paper, represented, proxy, now);
        return identities
                .hold(tx, represented.id(), proxy.id())
                .compose(held -> mandates.requireRoomAt(tx, represented.id(), now))
                .compose(room -> mandates.requireRoomOf(tx, proxy.id(), paper.kind(), today))
                .compose(room -> requireOneCommunity(tx, proxy.id(), paper, today))
                .compose(here -> store.insert(tx, mandate, null))
                .compose(done -> audit(tx, caller, "proxy.recorded", mandate))
                .map(mandate);
    }

    private static Mandate proposed(AreaCaller caller, Paper paper, Resident represented, Resident proxy, Instant now) {
        return new Mandate(
                Ids.next(now),
                represented.id(),
                proxy.id(),
                paper.kind(),
                paper.groups(),
                Mandate.State.PROPOSED,
                Masking.name(Mandates.person(represented).name()),
                Masking.name(Mandates.person(proxy).name()),
                now,
                paper.expiresOn(),
                null,
                new Mandate.Recorded(
                        caller.id(),
                        paper.community().cityCode(),
                        paper.community().code(),
                        paper.reason(),
                        paper.evidenceNumber()));
    }

    private Future<Void> requireOneCommunity(Tx tx, UUID proxyId, Paper paper, LocalDate today) {
        return paper.kind() != Mandate.Kind.COMMUNITY_WORKER
                ? Future.succeededFuture()
                : store.worksElsewhere(tx, proxyId, paper.community().code(), today)
                        .compose(elsewhere -> elsewhere
                                ? Refusal.failed(ProxyProblem.PROXY_WORKS_ELSEWHERE)
                                : Future.succeededFuture());
    }

    /** Decides what a colleague recorded. */
    Future<Mandate> decide(Tx tx, AreaCaller caller, UUID id, boolean approved, String reason, Instant now) {
        return lockRecorded(tx, caller, id).compose(mandate -> {
            var recorded = mandate.recorded();
            if (recorded == null || recorded.by().equals(caller.id())) {
                return Refusal.failed(ProxyProblem.PROXY_NEEDS_A_SECOND_PERSON);
            }
            return requireStranger(tx, caller, mandate)
                    .compose(free -> store.decide(tx, id, approved, caller.id(), reason, now))
                    .compose(decided -> decided
                            ? audit(tx, caller, approved ? "proxy.approved" : "proxy.rejected", mandate)
                            : Refusal.failed(ProxyProblem.PROXY_DECIDED))
                    .compose(audited -> reread(tx, id));
        });
    }

    /** Ends what an office of the area recorded. */
    Future<Mandate> revoke(Tx tx, AreaCaller caller, UUID id, String reason, Instant now) {
        return lockRecorded(tx, caller, id)
                .compose(mandate -> store.end(tx, id, reason, now)
                        .compose(ended -> ended
                                ? audit(tx, caller, "proxy.revoked", mandate)
                                : Refusal.failed(ProxyProblem.PROXY_DECIDED)))
                .compose(recorded -> reread(tx, id));
    }

    Future<List<Mandate>> list(AreaCaller caller, Mandate.@Nullable State state, @Nullable UUID before, int limit) {
        return store.listOfArea(db, caller.office(), state, before, limit);
    }

    private Future<Mandate> lockRecorded(Tx tx, AreaCaller caller, UUID id) {
        return store.lockOfArea(tx, caller.office(), id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    private Future<Mandate> reread(Tx tx, UUID id) {
        return store.lock(tx, id).map(found -> found.orElseThrow());
    }

    /** Nobody puts a mandate in force that names themself, on either side. */
    private Future<Void> requireStranger(Tx tx, AreaCaller caller, Mandate mandate) {
        var proxyId = mandate.proxyId();
        return Future.all(
                        identities.resident(tx, mandate.representedId()),
                        identities.resident(tx, proxyId == null ? mandate.representedId() : proxyId))
                .compose(both -> requireNeither(
                        tx,
                        caller,
                        Mandates.person(both.resultAt(0)).nationalId(),
                        Mandates.person(both.resultAt(1)).nationalId()));
    }

    private Future<Void> requireNeither(Tx tx, AreaCaller caller, NationalId one, NationalId other) {
        return identities
                .personOfStaff(tx, caller.id())
                .compose(self -> isOneOf(self, one, other)
                        ? Refusal.failed(ProxyProblem.PROXY_OWN_CASE)
                        : Future.succeededFuture());
    }

    private boolean isOneOf(Optional<byte[]> self, NationalId one, NationalId other) {
        return self.isPresent()
                && (Arrays.equals(self.get(), identities.personIndex(one))
                        || Arrays.equals(self.get(), identities.personIndex(other)));
    }

    private static Future<Void> audit(Tx tx, Caller caller, String action, Mandate mandate) {
        return Audit.record(
                tx,
                caller,
                action,
                "resident",
                mandate.representedId(),
                mandate.kind().id());
    }
}
