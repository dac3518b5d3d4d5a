package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.bench.World.Ready;
import io.anju.platform.db.DbAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Hands applications in alone and beside a crowd of readers, who look up receipt numbers, leaf through the public list,
 * download the published one and ask for their own places, each as fast as they are answered: the readers may be slowed
 * down or asked to come again, the writers must go on.
 */
@Command(
        name = "readers",
        mixinStandardHelpOptions = true,
        description =
                "Measure writes alone and beside 1000 concurrent readers, in a server with 512 MiB of heap; takes minutes")
final class ReadersBench implements Callable<Integer> {
    private static final int WRITERS = 8;
    private static final int RESIDENTS = 16;
    private static final int NOT_MODIFIED = 304;
    private static final int LOOK_EVERY_MILLIS = 250;

    @Option(names = "--households", description = "households on the published list (default: ${DEFAULT-VALUE})")
    int households = 100_000;

    @Option(names = "--readers", description = "concurrent readers (default: ${DEFAULT-VALUE})")
    int readers = 1_000;

    @Option(names = "--writes", description = "applications handed in in each part (default: ${DEFAULT-VALUE})")
    int writes = 400;

    @Option(names = "--warm-up", description = "applications handed in before (default: ${DEFAULT-VALUE})")
    int warmUp = 400;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "readers.json");

    private Results results = new Results();

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("readers", out, this::play);
    }

    private void play(Stage stage, Results figures) throws Exception {
        results = figures;
        var address = stage.database("city");
        measure(stage, address, prepare(address, stage.folder()));
    }

    private record Prepared(List<Ready> writers, PublishedCity city) {}

    private Prepared prepare(DbAddress address, Path folder) throws Exception {
        try (var world = World.start(address, folder, (tx, sql, batch, values, answer) -> {})) {
            int drafts = warmUp + 2 * writes;
            System.out.println("Preparing " + drafts + " residents with complete drafts");
            var writers = world.prepare(drafts);
            System.out.println("Registering and publishing " + households + " households");
            return new Prepared(writers, PublishedCity.make(world.domains(), address, households, writers, RESIDENTS));
        }
    }

    private void measure(Stage stage, DbAddress address, Prepared prepared) throws Exception {
        var vertx = Vertx.vertx();
        try (var server = stage.serve(address, Map.of("ANJU_JOBS", "off"));
                var crowd = new Load(vertx, server.port(), readers);
                var office = new Load(vertx, server.port(), WRITERS)) {
            var heap = new HeapGauge(server.managementPort());
            var writers = refreshed(server.port(), prepared.writers());
            // a token is checked when it is first seen; a resident who hands in has been reading before
            office.run(writers.size(), 200, n -> get("/v1/me", writers.get(n).token()));
            System.out.println("Handing " + writes + " applications in, alone");
            office.run(warmUp, 201, n -> Bench.submission(writers.get(n)));
            var cpu = server.cpu();
            var alone = office.run(writes, 201, n -> Bench.submission(writers.get(warmUp + n)));
            results.add("submit alone: server CPU", micros(server.cpu().minus(cpu), alone), "µs", alone.answers());
            System.out.println("The same beside " + readers + " readers");
            var shots = shots(prepared.city(), writers);
            var isOver = new AtomicBoolean();
            var reading = CompletableFuture.supplyAsync(() -> crowd.runPatiently(
                    () -> !isOver.get(), status -> status == 200 || status == NOT_MODIFIED, shots::of));
            cpu = server.cpu();
            Load.Outcome beside;
            try (var watch = heap.watch(LOOK_EVERY_MILLIS)) {
                TimeUnit.SECONDS.sleep(5);
                beside = office.runPatiently(writes, 201, n -> Bench.submission(writers.get(warmUp + writes + n)));
            } finally {
                isOver.set(true);
            }
            var read = outcome(reading);
            report(alone, beside, read, heap);
            results.add(
                    "readers: server CPU, writes included",
                    micros(server.cpu().minus(cpu), read),
                    "µs",
                    read.answers());
        } finally {
            vertx.close().await();
        }
    }

    private static double micros(Duration cpu, Load.Outcome outcome) {
        return cpu.toNanos() / 1e3 / outcome.answers();
    }

    private static Load.Outcome outcome(CompletableFuture<Load.Outcome> reading) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader was not served", e.getCause());
        }
    }

    private void report(Load.Outcome alone, Load.Outcome beside, Load.Outcome reading, HeapGauge heap) {
        results.add("submit alone: p50", alone.p50Micros() / 1e3, "ms", alone.answers());
        results.add("submit alone: p99", alone.p99Micros() / 1e3, "ms", alone.answers());
        results.add("submit alone: rate", alone.perSecond(), "/s", alone.answers());
        var with = "submit beside " + readers + " readers";
        results.add(with + ": p50", beside.p50Micros() / 1e3, "ms", beside.answers(), "submit alone: p50");
        results.add(with + ": p99", beside.p99Micros() / 1e3, "ms", beside.answers(), "submit alone: p99");
        results.add(with + ": rate", beside.perSecond(), "/s", beside.answers(), "submit alone: rate");
        results.add(with + ": asked to come again", beside.sentAway(), "times", beside.answers());
        results.add("readers: p50", reading.p50Micros() / 1e3, "ms", reading.answers());
        results.add("readers: p99", reading.p99Micros() / 1e3, "ms", reading.answers());
        results.add("readers: rate", reading.perSecond(), "/s", reading.answers());
        results.add("readers: asked to come again", reading.sentAway(), "times", reading.answers());
        results.add("most heap in use seen, of 512 MiB", heap.mostMiB(), "MiB", 1);
    }

    private static List<Ready> refreshed(int port, List<Ready> residents) throws IOException, InterruptedException {
        var client = new Client();
        var fresh = new ArrayList<Ready>();
        for (var each : residents) {
            fresh.add(client.refreshed("http://127.0.0.1:" + port, each));
        }
        return fresh;
    }

    private ReadersShots shots(PublishedCity city, List<Ready> writers) {
        return new ReadersShots(city, writers.subList(0, RESIDENTS));
    }

    static Load.Shot get(String path, String token) {
        return new Load.Shot(HttpMethod.GET, path, Map.of("Authorization", "Bearer " + token), Buffer.buffer());
    }
}
