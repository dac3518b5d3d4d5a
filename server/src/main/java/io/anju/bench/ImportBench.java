package io.anju.bench;

import io.anju.platform.time.Shanghai;
import io.anju.sandbox.RegisterFill;
import io.anju.waitinglist.ImportService;
import io.anju.waitinglist.RegisterImport;
import io.anju.waitinglist.RegisterImport.State;
import io.anju.waitinglist.Registration.ListKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Takes over a register with everything that is wrong with such files, in a server of its own with 512 MiB of heap: once
 * without leave to go on, which must enter nothing, and once with it.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Measure the import of a long and faulty register in a server with 512 MiB of heap; takes some minutes")
final class ImportBench implements Callable<Integer> {
    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final long LOOK_EVERY_MILLIS = 250;

    @Option(names = "--rows", description = "rows of the file, the last one broken (default: ${DEFAULT-VALUE})")
    int rows = 1_000_000;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "import.json");

    private Results results = new Results();

    @Override
    public Integer call() throws Exception {
        return Stage.play("import", out, this::play);
    }

    private void play(Stage stage, Results figures) throws Exception {
        results = figures;
        var file = stage.folder().resolve("register.csv");
        var register = new RegisterFile(rows);
        register.write(file);
        results.add("size of the file", Files.size(file) / 1048576.0, "MiB", 1);
        measure(stage, file, register);
    }

    private void measure(Stage stage, Path file, RegisterFile register) throws Exception {
        var address = stage.database("city");
        // whoever hands the file over does none of the work
        try (var world = World.start(address, stage.folder(), (tx, sql, batch, values, answer) -> {});
                var server = stage.serve(address, Map.of())) {
            var imports = world.domains().lists.imports;
            // somebody is on the list already: whoever has to do with them must not wait for long
            var policy = world.domains()
                    .policy
                    .inForce(world.domains().db, LIST.cityCode(), LIST.programme(), Shanghai.date(Instant.now()))
                    .await();
            new RegisterFill(world.domains().db, world.domains().vault, policy, 1, Instant.now()).add(10);
            var heap = new HeapGauge(server.managementPort());
            var refused = run("refused", imports, file, false, server, heap);
            require(refused, State.REFUSED, register.faulty(), 0);
            RegisterImport entered;
            try (var others = new ListWaits(address)) {
                entered = run("entered", imports, file, true, server, heap);
                results.add(
                        "import entered: the list was held",
                        others.longestSeconds() * 1e3,
                        "ms",
                        others.times(),
                        "import entered: wall");
            }
            require(entered, State.ENTERED, register.faulty(), rows - register.faulty());
            results.add("import: most heap in use seen, of 512 MiB", heap.mostMiB(), "MiB", 2);
        }
    }

    private RegisterImport run(
            String what, ImportService imports, Path file, boolean goOn, ChildServer server, HeapGauge heap)
            throws IOException, InterruptedException {
        System.out.println("Handing " + rows + " rows over, to be " + what);
        var cpuBefore = server.cpu();
        long begun = System.nanoTime();
        var id = imports.startFile(file, new ImportService.Order(LIST, goOn), Instant.now());
        double readSeconds = 0;
        int told = 0;
        for (; ; TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS)) {
            var one = imports.find(id).await();
            heap.look();
            if (one.rowsRead() - told >= rows / 10) {
                told = one.rowsRead();
                System.out.println(told + " rows read");
            }
            if (readSeconds == 0 && one.rowsRead() == rows) {
                readSeconds = Stage.seconds(begun);
            }
            if (one.state() != State.RUNNING) {
                double wall = Stage.seconds(begun);
                results.add("import " + what + ": wall", wall * 1e3, "ms", 1);
                results.add("import " + what + ": handing over and reading", readSeconds, "s", 1);
                results.add("import " + what + ": rate", rows / wall, "rows/s", 1);
                results.add(
                        "import " + what + ": server CPU per row",
                        server.cpu().minus(cpuBefore).toNanos() / 1e3 / rows,
                        "µs",
                        1);
                return one;
            }
        }
    }

    /** A run that did something else measures nothing. */
    private void require(RegisterImport one, State state, int faulty, int entered) {
        if (one.state() != state
                || !Objects.equals(one.faultyRows(), faulty)
                || !Objects.equals(one.entered(), entered)) {
            throw new IllegalStateException(
                    "expected " + state + " with " + faulty + " faulty and " + entered + " entered rows, not " + one);
        }
    }
}
