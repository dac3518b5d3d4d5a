package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyEncryption;
import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.Suite;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.Migrations;
import io.anju.platform.rotation.Progress;
import io.anju.platform.rotation.RotationDesk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Replaces keys while servers run: they do the work, this begins it and tells how far it is. Logs in to the database as
 * its owner, like the command {@code migrate}.
 */
@Command(
        name = "rotate-keys",
        description = "Replace the key that personal data is sealed with, while the servers work.",
        mixinStandardHelpOptions = true)
final class RotateKeysCommand {
    private static final int STATEMENT_MILLIS = 60_000;
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(30);
    private static final long LIMIT_SECONDS = 120;

    /** What a subcommand does at the desk. */
    private interface Work<T> {
        Future<T> at(RotationDesk desk, KeyEncryption encryption, Vertx vertx);
    }

    @Command(name = "start", description = "Bring a new key. The servers seal everything again under it.")
    int start(
            @Option(
                            names = "--suite",
                            description = "aes-256-gcm or sm4-gcm; the suite of the settings where it is left out.")
                    @Nullable
                    String suite)
            throws TimeoutException {
        var settings = settings();
        var chosen = Suite.of(suite == null ? settings.crypto().suite() : suite);
        var rotation = with(settings, (desk, encryption, vertx) -> desk.begin(encryption, chosen, Instant.now()));
        System.out.println("Key " + rotation.toVersion() + " ("
                + rotation.suite().id() + ") seals from " + rotation.primaryFrom() + " on; see rotate-keys status");
        return 0;
    }

    @Command(name = "status", description = "How far the rotation is that runs, or ran last.")
    int status() throws TimeoutException {
        var progress = with(settings(), (desk, encryption, vertx) -> desk.progress());
        System.out.print(progress.map(RotateKeysCommand::text).orElse("No key was ever replaced.\n"));
        return 0;
    }

    @Command(name = "stop", description = "Hold the work up. Both keys stay good.")
    int stop() throws TimeoutException {
        with(settings(), (desk, encryption, vertx) -> desk.stop());
        System.out.println("Stopped; rotate-keys resume goes on where it was");
        return 0;
    }

    @Command(name = "resume", description = "Go on with a rotation that was stopped.")
    int resume() throws TimeoutException {
        with(settings(), (desk, encryption, vertx) -> desk.resume());
        System.out.println("The servers go on");
        return 0;
    }

    @Command(
            name = "kek",
            description = "Seal the keys themselves anew, with the key file or service of the settings."
                    + " Nothing else changes.")
    int kek(
            @Option(
                            names = "--from-key-file",
                            description = "What seals them now, where it is not what the settings name.")
                    @Nullable
                    Path from)
            throws TimeoutException {
        var moved = with(
                settings(),
                (desk, encryption, vertx) -> desk.move(from == null ? encryption : KeyFile.open(from), encryption));
        System.out.println(moved + " keys are sealed anew");
        return 0;
    }

    private static Settings settings() {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        return settings;
    }

    private static <T> T with(Settings settings, Work<T> work) throws TimeoutException {
        try (var home = DatabaseHome.open(settings)) {
            Migrations.run(home.address());
            var vertx = Vertx.vertx();
            var owner = Db.connectAsOwner(
                    vertx, new DbSettings(home.address(), 2, 1, 64, STATEMENT_MILLIS, STATEMENT_MILLIS));
            try {
                return owner.ready(DATABASE_LIMIT)
                        .compose(answers -> work.at(
                                new RotationDesk(owner), KeyEncryption.of(vertx, settings, home.keyFile()), vertx))
                        .await(LIMIT_SECONDS, TimeUnit.SECONDS);
            } finally {
                owner.close().eventually(vertx::close).await(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    static String text(Progress progress) {
        var rotation = progress.rotation();
        var text = new StringBuilder("Key %d (%s), %s since %s: %d fields and files sealed again%n"
                .formatted(
                        rotation.toVersion(),
                        rotation.suite().id(),
                        rotation.state().name().toLowerCase(java.util.Locale.ROOT),
                        rotation.begunAt(),
                        progress.resealed()));
        for (var part : progress.parts()) {
            var done = part.isFinished()
                    ? "done"
                    : part.pages() == 0 ? "…" : "page " + part.position() + "/" + part.pages();
            text.append("  %-50s pass %d  %-20s %d%n".formatted(part.name(), part.pass(), done, part.resealed()));
        }
        return text.toString();
    }
}
