package io.anju.bench;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.FolderTree;
import io.anju.platform.db.Migrations;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.RegisterFill;
import io.anju.waitinglist.Registration.ListKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Derives a long waiting list from its sealed facts: the first order, and the order of the next day, when everybody's
 * points have grown and every move is counted by its cause; both over the plain statement that ranks as many rows.
 */
@Command(
        name = "derivation",
        mixinStandardHelpOptions = true,
        description = "Measure how long the order of a long waiting list takes to derive; takes some minutes")
final class DerivationBench implements Callable<Integer> {
    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final long SEED = 528;

    /** Ranks every row and keeps it under its key. */
    private static final String PLAIN = """
            INSERT INTO plain_rank (registration_id, rank, score, receipt_number)
            SELECT r.registration_id, rank() OVER (ORDER BY line.score DESC, r.applied_at, r.receipt_number), line.score,
                   r.receipt_number
              FROM waitinglist.standing_line line
              JOIN waitinglist.registration r USING (registration_id)
             WHERE line.standing_id = (SELECT max(standing_id) FROM waitinglist.standing)
            """;

    @Option(names = "--households", description = "households on the waiting list (default: ${DEFAULT-VALUE})")
    int households = 1_000_000;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "derivation.json");

    private final Results results = new Results();

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("anju-bench-derivation");
        KeyFile.create(folder.resolve("anju.key"));
        try (var postgres = EmbeddedDatabase.startTemporary()) {
            var address = postgres.database("list");
            Migrations.run(address);
            measure(address, folder);
        }
        FolderTree.delete(folder);
        results.print(System.out);
        results.write(out);
        System.out.println("Figures are in " + out);
        return 0;
    }

    private void measure(DbAddress address, Path folder) throws Exception {
        var now = Instant.now();
        double first;
        double next;
        try (var world = World.start(address, folder, (tx, sql, batch, values, answer) -> {})) {
            var domains = world.domains();
            var policy = domains.policy
                    .inForce(domains.db, LIST.cityCode(), LIST.programme(), Shanghai.date(now))
                    .await();
            System.out.println("Registering " + households + " households");
            new RegisterFill(domains.db, domains.vault, policy, SEED, now).add(households);
            System.out.println("Deriving their order");
            first = seconds(() -> domains.standing.current(LIST, now).await());
            System.out.println("Deriving the order of the next day");
            next = seconds(() ->
                    domains.standing.current(LIST, now.plus(Duration.ofDays(1))).await());
        }
        var plainName = "insert … select rank(), " + households + " rows";
        results.add(plainName, plain(address), "s", 1);
        results.add("derive " + households + " households", first, "s", 1, plainName);
        results.add("derive them the next day, causes counted", next, "s", 1, plainName);
        results.add("heap in use at the end", heapMiB(), "MiB", 1);
    }

    private static double plain(DbAddress address) throws SQLException {
        try (var owner = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = owner.createStatement()) {
            statement.execute("VACUUM ANALYZE waitinglist.standing_line");
            statement.execute("CREATE TABLE plain_rank (registration_id uuid PRIMARY KEY, rank integer NOT NULL,"
                    + " score numeric NOT NULL, receipt_number text NOT NULL)");
            long begun = System.nanoTime();
            statement.execute(PLAIN);
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static double heapMiB() {
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
    }

    private static double seconds(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return (System.nanoTime() - begun) / 1e9;
    }
}
