package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.CityGenerator;
import io.anju.sandbox.CityWorld;
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
    private static final int MOST_REGISTERED = 1_000_000;

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

    @Option(
            names = "--registered",
            description = {
                "How many households more are entered straight into the main city's register, without being played:"
                        + " up to 1 000 000, in whole pages of rows with sealed facts."
            })
    private int registered;

    @Override
    public Integer call() {
        if (registered < 0 || registered > MOST_REGISTERED) {
            spec.commandLine().getErr().println("--registered is from 0 to " + MOST_REGISTERED);
            return 2;
        }
        var out = spec.commandLine().getOut();
        var settings = Settings.read(aside());
        LogSetup.apply(settings.logging());
        // noon, so that no deadline of that day has passed by accident of the hour
        var end = asOf == null ? Instant.now() : Shanghai.startOf(asOf).plusSeconds(12 * 3_600);
        try (var launch = Launch.start(settings)) {
            var generator = new CityGenerator(launch.app().domains(), CityWorld.NONE, out::println);
            var guide = generator.generate(seed, households, end);
            generator.register(seed, registered, end);
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
