package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.bench.World.Ready;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what the server adds to the statements it runs: processor time per request of the whole server, over that
 * of a bare handler which replays the same statements, in turn, in one run.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            WaitingListBench.class,
            DerivationBench.class,
            WhatIfBench.class,
            ImportBench.class,
            ReadersBench.class,
            KeyRotationBench.class,
            BillRunBench.class,
            ArrearsBench.class,
            PaymentBench.class
        },
        description =
                "Measure requests against a bare handler that runs the same SQL; print ratios and write results.json")
public final class Bench implements Callable<Integer> {
    /** So many residents share the reads, so that none meets the allowance of one. */
    private static final int CALLERS = 16;
    /** So many hand in at once: more would wait for a connection to the database and be asked to come again. */
    private static final int WRITERS = 8;

    @Option(names = "--warm-up", description = "seconds of load before a read is measured (default: ${DEFAULT-VALUE})")
    int warmUpSeconds = 60;

    @Option(names = "--seconds", description = "seconds of each measured round of reads (default: ${DEFAULT-VALUE})")
    int seconds = 10;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Option(
            names = "--writes-warm-up",
            description = "applications handed in before they are measured (default: ${DEFAULT-VALUE})")
    int writesWarmUp = 2000;

    @Option(names = "--writes", description = "applications handed in in each round (default: ${DEFAULT-VALUE})")
    int writes = 300;

    @Option(names = "--connections", description = "connections of the load (default: ${DEFAULT-VALUE})")
    int connections = 32;

