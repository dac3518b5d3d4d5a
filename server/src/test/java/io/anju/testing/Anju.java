package io.anju.testing;

import io.anju.App;
import io.anju.Domains;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyFile;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.http.Meters;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.MerchantFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole server for one test class, on a database of its own.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Anju anju = Anju.server();
 * }</pre>
 *
 * <p>Time stands still unless {@link #clock} moves it; background work runs when {@link #runJobs} is called.
 */
public final class Anju implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** A Wednesday morning in Shanghai, an ordinary working day. */
    public static final Instant START = Instant.parse("2026-03-04T01:00:00Z");

    private static final String KEY_FILE = "anju.key";
    private static final long START_TIMEOUT_SECONDS = 120;
    private static final long WAIT_SECONDS = 60;

    private final Map<String, String> environment = new HashMap<>();
    private final MovableClock clock = new MovableClock(START);
    private final Books books = new Books();
    private final List<App> others = new ArrayList<>();
    private Supplier<DbAddress> database = TestDatabases::fresh;
    private Consumer<DbAddress> giveBack = TestDatabases::drop;
    private Consumer<App> atStart = app -> {};
    private @Nullable Running running;

    private record Running(
            Vertx vertx,
            Meters meters,
            DbAddress address,
            Path folder,
            App app,
            ApiClient http,
            Simulators simulators) {}

    private Anju() {}

    /** The server with settings that suit tests. */
    public static Anju server() {
        return new Anju()
                .with("ANJU_HTTP_HOST", "127.0.0.1")
                .with("ANJU_HTTP_PORT", "0")
                .with("ANJU_MANAGEMENT_PORT", "0")
                .with("ANJU_EVENT_LOOPS", "2")
                .with("ANJU_CALLER_REQUESTS_PER_MINUTE", "1000000")
                .with("ANJU_ADDRESS_REQUESTS_PER_MINUTE", "1000000")
                .with("ANJU_STAFF_TOTP_ROLES", "none")
                .with("ANJU_COSTLY_REQUESTS_PER_HOUR", "1000000")
                // a machine may stand still for seconds; only tests of that say "come again"
                .with("ANJU_DATABASE_PATIENCE_MS", "60000")
                .with("ANJU_DATABASE_STATEMENT_TIMEOUT_MS", "60000")
                .with("ANJU_JOBS", "off")
                .with("ANJU_PUBLISH_MONTHLY", "off");
    }

    /** Another value of a setting; the names are those of the environment. */
    public Anju with(String setting, String value) {
        environment.put(setting, value);
        return this;
    }

    /** On this migrated database, asked for when the class begins, instead of a fresh one on the server of all classes. */
    public Anju on(Supplier<DbAddress> address) {
        database = address;
        giveBack = kept -> {};
        return this;
    }

    /** Does this with every instance before it is used. */
    public Anju atStart(Consumer<App> work) {
        atStart = work;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        var folder = Files.createTempDirectory("anju-test");
        var keyFile = folder.resolve(KEY_FILE);
        KeyFile.create(keyFile);
        environment.putIfAbsent("ANJU_DATA_DIR", folder.toString());
        var address = database.get();
        var meters = new Meters();
        var vertx = meters.vertx(new VertxOptions());
        var simulators = await(Simulators.start(vertx, clock, 0));
        useSimulators(simulators, folder);
        var settings = Settings.read(environment);
        var app = App.start(vertx, meters, settings, address, keyFile, clock)
                .await(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        atStart.accept(app);
        var http = new ApiClient(URI.create("http://127.0.0.1:" + app.port()));
        running = new Running(vertx, meters, address, folder, app, http, simulators);
    }

    private void useSimulators(Simulators simulators, Path folder) throws IOException {
        var weChatSecret = Files.writeString(folder.resolve("wechat.secret"), Simulators.APP_SECRET);
        var smsToken = Files.writeString(folder.resolve("sms.token"), Simulators.SMS_TOKEN);
        environment.putIfAbsent("ANJU_WECHAT_URL", simulators.url());
        environment.putIfAbsent("ANJU_WECHAT_APP_ID", Simulators.APP_ID);
        environment.putIfAbsent("ANJU_WECHAT_MESSAGE_RENT_DUE", Simulators.RENT_DUE_TEMPLATE);
        environment.putIfAbsent("ANJU_WECHAT_MESSAGE_ARREARS", Simulators.ARREARS_TEMPLATE);
        environment.putIfAbsent("ANJU_WECHAT_MESSAGE_PAYMENT", Simulators.PAYMENT_TEMPLATE);
        environment.putIfAbsent("ANJU_WECHAT_SECRET_FILE", weChatSecret.toString());
        MerchantFiles.write(folder, simulators.url()).forEach(environment::putIfAbsent);
        environment.putIfAbsent("ANJU_SMS_URL", simulators.url() + "/sms");
        environment.putIfAbsent("ANJU_SMS_TOKEN_FILE", smsToken.toString());
    }

    /** Every test leaves the ledger as it must be at every instant. */
    @Override
    public void afterEach(ExtensionContext context) {
        books.check(running().app().db());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (running != null) {
            books.check(running.app().db());
            others.forEach(other -> await(other.close()));
            await(running.app().close());
            await(running.vertx().close());
            running.meters().close();
            giveBack.accept(running.address());
            delete(running.folder());
            // test classes keep their server as a constant: a build would hold all of them
            others.clear();
            running = null;
        }
    }

    public ApiClient http() {
        return running().http();
    }

    /** Starts another instance on the same database; it stops with the first. */
    public ApiClient another() {
        return new ApiClient(URI.create("http://127.0.0.1:" + anotherApp().port()));
    }

    /** As {@link #another}, for a test that looks behind its operations. */
    public App anotherApp() {
        var first = running();
        var app = Anju.await(App.start(
                first.vertx(),
                first.meters(),
                Settings.read(environment),
                first.address(),
                first.folder().resolve(KEY_FILE),
                clock));
        atStart.accept(app);
        others.add(app);
        return app;
    }

    /** Whoever logs in; each call of theirs makes somebody new. */
    public People people() {
        return new People(this, URI.create(running().simulators().url()));
    }

    /** The outside parties. */
    public Simulators simulators() {
        return running().simulators();
    }

    public MovableClock clock() {
        return clock;
    }

    public App app() {
        return running().app();
    }

    /** The services behind the operations. */
    public Domains domains() {
        return app().domains();
    }

    /** The database as the server sees it: with the rights of the application's role. */
    public Db db() {
        return app().db();
    }

    /** The database as its owner, for a test that looks behind the application's rights. */
    public DbAddress databaseAddress() {
        return running().address();
    }

    /** The file with the key that seals all others. */
    public Path keyFile() {
        return folder().resolve(KEY_FILE);
    }

    public Vertx vertx() {
        return running().vertx();
    }

    /** A folder that is deleted after the test class. */
    public Path folder() {
        return running().folder();
    }

    /** Does all background work that is due by the clock; gives how many jobs ran. */
    public int runJobs() {
        return await(domains().jobs.runDue(clock.instant()));
    }

    /** Waits for a future outside an event loop; throws what it failed with. */
    public static <T> T await(Future<T> future) {
        return await(future, WAIT_SECONDS);
    }

    /** As {@link #await(Future)}, for what may take longer. */
    public static <T> T await(Future<T> future, long seconds) {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result within " + seconds + " s", e);
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("the server has not started: is Anju a static @RegisterExtension?");
        }
        return running;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
