package io.anju.cli;

import io.anju.App;
import io.anju.platform.config.Settings;
import io.anju.platform.http.Meters;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** The server of a day that a test has set: all of it but the clock, which stands still. */
final class StillServer {
    private static final long START_SECONDS = 120;

    private StillServer() {}

    /**
     * Serves and works until it is ended.
     *
     * @param arguments the time
     */
    public static void main(String[] arguments) throws Exception {
        var time = Instant.parse(arguments[0]);
        var settings = Settings.read();
        var home = DatabaseHome.open(settings);
        var meters = new Meters();
        App.start(
                        meters.vertx(new VertxOptions()),
                        meters,
                        settings,
                        home.address(),
                        home.keyFile(),
                        InstantSource.fixed(time))
                .await(START_SECONDS, TimeUnit.SECONDS);
    }
}
