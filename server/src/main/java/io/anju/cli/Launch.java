package io.anju.cli;

import io.anju.App;
import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.Migrations;
import io.anju.platform.http.Meters;
import io.anju.platform.time.DatabaseClock;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started server with everything that it stands on, and the stop in the reverse order. Blocks; not for event loops. */
public final class Launch implements AutoCloseable {
    private static final long START_SECONDS = 120;
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(30);
    /** What is left for the rest after the requests were drained. */
    private static final long CLOSE_SECONDS = 10;

    private final Settings settings;
    private final DatabaseHome home;
    private final Meters meters = new Meters();
    private final Vertx vertx;
    private final Db clockDb;
    private final App app;
    private final Logger log = LoggerFactory.getLogger(Launch.class);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Launch(Settings settings, DatabaseHome home) throws TimeoutException {
        this.settings = settings;
        this.home = home;
        var ran = Migrations.run(home.address());
        log.info("Database {}: {}", home.address(), ran == 0 ? "up to date" : ran + " migrations run");
        vertx = meters.vertx(new VertxOptions());
        // one connection of its own, so that a busy pool does not shift the clock
        clockDb = Db.connect(vertx, new DbSettings(home.address(), 1, 1, 16, 5_000, 5_000));
        var clock = clockDb.ready(DATABASE_LIMIT)
                .compose(answers -> DatabaseClock.start(vertx, clockDb))
                .await(START_SECONDS, TimeUnit.SECONDS);
        app = App.start(vertx, meters, settings, home.address(), home.keyFile(), clock)
                .await(START_SECONDS, TimeUnit.SECONDS);
    }

    /** Opens the database, migrates it, and serves; logs where. */
    public static Launch start(Settings settings) {
        var started = System.nanoTime();
        var home = DatabaseHome.open(settings);
        try {
            var launch = new Launch(settings, home);
            launch.logAddresses((System.nanoTime() - started) / 1_000_000);
            return launch;
        } catch (TimeoutException e) {
            home.close();
            throw new IllegalStateException("the server did not start within " + START_SECONDS + " s", e);
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }

    private void logAddresses(long millis) {
        var listeners = settings.listeners();
        log.info("Anju {} on Java {} is ready after {} ms", Version.current(), Runtime.version(), millis);
        log.info("API         http://{}:{}", reachable(listeners.httpHost()), app.port());
        log.info("Contract    http://{}:{}/docs", reachable(listeners.httpHost()), app.port());
        log.info("Management  http://{}:{}/health/ready", reachable(listeners.managementHost()), app.managementPort());
        log.info("Background work is {}", settings.background().enabled() ? "on" : "off");
    }

    private static String reachable(String host) {
        return host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    }

    public App app() {
        return app;
    }

    public Vertx vertx() {
        return vertx;
    }

    public DbAddress address() {
        return home.address();
    }

    /** Lets running requests and jobs end, then closes the database; a second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        log.info(
                "Stopping: no new requests; running ones have {} s",
                settings.listeners().drain().toSeconds());
        try {
            app.close()
                    .eventually(clockDb::close)
                    .await(settings.listeners().drain().toSeconds() + CLOSE_SECONDS, TimeUnit.SECONDS);
            // on its own: what is chained behind closing Vert.x has no event loop left to run on
            vertx.close().await(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            log.warn("Some requests did not end in time");
        } finally {
            meters.close();
            home.close();
            log.info("Stopped");
        }
    }
}
