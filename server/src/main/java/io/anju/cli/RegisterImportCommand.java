package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.problem.Refusal;
import io.anju.waitinglist.ImportReport;
import io.anju.waitinglist.ImportService;
import io.anju.waitinglist.ImportService.Order;
import io.anju.waitinglist.RegisterImport;
import io.anju.waitinglist.RegisterImport.State;
import io.anju.waitinglist.Registration.ListKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes over a register of any length from a file. */
@Command(
        name = "register-import",
        description = {
            "Enter an existing register, CSV (UTF-8 or GB18030) or XLSX, into a city's waiting list: all of it or nothing.",
            "Exit code: 0 it was entered, 1 it was refused, 2 it could not be read."
        },
        mixinStandardHelpOptions = true)
final class RegisterImportCommand implements Callable<Integer> {
    private static final int ENTERED = 0;
    private static final int REFUSED = 1;
    private static final int UNREAD = 2;
    private static final long POLL_MILLIS = 1_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The register; its first row names the columns.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--city", paramLabel = "CODE", required = true, description = "The city, six digits.")
    @SuppressWarnings("NullAway.Init")
    private String city;

    @Option(names = "--programme", required = true, description = "The programme, such as public-rental.")
    @SuppressWarnings("NullAway.Init")
    private String programme;

    @Option(names = "--go-on-with-faults", description = "Enter the faultless rows even if others have faults.")
    private boolean goOn;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write what is wrong with each row.")
    private @Nullable Path report;

    @Override
    public Integer call() throws InterruptedException {
        var settings = Settings.read(aside());
        LogSetup.apply(settings.logging());
        try (var launch = Launch.start(settings)) {
            var imports = launch.app().domains().lists.imports;
            var id = imports.startFile(file, new Order(new ListKey(city, programme), goOn), Instant.now());
            var one = imports.find(id).await();
            while (one.state() == State.RUNNING) {
                Thread.sleep(POLL_MILLIS);
                one = imports.find(id).await();
                say("%d rows read".formatted(one.rowsRead()));
            }
            if (report != null) {
                write(imports.report(one, "zh-CN"), report);
            }
            return tell(imports, one);
        } catch (Refusal e) {
            spec.commandLine().getErr().println("Refused: " + e.code().id());
            return REFUSED;
        } catch (IOException e) {
            spec.commandLine().getErr().println("Cannot read: " + e.getMessage());
            return UNREAD;
        }
    }

    private int tell(ImportService imports, RegisterImport one) {
        say("%s: %d rows, %d of them with faults, %d households entered"
                .formatted(one.state().id(), one.rowsRead(), zeroIfNull(one.faultyRows()), zeroIfNull(one.entered())));
        if (report == null && zeroIfNull(one.faultyRows()) > 0) {
            var lines = imports.report(one, "zh-CN");
            // the head and the first piece: whoever wants all of them names a file
            say(lines.next().await().toString().strip());
            lines.next().await().toString().lines().limit(20).forEach(this::say);
        }
        return one.state() == State.ENTERED ? ENTERED : REFUSED;
    }

    private static void write(ImportReport lines, Path to) throws IOException {
        try (var out = Files.newOutputStream(to)) {
            for (var piece = lines.next().await();
                    piece.length() > 0;
                    piece = lines.next().await()) {
                out.write(piece.getBytes());
            }
        }
    }

    private static int zeroIfNull(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }

    /** The settings, with the server out of sight; its background work does the import. */
    private static Map<String, String> aside() {
        var environment = new HashMap<>(System.getenv());
        environment.put("ANJU_HTTP_HOST", "127.0.0.1");
        environment.put("ANJU_HTTP_PORT", "0");
        environment.put("ANJU_MANAGEMENT_PORT", "0");
        environment.put("ANJU_JOBS", "on");
        return environment;
    }
}
