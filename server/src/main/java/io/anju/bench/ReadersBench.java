package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.bench.World.Ready;
import io.anju.platform.db.DbAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Hands applications in alone, beside as many readers of a bare handler that runs the statements of a look-up without a
 * bound, and beside a crowd of readers of the server itself, who look up receipt numbers, leaf through the public list, ask
 * for their own places and download the published list, each as fast as they are answered. The readers may be slowed down or
 * asked to come again, the writers must go on, and no download that began may be cut off.
 *
 * <p>On a machine that all share, any crowd takes processors from whoever writes: the bare handler tells how much of it is
 * that.
 */
@Command(
        name = "readers",
        mixinStandardHelpOptions = true,
        description =
                "Measure writes alone and beside 1000 concurrent readers, in a server with 512 MiB of heap; takes minutes")
final class ReadersBench implements Callable<Integer> {
    private static final int WRITERS = 8;
    private static final int RESIDENTS = 16;
    private static final int SECONDS_BEFORE = 3;
    private static final int LOOK_EVERY_MILLIS = 250;

    @Option(names = "--households", description = "households on the published list (default: ${DEFAULT-VALUE})")
    int households = 100_000;

    @Option(names = "--readers", description = "concurrent readers (default: ${DEFAULT-VALUE})")
    int readers = 1_000;

    @Option(names = "--downloaders", description = "how many of them download the list (default: ${DEFAULT-VALUE})")
    int downloaders = 30;

    @Option(names = "--rounds", description = "rounds of the three parts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Option(
            names = "--writes",
            description = "applications handed in in each part of a round (default: ${DEFAULT-VALUE})")
    int writes = 200;

