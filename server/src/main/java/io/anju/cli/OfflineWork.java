package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Long work on a database without a server: statements that look at every row, and hours for all of them. */
final class OfflineWork {
    private static final int LONG_STATEMENT_MILLIS = 600_000;
    private static final long LIMIT_HOURS = 24;

    private OfflineWork() {}

    /** Does the work on the database of the settings and closes everything again. */
    static <T> T on(Settings settings, Function<Db, Future<T>> work) throws TimeoutException {
        try (var home = DatabaseHome.open(settings)) {
            var vertx = Vertx.vertx();
            var db = Db.connect(
                    vertx, new DbSettings(home.address(), 1, 1, 16, LONG_STATEMENT_MILLIS, LONG_STATEMENT_MILLIS));
            try {
                return work.apply(db).await(LIMIT_HOURS, TimeUnit.HOURS);
            } finally {
                db.close().eventually(vertx::close).await(LIMIT_HOURS, TimeUnit.HOURS);
            }
        }
    }
}
