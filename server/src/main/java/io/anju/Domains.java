package io.anju;

import io.anju.identity.IdentityApi;
import io.anju.identity.IdentityService;
import io.anju.identity.IdentitySettings;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.http.Authenticator;
import io.anju.platform.http.Once;
import io.anju.platform.http.Route;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Catalogue;
import io.anju.policy.PolicyFolder;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every domain with what it needs, built once and shared by all event loops: the one place that knows them all.
 *
 * <p>A domain's services are for those who run beside the server, as the demo does; outside parties come by the
 * operations.
 */
public final class Domains {
    public final Db db;
    public final Vault vault;
    public final Jobs jobs;
    public final IdentityService identity;
    public final PolicyService policy;

    private final List<Route> routes;

    /** @param publicUrl the address under which the outside reaches this deployment */
    Domains(Vertx vertx, Db db, Vault vault, Catalogue catalogue, Settings settings, String publicUrl) {
        this.db = db;
        this.vault = vault;
        var once = new Once(db, vault);

        jobs = new Jobs(db);
        identity = new IdentityService(
                vertx, db, vault, new IdentitySettings(publicUrl, settings.weChat(), settings.sms()));
        policy = new PolicyService(PolicyFolder.shipped());

        routes = Stream.of(
                        new ProblemCodesApi(catalogue).routes(),
                        new IdentityApi(identity, db, once).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Reads what must be there before the first request. */
    Future<Void> prepare(InstantSource clock) {
        return identity.start(clock).compose(done -> db.inTransaction(policy::load)).mapEmpty();
    }

    List<Route> routes() {
        return routes;
    }

    Authenticator authenticator() {
        return identity.authenticator();
    }
}
