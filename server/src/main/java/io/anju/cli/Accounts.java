package io.anju.cli;

import io.anju.identity.IdentityService;
import io.anju.identity.IdentitySettings;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyEncryption;
import io.anju.platform.crypto.Suite;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Works on the accounts of a database without serving; other instances may serve from it at the same time. */
final class Accounts {
    private static final int STATEMENT_MILLIS = 10_000;
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(30);
    private static final long LIMIT_SECONDS = 60;

    private Accounts() {}

    /** Migrates the database, does the work and closes everything again. */
    static <T> T with(Settings settings, Function<IdentityService, Future<T>> work) throws TimeoutException {
        try (var home = DatabaseHome.open(settings)) {
            Migrations.run(home.address());
            var vertx = Vertx.vertx();
            var db = Db.connect(vertx, new DbSettings(home.address(), 1, 1, 16, STATEMENT_MILLIS, STATEMENT_MILLIS));
            try {
                return db.ready(DATABASE_LIMIT)
                        .compose(answers -> Vault.load(
                                db,
                                KeyEncryption.of(vertx, settings, home.keyFile()),
                                Suite.of(settings.crypto().suite()),
                                Instant.now()))
                        .compose(vault -> work.apply(
                                new IdentityService(vertx, db, vault, IdentitySettings.of("anju", settings))))
                        .await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                db.close().eventually(vertx::close).await(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
    }
}
