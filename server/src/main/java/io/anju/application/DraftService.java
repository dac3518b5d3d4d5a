package io.anju.application;

import io.anju.identity.IdentityService;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Applications while they are being written. */
final class DraftService {
    private static final int MAXIMUM_DRAFTS = 20;

    private final ApplicationStore store;
    private final PolicyService policies;
    private final IdentityService identities;

    DraftService(Vault vault, PolicyService policies, IdentityService identities) {
        this.identities = identities;
        this.store = new ApplicationStore(vault);
        this.policies = policies;
    }

    /**
     * Begins an application of the calling resident.
     *
     * <p>Refuses a city and programme without a policy in force today, fields that are wrong in themselves, and a
     * resident who has {@value #MAXIMUM_DRAFTS} drafts.
     */
    Future<Application> create(
            Tx tx, ResidentCaller caller, String cityCode, String programme, Household household, Instant now) {
        requireWellFormed(household, now);
        // the account may be joined to another or end in this very moment: a draft must not be left behind
        return identities
                .hold(tx, caller.id())
                .compose(held -> policies.inForceForApplications(tx, cityCode, programme, Shanghai.date(now)))
                .compose(policy -> store.insert(
                        tx, Ids.next(now), Actor.of(caller), cityCode, programme, household, now, MAXIMUM_DRAFTS))
                .map(made -> made.orElseThrow(() -> Refusal.of(
                        ApplicationProblem.TOO_MANY_DRAFTS, Map.of("maximum", Integer.toString(MAXIMUM_DRAFTS)))));
    }

    /** Replaces the household of a draft that still is the version that the caller read. */
    Future<Application> update(Tx tx, ResidentCaller caller, UUID id, long expected, Household household, Instant now) {
        requireWellFormed(household, now);
        return lockOwn(tx, caller, id)
                .map(application -> application.requireDraft().requireVersion(expected))
                .compose(draft -> store.updateDraft(tx, id, household, now));
    }

    private Future<Application> lockOwn(Tx tx, ResidentCaller caller, UUID id) {
        return store.lock(tx, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(application -> application.requireOwner(caller));
    }

    private static void requireWellFormed(Household household, Instant now) {
        var findings = ApplicationPolicy.malformed(household, Shanghai.date(now));
        if (!findings.isEmpty()) {
            throw Refusal.of(ApplicationProblem.HOUSEHOLD_MALFORMED, findings);
        }
    }
}
