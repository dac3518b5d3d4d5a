package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.application.ReceiptNumber;
import io.anju.platform.db.DbAddress;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a long waiting list costs its readers: a look-up on a long list over one on a short list.
 */
@Command(
        name = "waiting-list",
        mixinStandardHelpOptions = true,
        description = "Measure rank look-ups on a long waiting list; takes some minutes")
final class WaitingListBench implements Callable<Integer> {
    private static final String SHORT_CITY = "320300";
    private static final String LONG_CITY = "370200";
    private static final String PROGRAMME = "public-rental";
    private static final int ASKED = 250;

    /** Each registration with the application that led to it, as if it had come all the way. */
    private static final String APPLICATIONS = """
            INSERT INTO application.application
                   (id, resident_id, city_code, programme, state, version, step_index, furthest_step, submissions,
                    area_code, household_size, masked_name, category, policy_digest, receipt_number, submitted_at,
                    registered_at, created_at, updated_at)
            SELECT application_id, resident_id, city_code, programme, 'registered', 5, 3, 3, 1, area_code, household_size,
                   masked_name, category, policy_digest, receipt_number, applied_at, registered_at, applied_at,
                   registered_at
              FROM waitinglist.registration
            """;

    @Option(names = "--households", description = "on the long list (default: ${DEFAULT-VALUE})")
    int households = 1_000_000;

    @Option(names = "--few", description = "households on the short list (default: ${DEFAULT-VALUE})")
    int few = 10_000;

    @Option(
            names = "--warm-up",
            description = "seconds of load before look-ups are measured (default: ${DEFAULT-VALUE})")
    int warmUpSeconds = 20;

    @Option(names = "--seconds", description = "seconds of each round of look-ups (default: ${DEFAULT-VALUE})")
    int seconds = 8;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Option(names = "--connections", description = "connections of the load (default: ${DEFAULT-VALUE})")
    int connections = 16;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "waiting-list.json");

    private Results results = new Results();

    /** Processor time and latency of one round, in microseconds. */
    private record Round(double cpuMicros, double p50Micros) {}

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("waiting-list", out, (stage, figures) -> {
            results = figures;
            var address = stage.database("lists");
            write(stage, address);
            lookUp(stage, address);
        });
    }

    private void write(Stage stage, DbAddress address) throws Exception {
        var now = Instant.now();
        var today = Shanghai.date(now);
        try (var world = World.start(address, stage.folder(), (tx, sql, batch, values, answer) -> {});
                var owner = Stage.owner(address)) {
            var domains = world.domains();
            for (var city : List.of(SHORT_CITY, LONG_CITY)) {
                int length = city.equals(LONG_CITY) ? households : few;
                System.out.println("Writing a list of " + length);
                var policy = domains.policy
                        .inForce(domains.db, city, PROGRAMME, today)
                        .await();
                new LongList(city, PROGRAMME, length, today, policy.digest())
                        .write(domains.db, now)
                        .await();
            }
            // the guard lets an application begin as a draft only; these never were
            Stage.run(owner, "SET session_replication_role = replica");
            Stage.run(owner, APPLICATIONS);
            Stage.run(owner, "SET session_replication_role = origin");
            Stage.run(owner, "VACUUM ANALYZE");
        }
    }

    private void lookUp(Stage stage, DbAddress address) throws Exception {
        var vertx = Vertx.vertx();
        try (var server = stage.serve(address, Map.of("ANJU_JOBS", "off"));
                var load = new Load(vertx, server.port(), connections)) {
            measureLookUps(server, load);
        } finally {
            vertx.close().await();
        }
    }

    private void measureLookUps(ChildServer server, Load load) {
        System.out.println("Looking ranks up");
        compare(server, load, "rank look-up", shots(SHORT_CITY, few), shots(LONG_CITY, households));
        System.out.println("Reading the places of a size of home");
        compare(server, load, "page of a size of home", pages(SHORT_CITY), pages(LONG_CITY));
    }

    private void compare(
            ChildServer server,
            Load load,
            String what,
            IntFunction<Load.Shot> shortShots,
            IntFunction<Load.Shot> longShots) {
        var warmUp = Duration.ofSeconds(warmUpSeconds);
        load.run(warmUp, 200, shortShots);
        load.run(warmUp, 200, longShots);
        var onShort = new ArrayList<Round>();
        var onLong = new ArrayList<Round>();
        for (int i = 0; i < rounds; i++) {
            onShort.add(round(server, load, shortShots));
            onLong.add(round(server, load, longShots));
        }
        report(
                what,
                "p50",
                onShort.stream().mapToDouble(Round::p50Micros),
                onLong.stream().mapToDouble(Round::p50Micros));
        report(
                what,
                "server CPU",
                onShort.stream().mapToDouble(Round::cpuMicros),
                onLong.stream().mapToDouble(Round::cpuMicros));
    }

    private Round round(ChildServer server, Load load, IntFunction<Load.Shot> shots) {
        var before = server.cpu();
        var outcome = load.run(Duration.ofSeconds(seconds), 200, shots);
        return new Round(server.cpu().minus(before).toNanos() / 1e3 / outcome.answers(), outcome.p50Micros());
    }

    private void report(String what, String measure, DoubleStream onShort, DoubleStream onLong) {
        var name = what + " among " + few + ": " + measure;
        results.add(name, Stage.median(onShort.toArray()), "µs", rounds);
        results.add(what + " among " + households + ": " + measure, Stage.median(onLong.toArray()), "µs", rounds, name);
    }

    /** Receipt numbers whose check character is the one that the lists were written with. */
    private static IntFunction<Load.Shot> shots(String city, int length) {
        var random = new Random(length);
        var shots = IntStream.generate(() -> 1 + random.nextInt(length))
                .mapToObj(n -> "%s-2024-%07d-K".formatted(city, n))
                .filter(ReceiptNumber::isValid)
                .limit(ASKED)
                .map(receipt -> new Load.Shot(HttpMethod.GET, "/v1/receipts/" + receipt, Map.of(), Buffer.buffer()))
                .toList();
        return n -> shots.get(n % shots.size());
    }

    /** First pages of each size of home: what a reader asks for who looks for the own place among the same. */
    private static IntFunction<Load.Shot> pages(String city) {
        var shots = IntStream.rangeClosed(1, 2)
                .mapToObj(rooms -> "/v1/waiting-lists/" + city + '/' + PROGRAMME + "/entries?homeRooms=" + rooms)
                .map(path -> new Load.Shot(HttpMethod.GET, path, Map.of(), Buffer.buffer()))
                .toList();
        return n -> shots.get(n % shots.size());
    }
}
