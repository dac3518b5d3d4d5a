package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.CityGenerator;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills a database with a synthetic city, for trials and measurements. */
@Command(
        name = "generate-city",
        description =
                "Fill the empty database of the settings with a synthetic city; the same seed, number and day make the"
                        + " same one.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class GenerateCityCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--households", description = "How many households.")
    private int households = 2_000;

    @Option(names = "--seed", description = "Seed of everything that is random.")
    private long seed = 42;

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The day that the city's history ends on; today if not set.")
    private @Nullable LocalDate asOf;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var settings = Settings.read(aside());
        LogSetup.apply(settings.logging());
        // noon, so that no deadline of that day has passed by accident of the hour
        var end = asOf == null ? Instant.now() : Shanghai.startOf(asOf).plusSeconds(12 * 3_600);
        try (var launch = Launch.start(settings)) {
            var guide = new CityGenerator(launch.app().domains(), out::println).generate(seed, households, end);
            out.printf("Staff, all with the password %s%n", guide.password());
            guide.staff().forEach(logIn -> out.printf("  %-44s %s%n", logIn.username(), logIn.title()));
            out.printf(
                    "Agency %s: client id %s, client secret %s%n",
                    guide.agency(), guide.clientId(), guide.clientSecret());
        }
        return 0;
    }

    /** The settings, with the server out of sight and no background work that would act on the history today. */
    private static Map<String, String> aside() {
        var environment = new HashMap<>(System.getenv());
        environment.put("ANJU_HTTP_HOST", "127.0.0.1");
        environment.put("ANJU_HTTP_PORT", "0");
        environment.put("ANJU_MANAGEMENT_PORT", "0");
        environment.put("ANJU_JOBS", "off");
        return environment;
    }
}
