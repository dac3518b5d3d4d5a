package io.anju.bench;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.Suite;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.FolderTree;
import io.anju.platform.db.Migrations;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.rotation.KeyRotation;
import io.anju.platform.rotation.Progress;
import io.anju.platform.rotation.RotationDesk;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Seals a million rows again under a new key while others read them: half of them rows that may change, half of them
 * rows that never do. Every field that a reader gets must open.
 */
@Command(
        name = "rotate-keys",
        mixinStandardHelpOptions = true,
        description = "Measure how fast fields are sealed again under a new key, and what readers notice of it")
final class KeyRotationBench implements Callable<Integer> {
    private static final Duration PERIOD = Duration.ofSeconds(6);
    private static final Duration SETTLED = Duration.ofSeconds(61);
    private static final long LIMIT_MINUTES = 60;

    @Option(names = "--rows", description = "rows with sealed fields (default: ${DEFAULT-VALUE})")
    int rows = 1_000_000;

    @Option(names = "--readers", description = "reads under way at a time (default: ${DEFAULT-VALUE})")
    int readers = 4;

    @Option(names = "--seconds", description = "seconds of reading before, to compare with (default: ${DEFAULT-VALUE})")
    int seconds = 10;

    @Option(names = "--suite", description = "suite of the new key (default: ${DEFAULT-VALUE})")
    String suite = Suite.INTERNATIONAL.id();

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "rotate-keys.json");

    private final Results results = new Results();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("anju-bench-keys");
        var keyFile = folder.resolve("anju.key");
        KeyFile.create(keyFile);
        var vertx = Vertx.vertx();
        long failed;
        try (var postgres = EmbeddedDatabase.startTemporary()) {
            var address = postgres.database("keys");
            Migrations.run(address);
            failed = measure(vertx, address, keyFile);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
        FolderTree.delete(folder);
        results.print(System.out);
        results.write(out);
        System.out.println("Figures are in " + out);
        return failed == 0 ? 0 : 1;
    }

    private long measure(Vertx vertx, DbAddress address, Path keyFile) throws Exception {
        var db = Db.connect(vertx, DbSettings.of(address));
        var owner = Db.connectAsOwner(vertx, DbSettings.of(address));
        db.ready(Duration.ofSeconds(30)).await(30, TimeUnit.SECONDS);
        var start = Instant.now();
        var vault = Vault.load(db, KeyFile.open(keyFile), Suite.INTERNATIONAL, start)
                .await(30, TimeUnit.SECONDS);
        System.out.println("Sealing " + rows + " rows");
        var fields = new SealedRows(db, vault, rows);
        fields.fill();
        try {
            return rotate(vertx, db, owner, vault, fields, KeyFile.open(keyFile), start);
        } finally {
            owner.close().await(10, TimeUnit.SECONDS);
            db.close().await(10, TimeUnit.SECONDS);
        }
    }

    private long rotate(Vertx vertx, Db db, Db owner, Vault vault, SealedRows fields, KeyFile keyFile, Instant start)
            throws Exception {
        var quiet = fields.read(readers);
        Thread.sleep(Duration.ofSeconds(seconds).toMillis());
        var before = quiet.stop();

        var desk = new RotationDesk(owner);
        desk.begin(keyFile, Suite.of(suite), start).await(30, TimeUnit.SECONDS);
        var jobs = new Jobs(db);
        new KeyRotation(vertx, db, vault, List.of()).schedule(jobs);
        System.out.println("Sealing them again");
        var beside = fields.read(readers);
        long begun = System.nanoTime();
        var now = start.plus(SETTLED);
        do {
            jobs.runDue(now).await(LIMIT_MINUTES, TimeUnit.MINUTES);
            now = now.plus(PERIOD);
        } while (!isThrough(desk));
        double took = (System.nanoTime() - begun) / 1e9;
        var during = beside.stop();

        var resealed = desk.progress().await(30, TimeUnit.SECONDS).orElseThrow().resealed();
        results.add("fields sealed again", resealed, "", 1);
        results.add("fields sealed again in a second", resealed / took, "/s", 1);
        results.add("reads before, in a second", before.perSecond(), "/s", (int) before.reads());
        results.add(
                "reads beside, in a second",
                during.perSecond(),
                "/s",
                (int) during.reads(),
                "reads before, in a second");
        results.add("read before, p99", before.p99Micros(), "µs", (int) before.reads());
        results.add("read beside, p99", during.p99Micros(), "µs", (int) during.reads(), "read before, p99");
        results.add("failed reads", before.failed() + during.failed(), "", (int) (before.reads() + during.reads()));
        return before.failed() + during.failed();
    }

    /** Until every part was walked to its end; the old key's last ten minutes are not waited for. */
    private static boolean isThrough(RotationDesk desk) throws Exception {
        var progress = desk.progress().await(30, TimeUnit.SECONDS).orElseThrow();
        return progress.resealed() > 0 && progress.parts().stream().allMatch(Progress.Part::isFinished);
    }
}
