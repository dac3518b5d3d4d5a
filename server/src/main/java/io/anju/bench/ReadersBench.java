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
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Hands applications in alone and beside a crowd of readers, who look up receipt numbers, leaf through the public list, ask
 * for their own places and download the published list, each as fast as they are answered: the readers may be slowed down or
 * asked to come again, the writers must go on, and no download that began may be cut off.
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

    @Option(names = "--downloaders", description = "how many of them download the list (default: ${DEFAULT-VALUE})")
    int downloaders = 30;

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
                var office = new Load(vertx, server.port(), WRITERS)) {
            var writers = refreshed(server.port(), prepared.writers());
            // a token is checked when it is first seen; a resident who hands in has been reading before
            office.run(writers.size(), 200, n -> get("/v1/me", writers.get(n).token()));
            System.out.println("Handing " + writes + " applications in, alone");
            office.run(warmUp, 201, n -> Bench.submission(writers.get(n)));
            var cpu = server.cpu();
            var alone = office.run(writes, 201, n -> Bench.submission(writers.get(warmUp + n)));
            reportAlone(alone, server.cpu().minus(cpu));
            System.out.println("The same beside " + readers + " readers");
            var shots = new ReadersShots(prepared.city(), writers.subList(0, RESIDENTS));
            besides(
                    vertx,
                    server,
                    shots,
                    () -> office.runPatiently(writes, 201, n -> Bench.submission(writers.get(warmUp + writes + n))));
        } finally {
            vertx.close().await();
        }
    }

    /** The crowd reads for as long as the writers need, and some seconds before. */
    private void besides(Vertx vertx, ChildServer server, ReadersShots shots, Supplier<Load.Outcome> writing)
            throws Exception {
        var heap = new HeapGauge(server.managementPort());
        try (var lookers = new Load(vertx, server.port(), readers - downloaders);
                var takers = new Load(vertx, server.port(), downloaders)) {
            var isOver = new AtomicBoolean();
            IntPredicate isWanted = status -> status == 200 || status == NOT_MODIFIED;
            var cpu = server.cpu();
            var looking = CompletableFuture.supplyAsync(
                    () -> lookers.runPatiently(() -> !isOver.get(), isWanted, shots::lookUp));
            var taking = CompletableFuture.supplyAsync(
                    () -> takers.runPatiently(() -> !isOver.get(), isWanted, shots::download));
            Load.Outcome beside;
            try (var watch = heap.watch(LOOK_EVERY_MILLIS)) {
                TimeUnit.SECONDS.sleep(5);
                beside = writing.get();
            } finally {
                isOver.set(true);
            }
            var looked = outcome(looking);
            var taken = outcome(taking);
            reportWrites(beside);
            reportReads("look-ups", looked);
            reportReads("downloads", taken);
            results.add("downloads: cut off", taken.cutOff(), "times", taken.answers());
            results.add("server CPU of all", server.cpu().minus(cpu).toNanos() / 1e9, "s", 1);
            results.add("most heap in use seen, of 512 MiB", heap.mostMiB(), "MiB", 1);
            if (looked.cutOff() + taken.cutOff() > 0) {
                throw new IllegalStateException(
                        taken.cutOff() + " downloads and " + looked.cutOff() + " look-ups were cut off");
            }
        }
    }

    private static Load.Outcome outcome(CompletableFuture<Load.Outcome> reading) throws InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reader was not served", e.getCause());
        }
    }

    private void reportAlone(Load.Outcome alone, Duration cpu) {
        results.add("submit alone: server CPU", cpu.toNanos() / 1e3 / alone.answers(), "µs", alone.answers());
        results.add("submit alone: p50", alone.p50Micros() / 1e3, "ms", alone.answers());
        results.add("submit alone: p99", alone.p99Micros() / 1e3, "ms", alone.answers());
        results.add("submit alone: rate", alone.perSecond(), "/s", alone.answers());
    }

    private void reportWrites(Load.Outcome beside) {
        var name = "submit beside " + readers + " readers";
        results.add(name + ": p50", beside.p50Micros() / 1e3, "ms", beside.answers(), "submit alone: p50");
        results.add(name + ": p99", beside.p99Micros() / 1e3, "ms", beside.answers(), "submit alone: p99");
        results.add(name + ": rate", beside.perSecond(), "/s", beside.answers(), "submit alone: rate");
        results.add(name + ": asked to come again", beside.sentAway(), "times", beside.answers());
    }

    private void reportReads(String name, Load.Outcome read) {
        results.add(name + ": p50", read.p50Micros() / 1e3, "ms", read.answers());
        results.add(name + ": p99", read.p99Micros() / 1e3, "ms", read.answers());
        results.add(name + ": rate", read.perSecond(), "/s", read.answers());
        results.add(name + ": asked to come again", read.sentAway(), "times", read.answers());
    }

    private static List<Ready> refreshed(int port, List<Ready> residents) throws IOException, InterruptedException {
        var client = new Client();
        var fresh = new ArrayList<Ready>();
        for (var each : residents) {
            fresh.add(client.refreshed("http://127.0.0.1:" + port, each));
        }
        return fresh;
    }

    static Load.Shot get(String path, String token) {
        return new Load.Shot(HttpMethod.GET, path, Map.of("Authorization", "Bearer " + token), Buffer.buffer());
    }
}
