package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.App;
import io.anju.application.ReceiptNumber;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.KeyFile;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.FolderTree;
import io.anju.platform.db.Migrations;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Meters;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a long waiting list costs: a look-up on a long list over one on a short list, and a publication over the
 * plain statement that ranks as many rows.
 */
@Command(
        name = "waiting-list",
        mixinStandardHelpOptions = true,
        description = "Measure rank look-ups and publications of a long waiting list; takes some minutes")
final class WaitingListBench implements Callable<Integer> {
    private static final String SHORT_CITY = "320300";
    private static final String LONG_CITY = "370200";
    private static final String PROGRAMME = "public-rental";
    private static final int ASKED = 250;

    /** Work of the same kind as a publication's, and nothing else: rank every row and keep it under its key. */
    private static final String PLAIN = """
            INSERT INTO plain_rank (registration_id, rank, score, receipt_number)
            SELECT r.registration_id, rank() OVER (ORDER BY line.score DESC, r.applied_at, r.receipt_number), line.score,
                   r.receipt_number
              FROM waitinglist.standing_line line
              JOIN waitinglist.registration r USING (registration_id)
             WHERE r.city_code = '370200'
            """;

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

    private final Results results = new Results();

    /** Processor time and latency of one round, in microseconds. */
    private record Round(double cpuMicros, double p50Micros) {}

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        var folder = Files.createTempDirectory("anju-bench");
        KeyFile.create(folder.resolve("anju.key"));
        try (var postgres = EmbeddedDatabase.startTemporary()) {
            var address = postgres.database("lists");
            Migrations.run(address);
            publish(address, folder);
            lookUp(address, folder);
        } catch (Exception failure) {
            System.out.println("Failed; the server's log is in " + folder);
            throw failure;
        }
        FolderTree.delete(folder);
        results.print(System.out);
        results.write(out);
        System.out.println("Figures are in " + out);
        return 0;
    }

    /** Writes both lists and publishes the long one, in this process: its time is nearly all the database's. */
    private void publish(DbAddress address, Path folder) throws Exception {
        var meters = new Meters();
        var vertx = meters.vertx(new VertxOptions());
        var environment = new HashMap<>(World.environment(folder));
        environment.put("ANJU_HTTP_PORT", "0");
        environment.put("ANJU_JOBS", "off");
        environment.put("ANJU_PUBLISH_MONTHLY", "off");
        var app = App.start(
                        vertx,
                        meters,
                        Settings.read(environment),
                        address,
                        folder.resolve("anju.key"),
                        InstantSource.system())
                .await();
        try (var owner = owner(address)) {
            write(app, owner);
            measurePublications(app, owner);
        } finally {
            app.close().await();
            vertx.close().await();
            meters.close();
        }
    }

    private void write(App app, Connection owner) throws SQLException {
        var now = Instant.now();
        for (var city : List.of(SHORT_CITY, LONG_CITY)) {
            int length = city.equals(LONG_CITY) ? households : few;
            System.out.println("Writing a list of " + length);
            var policy = app.domains()
                    .policy
                    .inForce(app.db(), city, PROGRAMME, Shanghai.date(now))
                    .await();
            new LongList(city, PROGRAMME, length, Shanghai.date(now), policy.digest())
                    .write(app.db(), now)
                    .await();
        }
        // the guard lets an application begin as a draft only; these never were
        run(owner, "SET session_replication_role = replica");
        run(owner, APPLICATIONS);
        run(owner, "SET session_replication_role = origin");
        run(owner, "VACUUM ANALYZE");
    }

    private void measurePublications(App app, Connection owner) throws SQLException {
        var plain = new double[rounds];
        var published = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            System.out.println("Publishing " + households + " households, " + (i + 1) + " of " + rounds);
            run(owner, "DROP TABLE IF EXISTS plain_rank");
            run(
                    owner,
                    "CREATE TABLE plain_rank (registration_id uuid PRIMARY KEY, rank integer NOT NULL,"
                            + " score numeric NOT NULL, receipt_number text NOT NULL)");
            plain[i] = millis(() -> run(owner, PLAIN));
            var period = "B" + i;
            published[i] = millis(() -> publish(app, period));
            require(owner, i + 1);
        }
        var name = "insert … select rank(), " + households + " rows";
        results.add(name, median(plain), "ms", rounds);
        results.add("publish " + households + " households", median(published), "ms", rounds, name);
    }

    private static void publish(App app, String period) {
        var office = new Office(LONG_CITY, "city", LONG_CITY.substring(0, 4), "bench");
        var clerk = new Caller(Caller.Kind.STAFF, null, Set.of(), null, office, null);
        var domains = app.domains();
        var now = Instant.now();
        domains.db
                .inTransaction(tx -> domains.publication.publish(tx, clerk, PROGRAMME, period, "测量公布", now))
                .await();
        domains.jobs.runDue(now.plusMillis(1)).await();
    }

    private static void require(Connection owner, int publications) throws SQLException {
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM publication.publication")) {
            rows.next();
            if (rows.getInt(1) != publications) {
                throw new IllegalStateException("the publication was not made");
            }
        }
    }

    private void lookUp(DbAddress address, Path folder) throws Exception {
        int port = freePort();
        var environment = new HashMap<>(World.environment(folder));
        environment.put("ANJU_HTTP_PORT", Integer.toString(port));
        environment.put("ANJU_JOBS", "off");
        environment.put("ANJU_DATABASE_URL", url(address));
        environment.put("ANJU_KEY_FILE", folder.resolve("anju.key").toString());
        var vertx = Vertx.vertx();
        try (var server = ChildServer.start("io.anju.Main", port, environment, folder.resolve("server.log"), "serve");
                var load = new Load(vertx, port, connections)) {
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
        results.add(name, median(onShort.toArray()), "µs", rounds);
        results.add(what + " among " + households + ": " + measure, median(onLong.toArray()), "µs", rounds, name);
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

    private interface Work {
        void run() throws SQLException;
    }

    private static double millis(Work work) throws SQLException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static void run(Connection owner, String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Connection owner(DbAddress address) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                address.user(),
                address.password());
    }

    private static String url(DbAddress address) {
        return "postgresql://" + address.user() + ":" + address.password() + "@" + address.host() + ":" + address.port()
                + "/" + address.database();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
