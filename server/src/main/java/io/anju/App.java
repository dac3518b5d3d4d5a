package io.anju;

import io.anju.complaint.Complaints;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyEncryption;
import io.anju.platform.crypto.Suite;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.Migrations;
import io.anju.platform.db.StatementTap;
import io.anju.platform.files.ClamdScan;
import io.anju.platform.http.ApiServer;
import io.anju.platform.http.Callback;
import io.anju.platform.http.Edge;
import io.anju.platform.http.Guards;
import io.anju.platform.http.HttpSettings;
import io.anju.platform.http.Management;
import io.anju.platform.http.Meters;
import io.anju.platform.http.SitePages;
import io.anju.platform.problem.Catalogue;
import io.anju.platform.problem.Cause;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running server: both listeners, the domains behind them, and their connections to one database.
 *
 * <p>The command line and the tests start the same thing; what differs is the settings, the clock and who made the
 * database.
 */
public final class App {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(30);
    /** A new key begins to seal half a minute after it is there: by then every instance has seen it many times. */
    private static final long KEY_PERIOD_MILLIS = 1_000;

    private final Vertx vertx;
    private final Meters meters;
    private final Settings settings;
    private final DbAddress address;
    private final InstantSource clock;
    private final Db db;
    private final Catalogue catalogue = Catalogue.load();
    private final AtomicInteger port = new AtomicInteger();
    private @Nullable Domains domains;
    private @Nullable Edge edge;
    private @Nullable Management management;
    private @Nullable String deployment;
    private @Nullable Future<Void> closed;
    private volatile boolean migrated;
    private long keyTimer = -1;

    private App(
            Vertx vertx,
            Meters meters,
            Settings settings,
            DbAddress address,
            InstantSource clock,
            @Nullable StatementTap tap) {
        this.vertx = vertx;
        this.meters = meters;
        this.settings = settings;
        this.address = address;
        this.clock = clock;
        var database = settings.database();
        var connected = Db.connect(
                vertx,
                new DbSettings(
                        address,
                        database.poolSize(),
                        database.pipelinedSize(),
                        database.maxWaiting(),
                        database.patienceMillis(),
                        database.statementTimeoutMillis()));
        this.db = tap == null ? connected : connected.watchedBy(tap);
    }

    /**
     * Starts on a database that has been migrated, and gives the server once it answers requests.
     *
     * @param vertx from {@link Meters#vertx}; it is the caller's to close, after this
     * @param keyFile seals the keys in the database; none where the settings name a key management service
     * @param clock the time of requests and of background work
     */
    public static Future<App> start(
            Vertx vertx,
            Meters meters,
            Settings settings,
            DbAddress address,
            @Nullable Path keyFile,
            InstantSource clock) {
        return start(new App(vertx, meters, settings, address, clock, null), keyFile);
    }

    /** As {@link #start}, with every statement told to the tap: for the benchmark. */
    public static Future<App> startWatched(
            Vertx vertx,
            Meters meters,
            Settings settings,
            DbAddress address,
            @Nullable Path keyFile,
            InstantSource clock,
            StatementTap tap) {
        return start(new App(vertx, meters, settings, address, clock, tap), keyFile);
    }

    private static Future<App> start(App app, @Nullable Path keyFile) {
        return app.open(keyFile)
                .map(app)
                .recover(failure -> app.close().transform(closed -> Future.failedFuture(failure)));
    }

    /** The port of the API. */
    public int port() {
        return port.get();
    }

    public int managementPort() {
        return started(management).port();
    }

    public Domains domains() {
        return started(domains);
    }

    public Db db() {
        return db;
    }

    /** Stops taking requests, lets running ones end, and closes the connections to the database; once. */
    public synchronized Future<Void> close() {
        if (closed == null) {
            closed = stop();
        }
        return closed;
    }

