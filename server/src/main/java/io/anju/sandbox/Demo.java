package io.anju.sandbox;

import io.anju.App;
import io.anju.platform.config.Settings;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.Migrations;
import io.anju.platform.http.Meters;
import io.anju.sandbox.wechatpay.MerchantFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A whole deployment in one process: embedded PostgreSQL, a synthetic city, the simulators and the server, under a clock
 * that a viewer may move.
 *
 * <p>The city is made in a database of another name that is renamed when all of it is there: a preparation that was
 * interrupted leaves nothing that could be taken for a city, and the next start begins anew.
 */
public final class Demo implements AutoCloseable {
    private static final String DATABASE = "anju";
    private static final String UNFINISHED = "anju_unfinished";
    private static final long LIMIT_SECONDS = 120;
    private static final Duration DELIVERIES = Duration.ofMillis(200);

    private final DemoOptions options;
    private final Consumer<String> tell;
    private final DemoFolder folder;
    private final EmbeddedDatabase database;
    private final Meters meters = new Meters();
    private final Vertx vertx = meters.vertx(new VertxOptions());
    private final DemoClock clock;
    private final Simulators simulators;
    private final CityGuide guide;
    private final App app;

    private Demo(DemoOptions options, Consumer<String> tell, DemoFolder folder, EmbeddedDatabase database)
            throws IOException {
        this.options = options;
        this.tell = tell;
        this.folder = folder;
        this.database = database;
        this.clock = DemoClock.in(folder.path());
        this.simulators = await(Simulators.start(vertx, clock, options.simulatorPort(), new DemoControl(clock)::mount));
        this.guide = database.has(DATABASE) && Files.exists(folder.guide()) ? takeUpCity() : makeCity();
        simulators.pay().deliverEvery(DELIVERIES);
        this.app = start(meters, vertx, database.database(DATABASE), options.port(), options.managementPort(), true);
    }

    /** Gives the demo once it answers requests. Blocks for up to minutes the first time; not for event loops. */
    public static Demo start(DemoOptions options, Consumer<String> tell) throws IOException {
        options.requireFreePorts();
        var folder = DemoFolder.of(options);
        tell.accept("Starting PostgreSQL in " + folder.path());
        var database = folder.isKept() ? EmbeddedDatabase.start(folder.path()) : EmbeddedDatabase.startTemporary();
        try {
            return new Demo(options, tell, folder, database);
        } catch (IOException | RuntimeException e) {
            database.close();
            folder.deleteUnlessKept();
            throw e;
        }
    }

    private CityGuide takeUpCity() throws IOException {
        simulators.pay().keepIn(folder.weChatPay());
        return CityGuide.read(folder.guide());
    }

    private CityGuide makeCity() throws IOException {
        database.drop(UNFINISHED);
        database.drop(DATABASE);
        folder.clearPreparation();
        simulators.pay().keepIn(folder.weChatPay());
        tell.accept("Making a synthetic city of %d households".formatted(options.households()));
        var end = clock.instant();
        clock.standAt(CityPlan.opening(end));
        var made = generate(database.database(UNFINISHED), end);
        clock.goOn();
        made.write(folder.guide());
        database.rename(UNFINISHED, DATABASE);
        return made;
    }

    /** On a server of its own that nobody finds, and that is gone with everything it started. */
    private CityGuide generate(DbAddress address, Instant end) throws IOException {
        try (var aside = new Meters()) {
            var asideVertx = aside.vertx(new VertxOptions());
            try {
                var preparing = start(aside, asideVertx, address, 0, 0, false);
                try {
                    return new CityGenerator(preparing.domains(), new DemoWorld(clock, simulators.pay()), tell)
                            .generate(options.seed(), options.households(), end);
                } finally {
                    await(preparing.close());
                }
            } finally {
                await(asideVertx.close());
            }
        }
    }

    private App start(Meters with, Vertx on, DbAddress address, int port, int managementPort, boolean jobs)
            throws IOException {
        Migrations.run(address);
        var settings = Settings.read(environment(port, managementPort, jobs));
        return await(App.start(on, with, settings, address, folder.key(), clock));
    }

    private Map<String, String> environment(int port, int managementPort, boolean jobs) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("ANJU_DATA_DIR", folder.path().toString());
        environment.put("ANJU_ATTACHMENT_DIR", folder.attachments().toString());
        environment.put("ANJU_HTTP_HOST", jobs ? options.host() : "127.0.0.1");
        environment.put("ANJU_HTTP_PORT", Integer.toString(port));
        environment.put("ANJU_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("ANJU_JOBS", jobs ? "on" : "off");
        environment.put("ANJU_JOB_POLL_MS", "500");
        environment.put("ANJU_WECHAT_URL", simulators.url());
        environment.put("ANJU_WECHAT_APP_ID", Simulators.APP_ID);
        environment.put("ANJU_WECHAT_MESSAGE_RENT_DUE", Simulators.RENT_DUE_TEMPLATE);
        environment.put("ANJU_WECHAT_MESSAGE_ARREARS", Simulators.ARREARS_TEMPLATE);
        environment.put("ANJU_WECHAT_MESSAGE_PAYMENT", Simulators.PAYMENT_TEMPLATE);
        environment.put(
                "ANJU_WECHAT_SECRET_FILE",
                folder.secret("wechat-secret", Simulators.APP_SECRET).toString());
        environment.putAll(MerchantFiles.write(folder.path(), simulators.url()));
        environment.put("ANJU_SMS_URL", simulators.url() + "/sms");
        environment.put(
                "ANJU_SMS_TOKEN_FILE",
                folder.secret("sms-token", Simulators.SMS_TOKEN).toString());
        // one viewer plays everybody from one address
        // its people are made up, and whoever looks around has no app for each of them
        environment.put("ANJU_STAFF_TOTP_ROLES", "none");
        environment.put("ANJU_CALLER_REQUESTS_PER_MINUTE", "6000");
        environment.put("ANJU_ADDRESS_REQUESTS_PER_MINUTE", "6000");
        return environment;
    }

    /** The address of the API, without a slash at the end. */
    public String url() {
        return "http://localhost:" + app.port();
    }

    public String managementUrl() {
        return "http://localhost:" + app.managementPort();
    }

    /** The address of the simulators and of the demo's control, without a slash at the end. */
    public String simulatorUrl() {
        return simulators.url();
    }

    public CityGuide guide() {
        return guide;
    }

    /** From now on {@link #close} alone stops the database: called by whoever has a shutdown hook that closes. */
    public void stopsWithCaller() {
        database.leaveToOwner();
    }

    @Override
    public void close() {
        try {
            // one after the other: what is chained behind closing Vert.x has no event loop left to run on
            await(app.close());
            await(simulators.close());
            await(vertx.close());
        } finally {
            meters.close();
            database.close();
            folder.deleteUnlessKept();
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the demo did not get on within " + LIMIT_SECONDS + " s", e);
        }
    }
}
