package io.anju.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.anju.Domains;
import io.anju.platform.time.Shanghai;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets a whole city fall behind with its rent at once: the first night opens a case, takes a step and tells of both for
 * every lease. In the same run as plain statements that write as many cases, steps and events. The nights after it find
 * the same leases and have next to nothing to do.
 */
@Command(
        name = "arrears",
        mixinStandardHelpOptions = true,
        description = "Measure how long the nightly follow-up of many debtors takes; takes some minutes")
final class ArrearsBench implements Callable<Integer> {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final int DAYS_LATE = 40;

    private static final String TABLES = """
            DROP TABLE IF EXISTS plain_case, plain_step, plain_event;
            CREATE TABLE plain_case (LIKE arrears.arrears_case INCLUDING ALL);
            CREATE TABLE plain_step (LIKE arrears.step INCLUDING ALL);
            CREATE TABLE plain_event (LIKE platform.outbox INCLUDING ALL)
            """;

    private static final String CASES = "INSERT INTO plain_case SELECT * FROM arrears.arrears_case";
    private static final String STEPS = "INSERT INTO plain_step SELECT * FROM arrears.step";
    private static final String EVENTS = """
            INSERT INTO plain_event (topic, subject_id, payload)
            SELECT topic, subject_id, payload
              FROM platform.outbox
             WHERE topic LIKE 'arrears.%'
            """;

    @Option(names = "--debtors", description = "leases that fall behind (default: ${DEFAULT-VALUE})")
    int debtors = 20_000;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "arrears.json");

    private Results results = new Results();

    @Override
    public Integer call() throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("arrears", out, (stage, figures) -> {
            results = figures;
            play(stage);
        });
    }

    private void play(Stage stage) throws Exception {
        var now = Instant.now();
        var month = Shanghai.date(now).withDayOfMonth(1);
        var signed = Math.min(debtors, 500);
        var address = stage.database("arrears");
        try (var world = World.start(address, stage.folder(), (tx, sql, batch, values, answer) -> {});
                var owner = Stage.owner(address)) {
            var desk = LeaseDesk.open(world, now);
            System.out.println("Signing " + signed + " leases at the desk, writing " + (debtors - signed) + " more");
            desk.sign(signed, month);
            new LeaseFill(world.domains(), now).add(debtors - signed);
            for (int i = 0; i <= 1; i++) {
                desk.startRun(month.plusMonths(i));
                world.domains().jobs.runDue(Instant.now()).await();
            }
            Stage.run(owner, "VACUUM ANALYZE");
            var night = month.plusMonths(1).plusDays(DAYS_LATE).atTime(3, 0).atZone(Shanghai.ZONE);
            measure(world.domains(), owner, night.toInstant());
        }
    }

    private void measure(Domains domains, Connection owner, Instant night) throws SQLException {
        var first = night(domains, night);
        require(owner, "SELECT count(*) FROM arrears.arrears_case", debtors);
        require(owner, "SELECT count(*) FROM arrears.step", debtors);
        Stage.run(owner, TABLES);
        long begun = System.nanoTime();
        Stage.run(owner, CASES);
        Stage.run(owner, STEPS);
        Stage.run(owner, EVENTS);
        double plain = Stage.seconds(begun);
        Stage.run(owner, "ANALYZE");
        var next = night(domains, night.plus(A_DAY));
        var name = "insert … select of cases, steps, events, " + debtors + " debtors";
        results.add(name, plain, "s", 1);
        results.add("first night, each lease with a case, a step and a fee", first, "s", 1, name);
        results.add("the night after, each lease with a further step", next, "s", 1, name);
    }

    private static double night(Domains domains, Instant at) {
        long begun = System.nanoTime();
        domains.jobs.runDue(at).await();
        double took = Stage.seconds(begun);
        System.out.printf("a night: %.1f s%n", took);
        return took;
    }

    private static void require(Connection owner, String query, int expected) throws SQLException {
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            if (rows.getInt(1) != expected) {
                throw new IllegalStateException(query + " gave " + rows.getInt(1));
            }
        }
    }
}