    private Future<Void> stop() {
        vertx.cancelTimer(keyTimer);
        if (management != null) {
            management.drain();
        }
        Future<Void> quiet = deployment == null ? Future.succeededFuture() : vertx.undeploy(deployment);
        return quiet.eventually(() -> domains == null ? Future.succeededFuture() : domains.jobs.stop())
                .eventually(this::keepFailures)
                .eventually(() -> management == null ? Future.succeededFuture() : management.close())
                .onComplete(served -> {
                    if (domains != null) {
                        domains.identity.stop();
                    }
                })
                .eventually(db::close);
    }

    /** After the last request; where the database does not answer they are lost, as they are where a server is killed. */
    private Future<Void> keepFailures() {
        var built = domains;
        var served = edge;
        // whoever still knows this server need not keep its pages
        edge = null;
        return built == null || served == null
                ? Future.succeededFuture()
                : built.keptFailures
                        .take(served.lateFailures())
                        .onFailure(failure -> LOG.warn("cannot keep late failures: {}", Cause.of(failure)))
                        .otherwiseEmpty();
    }

    private Future<Void> open(@Nullable Path keyFile) {
        var http = HttpSettings.of(settings);
        return db.ready(DATABASE_LIMIT)
                .compose(answers -> Vault.load(
                        db,
                        KeyEncryption.of(vertx, settings, keyFile),
                        Suite.of(settings.crypto().suite()),
                        clock.instant()))
                .compose(this::prepare)
                .compose(prepared -> listen(prepared, http))
                .compose(listening -> Management.start(vertx, http, meters, checks()))
                .onSuccess(started -> {
                    management = started;
                    startJobs();
                })
                .mapEmpty();
    }

    private Future<Domains> prepare(Vault vault) {
        keyTimer = vertx.setPeriodic(
                KEY_PERIOD_MILLIS,
                timer -> vault.refresh(db, clock.instant())
                        .onFailure(failure -> LOG.warn("cannot look for new keys: {}", Cause.of(failure))));
        // reads the cities' documents, which would hold an event loop up
        return vertx.executeBlocking(() -> new Domains(vertx, db, vault, catalogue, settings, this::publicUrl, clock))
                .compose(built -> {
                    domains = built;
                    return built.prepare(clock, meters.registry()).map(built);
                });
    }

    private Future<Void> listen(Domains built, HttpSettings http) {
        return vertx.executeBlocking(() -> SitePages.load(catalogue))
                .map(pages -> new Edge(
                        built.routes(),
                        new Guards(
                                built.authenticator(), built.identity.costlyRequests(), ClamdScan.of(vertx, settings)),
                        catalogue,
                        new Callback.Desk(built.callbacks(), pages, clock),
                        http,
                        clock,
                        meters.registry()))
                .compose(made -> {
                    var serving = made.speaking(List.of(Complaints.geoReport()));
                    edge = serving;
                    return vertx.deployVerticle(
                            () -> new ApiServer(serving, port),
                            new DeploymentOptions().setInstances(http.eventLoops()));
                })
                .onSuccess(id -> deployment = id)
                .mapEmpty();
    }

    /** Last of all: work that a handler does may need everything else. */
    private void startJobs() {
        var background = settings.background();
        if (background.enabled()) {
            domains().jobs.start(vertx, clock, background.poll());
        }
    }

    private Map<String, Supplier<Future<?>>> checks() {
        var checks = new LinkedHashMap<String, Supplier<Future<?>>>();
        checks.put("database", () -> db.run("SELECT 1"));
        checks.put("migrations", this::checkMigrations);
        return checks;
    }

    /** Asked until it was true once: no migration of this version is ever taken back. */
    private Future<?> checkMigrations() {
        if (migrated) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> Migrations.pending(address)).map(pending -> {
            if (pending > 0) {
                throw new IllegalStateException(pending + " migrations have not run");
            }
            migrated = true;
            return null;
        });
    }

    private String publicUrl() {
        var listeners = settings.listeners();
        return listeners.publicUrl() != null
                ? listeners.publicUrl().toString()
                // before anybody listens, the port that was asked for
                : "http://localhost:" + (port.get() == 0 ? listeners.httpPort() : port.get());
    }

    private static <T> T started(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("not started");
        }
        return part;
    }
}