    @Option(names = "--warm-up", description = "applications handed in before (default: ${DEFAULT-VALUE})")
    int warmUp = 400;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "readers.json");

    private Results results = new Results();
    private final List<Load.Outcome> alone = new ArrayList<>();
    private final List<Load.Outcome> besideBare = new ArrayList<>();
    private final List<Load.Outcome> beside = new ArrayList<>();
    private final List<Load.Outcome> looked = new ArrayList<>();
    private final List<Load.Outcome> taken = new ArrayList<>();
    private int handedIn;

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("readers", out, this::play);
    }

    private void play(Stage stage, Results figures) throws Exception {
        results = figures;
        var address = stage.database("city");
        measure(stage, address, prepare(stage, address));
    }

    private record Prepared(List<Ready> writers, PublishedCity city) {}

    private Prepared prepare(Stage stage, DbAddress address) throws Exception {
        var recording = new Recording();
        try (var world = World.start(address, stage.folder(), recording)) {
            int drafts = warmUp + 3 * rounds * writes;
            System.out.println("Preparing " + drafts + " residents with complete drafts");
            var writers = world.prepare(drafts);
            System.out.println("Registering and publishing " + households + " households");
            var city = PublishedCity.make(world.domains(), address, households, writers, RESIDENTS);
            var shots = new ReadersShots(city, List.of());
            var reads = new ArrayList<String>();
            for (var path : shots.open()) {
                recording.begin();
                reads.add(recording.end(world.get(path, null)).toLine());
            }
            stage.record(reads, List.of());
            return new Prepared(writers, city);
        }
    }

    private void measure(Stage stage, DbAddress address, Prepared prepared) throws Exception {
        // each with event loops of its own: the writers' times must not hold what the crowd waits for in this process
        var office = Vertx.vertx();
        var outside = Vertx.vertx();
        try (var server = stage.serve(address, Map.of("ANJU_JOBS", "off"));
                var bare = stage.serveBare(address);
                var writing = new Load(office, server.port(), WRITERS)) {
            var writers = prepared.writers();
            var owners = writers.subList(0, RESIDENTS);
            write(writing, server.port(), writers, warmUp);
            var crowd = new ReadersCrowd(outside, readers, downloaders);
            var heap = new HeapGauge(server.managementPort());
            for (int round = 1; round <= rounds; round++) {
                System.out.println("Round " + round + " of " + rounds);
                alone.add(write(writing, server.port(), writers, writes));
                Bench.refresh(server.port(), owners);
                var own = new ReadersShots(prepared.city(), owners);
                try (var reading = crowd.readBare(bare.port(), own.open().size())) {
                    TimeUnit.SECONDS.sleep(SECONDS_BEFORE);
                    besideBare.add(write(writing, server.port(), writers, writes));
                }
                var cpu = server.cpu();
                try (var reading = crowd.read(server.port(), own);
                        var watch = heap.watch(LOOK_EVERY_MILLIS)) {
                    TimeUnit.SECONDS.sleep(SECONDS_BEFORE);
                    beside.add(write(writing, server.port(), writers, writes));
                    reading.close();
                    looked.add(reading.lookedUp());
                    taken.add(reading.downloaded());
                }
                results.add(
                        "server CPU beside readers, round " + round,
                        server.cpu().minus(cpu).toNanos() / 1e9,
                        "s",
                        1);
            }
            results.add("most heap in use seen, of 512 MiB", heap.mostMiB(), "MiB", rounds);
            report();
        } finally {
            Future.join(office.close(), outside.close()).await();
        }
    }

    /** Hands in the next of the drafts, each with a token that was just given: they live ten minutes. */
    private Load.Outcome write(Load office, int port, List<Ready> drafts, int count)
            throws IOException, InterruptedException {
        var writers = drafts.subList(handedIn, handedIn + count);
        Bench.refresh(port, writers);
        handedIn += count;
        // a token is checked when it is first seen; a resident who hands in has been reading before
        office.runPatiently(count, 200, n -> get("/v1/me", writers.get(n).token()));
        return office.runPatiently(count, 201, n -> Bench.submission(writers.get(n)));
    }

    private void report() {
        reportWrites("submit alone", alone, List.of());
        reportWrites("submit beside bare readers", besideBare, List.of("submit alone"));
        var name = "submit beside " + readers + " readers";
        reportWrites(name, beside, List.of("submit alone", "submit beside bare readers"));
        reportReads("look-ups", looked);
        reportReads("downloads", taken);
        int cutOff = total(taken, Load.Outcome::cutOff) + total(looked, Load.Outcome::cutOff);
        results.add("answers cut off", cutOff, "times", rounds);
        if (cutOff > 0) {
            throw new IllegalStateException(cutOff + " answers were cut off");
        }
    }

    private void reportWrites(String name, List<Load.Outcome> parts, List<String> comparedWith) {
        report(name, "p50", "ms", parts, part -> part.p50Micros() / 1e3, comparedWith);
        report(name, "p99", "ms", parts, part -> part.p99Micros() / 1e3, comparedWith);
        report(name, "rate", "/s", parts, Load.Outcome::perSecond, comparedWith);
        results.add(name + ": asked to come again", total(parts, Load.Outcome::sentAway), "times", parts.size());
    }

    private void report(
            String name,
            String what,
            String unit,
            List<Load.Outcome> parts,
            ToDoubleFunction<Load.Outcome> figure,
            List<String> comparedWith) {
        double median = Stage.median(parts.stream().mapToDouble(figure).toArray());
        if (comparedWith.isEmpty()) {
            results.add(name + ": " + what, median, unit, parts.size());
        }
        for (var other : comparedWith) {
            results.add(name + ": " + what, median, unit, parts.size(), other + ": " + what);
        }
    }

    private void reportReads(String name, List<Load.Outcome> parts) {
        report(name, "p50", "ms", parts, part -> part.p50Micros() / 1e3, List.of());
        report(name, "p99", "ms", parts, part -> part.p99Micros() / 1e3, List.of());
        report(name, "rate", "/s", parts, Load.Outcome::perSecond, List.of());
        results.add(name + ": asked to come again", total(parts, Load.Outcome::sentAway), "times", parts.size());
    }

    private static int total(List<Load.Outcome> parts, ToIntFunction<Load.Outcome> figure) {
        return parts.stream().mapToInt(figure).sum();
    }

    static Load.Shot get(String path, String token) {
        return new Load.Shot(HttpMethod.GET, path, Map.of("Authorization", "Bearer " + token), Buffer.buffer());
    }
}
