package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.Domains;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.RegisterFill;
import io.anju.waitinglist.Registration.ListKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Derives and publishes a long waiting list from its sealed facts, day after day: everybody's points have grown and every
 * move is counted by its cause. In the same run as the plain statement that ranks as many rows, in turn with it.
 */
@Command(
        name = "derivation",
        mixinStandardHelpOptions = true,
        description = "Measure how long a long waiting list takes to derive and publish; takes some minutes")
final class DerivationBench implements Callable<Integer> {
    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final long SEED = 528;

    /** The scores as a plain program would have them: in a table with the household's key. */
    private static final String SCORES = """
            CREATE TABLE plain_score AS
            SELECT r.registration_id, p.score
              FROM waitinglist.standing s
             CROSS JOIN LATERAL waitinglist.places(s.standing_id, 1, s.total) p
              JOIN waitinglist.registration r
                ON r.city_code = s.city_code AND r.programme = s.programme AND r.sequence = p.number
            """;

    private static final String RANKS = """
            CREATE TABLE plain_rank (registration_id uuid PRIMARY KEY, rank integer NOT NULL, score numeric NOT NULL,
                                     receipt_number text NOT NULL)
            """;

    /** Ranks every row and keeps it under its key. */
    private static final String PLAIN = """
            INSERT INTO plain_rank (registration_id, rank, score, receipt_number)
            SELECT r.registration_id, rank() OVER (ORDER BY s.score DESC, r.applied_at, r.receipt_number), s.score,
                   r.receipt_number
              FROM plain_score s
              JOIN waitinglist.registration r USING (registration_id)
            """;

    @Option(names = "--households", description = "households on the waiting list (default: ${DEFAULT-VALUE})")
    int households = 1_000_000;

    @Option(names = "--rounds", description = "days, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "derivation.json");

    private Results results = new Results();

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("derivation", out, (stage, figures) -> {
            results = figures;
            play(stage);
        });
    }

    private void play(Stage stage) throws Exception {
        var now = Instant.now();
        var address = stage.database("list");
        try (var world = World.start(address, stage.folder(), (tx, sql, batch, values, answer) -> {});
                var owner = Stage.owner(address)) {
            var domains = world.domains();
            fill(domains, now);
            System.out.println("Deriving their first order, every household's facts opened");
            long begun = System.nanoTime();
            domains.lists.standing.current(LIST, now).await();
            double first = Stage.seconds(begun);
            Stage.run(owner, SCORES);
            Stage.run(owner, "VACUUM ANALYZE");
            measure(domains, owner, now, first);
        }
    }

    private void fill(Domains domains, Instant now) {
        System.out.println("Registering " + households + " households");
        var policy = domains.policy
                .inForce(domains.db, LIST.cityCode(), LIST.programme(), Shanghai.date(now))
                .await();
        new RegisterFill(domains.db, domains.vault, policy, SEED, now).add(households);
    }

    private void measure(Domains domains, Connection owner, Instant now, double first) throws SQLException {
        var plain = new double[rounds];
        var derived = new double[rounds];
        var published = new double[rounds];
        var both = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            System.out.println("Ranking plainly, deriving and publishing, day " + (i + 1) + " of " + rounds);
            Stage.run(owner, "DROP TABLE IF EXISTS plain_rank");
            Stage.run(owner, RANKS);
            long begun = System.nanoTime();
            Stage.run(owner, PLAIN);
            plain[i] = Stage.seconds(begun);
            var day = now.plus(Duration.ofDays(i + 1L));
            begun = System.nanoTime();
            domains.lists.standing.current(LIST, day).await();
            derived[i] = Stage.seconds(begun);
            publish(domains, "B" + i, day);
            both[i] = Stage.seconds(begun);
            published[i] = both[i] - derived[i];
            require(owner, i + 1);
        }
        var name = "insert … select rank(), " + households + " rows";
        results.add(name, Stage.median(plain), "s", rounds);
        results.add("re-rank on the next day and publish", Stage.median(both), "s", rounds, name);
        results.add("of it: re-rank, causes counted", Stage.median(derived), "s", rounds, name);
        results.add("of it: publish", Stage.median(published), "s", rounds, name);
        results.add("first order, every household's facts opened", first, "s", 1, name);
        results.add("heap in use at the end", heapMiB(), "MiB", 1);
    }

    private static void publish(Domains domains, String period, Instant day) {
        var clerk = PublishedCity.clerk(LIST);
        domains.db
                .inTransaction(
                        tx -> domains.lists.publication.publish(tx, clerk, LIST.programme(), period, "测量公布", day))
                .await();
        domains.jobs.runDue(day.plusMillis(1)).await();
    }

    private void require(Connection owner, int publications) throws SQLException {
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery("SELECT count(*), min(total) FROM publication.publication")) {
            rows.next();
            if (rows.getInt(1) != publications || rows.getInt(2) != households) {
                throw new IllegalStateException("the publication was not made");
            }
        }
    }

    private static double heapMiB() {
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0;
    }
}
