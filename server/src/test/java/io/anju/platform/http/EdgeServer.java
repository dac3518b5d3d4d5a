package io.anju.platform.http;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.platform.problem.Catalogue;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.testing.Anju;
import io.anju.testing.ApiClient;
import io.anju.testing.MovableClock;
import io.anju.testing.TestDatabases;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The edge over real HTTP and a real database, with operations of the tests' own. */
final class EdgeServer implements AutoCloseable {
    static final UUID ALICE = UUID.fromString("01987a54-7c00-7a5b-8f3e-6d2c1b0a9f01");
    static final UUID BOB = UUID.fromString("01987a54-7c00-7a5b-8f3e-6d2c1b0a9f02");

    private static final Map<String, Caller> TOKENS = Map.of(
            "alice", caller(Caller.Kind.RESIDENT, ALICE, "things.write"),
            "bob", caller(Caller.Kind.RESIDENT, BOB, "things.write"),
            "clerk", caller(Caller.Kind.STAFF, BOB, "staff.tasks"));

    final Meters meters = new Meters();
    final Vertx vertx = meters.vertx(new VertxOptions());
    final MovableClock clock = new MovableClock(Anju.START);
    final Db db;
    final Things things;
    final Edge edge;
    final ApiClient http;
    private Runnable last = () -> {};

    private EdgeServer(DbSettings database, @Nullable Path keyFile, HttpSettings settings) {
        db = Db.connect(vertx, database);
        var vault = keyFile == null ? Vault.temporary() : Anju.await(Vault.load(db, keyFile));
        things = new Things(new Once(db, vault));
        edge = new Edge(
                things.routes(),
                new Guards(
                        EdgeServer::authenticate,
                        (operation, address, now) -> Future.succeededFuture(new CostlyRequests.Count(1, now)),
                        UploadScan.NONE),
                Catalogue.load(),
                (request, language) -> false,
                settings,
                clock,
                meters.registry());
        var port = new AtomicInteger();
        Anju.await(vertx.deployVerticle(() -> new ApiServer(edge, port), new DeploymentOptions().setInstances(2)));
        http = new ApiClient(URI.create("http://127.0.0.1:" + port.get()));
    }

    /** On a fresh database with the table that the operations write to. */
    static EdgeServer start() {
        return start(settings());
    }

    static EdgeServer start(HttpSettings settings) {
        var address = TestDatabases.fresh();
        Things.createTable(address);
        return new EdgeServer(DbSettings.of(address), null, settings).dropping(address);
    }

    /** With one connection for transactions, and nobody may wait for it. */
    static EdgeServer startCrowded() {
        var address = TestDatabases.fresh();
        Things.createTable(address);
        return new EdgeServer(new DbSettings(address, 1, 1, 0, 5_000, 10_000), null, settings()).dropping(address);
    }

    private EdgeServer dropping(DbAddress address) {
        last = () -> TestDatabases.drop(address);
        return this;
    }

    /** On a database that is prepared already, with keys that another process shares. */
    static EdgeServer start(DbAddress address, Path keyFile) {
        return new EdgeServer(DbSettings.of(address), keyFile, settings());
    }

    static HttpSettings settings() {
        return settings(1_000_000, 20);
    }

    static HttpSettings settings(int requestsPerMinute, int bodyTimeoutSeconds) {
        return new HttpSettings(
                "127.0.0.1",
                0,
                "127.0.0.1",
                0,
                2,
                1 << 20,
                10 << 20,
                64L << 20,
                bodyTimeoutSeconds,
                5,
                requestsPerMinute,
                requestsPerMinute,
                requestsPerMinute,
                Duration.ofSeconds(60),
                0,
                Set.of("https://housing.example"));
    }

    /** {@code slow-alice} is Alice after a while and on another thread, as a token that has to be looked up. */
    private static Future<Caller> authenticate(String token, Instant now) {
        var caller = TOKENS.get(token.replace("slow-", ""));
        Future<Caller> verdict = caller == null
                ? Refusal.failed(token.equals("old") ? PlatformProblem.TOKEN_EXPIRED : PlatformProblem.UNAUTHENTICATED)
                : Future.succeededFuture(caller);
        if (!token.startsWith("slow-")) {
            return verdict;
        }
        var late = Promise.<Caller>promise();
        new Thread(() -> verdict.onComplete(late)).start();
        return late.future();
    }

    private static Caller caller(Caller.Kind kind, UUID id, String scope) {
        return new Caller(kind, id, Set.of(scope), id, null, null);
    }

    List<String> names() {
        return Anju.await(db.list("SELECT name FROM platform.thing ORDER BY name", row -> row.getString(0)));
    }

    @Override
    public void close() {
        Anju.await(vertx.close());
        meters.close();
        last.run();
    }
}