    @Option(
            names = "--log-level",
            description = "log level of the measured server; INFO writes a line per request, as deployments do"
                    + " (default: ${DEFAULT-VALUE})")
    String logLevel = "INFO";

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "results.json");

    private Results results = new Results();

    /** One request that is measured as it is and bare. */
    private record Subject(String name, int status, IntFunction<Load.Shot> real, IntFunction<Load.Shot> bare) {}

    @Override
    public Integer call() throws Exception {
        // the server within this process must not write a line for each request that it takes down
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("requests", out, (stage, figures) -> {
            results = figures;
            run(stage);
            ScoreRate.addTo(results);
        });
    }

    private void run(Stage stage) throws Exception {
        var folder = stage.folder();
        int drafts = writesWarmUp + writes * rounds;
        say("Preparing " + drafts + " residents with complete drafts");
        var prepared = stage.database("prepared");
        List<Ready> ready;
        try (var world = World.start(prepared, folder, (tx, sql, batch, values, answer) -> {})) {
            ready = world.prepare(drafts);
        }
        say("Taking down the statements of each request");
        record(stage, ready);

        var real = stage.copy("prepared", "real");
        var bare = stage.copy("prepared", "bare");
        long begun = System.nanoTime();
        try (var anju = stage.serve(real, Map.of("ANJU_LOG_LEVEL", logLevel))) {
            results.add("start to listening, existing database", (System.nanoTime() - begun) / 1e6, "ms", 1);
            try (var handler = stage.serveBare(bare)) {
                measureAll(anju, handler, ready);
            }
        }
    }

    private void record(Stage stage, List<Ready> ready) throws IOException, InterruptedException {
        var address = stage.copy("prepared", "recorded");
        var recording = new Recording();
        var reads = new ArrayList<String>();
        var submissions = new ArrayList<String>();
        try (var world = World.start(address, stage.folder(), recording)) {
            for (Read read : READS) {
                world.get(read.path(ready.get(0)), ready.get(0).token());
                recording.begin();
                reads.add(recording
                        .end(world.get(read.path(ready.get(0)), ready.get(0).token()))
                        .toLine());
            }
            for (Ready each : ready) {
                var fresh = world.refreshed(each);
                world.get("/v1/me", fresh.token());
                recording.begin();
                submissions.add(recording.end(world.submit(fresh)).toLine());
            }
        }
        stage.record(reads, submissions);
    }

    /** A read that is measured. */
    private record Read(String name, String template) {
        String path(Ready ready) {
            return template.replace("{id}", ready.applicationId().toString());
        }
    }

    private static final List<Read> READS =
            List.of(new Read("getMe", "/v1/me"), new Read("getApplication", "/v1/applications/{id}"));

    private void measureAll(ChildServer anju, ChildServer handler, List<Ready> ready) throws Exception {
        var vertx = Vertx.vertx();
        try (var toAnju = new Load(vertx, anju.port(), connections);
                var toBare = new Load(vertx, handler.port(), connections)) {
            var current = new ArrayList<>(ready);
            var callers = current.subList(0, Math.min(CALLERS, current.size()));
            // all before the first: what a server still compiles for a second read must not count for the first alone
            for (int i = 0; i < READS.size(); i++) {
                refresh(anju.port(), callers);
                warmUp(read(i, callers), toAnju, toBare);
            }
            for (int i = 0; i < READS.size(); i++) {
                refresh(anju.port(), callers);
                measureRead(read(i, callers), anju, toAnju, handler, toBare);
            }
            refresh(anju.port(), current);
            measureWrites(current, anju, handler, vertx);
        } finally {
            vertx.close().await();
        }
    }

    /** New tokens from the measured server itself: those of the preparation may have run out. */
    static void refresh(int port, List<Ready> residents) throws IOException, InterruptedException {
        var client = new Client();
        for (int i = 0; i < residents.size(); i++) {
            residents.set(i, client.refreshed("http://127.0.0.1:" + port, residents.get(i)));
        }
    }

    private static Subject read(int index, List<Ready> ready) {
        var read = READS.get(index);
        var real = ready.stream()
                .limit(CALLERS)
                .map(each -> new Load.Shot(
                        HttpMethod.GET,
                        read.path(each),
                        Map.of("Authorization", "Bearer " + each.token()),
                        Buffer.buffer()))
                .toList();
        var bare = new Load.Shot(HttpMethod.GET, "/" + index, Map.of(), Buffer.buffer());
        return new Subject(read.name(), 200, n -> real.get(n % real.size()), n -> bare);
    }

    private void warmUp(Subject subject, Load toAnju, Load toBare) {
        say("Warming up " + subject.name());
        var warmUp = Duration.ofSeconds(warmUpSeconds);
        toAnju.run(warmUp, subject.status(), subject.real());
        toBare.run(warmUp, subject.status(), subject.bare());
    }

    private void measureRead(Subject subject, ChildServer anju, Load toAnju, ChildServer handler, Load toBare) {
        say("Measuring " + subject.name());
        var round = Duration.ofSeconds(seconds);
        var comparison = new Comparison(anju, handler);
        for (int i = 0; i < rounds; i++) {
            comparison.bare(() -> toBare.run(round, subject.status(), subject.bare()));
            comparison.real(() -> toAnju.run(round, subject.status(), subject.real()));
        }
        comparison.report(subject.name(), results);
    }

    /** Every draft is handed in once: the first share of them warms up, each round has its own. */
    private void measureWrites(List<Ready> ready, ChildServer anju, ChildServer handler, Vertx vertx) {
        say("Measuring submitApplication");
        try (var toAnju = new Load(vertx, anju.port(), WRITERS);
                var toBare = new Load(vertx, handler.port(), WRITERS)) {
            // a token is checked when it is first seen; a resident who hands in has been reading before
            toAnju.run(ready.size(), 200, n -> me(ready.get(n)));
            toBare.run(writesWarmUp, 200, Bench::bareSubmission);
            toAnju.run(writesWarmUp, 201, n -> submission(ready.get(n)));
            var comparison = new Comparison(anju, handler);
            for (int i = 0; i < rounds; i++) {
                int from = writesWarmUp + i * writes;
                comparison.bare(() -> toBare.run(writes, 200, n -> bareSubmission(from + n)));
                comparison.real(() -> toAnju.run(writes, 201, n -> submission(ready.get(from + n))));
            }
            comparison.report("submitApplication", results);
        }
    }

    private static Load.Shot me(Ready ready) {
        return new Load.Shot(
                HttpMethod.GET, "/v1/me", Map.of("Authorization", "Bearer " + ready.token()), Buffer.buffer());
    }

    static Load.Shot submission(Ready ready) {
        var headers = new HashMap<String, String>();
        headers.put("Authorization", "Bearer " + ready.token());
        headers.put("Content-Type", "application/json");
        headers.put("If-Match", ready.ifMatch());
        headers.put("Idempotency-Key", UUID.randomUUID().toString());
        return new Load.Shot(
                HttpMethod.POST,
                "/v1/applications/" + ready.applicationId() + "/submission",
                headers,
                Buffer.buffer(ready.submission()));
    }

    private static Load.Shot bareSubmission(int index) {
        return new Load.Shot(HttpMethod.POST, "/" + index, Map.of(), Buffer.buffer("{}"));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
